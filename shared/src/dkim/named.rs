//! What a person types or pastes to name a selector.

use super::header::{self, Signature};
use super::{Selector, SelectorError};
use crate::dns::Name;
use crate::evidence::{SelectorFact, SelectorSource};
use crate::gather::Gather;
use crate::input::ToAscii;

/// Why nothing about the domain was named; `wording` says it to people.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NotNamed {
    /// What was typed is no selector.
    Selector(SelectorError),
    /// What was pasted has no signature.
    Unsigned,
    /// Strangers signed, such as a provider in its own name; the domains, each once.
    Foreign(Vec<Name>),
}

/// Reads a selector, the whole name of a key, a signature, the header of a message, or a message: whatever of it
/// is about `domain`, the first signature first.
///
/// # Errors
/// Says what was read instead.
pub fn named(text: &str, domain: &Name, to_ascii: ToAscii) -> Result<Vec<SelectorFact>, NotNamed> {
    if !is_pasted(text) {
        return typed(text, domain)
            .map(|fact| vec![fact])
            .map_err(NotNamed::Selector);
    }
    signed(text, domain, to_ascii)
}

/// Reads a message, or its header: the signatures in it that are about `domain`.
///
/// # Errors
/// Says what was read instead.
pub fn signed(text: &str, domain: &Name, to_ascii: ToAscii) -> Result<Vec<SelectorFact>, NotNamed> {
    let signatures = header::read(text, to_ascii);
    let facts: Vec<SelectorFact> = signatures
        .iter()
        .filter_map(|s| s.fact_about(domain))
        .gather();
    match (facts.is_empty(), signatures.is_empty()) {
        (false, _) => Ok(facts),
        (true, true) => Err(NotNamed::Unsigned),
        (true, false) => Err(NotNamed::Foreign(signers(signatures))),
    }
}

/// Whether a text is more than one name: it has several lines, or tags.
fn is_pasted(text: &str) -> bool {
    let text = text.trim();
    text.contains(['\n', '\r', ';', ':']) || text.contains('=') && !text.starts_with("s=")
}

/// `s2026`, `s=s2026`, or `s2026._domainkey.example.org`.
fn typed(text: &str, domain: &Name) -> Result<SelectorFact, SelectorError> {
    let text = text.trim();
    let text = text.strip_prefix("s=").unwrap_or(text);
    let lower = text.to_ascii_lowercase();
    let (selector, of) = lower.split_once("._domainkey").unwrap_or((&lower, ""));
    // The name of a key says whose it is; of a stranger's key the selector was meant.
    let of = Name::parse(of.trim_start_matches('.')).ok();
    let of = of.filter(|of| header::is_kin(of, domain));
    Ok(SelectorFact {
        domain: of.unwrap_or_else(|| domain.clone()),
        selector: Selector::parse(selector)?,
        source: SelectorSource::Typed,
    })
}

/// The domains that signed, each once.
fn signers(signatures: Vec<Signature>) -> Vec<Name> {
    let mut signers: Vec<Name> = Vec::new();
    for Signature { domain, .. } in signatures {
        if !signers.contains(&domain) {
            signers.push(domain);
        }
    }
    signers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    fn read(text: &str) -> Result<Vec<(String, SelectorSource)>, NotNamed> {
        let facts = named(text, &name("example.org"), |_| None)?;
        Ok(facts
            .into_iter()
            .map(|f| (format!("{}@{}", f.selector, f.domain), f.source))
            .collect())
    }

    #[test]
    fn whatever_names_a_selector_is_read() {
        for (text, expected) in [
            (" S2026 \n", "s2026@example.org"),
            ("s=s2026", "s2026@example.org"),
            ("a.b._domainkey.example.org.", "a.b@example.org"),
            ("a._DomainKey", "a@example.org"),
            ("a._domainkey.news.example.org", "a@news.example.org"),
            ("a._domainkey.other.example", "a@example.org"),
        ] {
            assert_eq!(
                read(text),
                Ok(vec![(expected.into(), SelectorSource::Typed)]),
                "{text}"
            );
        }
        for (text, expected) in [
            ("v=1; d=example.org; s=one", "one@example.org"),
            (
                "DKIM-Signature: d=mail.example.org; s=two",
                "two@mail.example.org",
            ),
            (
                "To: x\nDKIM-Signature: d=esp.example; s=no\nDKIM-Signature: d=example.org; s=three\n\nHi",
                "three@example.org",
            ),
        ] {
            assert_eq!(
                read(text),
                Ok(vec![(expected.into(), SelectorSource::Message)]),
                "{text}"
            );
        }
    }

    #[test]
    fn what_names_none_is_told_apart() {
        for (text, error) in [
            ("", NotNamed::Selector(SelectorError::Empty)),
            ("my key", NotNamed::Selector(SelectorError::Character(' '))),
            ("To: x\nFrom: y\n\nHi", NotNamed::Unsigned),
            ("v=DKIM1; p=abcd", NotNamed::Unsigned),
            (
                "DKIM-Signature: d=esp.example; s=a\nDKIM-Signature: d=esp.example; s=b",
                NotNamed::Foreign(vec![name("esp.example")]),
            ),
        ] {
            assert_eq!(read(text), Err(error), "{text}");
        }
    }
}
