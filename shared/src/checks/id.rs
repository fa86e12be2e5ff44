//! The names of the checks.

use core::fmt;

use serde::Serialize;

/// A check's id.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckId {
    /// Does it accept mail from a stranger for a stranger?
    Relay,
    /// Is an address on a blocklist that matters?
    Blacklist,
    /// Is there one valid policy that enforces and reports?
    Dmarc,
    /// One valid record, within its limits?
    Spf,
    /// Does each address name itself, and does the name lead back?
    Ptr,
    /// Could a stranger send as this domain?
    Spoofing,
    /// Where and how is AUTH offered?
    Auth,
    /// What does HELP give away?
    Help,
    /// Does VRFY tell mailboxes from invented ones?
    Vrfy,
    /// Does EXPN list members?
    Expn,
    /// Is there a key to check signatures with, and how strong is it?
    Dkim,
    /// Can senders encrypt on the way to every MX?
    #[serde(rename = "starttls")]
    StartTls,
    /// Does a command smuggled behind STARTTLS survive?
    #[serde(rename = "starttls_injection")]
    StartTlsInjection,
    /// Ports 465 and 587: TLS before AUTH?
    Submission,
    /// Can mail arrive over IPv6?
    Ipv6,
    /// Which versions of TLS are taken?
    TlsVersions,
    /// Are the suites and groups of TLS safe that are taken?
    Ciphers,
    /// Would a sender who checks take the certificates?
    Certificate,
    /// Record, policy, and does it cover every MX?
    MtaSts,
    /// TLSA records: usable, and secure?
    Dane,
    /// Domain and mail exchanges: secure, insecure or bogus?
    Dnssec,
    /// One valid reporting record?
    TlsRpt,
    /// Do the MX records name hosts that mail can be delivered to?
    Mx,
    /// Who may issue certificates?
    Caa,
    /// Is there a logo, and may it be shown?
    Bimi,
}

impl CheckId {
    /// All of them, in the catalogue's order: for who names checks and does not assess.
    pub const ALL: [Self; 25] = [
        Self::Help,
        Self::Auth,
        Self::Vrfy,
        Self::Expn,
        Self::Relay,
        Self::Blacklist,
        Self::Ptr,
        Self::Spf,
        Self::Dmarc,
        Self::Spoofing,
        Self::Dkim,
        Self::StartTls,
        Self::StartTlsInjection,
        Self::Submission,
        Self::Ipv6,
        Self::TlsVersions,
        Self::Ciphers,
        Self::Certificate,
        Self::MtaSts,
        Self::Dane,
        Self::Dnssec,
        Self::TlsRpt,
        Self::Mx,
        Self::Caa,
        Self::Bimi,
    ];

    /// The id as the JSON spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relay => "relay",
            Self::Blacklist => "blacklist",
            Self::Dmarc => "dmarc",
            Self::Spf => "spf",
            Self::Ptr => "ptr",
            Self::Spoofing => "spoofing",
            Self::Auth => "auth",
            Self::Help => "help",
            Self::Vrfy => "vrfy",
            Self::Expn => "expn",
            Self::Dkim => "dkim",
            Self::StartTls => "starttls",
            Self::StartTlsInjection => "starttls_injection",
            Self::Submission => "submission",
            Self::Ipv6 => "ipv6",
            Self::TlsVersions => "tls_versions",
            Self::Ciphers => "ciphers",
            Self::Certificate => "certificate",
            Self::MtaSts => "mta_sts",
            Self::Dane => "dane",
            Self::Dnssec => "dnssec",
            Self::TlsRpt => "tls_rpt",
            Self::Mx => "mx",
            Self::Caa => "caa",
            Self::Bimi => "bimi",
        }
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
