//! Records that stand at another name than the one where receivers look for them. Read from answers that other
//! checks have asked for.

use super::Scene;
use super::sending::names_servers;
use crate::dmarc::{self, Parsed};
use crate::dns::{Answer, DnsView as _, Name, Question, RecordData, RecordType};
use crate::report::Reason;
use crate::spf;

/// A record at the wrong name.
pub(super) struct Misplaced {
    /// Where it stands.
    pub(super) at: Name,
    /// Where it belongs.
    belongs: Name,
    /// Its text there.
    text: String,
    /// The text to publish where it belongs.
    pub(super) value: String,
}

impl Misplaced {
    /// What is to say about it.
    pub(super) fn reason(&self) -> Reason {
        Reason::Misplaced {
            text: self.text.clone(),
            at: self.at.clone(),
            belongs: self.belongs.clone(),
        }
    }
}

/// A record of a kind that belongs at `label` in front of the domain and stands at the domain itself. `meant` gives
/// the text to publish for one of this kind.
pub(super) fn at_domain(
    scene: &Scene<'_>,
    label: &str,
    meant: fn(&str) -> Option<String>,
) -> Option<Misplaced> {
    let domain = scene.evidence.domain().name();
    find(scene, domain.clone(), domain.prefixed(label).ok()?, meant)
}

/// A DMARC record at the domain itself (RFC 9989 §4.1: it belongs at `_dmarc`).
pub(super) fn dmarc(scene: &Scene<'_>) -> Option<Misplaced> {
    at_domain(scene, "_dmarc", |text| match dmarc::parse(text) {
        Parsed::Record(_) => Some(text.to_owned()),
        Parsed::NearMiss(_) => dmarc::repaired(text),
        Parsed::NotDmarc => None,
    })
}

/// An SPF record at `_dmarc` (RFC 7208 §3: it belongs at the domain itself).
///
/// A wildcard speaks for every name below the domain, this one too: what it says was not put here. Most such
/// records disown all servers, which is right for names that send nothing and would disown honest mail at the domain.
/// And one that leads to the domain was meant for another name.
pub(super) fn spf(scene: &Scene<'_>) -> Option<Misplaced> {
    let domain = scene.evidence.domain().name();
    let at = domain.prefixed("_dmarc").ok()?;
    let other = Question::new(domain.prefixed("_mta-sts").ok()?, RecordType::Txt);
    let found = find(scene, at, domain.clone(), |text| {
        let sound = spf::Record::parse(text).is_ok();
        let value = match sound.then(|| text.to_owned()) {
            Some(text) => text,
            None => spf::corrected(text).or_else(|| spf::repaired(text))?,
        };
        names_servers(Some(&value)).then_some(value)
    })?;
    let same = |answer: &Answer| texts(answer).any(|text| text == found.text);
    let wildcard = scene.evidence.get(&other).is_some_and(same);
    let mut terms = found.value.split(' ');
    let elsewhere = wildcard || terms.any(|term| leads_to(term, domain));
    (!elsewhere).then_some(found)
}

/// Whether a term of an SPF record goes by the record of `domain`.
fn leads_to(term: &str, domain: &Name) -> bool {
    let parts = term.split_once([':', '=']);
    parts.is_some_and(|(name, target)| {
        let name = name.to_ascii_lowercase();
        let leads = name.ends_with("include") || name == "redirect";
        leads && Name::parse(target).is_ok_and(|target| target == *domain)
    })
}

fn find(
    scene: &Scene<'_>,
    at: Name,
    belongs: Name,
    meant: fn(&str) -> Option<String>,
) -> Option<Misplaced> {
    let answer = |name| scene.dns.ask(name, RecordType::Txt);
    let (here, there) = (answer(&at)?, answer(&belongs)?);
    // By an alias one name has what stands at the other.
    if here.canonical.is_some() || there.canonical.as_ref() == Some(&at) {
        return None;
    }
    let (value, text) = texts(here).find_map(|text| Some((meant(&text)?, text)))?;
    Some(Misplaced {
        at,
        belongs,
        text,
        value,
    })
}

fn texts(answer: &Answer) -> impl Iterator<Item = String> {
    answer
        .response
        .records()
        .iter()
        .filter_map(|data| match data {
            RecordData::Txt(record) => Some(record.text()),
            _ => None,
        })
}

#[cfg(test)]
mod tests;
