//! Facts that are not SMTP's, and the identity of every fact.

use core::borrow::Borrow;
use core::fmt;
use std::net::{IpAddr, Ipv4Addr};

use serde::{Deserialize, Serialize};

use super::{PolicyFact, SmtpFact};
use crate::dkim::Selector;
use crate::dns::{Answer, Name, Question};
use crate::protocol::RefusalCode;
use crate::time::{Millis, Timestamp};

/// One thing that was seen, when. It holds no opinion.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Observation {
    /// When it was seen, by the clock of who saw it.
    pub at: Timestamp,
    /// What was seen.
    pub fact: Fact,
}

impl Observation {
    /// `fact`, seen at `at`.
    #[must_use]
    pub const fn new(at: Timestamp, fact: Fact) -> Self {
        Self { at, fact }
    }
}

/// The kinds of facts.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A resolver answered, or failed to.
    Dns(DnsFact),
    /// The probe server said from where it looks.
    Vantage(Vantage),
    /// The probe server will, or will not, speak to an address.
    Target(TargetFact),
    /// Something happened in an SMTP dialogue.
    Smtp(SmtpFact),
    /// A blocklist was asked about an address.
    Blocklist(BlocklistFact),
    /// A blocklist was tested before it was believed (RFC 5782 §5).
    BlocklistTest(BlocklistTest),
    /// Somebody named the selector of a DKIM key.
    Selector(SelectorFact),
    /// The host of the MTA-STS policy was asked for it.
    Policy(PolicyFact),
    /// How the probe ended.
    Probe(ProbeOutcome),
}

/// One look-up by one resolver.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct DnsFact {
    /// What was asked.
    pub question: Question,
    /// What came back.
    pub answer: Answer,
    /// Who was asked: a name for people, such as `Cloudflare` or `probe`.
    pub resolver: String,
    /// How long it took.
    pub took: Millis,
}

impl DnsFact {
    /// The name of a probe server's own resolver, in the place of a name for people.
    pub const PROBE: &'static str = "probe";
    /// Of an answer that nobody gave: a person tries what would be if it were so.
    pub const SUPPOSED: &'static str = "supposed";
}

/// From where a probe server looks.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Vantage {
    /// Name and version of the server's software.
    pub software: String,
    /// The name it says in EHLO.
    pub ehlo_name: String,
    /// Whether its network lets it out on port 25; `None` when it cannot tell yet.
    pub port25: Option<bool>,
    /// Whether it has IPv6; `None` when it cannot tell.
    pub ipv6: Option<bool>,
}

/// One address of one mail exchange, and whether it will be probed.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct TargetFact {
    /// The mail exchange, as the MX record names it.
    pub exchange: Name,
    /// Its address.
    pub address: IpAddr,
    /// What the guard says.
    pub ruling: TargetRuling,
}

/// The guard's word on an address.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetRuling {
    /// It will be probed.
    Planned,
    /// It is not a public address (private, loopback, documentation, …): nobody outside can send there.
    NotPublic,
    /// The server has no IPv6 to reach it with.
    NoIpv6,
    /// More addresses than one scan probes.
    TooMany,
    /// The people of this address, or of the exchange, asked not to be probed.
    OptedOut,
    /// It was visited often, or asked to be left alone, a moment ago.
    Resting,
}

/// Address families, for tests that are made once per family.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

impl Family {
    /// The family of an address.
    #[must_use]
    pub const fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Self::V4,
            IpAddr::V6(_) => Self::V6,
        }
    }
}

/// One blocklist's word on one address.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct BlocklistFact {
    /// The zone, as the catalogue names it (never with an access key in it).
    pub zone: String,
    /// The address asked about.
    pub address: IpAddr,
    /// What it said.
    pub outcome: BlocklistOutcome,
}

/// What a blocklist can say.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlocklistOutcome {
    /// NXDOMAIN: not listed. Nothing else means that.
    NotListed,
    /// A records, sorted, and the list's reason from TXT, if it gave one.
    Answered {
        /// The return codes; their meaning is the zone's own.
        codes: Vec<Ipv4Addr>,
        /// The text beside them, safe to show.
        reason: Option<String>,
    },
    /// No answer that says anything.
    Failed(Unlisted),
}

/// Why a blocklist gave no answer.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unlisted {
    /// The look-up failed.
    Dns(crate::dns::Failure),
    /// NOERROR without an address: lists that do not know us answer so.
    Empty,
}

/// Whether a blocklist passed its test points: 127.0.0.2 listed, 127.0.0.1 not (RFC 5782 §5).
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct BlocklistTest {
    /// The zone.
    pub zone: String,
    /// Which test points were asked.
    pub family: Family,
    /// What it said about the point that must be listed.
    pub listed: BlocklistOutcome,
    /// What it said about the point that must not.
    pub unlisted: BlocklistOutcome,
}

/// The selector of a DKIM key, which DNS does not list: somebody has to name it (RFC 6376 §3.1).
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct SelectorFact {
    /// The domain that signs with it: the one that is looked at, or one that shares its organizational domain.
    pub domain: Name,
    /// The selector.
    pub selector: Selector,
    /// Where it was read.
    pub source: SelectorSource,
}

/// Who named a selector.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SelectorSource {
    /// A person typed it.
    Typed,
    /// It stands in the signature of a message.
    Message,
}

/// How the probe ended. The best of several is believed, in this order.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeOutcome {
    /// All that was planned was done.
    Finished {
        /// How long it took in all.
        took: Millis,
    },
    /// The server would not scan.
    Refused(RefusalCode),
    /// Whoever had begun the scan stopped it.
    Stopped,
    /// The connection to the server was lost before the end.
    Cut,
    /// The server could not be reached.
    Unreachable,
    /// No probe server is set.
    NoServer,
}

/// The identity of a fact: two facts with the same one are two accounts of one event.
///
/// It reads like a path, sorts by kind, and is what a finding points at.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct ObservationId(String);

impl ObservationId {
    /// The identity as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// So that evidence can be searched by the beginning of an identity.
impl Borrow<str> for ObservationId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ObservationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ObservationId {
    /// What the identities of all answers to `question` begin with.
    pub(crate) fn answers_to(question: &Question) -> String {
        let checking = if question.unchecked { "+cd" } else { "" };
        format!("dns/{}{checking}/{}@", question.record_type, question.name)
    }

    /// What the identities of all that `address` said on `port` begin with.
    pub(crate) fn dialogues_with(address: IpAddr, port: u16) -> String {
        format!("smtp/{address}:{port}/")
    }

    /// The identity of what `zone` says about `address`.
    pub(crate) fn blocklist(zone: &str, address: IpAddr) -> String {
        format!("blocklist/{zone}/{address}")
    }

    /// The identity of the test of `zone` in `family`.
    pub(crate) fn blocklist_test(zone: &str, family: Family) -> String {
        let family = match family {
            Family::V4 => "v4",
            Family::V6 => "v6",
        };
        format!("blocklist-test/{zone}/{family}")
    }

    /// The identity of the guard's word on `address` of `exchange`.
    pub(crate) fn target(exchange: &Name, address: IpAddr) -> String {
        format!("target/{exchange}/{address}")
    }

    /// The identity of what names `selector` of `domain`.
    pub(crate) fn selector(domain: &Name, selector: &Selector) -> String {
        format!("{}{domain}/{selector}", Self::SELECTORS)
    }

    /// What the identities of all named selectors begin with.
    pub(crate) const SELECTORS: &'static str = "selector/";

    /// The identity of what the policy host of `domain` said.
    pub(crate) fn policy(domain: &Name) -> String {
        format!("policy/{domain}")
    }

    /// The identity of from where the probe looks.
    pub(crate) const VANTAGE: &'static str = "vantage";

    /// The identity of how the probe ended.
    pub(crate) const PROBE: &'static str = "probe";
}

impl Fact {
    /// The identity of this fact.
    #[must_use]
    pub fn id(&self) -> ObservationId {
        ObservationId(match self {
            Self::Dns(fact) => ObservationId::answers_to(&fact.question) + &fact.resolver,
            Self::Vantage(_) => ObservationId::VANTAGE.to_owned(),
            Self::Target(fact) => ObservationId::target(&fact.exchange, fact.address),
            Self::Smtp(fact) => fact.id(),
            Self::Blocklist(fact) => ObservationId::blocklist(&fact.zone, fact.address),
            Self::BlocklistTest(fact) => ObservationId::blocklist_test(&fact.zone, fact.family),
            Self::Selector(fact) => ObservationId::selector(&fact.domain, &fact.selector),
            Self::Policy(fact) => ObservationId::policy(&fact.domain),
            Self::Probe(_) => ObservationId::PROBE.to_owned(),
        })
    }

    /// Whether this fact says the same thing as `other` does, of whomever it comes: of answers, the question counts
    /// and not who was asked.
    pub(super) fn stands_for(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Dns(one), Self::Dns(other)) => one.question == other.question,
            (Self::Dns(_), _) | (_, Self::Dns(_)) => false,
            _ => self.id() == other.id(),
        }
    }
}
