//! An example of everything that can be said about MX records.

use super::{address, name};
use crate::mx::DiagnosticCode;
use crate::report::MxReason;

samples! {
    fn reasons() -> MxReason {
        Valid { exchanges: 1 },
        Valid { exchanges: 4 },
        NullBesideOthers, Parked, NotDisowned, NullSends, Nothing,
        Alias { exchange: name("mx.example.org"), alias_of: name("mx.example.net") },
        Dangling { exchange: name("mx.example.net"), foreign: true },
        Dangling { exchange: name("mx.example.org"), foreign: false },
        NotPublic { exchange: name("mx.example.org"), address: address() },
        Ipv6Only,
        OneAddress { address: address() },
    }
    fn diagnostic_codes() -> DiagnosticCode {
        MissingPreference, InvalidPreference, MissingExchange, InvalidName, IsAddress, NotAHost, IsLocal, IsLocalhost, NullBesideOthers,
        NullPreference, Repeated, TrailingText, TooMany,
    }
}
