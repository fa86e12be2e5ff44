//! Reasons: codes with typed arguments. They know no language; `wording` does.

mod bimi;
mod caa;
mod certificate;
mod ciphers;
mod dane;
mod dkim;
mod dnssec;
mod injection;
mod ipv6;
mod mta_sts;
mod mx;
mod starttls;
mod submission;
mod tls;
mod tls_rpt;

use std::net::IpAddr;

use serde::Serialize;

use crate::dmarc;
use crate::dns::{Failure, Name, Question};
use crate::evidence::{ConnectFailure, Step};
use crate::protocol::RefusalCode;
use crate::smtp::RelayForm;
use crate::spf;

pub use bimi::{BimiNeed, BimiReason};
pub use caa::CaaReason;
pub use certificate::CertificateReason;
pub use ciphers::CipherReason;
pub use dane::DaneReason;
pub use dkim::DkimReason;
pub use dnssec::DnssecReason;
pub use injection::InjectionReason;
pub use ipv6::Ipv6Reason;
pub use mta_sts::MtaStsReason;
pub use mx::MxReason;
pub use starttls::StartTlsReason;
pub use submission::SubmissionReason;
pub use tls::TlsReason;
pub use tls_rpt::TlsRptReason;

/// Why a finding has its status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    // ---- Not looked yet, and could not look.
    /// The scan has not come to it yet.
    Pending,
    /// Only a probe server can look, and none is set.
    NeedsProbe,
    /// The probe server could not be reached.
    ProbeUnreachable,
    /// The probe server would not scan.
    ProbeRefused {
        /// Why.
        refusal: RefusalCode,
    },
    /// The connection to the probe server was lost before it came to this.
    ProbeCut,
    /// The scan was stopped before it came to this.
    ProbeStopped,
    /// The probe has ended and did not come to this.
    NotAsked,
    /// No resolver could answer.
    DnsFailed {
        /// What was asked.
        question: Question,
        /// What happened instead.
        failure: Failure,
    },
    /// No TCP connection.
    NotConnected {
        /// The port.
        port: u16,
        /// Why.
        failure: ConnectFailure,
    },
    /// The server said: later. That is about its load or about us, never about the question.
    Throttled {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// The server will not speak to us at all.
    TurnedAway {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// The server was silent.
    Silent {
        /// At which step.
        step: Step,
    },
    /// The server hung up.
    HungUp {
        /// At which step.
        step: Step,
    },
    /// The server does not speak SMTP, or without end.
    NotSmtp {
        /// At which step.
        step: Step,
    },
    /// The server answers only inside TLS, and TLS was not to be had.
    NeedsTls,
    /// The address is not a public one: nobody outside can deliver there.
    NotPublic {
        /// The address.
        address: IpAddr,
    },
    /// The probe server has no IPv6.
    ProbeWithoutIpv6,
    /// More addresses than one scan probes.
    NotAllProbed,
    /// The people of this address asked not to be probed.
    ServerOptedOut,
    /// The address was visited often, or asked to be left alone, a moment ago.
    ServerResting,

    // ---- The shape of the domain.
    /// The domain does not exist.
    NoSuchDomain,
    /// The domain says that it takes no mail (RFC 7505).
    NullMx,
    /// The domain has no mail exchange.
    NoMx,
    /// No mail exchange, but an address of its own, to which senders fall back (RFC 5321 §5.1).
    ImplicitMx,
    /// The domain has more mail exchanges than are looked at.
    ExchangesLeftOut {
        /// How many were left out.
        exchanges: u32,
    },
    /// The mail exchange has more addresses than are looked at.
    AddressesLeftOut {
        /// The mail exchange.
        exchange: Name,
        /// How many were left out.
        addresses: u32,
    },
    /// The mail exchange has no address.
    ExchangeWithoutAddress {
        /// The mail exchange.
        exchange: Name,
    },
    /// The mail exchange is an IP address, which MX cannot name (RFC 5321 §5.1).
    ExchangeIsAddress {
        /// What the MX record says.
        exchange: Name,
    },
    /// The mail exchange is `localhost` or another single label.
    ExchangeIsLocal {
        /// What the MX record says.
        exchange: Name,
    },

    // ---- relay
    /// Forms were refused, and none accepted.
    RelayRefused {
        /// How many were refused because the server would not relay.
        forms: u32,
        /// How many were tried; the server's word on the others is not about relaying.
        tried: u32,
    },
    /// A plain form was accepted at RCPT.
    RelayAccepted {
        /// The forms accepted.
        forms: Vec<RelayForm>,
    },
    /// Only routed forms were accepted: they may be local names to the server.
    RelayRouted {
        /// The forms accepted.
        forms: Vec<RelayForm>,
    },
    /// The server refused our senders, so its word on recipients was never heard.
    RelaySenderRefused {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// The server put us off (4xx): greylisting is no refusal.
    RelayDeferred {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },
    /// The recipient was refused for another cause than that the server will not relay.
    RelayInconclusive {
        /// The reply's code.
        reply_code: u16,
        /// The reply's text.
        text: String,
    },

    // ---- blacklist
    /// No list that answered knows the address.
    NotListed {
        /// Lists that answered.
        answered: u32,
        /// Lists asked.
        asked: u32,
    },
    /// A list that decides has it.
    ListedDecisively {
        /// The lists.
        zones: Vec<String>,
        /// What the first said beside the code.
        text: Option<String>,
    },
    /// Lists that do not decide have it.
    ListedByMinor {
        /// The lists.
        zones: Vec<String>,
    },
    /// A list about its neighbourhood has it: information.
    NeighborhoodListed {
        /// The lists.
        zones: Vec<String>,
    },
    /// A policy range (Spamhaus PBL): no fault of a host that receives.
    PolicyRangeListed,
    /// A policy range, and the domain's SPF record says that mail is sent from there.
    PolicyRangeSends,
    /// Too few lists answered to say that it is clean.
    TooFewListsAnswered {
        /// Lists that answered.
        answered: u32,
        /// Lists asked.
        asked: u32,
    },

    // ---- ptr
    /// Every name of the address leads back to it.
    PtrConfirmed {
        /// The names.
        names: Vec<Name>,
    },
    /// Some names lead back, some do not.
    PtrPartlyConfirmed {
        /// Names that lead back.
        confirmed: Vec<Name>,
        /// Names that lead elsewhere or nowhere.
        unconfirmed: Vec<Name>,
    },
    /// No name leads back.
    PtrUnconfirmed {
        /// The names.
        names: Vec<Name>,
    },
    /// The address has no name.
    PtrMissing,
    /// The address has more names than are followed.
    PtrManyNames {
        /// How many it has.
        names: u32,
        /// How many were followed.
        followed: u32,
    },
    /// The name is made from the address, as for customers' lines.
    PtrGeneric {
        /// The name.
        name: Name,
    },

    // ---- auth
    /// AUTH is not offered on port 25.
    AuthAbsent,
    /// Nothing in clear, and TLS was offered but did not come about: AUTH may be offered inside it.
    AuthBehindTls,
    /// AUTH is offered in clear.
    AuthInClear {
        /// The mechanisms.
        mechanisms: Vec<String>,
    },
    /// AUTH is offered in clear, but by mechanisms that do not send the password itself.
    AuthWithoutPassword {
        /// The mechanisms.
        mechanisms: Vec<String>,
    },
    /// AUTH is offered after TLS only.
    AuthAfterTls {
        /// The mechanisms.
        mechanisms: Vec<String>,
    },
    /// Only obsolete mechanisms are offered.
    AuthObsolete {
        /// The mechanisms.
        mechanisms: Vec<String>,
    },

    // ---- help
    /// HELP is refused.
    HelpRefused {
        /// The reply's code.
        reply_code: u16,
    },
    /// HELP is answered with a list of topics or commands.
    HelpList {
        /// The reply's first line.
        text: String,
    },
    /// HELP is answered with a fixed pointer that gives nothing away.
    HelpPointer {
        /// The reply's first line.
        text: String,
    },
    /// HELP names the software and its version.
    HelpVersion {
        /// The words that name it.
        software: String,
    },
    /// The answer says nothing about HELP.
    HelpInconclusive {
        /// The reply's code.
        reply_code: u16,
    },

    // ---- vrfy
    /// The same answer for every name: nothing leaks.
    VrfyUniform {
        /// The replies' code.
        reply_code: u16,
        /// Whether an invented name was among them.
        invented: bool,
    },
    /// Existing mailboxes are confirmed.
    VrfyConfirms {
        /// The local parts confirmed.
        mailboxes: Vec<String>,
    },
    /// Different answers for different names tell which exist.
    VrfyTells {
        /// Local parts that were not refused.
        accepted: Vec<String>,
        /// Local parts that were.
        refused: Vec<String>,
    },
    /// Every name is confirmed, even an invented one.
    VrfyConfirmsAll,
    /// The answers say nothing about VRFY.
    VrfyInconclusive {
        /// The reply's code.
        reply_code: u16,
    },

    // ---- expn
    /// EXPN is refused.
    ExpnRefused {
        /// The reply's code.
        reply_code: u16,
    },
    /// EXPN is answered without naming anybody.
    ExpnNeutral {
        /// The reply's code.
        reply_code: u16,
    },
    /// EXPN names members.
    ExpnMembers {
        /// How many lines.
        members: u32,
    },
    /// The server wants another step first: it said nothing about EXPN (RFC 5321 §4.1.4).
    ExpnWrongStep {
        /// The reply's code.
        reply_code: u16,
    },
    /// The answer says nothing about EXPN.
    ExpnInconclusive {
        /// The reply's code.
        reply_code: u16,
    },

    // ---- dmarc
    /// No policy.
    DmarcMissing,
    /// Something at the name that was meant as a policy and is none.
    DmarcIgnored {
        /// The record's text.
        text: String,
        /// How it comes close.
        near_miss: dmarc::NearMiss,
    },
    /// The record has no effect: no usable policy, and nobody to report to (RFC 9989 §4.10.1).
    DmarcVoid,
    /// Several records: all are discarded (RFC 9989 §4.10).
    DmarcSeveral {
        /// Where.
        name: Name,
        /// How many.
        count: u32,
    },
    /// The policy enforces.
    DmarcEnforces {
        /// What it asks for at the exact domain.
        policy: Policy,
    },
    /// The policy only watches.
    DmarcWatches,
    /// The policy is in test mode.
    DmarcTesting {
        /// What is applied while it is.
        policy: Policy,
    },
    /// The policy is the parent's.
    DmarcInherited {
        /// Whose.
        from: Name,
    },
    /// Nobody gets reports.
    DmarcNoReports,
    /// A destination has not agreed to get reports (RFC 9990 §4).
    DmarcReportsUnauthorized {
        /// The destination's address.
        uri: String,
        /// The host that would have to agree.
        host: Name,
    },
    /// Whether a destination agreed to get reports could not be learned.
    DmarcReportsUnverified {
        /// The destination's address.
        uri: String,
        /// The host that was asked, or would have been.
        host: Name,
    },
    /// Something is wrong in the record, at a place.
    DmarcDiagnostic {
        /// The record's text.
        text: String,
        /// What is wrong, and where.
        diagnostic: dmarc::Diagnostic,
    },

    // ---- spf
    /// No record.
    SpfMissing,
    /// Something that was meant as a record and is none (RFC 7208 §4.5).
    SpfIgnored {
        /// The record's text.
        text: String,
    },
    /// The record is valid and ends in a word on all others.
    SpfValid {
        /// Look-ups of a full walk.
        lookups: u32,
        /// Its word on strangers.
        strangers: Stranger,
    },
    /// Evaluation ends in permerror.
    SpfBroken {
        /// What is wrong.
        problem: spf::Problem,
    },
    /// Something allowed and unwise.
    SpfNote {
        /// What, and where.
        note: spf::Note,
    },
    /// Close to a limit of RFC 7208 §4.6.4: nine or ten look-ups, or more than ten for those who are
    /// matched by nothing.
    SpfNearLimit {
        /// Look-ups of a full walk.
        lookups: u32,
    },
    /// Strangers pass.
    SpfOpen,
    /// Strangers pass when they come over IPv6.
    SpfOpenOverIpv6,
    /// Its ranges let more addresses pass than any sender has.
    SpfWide {
        /// IPv4 addresses that pass.
        addresses: u64,
    },
    /// Its ranges let more IPv6 networks pass than any sender has.
    SpfWideOverIpv6,
    /// The record says nothing about strangers.
    SpfNeutral,

    // ---- spf and dmarc
    /// A record stands at a name where nobody looks for its kind.
    Misplaced {
        /// The record's text.
        text: String,
        /// Where it stands.
        at: Name,
        /// Where it belongs.
        belongs: Name,
    },

    // ---- spoofing
    /// One kind of name and how it is protected.
    Spoofing {
        /// Whose name the stranger uses.
        identity: Identity,
        /// What DMARC asks receivers to do.
        policy: Policy,
        /// What SPF says to a stranger; it has a word on the exact domain alone.
        stranger: Option<Stranger>,
        /// What follows.
        protection: Protection,
    },
    /// Receivers that still follow RFC 7489 read another policy out of the record.
    SpoofingOlder {
        /// Whose name the stranger uses; the first that it holds for.
        identity: Identity,
        /// What they read.
        policy: Policy,
        /// To how many messages in a hundred they apply it (RFC 7489 §6.3, `pct`).
        percentage: u8,
    },
    /// The domain's own mail can pass DMARC only by DKIM.
    OwnMailNeedsDkim {
        /// Whether there is a key for it.
        key: OwnKey,
    },

    // ---- standards whose reasons fill a file of their own; their codes begin with the check's id
    /// About BIMI.
    #[serde(untagged)]
    Bimi(BimiReason),
    /// About CAA records.
    #[serde(untagged)]
    Caa(CaaReason),
    /// About certificates.
    #[serde(untagged)]
    Certificate(CertificateReason),
    /// About suites and groups of TLS.
    #[serde(untagged)]
    Ciphers(CipherReason),
    /// About TLS and its versions.
    #[serde(untagged)]
    Tls(TlsReason),
    /// About DANE.
    #[serde(untagged)]
    Dane(DaneReason),
    /// About DKIM keys.
    #[serde(untagged)]
    Dkim(DkimReason),
    /// About DNSSEC.
    #[serde(untagged)]
    Dnssec(DnssecReason),
    /// About STARTTLS.
    #[serde(untagged)]
    StartTls(StartTlsReason),
    /// About commands behind STARTTLS.
    #[serde(untagged)]
    Injection(InjectionReason),
    /// About the ports where people hand in mail.
    #[serde(untagged)]
    Submission(SubmissionReason),
    /// About IPv6.
    #[serde(untagged)]
    Ipv6(Ipv6Reason),
    /// About MTA-STS.
    #[serde(untagged)]
    MtaSts(MtaStsReason),
    /// About MX records.
    #[serde(untagged)]
    Mx(MxReason),
    /// About TLS-RPT.
    #[serde(untagged)]
    TlsRpt(TlsRptReason),
}

impl From<MxReason> for Reason {
    fn from(reason: MxReason) -> Self {
        Self::Mx(reason)
    }
}

/// Whose name a stranger could use.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// The domain itself.
    Exact,
    /// A subdomain that exists.
    ExistingSubdomain,
    /// A subdomain that does not.
    NonExistentSubdomain,
}

/// What DMARC asks for, for one kind of name.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Nobody knows, or nobody knows yet.
    Unknown,
    /// There is no policy.
    Absent,
    /// `none`.
    None,
    /// `quarantine`.
    Quarantine,
    /// `reject`.
    Reject,
}

/// What SPF says to a stranger's address.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stranger {
    /// `fail`.
    Fail,
    /// `softfail`.
    SoftFail,
    /// `neutral`.
    Neutral,
    /// `none`: no record.
    None,
    /// `permerror`.
    PermError,
    /// `pass`: anybody may send.
    Pass,
}

/// Whether there is a key with which the domain's own mail can pass DMARC.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnKey {
    /// One was found that serves and aligns.
    Found,
    /// None was found: there may be one under a name that nobody told.
    NotFound,
    /// Nobody knows, or nobody looked.
    Unknown,
}

/// What follows for one kind of name.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// Receivers that check DMARC or SPF can tell.
    Protected,
    /// Only receivers that check DMARC can tell.
    DmarcOnly,
    /// Nobody can tell from the visible sender.
    Open,
}
