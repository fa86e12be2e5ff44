//! How much is asked of each server.

use std::time::Duration;

use crate::etiquette::Etiquette;

/// How much is asked of each server.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Depth {
    /// What decides the verdict, within the promises to strangers ([`Etiquette`]).
    #[default]
    Verdict,
    /// Everything that its TLS takes, in as many connections as that needs: for servers of one's own.
    Deep,
}

/// How a scan of some depth knocks at one port.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// Connections, at most.
    pub(super) connections: u8,
    /// Hellos, at most.
    pub(super) hellos: u8,
    /// Of these, how many at once.
    pub(super) at_once: usize,
    /// Between two connections that follow each other.
    pub(super) spacing: Duration,
}

impl From<bool> for Depth {
    /// Deep, or not.
    fn from(deep: bool) -> Self {
        if deep { Self::Deep } else { Self::Verdict }
    }
}

impl Depth {
    /// The pace at an address.
    pub(super) const fn pace(self, etiquette: &Etiquette) -> Pace {
        match self {
            Self::Verdict => Pace {
                connections: etiquette.connections_per_address,
                hellos: etiquette.hellos_per_address,
                at_once: 1,
                spacing: etiquette.spacing,
            },
            Self::Deep => Pace {
                connections: etiquette.deep_connections,
                hellos: etiquette.deep_connections,
                at_once: etiquette.deep_at_once,
                // Nobody is to be spared but the owner's own time.
                spacing: Duration::ZERO,
            },
        }
    }
}
