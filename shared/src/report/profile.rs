//! Profiles: readings and weights as data, with a name and a version.

use core::str::FromStr;

use serde::Serialize;

use super::Status;
use crate::checks::CheckId;

/// The profiles there are.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileName {
    /// What the standards and current guidance say.
    #[default]
    Standards,
    /// The ten rows as the classic reports read them.
    Classic,
}

impl ProfileName {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Standards, Self::Classic];

    /// The name as the command line and the JSON spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standards => "standards",
            Self::Classic => "classic",
        }
    }

    /// The profile itself.
    #[must_use]
    pub const fn profile(self) -> &'static Profile {
        match self {
            Self::Standards => &STANDARDS,
            Self::Classic => &CLASSIC,
        }
    }
}

impl FromStr for ProfileName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|name| name.as_str() == text)
            .ok_or(())
    }
}

/// How to read evidence, and what each check weighs.
#[derive(Debug)]
pub struct Profile {
    /// Its name.
    pub name: ProfileName,
    /// Its version: it changes when a reading or a weight does.
    pub version: &'static str,
    /// How debatable evidence is read.
    pub readings: Readings,
    /// The checks and their weights.
    pub weights: &'static [(CheckId, u32)],
}

/// The readings on which reasonable people differ.
#[derive(Debug)]
pub struct Readings {
    /// Whether a rule met in part counts as broken.
    pub warn_is_fail: bool,
    /// AUTH not announced on port 25.
    pub auth_absent: Status,
    /// VRFY answers 252 to some names and refuses others.
    pub vrfy_tells: Status,
    /// EXPN was refused for something else: "not now" (503), "too many errors" (554).
    pub expn_other_refusal: Status,
}

impl Profile {
    /// Whether the profile reads a check at all; one of weight 0 is a note.
    #[must_use]
    pub fn reads(&self, id: CheckId) -> bool {
        self.weights.iter().any(|(read, _)| *read == id)
    }

    /// The weight of a check; 0 when the profile does not weigh it.
    #[must_use]
    pub fn weight(&self, id: CheckId) -> u32 {
        self.weights
            .iter()
            .find(|(weighed, _)| *weighed == id)
            .map_or(0, |(_, weight)| *weight)
    }
}

/// The weights of the classic ten: they sum to a hundred.
const TEN: &[(CheckId, u32)] = &[
    (CheckId::Relay, 20),
    (CheckId::Blacklist, 14),
    (CheckId::Dmarc, 13),
    (CheckId::Spf, 12),
    (CheckId::Ptr, 11),
    (CheckId::Spoofing, 10),
    (CheckId::Auth, 6),
    (CheckId::Help, 6),
    (CheckId::Vrfy, 4),
    (CheckId::Expn, 4),
];

/// The classic ten, and what came after them; what weighs nothing is a note.
const ALL: &[(CheckId, u32)] = &[
    (CheckId::Relay, 20),
    (CheckId::Blacklist, 14),
    (CheckId::Dmarc, 13),
    (CheckId::Spf, 12),
    (CheckId::Ptr, 11),
    (CheckId::Spoofing, 10),
    (CheckId::Auth, 6),
    (CheckId::Help, 6),
    (CheckId::Vrfy, 4),
    (CheckId::Expn, 4),
    (CheckId::Dkim, 12),
    (CheckId::StartTls, 16),
    (CheckId::StartTlsInjection, 8),
    (CheckId::Submission, 6),
    (CheckId::Ipv6, 4),
    (CheckId::TlsVersions, 12),
    (CheckId::Ciphers, 8),
    (CheckId::Certificate, 8),
    (CheckId::MtaSts, 8),
    (CheckId::Dane, 6),
    (CheckId::Dnssec, 8),
    (CheckId::TlsRpt, 4),
    (CheckId::Mx, 0),
    (CheckId::Caa, 0),
    (CheckId::Bimi, 0),
];

static STANDARDS: Profile = Profile {
    name: ProfileName::Standards,
    version: "2026.3",
    readings: Readings {
        warn_is_fail: false,
        // Submission has ports of its own (RFC 6409, RFC 8314): an MX need not authenticate anybody.
        auth_absent: Status::Na,
        vrfy_tells: Status::Warn,
        expn_other_refusal: Status::Unknown,
    },
    weights: ALL,
};

static CLASSIC: Profile = Profile {
    name: ProfileName::Classic,
    version: "2026.1",
    readings: Readings {
        warn_is_fail: true,
        auth_absent: Status::Fail,
        vrfy_tells: Status::Pass,
        expn_other_refusal: Status::Pass,
    },
    weights: TEN,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classic_ten_weigh_a_hundred() {
        assert_eq!(
            CLASSIC
                .weights
                .iter()
                .map(|(_, weight)| weight)
                .sum::<u32>(),
            100
        );
    }
}
