//! The catalogue: what a scan asks, one file a check, one list of them all.
//!
//! To add a check: give it an id in [`CheckId`], a file with a unit struct that implements [`Check`], a
//! line in [`CHECKS`], a weight in `report/profile.rs`, its reasons in `report/reason.rs`. What is then
//! still missing in `wording` does not compile.

mod auth;
mod bimi;
mod blacklist;
mod caa;
mod certificate;
mod ciphers;
mod dane;
mod dialogue;
mod dkim;
mod dmarc;
mod dnssec;
#[cfg(test)]
mod downgrade;
mod expn;
mod help;
mod host;
mod id;
mod injection;
mod ipv6;
mod misplaced;
mod mta_sts;
mod mx;
mod ptr;
mod refusal;
mod relay;
mod route;
#[cfg(test)]
mod scenarios;
mod scene;
mod sending;
#[cfg(test)]
mod signed_world;
mod spf;
#[cfg(test)]
mod spoken;
mod spoofing;
mod starttls;
mod submission;
mod tls;
mod tls_rpt;
mod tls_versions;
mod transit;
mod vrfy;
mod weighing;

pub use certificate::judge_chain;
pub(crate) use host::leads_nowhere;
pub use id::CheckId;
pub use route::{Exchange, Exchanges, Lookup, Route};
pub use scene::Scene;
pub use sending::Sending;

use crate::report::Finding;

/// A question that a scan asks, and how the evidence answers it.
pub trait Check: Sync {
    /// Its id.
    fn id(&self) -> CheckId;

    /// Reads the evidence. Total: whatever is missing becomes a wanted question or an unknown.
    fn assess(&self, scene: &Scene<'_>) -> Finding;
}

/// All checks, in the order of the classic report.
pub static CHECKS: &[&dyn Check] = &[
    &help::Help,
    &auth::Auth,
    &vrfy::Vrfy,
    &expn::Expn,
    &relay::Relay,
    &blacklist::Blacklist,
    &ptr::Ptr,
    &spf::Spf,
    &dmarc::Dmarc,
    &spoofing::Spoofing,
    &dkim::Dkim,
    &starttls::StartTls,
    &injection::Injection,
    &submission::Submission,
    &ipv6::Ipv6,
    &tls_versions::TlsVersions,
    &ciphers::Ciphers,
    &certificate::Certificate,
    &mta_sts::MtaSts,
    &dane::Dane,
    &dnssec::Dnssec,
    &tls_rpt::TlsRpt,
    &mx::Mx,
    &caa::Caa,
    &bimi::Bimi,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::report::ProfileName;

    #[test]
    fn ids_are_unique_and_no_check_is_weighed_twice() {
        let named: Vec<_> = CHECKS.iter().map(|check| check.id()).collect();
        assert_eq!(named, CheckId::ALL);
        let ids: BTreeSet<_> = named.into_iter().collect();
        assert_eq!(ids.len(), CHECKS.len());
        for name in ProfileName::ALL {
            let weights = name.profile().weights;
            let weighed: BTreeSet<_> = weights.iter().map(|(id, _)| *id).collect();
            assert_eq!(weighed.len(), weights.len(), "{name:?}");
            assert!(weighed.is_subset(&ids), "{name:?}");
        }
        let standards = ProfileName::Standards.profile();
        assert!(
            ids.iter().all(|id| standards.reads(*id)),
            "the default leaves none out"
        );
    }
}
