//! Where the standards say it.

use crate::checks::CheckId;

/// A section of an RFC: its number, and the section as the RFC counts it. The number [`DRAFT`] stands for the
/// one Internet-Draft that is cited.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Standard(pub u16, pub &'static str);

/// Stands for BIMI's Internet-Draft, which has no number yet.
const DRAFT: u16 = 0;

impl Standard {
    /// As people cite it: `RFC 7208 §4.6.4`.
    #[must_use]
    pub fn label(self) -> String {
        match self.0 {
            DRAFT => [
                "draft-brand-indicators-for-message-identification §",
                self.1,
            ]
            .concat(),
            number => format!("RFC {number} §{}", self.1),
        }
    }

    /// Where it can be read.
    #[must_use]
    pub fn url(self) -> String {
        let document = match self.0 {
            DRAFT => {
                "datatracker.ietf.org/doc/html/draft-brand-indicators-for-message-identification"
                    .to_owned()
            }
            number => format!("www.rfc-editor.org/rfc/rfc{number}"),
        };
        ["https://", &document, "#section-", self.1].concat()
    }
}

/// Where the standards speak of what a check asks, the most telling section first.
#[must_use]
pub const fn standards(id: CheckId) -> &'static [Standard] {
    match id {
        CheckId::Relay => &[Standard(5321, "3.6.2"), Standard(2505, "2.1")],
        CheckId::Blacklist => &[Standard(5782, "2.1"), Standard(5782, "5")],
        CheckId::Dmarc => &[
            Standard(9989, "4.7"),
            Standard(9989, "4.10"),
            Standard(9990, "4"),
        ],
        CheckId::Spf => &[
            Standard(7208, "4.6"),
            Standard(7208, "4.6.4"),
            Standard(7208, "5.2"),
        ],
        CheckId::Ptr => &[Standard(1912, "2.1"), Standard(8601, "2.7.3")],
        CheckId::Spoofing => &[Standard(9989, "4.7"), Standard(7208, "2.4")],
        CheckId::Auth => &[
            Standard(8314, "3.3"),
            Standard(4954, "4"),
            Standard(6409, "3.1"),
        ],
        CheckId::Help => &[Standard(5321, "4.1.1.8"), Standard(5321, "7.5")],
        CheckId::Vrfy => &[Standard(5321, "3.5.3"), Standard(5321, "7.3")],
        CheckId::Expn => &[Standard(5321, "3.5.4"), Standard(5321, "7.3")],
        CheckId::Dkim => &[Standard(6376, "3.6.1"), Standard(8301, "3.2")],
        CheckId::StartTls => &[Standard(3207, "4"), Standard(5321, "4.1.1.1")],
        CheckId::StartTlsInjection => &[Standard(3207, "4.2"), Standard(3207, "6")],
        CheckId::Submission => &[
            Standard(8314, "3.3"),
            Standard(6409, "3.1"),
            Standard(4954, "4"),
        ],
        CheckId::Ipv6 => &[Standard(5321, "5.2"), Standard(3974, "3")],
        CheckId::TlsVersions => &[Standard(8996, "4"), Standard(9325, "3.1.1")],
        CheckId::Ciphers => &[Standard(9325, "4.1"), Standard(9325, "4.2")],
        CheckId::Certificate => &[
            Standard(8461, "4.2"),
            Standard(9525, "6.3"),
            Standard(7672, "3.1.1"),
        ],
        CheckId::MtaSts => &[Standard(8461, "3.1"), Standard(8461, "3.2")],
        CheckId::Dane => &[Standard(7672, "2.2"), Standard(7672, "3.1")],
        CheckId::Dnssec => &[Standard(4033, "5"), Standard(4035, "3.2.3")],
        CheckId::TlsRpt => &[Standard(8460, "3"), Standard(8460, "5.3")],
        CheckId::Caa => &[Standard(8659, "3"), Standard(8659, "4.2")],
        CheckId::Bimi => &[Standard(DRAFT, "4.3"), Standard(DRAFT, "7.1")],
        CheckId::Mx => &[Standard(5321, "5.1"), Standard(7505, "3")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::CHECKS;

    #[test]
    fn every_check_cites_a_section() {
        assert_eq!(Standard(7208, "4.6.4").label(), "RFC 7208 §4.6.4");
        assert_eq!(
            Standard(7208, "4.6.4").url(),
            "https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4"
        );
        assert_eq!(
            Standard(DRAFT, "4.3").url(),
            "https://datatracker.ietf.org/doc/html/draft-brand-indicators-for-message-identification#section-4.3"
        );
        for check in CHECKS {
            for Standard(_, section) in standards(check.id()) {
                assert!(
                    section.split('.').all(|part| part.parse::<u8>().is_ok()),
                    "{section}"
                );
            }
            assert!(!standards(check.id()).is_empty(), "{}", check.id());
        }
    }
}
