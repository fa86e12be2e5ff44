//! One check's word.

use std::net::IpAddr;

use serde::Serialize;

use super::{DaneReason, DnssecReason, Mend, MtaStsReason, Reason};
use crate::checks::CheckId;
use crate::dns::Name;
use crate::evidence::ObservationId;
use crate::mta_sts::Mode;

/// The five statuses.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Evidence complete, rule met: the full weight.
    Pass,
    /// Met in part, or a preference is not met: a quarter of the weight.
    Warn,
    /// Rule broken: nothing.
    Fail,
    /// We could not look, or have not looked yet: out of the score, lowers the coverage.
    Unknown,
    /// The question does not apply: out of the score.
    Na,
}

impl Status {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [Self::Pass, Self::Warn, Self::Fail, Self::Unknown, Self::Na];

    /// Quarters of the weight earned; `None` when out of the score.
    #[must_use]
    pub const fn quarters(self) -> Option<u32> {
        match self {
            Self::Pass => Some(4),
            Self::Warn => Some(1),
            Self::Fail => Some(0),
            Self::Unknown | Self::Na => None,
        }
    }

    /// The status as the JSON spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Na => "na",
        }
    }
}

/// What one check found, with its proof and its mend.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Which check.
    pub id: CheckId,
    /// Its status for the whole domain: that of the worst host that could be looked at.
    pub status: Status,
    /// Its weight in this profile.
    pub weight: u32,
    /// Why, the weightiest first; `wording` makes sentences of them.
    pub reasons: Vec<Reason>,
    /// The observations that prove it.
    pub proof: Vec<ObservationId>,
    /// What was found at each address, where the check asks hosts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<HostFinding>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mend: Option<Mend>,
}

impl Finding {
    /// A finding about the domain as a whole; its weight is set by the profile later.
    #[must_use]
    pub const fn new(id: CheckId, status: Status, reasons: Vec<Reason>) -> Self {
        Self {
            id,
            status,
            weight: 0,
            reasons,
            proof: Vec::new(),
            hosts: Vec::new(),
            mend: None,
        }
    }

    /// The same finding, proven by `proof`.
    #[must_use]
    pub fn proven_by(mut self, proof: impl IntoIterator<Item = ObservationId>) -> Self {
        self.proof.extend(proof);
        self
    }

    /// The same finding with a mend.
    #[must_use]
    pub fn mended_by(mut self, mend: Option<Mend>) -> Self {
        self.mend = mend;
        self
    }

    /// Whether it may still change as the scan goes on.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.status == Status::Unknown && self.reasons.contains(&Reason::Pending)
    }

    /// Whether it keeps mail from being delivered today: nothing else is worth a step before.
    #[must_use]
    pub fn keeps_mail_out(&self) -> bool {
        self.reasons.iter().any(|reason| {
            matches!(
                reason,
                Reason::Dnssec(DnssecReason::Bogus | DnssecReason::HostsBogus { .. })
                    | Reason::Dane(
                        DaneReason::Withheld { .. }
                            | DaneReason::Differs { .. }
                            | DaneReason::Bare { .. }
                    )
                    | Reason::MtaSts(
                        MtaStsReason::Uncovered {
                            all: true,
                            mode: Mode::Enforce,
                            ..
                        } | MtaStsReason::CertificateRefused {
                            all: true,
                            mode: Mode::Enforce,
                            ..
                        } | MtaStsReason::Bare {
                            all: true,
                            mode: Mode::Enforce,
                            ..
                        }
                    )
            )
        })
    }
}

/// What was found at one address of one mail exchange.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HostFinding {
    /// The mail exchange.
    pub exchange: Name,
    /// Its address; `None` when it has none.
    pub address: Option<IpAddr>,
    /// The status there.
    pub status: Status,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The observations that prove it.
    pub proof: Vec<ObservationId>,
}
