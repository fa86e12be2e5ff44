//! An example of everything that can be said about DNSSEC.

use super::names;
use crate::report::DnssecReason;

samples! {
    fn plain() -> DnssecReason {
        Secure, Unsigned,
        Island { key_tags: vec![2371] },
        Island { key_tags: vec![2371, 55_648] },
        NotTrusted, Bogus,
        KeysDiffer { named: vec![2371], keys: vec![55_648] },
        KeysDiffer { named: vec![2371, 7], keys: vec![55_648, 8] },
        HostsUnsigned { hosts: names(1) },
        HostsUnsigned { hosts: names(2) },
        HostsBogus { hosts: names(1) },
        HostsBogus { hosts: names(2) },
        HostsUnseen { hosts: names(1) },
        WeakAlgorithm { algorithm: 7 },
        WeakDigest { key_tags: vec![2371] },
        WeakDigest { key_tags: vec![2371, 7] },
        Unvalidated,
    }
}

/// Every reason.
pub(super) fn reasons() -> Vec<DnssecReason> {
    plain()
}
