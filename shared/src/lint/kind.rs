//! The kinds of text that can be read.

use core::fmt;
use core::str::FromStr;

use serde::Serialize;

/// What a text is to be read as.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// RFC 7208.
    Spf,
    /// RFC 9989.
    Dmarc,
    /// RFC 6376 §3.6.1, a key.
    Dkim,
    /// RFC 8461 §3.1.
    MtaSts,
    /// RFC 8461 §3.2, a file on a web server.
    MtaStsPolicy,
    /// RFC 8460.
    TlsRpt,
    /// draft-brand-indicators-for-message-identification §4.3.
    Bimi,
    /// RFC 6698 §2.2, its presentation form.
    Tlsa,
    /// RFC 1035 §3.3.9, a record a line.
    Mx,
}

impl RecordKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Spf,
        Self::Dmarc,
        Self::Dkim,
        Self::MtaSts,
        Self::MtaStsPolicy,
        Self::TlsRpt,
        Self::Bimi,
        Self::Tlsa,
        Self::Mx,
    ];

    /// The word for it on a command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spf => "spf",
            Self::Dmarc => "dmarc",
            Self::Dkim => "dkim",
            Self::MtaSts => "mta-sts",
            Self::MtaStsPolicy => "mta-sts-policy",
            Self::TlsRpt => "tls-rpt",
            Self::Bimi => "bimi",
            Self::Tlsa => "tlsa",
            Self::Mx => "mx",
        }
    }

    /// The name of the standard.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spf => "SPF",
            Self::Dmarc => "DMARC",
            Self::Dkim => "DKIM",
            Self::MtaSts | Self::MtaStsPolicy => "MTA-STS",
            Self::TlsRpt => "TLS-RPT",
            Self::Bimi => "BIMI",
            Self::Tlsa => "TLSA",
            Self::Mx => "MX",
        }
    }

    /// How a record of this kind begins, or begins best.
    #[must_use]
    pub const fn beginning(self) -> &'static str {
        match self {
            Self::Spf => "v=spf1",
            Self::Dmarc => "v=DMARC1;",
            Self::Dkim => "v=DKIM1;",
            Self::MtaSts => "v=STSv1;",
            Self::MtaStsPolicy => "version: STSv1",
            Self::TlsRpt => "v=TLSRPTv1;",
            Self::Bimi => "v=BIMI1;",
            Self::Tlsa => "3 1 1",
            Self::Mx => "10",
        }
    }

    /// Whether it is the text of a TXT record, which zone files divide into quoted strings.
    #[must_use]
    pub const fn is_txt(self) -> bool {
        !matches!(self, Self::MtaStsPolicy | Self::Tlsa | Self::Mx)
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for RecordKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(())
    }
}
