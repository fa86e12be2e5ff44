//! Which record counts for a domain (§7.2).

use super::{Parsed, Published, parse};
use crate::dns::{Name, Question, RecordData, RecordType, Response, Wanting};

/// What was found, and where it was looked for last.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Discovery {
    /// The name that answered: of the domain, or of its organizational domain.
    pub name: Name,
    /// What it holds.
    pub found: Found,
}

/// What the names of a domain hold.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Found {
    /// No record.
    Nothing,
    /// A text that was meant as one.
    NearMiss(String),
    /// More than one: none counts.
    Several(u32),
    /// The record.
    Record(Box<Published>),
    /// Nobody knows.
    Failed(Question, crate::dns::Failure),
}

/// Looks under the selector `default` for `domain`, then for its organizational domain. Gives nothing while
/// answers are missing.
#[must_use]
pub fn discover(dns: &Wanting<'_>, domain: &Name, organizational: &Name) -> Option<Discovery> {
    let own = at(dns, domain)?;
    match own.found {
        Found::Nothing if domain != organizational => at(dns, organizational),
        _ => Some(own),
    }
}

fn at(dns: &Wanting<'_>, domain: &Name) -> Option<Discovery> {
    let Ok(name) = domain.prefixed("default._bimi") else {
        let (name, found) = (domain.clone(), Found::Nothing);
        return Some(Discovery { name, found });
    };
    let found = read(&dns.ask(&name, RecordType::Txt)?.response, &name);
    Some(Discovery { name, found })
}

fn read(response: &Response, name: &Name) -> Found {
    if let Response::Failed(failure) = response {
        return Found::Failed(Question::new(name.clone(), RecordType::Txt), *failure);
    }
    let (mut records, mut miss) = (Vec::new(), None);
    for data in response.records() {
        let RecordData::Txt(text) = data else {
            continue;
        };
        let text = text.text();
        match parse(&text) {
            Parsed::Record(published) => records.push(published),
            Parsed::NearMiss => miss = miss.or(Some(text)),
            Parsed::NotBimi => {}
        }
    }
    let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
    match (records.pop(), miss) {
        (Some(_), _) if count > 1 => Found::Several(count),
        (Some(published), _) => Found::Record(published),
        (None, Some(text)) => Found::NearMiss(text),
        (None, None) => Found::Nothing,
    }
}
