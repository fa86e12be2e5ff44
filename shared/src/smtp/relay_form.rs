//! The envelopes of a relay test.

use serde::{Deserialize, Serialize};

/// One way to ask a server to carry a stranger's mail to a stranger.
///
/// `D` is a domain that is not the server's, `I` the server's address, `S` the scanned domain.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RelayForm {
    /// From `<>` to `t@D`.
    NullSender,
    /// From a foreign sender to `t@D`.
    ForeignSender,
    /// From a sender at `S` to `t@D`: it must not help to claim to be the server's own user.
    OwnSender,
    /// From `postmaster@[I]` to `t@D`.
    AddressSender,
    /// To `t%D@[I]`: the percent hack.
    Percent,
    /// To `@[I]:t@D`: a source route (RFC 5321 appendix C, obsolete).
    SourceRoute,
}

impl RelayForm {
    /// All forms, in the order in which they are tried.
    pub const ALL: [Self; 6] = [
        Self::ForeignSender,
        Self::NullSender,
        Self::OwnSender,
        Self::AddressSender,
        Self::Percent,
        Self::SourceRoute,
    ];

    /// Whether the recipient is written plainly: acceptance then needs no second reading. A routed form
    /// may be a local name to the server.
    #[must_use]
    pub const fn is_plain(self) -> bool {
        !matches!(self, Self::Percent | Self::SourceRoute)
    }
}
