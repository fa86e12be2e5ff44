//! Identifier alignment (RFC 9989 §4.4).

use serde::Serialize;

use super::discover::discover;
use super::record::AlignmentMode;
use super::walk::Determination;
use crate::dns::{Name, Wanting};

/// How far an authenticated domain agrees with the author domain.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// The same name: aligned in both modes.
    Strict,
    /// The same organizational domain: aligned in relaxed mode.
    Relaxed,
    /// Neither.
    None,
}

impl Alignment {
    /// Whether this is enough for `mode`.
    #[must_use]
    pub const fn satisfies(self, mode: AlignmentMode) -> bool {
        match mode {
            AlignmentMode::Relaxed => !matches!(self, Self::None),
            AlignmentMode::Strict => matches!(self, Self::Strict),
        }
    }
}

/// Compares the author domain with a domain that SPF or DKIM authenticated; `None` while answers lack.
///
/// Nothing is asked where the names alone decide: equal ones, and those without a common top-level label.
#[must_use]
pub fn align(
    dns: &Wanting<'_>,
    author: &Name,
    identifier: &Name,
) -> Option<Determination<Alignment>> {
    if author == identifier {
        return Some(Determination::Known(Alignment::Strict));
    }
    if author.labels().next_back() != identifier.labels().next_back() {
        return Some(Determination::Known(Alignment::None));
    }
    let (left, right) = (discover(dns, author), discover(dns, identifier));
    let (left, right) = (left?.organizational_domain, right?.organizational_domain);
    Some(match (left, right) {
        (Determination::Known(left), Determination::Known(right)) if left == right => {
            Determination::Known(Alignment::Relaxed)
        }
        (Determination::Known(_), Determination::Known(_)) => Determination::Known(Alignment::None),
        (Determination::Failed(question, failure), _)
        | (_, Determination::Failed(question, failure)) => Determination::Failed(question, failure),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::{Failure, Question, RecordType, Response, Zone};

    fn aligned(zone: &Zone, author: &str, identifier: &str) -> Determination<Alignment> {
        let dns = Wanting::new(zone);
        let [author, identifier] = [author, identifier].map(|text| Name::parse(text).unwrap());
        align(&dns, &author, &identifier).unwrap()
    }

    #[test]
    fn a_parent_without_any_record_does_not_align_with_its_child() {
        assert_eq!(
            aligned(&Zone::new(), "a.example.org", "example.org"),
            Determination::Known(Alignment::None)
        );
    }

    #[test]
    fn a_public_suffix_aligns_with_itself_alone() {
        let zone = Zone::new().txt("_dmarc.bank.example", "v=DMARC1; p=none; psd=y");
        for (author, identifier, expected) in [
            ("bank.example", "bank.example", Alignment::Strict),
            ("a.bank.example", "bank.example", Alignment::None),
            ("a.bank.example", "b.bank.example", Alignment::None),
            ("x.a.bank.example", "a.bank.example", Alignment::Relaxed),
        ] {
            assert_eq!(
                aligned(&zone, author, identifier),
                Determination::Known(expected),
                "{author} {identifier}"
            );
        }
    }

    #[test]
    fn a_failed_look_up_leaves_alignment_unknown() {
        let mut zone = Zone::new();
        let question = Question::new(Name::parse("_dmarc.org").unwrap(), RecordType::Txt);
        zone.insert(question.clone(), Response::Failed(Failure::Refused));
        assert_eq!(
            aligned(&zone, "a.org", "b.org"),
            Determination::Failed(question, Failure::Refused)
        );
        assert_eq!(
            aligned(&zone, "a.org", "a.com"),
            Determination::Known(Alignment::None)
        );
    }

    #[test]
    fn modes() {
        assert!(Alignment::Relaxed.satisfies(AlignmentMode::Relaxed));
        assert!(!Alignment::Relaxed.satisfies(AlignmentMode::Strict));
        assert!(Alignment::Strict.satisfies(AlignmentMode::Strict));
        assert!(!Alignment::None.satisfies(AlignmentMode::Relaxed));
    }
}
