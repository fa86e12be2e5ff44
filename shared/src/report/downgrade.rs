//! Can somebody in between force mail into clear text, or lead it to a server of their own?
//!
//! STARTTLS alone prevents neither: whoever stands in between strips the offer, or answers in the server's place. Only
//! senders that insist prevent it, and there are two ways to be told to: DANE (RFC 7672) and MTA-STS (RFC 8461). Each
//! sender honours one of them, both, or neither. So the verdict is made for each of these two kinds of sender apart,
//! over all mail servers: who stands in between may keep a sender from one server so that it turns to the next.

use serde::Serialize;

use super::{DaneReason, Finding, MtaStsReason, Profile, Reason, Status};
use crate::checks::{CheckId, Route};
use crate::dns::Name;
use crate::gather::Gather;
use crate::mta_sts::Mode;

/// The verdict, and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Downgrade {
    /// What follows for the domain.
    pub verdict: Verdict,
    /// The senders of whom the verdict speaks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub senders: Vec<Sender>,
    /// Each mail server to which mail can go.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Passage>,
}

/// What somebody in between can do.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing, where a sender honours DANE or MTA-STS: both are there.
    Prevented,
    /// Nothing, where a sender honours the one of the two that is there.
    PreventedForSome,
    /// Everything, by keeping senders from those servers that DANE guards.
    Partly,
    /// Everything: no sender is told to insist.
    Possible,
    /// There is nothing to force: no mail server offers TLS, and no sender is told to insist.
    AlwaysClear,
    /// Senders that honour what is published cannot deliver at all.
    Breaks,
    /// Too little was seen.
    Unknown,
    /// No mail comes in.
    NotApplicable,
}

/// Senders, by what they honour.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// TLSA records.
    Dane,
    /// The policy.
    MtaSts,
}

/// The way to one mail server.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// Its name.
    pub exchange: Name,
    /// Whether it offers TLS.
    pub starttls: Offer,
    /// What senders do there that honour DANE.
    pub dane: Hold,
    /// What senders do there that honour MTA-STS.
    pub mta_sts: Hold,
}

/// Whether a mail server offers TLS.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// It does.
    Offered,
    /// It does not, at any address.
    NotOffered,
    /// Nobody could look.
    Unknown,
}

/// What a kind of sender does at a mail server.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// It delivers encrypted, and to the right server alone.
    Insists,
    /// It does not deliver there, whoever stands in between.
    Refuses,
    /// It delivers encrypted, and to whoever answers: records that are of no use make TLS a must all the same
    /// (RFC 7672 §2.2).
    Encrypts,
    /// It takes what it gets.
    Yields,
    /// Nobody can tell.
    Unknown,
}

impl Hold {
    /// Whether whoever stands in between can be taken for the server.
    const fn is_open(self) -> bool {
        matches!(self, Self::Yields | Self::Encrypts)
    }
}

impl Downgrade {
    /// The verdict from the rows; nothing in a profile that does not read them.
    pub(super) fn of(route: &Route, checks: &[Finding], profile: &Profile) -> Option<Self> {
        let read = [CheckId::StartTls, CheckId::Dane, CheckId::MtaSts];
        if !read.into_iter().all(|id| profile.reads(id)) {
            return None;
        }
        let whole = |verdict| Self {
            verdict,
            senders: Vec::new(),
            exchanges: Vec::new(),
        };
        let exchanges = match route {
            Route::Exchanges(exchanges) => exchanges,
            Route::Pending | Route::Failed(..) => return Some(whole(Verdict::Unknown)),
            Route::NoSuchDomain | Route::NullMx | Route::NoMx => {
                return Some(whole(Verdict::NotApplicable));
            }
        };
        let led = exchanges.looked_at.iter();
        let led = led.filter(|exchange| exchange.leads_somewhere());
        let names: Vec<&Name> = led
            .map(|exchange| &exchange.name)
            .chain(&exchanges.left_out)
            .gather();
        if names.is_empty() {
            return Some(whole(Verdict::NotApplicable));
        }
        let row = |id| checks.iter().find(|finding| finding.id == id);
        let policy = PolicyHold::read(row(CheckId::MtaSts));
        let passages: Vec<Passage> = names
            .into_iter()
            .map(|exchange| {
                let starttls = offer(row(CheckId::StartTls), exchange);
                Passage {
                    exchange: exchange.clone(),
                    starttls,
                    dane: without_tls(dane(row(CheckId::Dane), exchange), starttls),
                    mta_sts: without_tls(policy.at(exchange), starttls),
                }
            })
            .gather();
        let (verdict, senders) = conclude(&passages);
        Some(Self {
            verdict,
            senders,
            exchanges: passages,
        })
    }

    /// Whether senders of this kind cannot deliver at all, if only as no server offers the TLS that they insist on.
    #[must_use]
    pub fn breaks_for(&self, sender: Sender) -> bool {
        self.verdict == Verdict::Breaks && self.senders.contains(&sender)
    }

    /// The mail servers at which no sender insists on anything.
    pub fn open(&self) -> impl Iterator<Item = &Name> {
        let open = |passage: &&Passage| passage.dane.is_open() && passage.mta_sts.is_open();
        self.exchanges
            .iter()
            .filter(open)
            .map(|passage| &passage.exchange)
    }
}

/// Who insists on TLS that is not offered does not deliver.
fn without_tls(hold: Hold, starttls: Offer) -> Hold {
    match (hold, starttls) {
        (Hold::Insists | Hold::Encrypts, Offer::NotOffered) => Hold::Refuses,
        _ => hold,
    }
}

/// What the row about STARTTLS says of a mail server: one address that offers it is enough to insist on.
fn offer(finding: Option<&Finding>, exchange: &Name) -> Offer {
    let hosts = finding.map_or(&[][..], |finding| &finding.hosts);
    let mut seen = hosts.iter().filter(|host| host.exchange == *exchange);
    let has = |status: Status| {
        let mut seen = seen.clone();
        seen.any(|host| host.status == status)
    };
    match (has(Status::Pass) || has(Status::Warn), has(Status::Fail)) {
        (true, _) => Offer::Offered,
        (false, true) if seen.all(|host| host.status == Status::Fail) => Offer::NotOffered,
        _ => Offer::Unknown,
    }
}

/// What senders that honour DANE do at a mail server, from its line in the row.
fn dane(finding: Option<&Finding>, exchange: &Name) -> Hold {
    let hosts = finding.map_or(&[][..], |finding| &finding.hosts);
    let host = hosts.iter().find(|host| host.exchange == *exchange);
    let mut reasons = host.into_iter().flat_map(|host| &host.reasons);
    let hold = reasons.find_map(|reason| match reason {
        Reason::Dane(reason) => held(reason),
        _ => None,
    });
    hold.unwrap_or(Hold::Unknown)
}

/// What follows from a reason; nothing from a remark.
const fn held(reason: &DaneReason) -> Option<Hold> {
    match reason {
        DaneReason::Fits { .. } | DaneReason::Usable { .. } => Some(Hold::Insists),
        // Mail waits (RFC 7672 §2.1.2, §2.2).
        DaneReason::Withheld { .. } | DaneReason::Differs { .. } | DaneReason::Bare { .. } => {
            Some(Hold::Refuses)
        }
        DaneReason::Useless { .. } => Some(Hold::Encrypts),
        DaneReason::NotEffective
        | DaneReason::Missing { .. }
        | DaneReason::NeedsDnssec
        | DaneReason::MtaStsInstead
        | DaneReason::InVain { .. } => Some(Hold::Yields),
        DaneReason::UselessRecord { .. }
        | DaneReason::IdleRecord { .. }
        | DaneReason::AuthorityNotSent { .. }
        | DaneReason::Full { .. }
        | DaneReason::RenewalBreaks { .. }
        | DaneReason::Alone { .. }
        | DaneReason::Agility { .. } => None,
    }
}

/// What senders that honour MTA-STS do: the policy is one for all mail servers.
struct PolicyHold<'a> {
    hold: Hold,
    /// Those at which they do not deliver.
    refused: Vec<&'a Name>,
}

impl<'a> PolicyHold<'a> {
    fn read(finding: Option<&'a Finding>) -> Self {
        let mut policy = Self {
            hold: Hold::Yields,
            refused: Vec::new(),
        };
        let Some(finding) = finding.filter(|finding| finding.status != Status::Unknown) else {
            policy.hold = Hold::Unknown;
            return policy;
        };
        for reason in &finding.reasons {
            let Reason::MtaSts(reason) = reason else {
                continue;
            };
            match reason {
                MtaStsReason::Enforces { .. } => policy.hold = Hold::Insists,
                MtaStsReason::Uncovered {
                    exchanges,
                    mode: Mode::Enforce,
                    ..
                }
                | MtaStsReason::CertificateRefused {
                    exchanges,
                    mode: Mode::Enforce,
                    ..
                }
                | MtaStsReason::Bare {
                    exchanges,
                    mode: Mode::Enforce,
                    ..
                } => {
                    policy.hold = Hold::Insists;
                    policy.refused.extend(exchanges);
                }
                // On trial, withdrawn, or not to be read: nobody insists (RFC 8461 §5).
                MtaStsReason::Uncovered { .. }
                | MtaStsReason::CertificateRefused { .. }
                | MtaStsReason::Bare { .. }
                | MtaStsReason::Absent
                | MtaStsReason::Needless
                | MtaStsReason::Several { .. }
                | MtaStsReason::Ignored { .. }
                | MtaStsReason::Record { .. }
                | MtaStsReason::NotFetched { .. }
                | MtaStsReason::Policy { .. }
                | MtaStsReason::MediaType { .. }
                | MtaStsReason::Testing
                | MtaStsReason::Withdrawn => {}
            }
        }
        policy
    }

    fn at(&self, exchange: &Name) -> Hold {
        match self.refused.contains(&exchange) {
            true => Hold::Refuses,
            false => self.hold,
        }
    }
}

/// What one kind of sender does over all mail servers.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Whole {
    Guarded,
    Refused,
    /// Some guard it, and some take what they get.
    Mixed,
    Open,
    Unknown,
}

/// A server at which mail is not delivered cannot be where it is read: senders turn to the next.
fn whole(passages: &[Passage], of: fn(&Passage) -> Hold) -> Whole {
    let has = |hold| passages.iter().any(|passage| of(passage) == hold);
    let yields = passages.iter().any(|passage| of(passage).is_open());
    match (has(Hold::Insists), has(Hold::Refuses)) {
        (true, _) if yields => Whole::Mixed,
        _ if yields => Whole::Open,
        _ if has(Hold::Unknown) => Whole::Unknown,
        (true, _) => Whole::Guarded,
        (false, _) => Whole::Refused,
    }
}

fn conclude(passages: &[Passage]) -> (Verdict, Vec<Sender>) {
    let kinds = [
        (Sender::Dane, whole(passages, |passage| passage.dane)),
        (Sender::MtaSts, whole(passages, |passage| passage.mta_sts)),
    ];
    for (state, verdict) in [
        (Whole::Refused, Verdict::Breaks),
        (Whole::Guarded, Verdict::PreventedForSome),
        (Whole::Unknown, Verdict::Unknown),
        (Whole::Mixed, Verdict::Partly),
    ] {
        let kinds = kinds.iter().filter(|(_, whole)| *whole == state);
        let senders: Vec<Sender> = kinds.map(|(sender, _)| *sender).gather();
        match (verdict, senders.len()) {
            (_, 0) => {}
            (Verdict::PreventedForSome, 2) => return (Verdict::Prevented, senders),
            (Verdict::Unknown, _) => return (verdict, Vec::new()),
            _ => return (verdict, senders),
        }
    }
    let clear = passages
        .iter()
        .all(|passage| passage.starttls == Offer::NotOffered);
    match clear {
        true => (Verdict::AlwaysClear, Vec::new()),
        false => (Verdict::Possible, Vec::new()),
    }
}

#[cfg(test)]
mod tests;
