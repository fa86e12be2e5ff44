//! An example of everything that can be said about CAA records.

use super::{name, words};
use crate::report::CaaReason;

samples! {
    fn reasons() -> CaaReason {
        Absent,
        Issuers { at: name("example.org"), issuers: words(&["ca.example"]) },
        Issuers { at: name("example.org"), issuers: words(&["ca.example", "pki.example"]) },
        Nobody { at: name("example.org") },
        Critical { at: name("example.org"), tag: "tbs".into() },
        NoOwnHosts,
    }
}
