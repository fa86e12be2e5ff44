//! The report: what the evidence means under a profile.

mod assess;
mod close;
mod downgrade;
mod finding;
mod gains;
mod grade;
mod mend;
mod profile;
mod reason;

pub use assess::{Effort, ProfileTag, Report, assess};
pub use close::{close, not_asked};
pub use downgrade::{Downgrade, Hold, Offer, Passage, Sender, Verdict};
pub use finding::{Finding, HostFinding, Status};
pub use grade::{Cap, CapCause, Grade, Score};
pub use mend::{Action, Configuration, Mend, Owner, Publish, Serve, SpfCost};
pub use profile::{Profile, ProfileName, Readings};
pub use reason::{
    BimiNeed, BimiReason, CaaReason, CertificateReason, CipherReason, DaneReason, DkimReason,
    DnssecReason, Identity, InjectionReason, Ipv6Reason, MtaStsReason, MxReason, OwnKey, Policy,
    Protection, Reason, StartTlsReason, Stranger, SubmissionReason, TlsReason, TlsRptReason,
};
