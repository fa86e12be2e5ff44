//! The records that can be tried, and their text.

use super::{is_spf, mx, with};
use crate::DomainName;
use crate::dmarc;
use crate::dns::{Answer, DnsView as _, Question, RecordData, RecordType, Response};
use crate::evidence::{DnsFact, Evidence, Fact};
use crate::report::Publish;
use crate::time::Millis;

/// A record that can be tried.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Editable {
    /// The SPF record: TXT at the domain.
    #[default]
    Spf,
    /// The DMARC record: TXT at `_dmarc` below the domain.
    Dmarc,
    /// The mail exchanges, a line each.
    Mx,
}

impl Editable {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Spf, Self::Dmarc, Self::Mx];

    /// A word for addresses and ids.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spf => "spf",
            Self::Dmarc => "dmarc",
            Self::Mx => "mx",
        }
    }

    /// As people call it, in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spf => "SPF",
            Self::Dmarc => "DMARC",
            Self::Mx => "MX",
        }
    }

    /// The record that a mend hands over, where it is one that can be tried.
    #[must_use]
    pub fn of(publish: &Publish, domain: &DomainName) -> Option<Self> {
        Self::ALL.into_iter().find(|record| {
            record.question(domain).is_some_and(|question| {
                question.name == publish.name && question.record_type == publish.record_type
            })
        })
    }

    /// What DNS is asked for the record; nothing where the name would be too long.
    #[must_use]
    pub fn question(self, domain: &DomainName) -> Option<Question> {
        let name = domain.name();
        Some(match self {
            Self::Spf => Question::new(name.clone(), RecordType::Txt),
            Self::Dmarc => Question::new(name.prefixed("_dmarc").ok()?, RecordType::Txt),
            Self::Mx => Question::new(name.clone(), RecordType::Mx),
        })
    }

    /// The text as it stands in DNS, a record a line; empty where there is none or nobody knows.
    #[must_use]
    pub fn published(self, seen: &Evidence) -> String {
        let question = self.question(seen.domain());
        let answer = question.and_then(|question| seen.get(&question));
        let records = answer.map_or(&[][..], |answer| answer.response.records());
        let lines = records.iter().filter(|data| self.owns(data));
        let lines: Vec<String> = lines
            .filter_map(|data| match data {
                RecordData::Txt(text) => Some(text.text()),
                other => mx::line(other),
            })
            .collect();
        lines.join("\n")
    }

    /// The records that a text holds: where each begins, in characters, and the record.
    ///
    /// Each line of MX is one. A TXT record may have been broken into lines on its way here, so a new one begins only
    /// where a version does.
    #[must_use]
    pub fn records(self, text: &str) -> Vec<(usize, &str)> {
        let mut records: Vec<(usize, usize, usize)> = Vec::new();
        let (mut octet, mut character) = (0, 0);
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let end = octet + content.len();
            let begins = self == Self::Mx || is_version(content);
            match records.last_mut() {
                _ if content.trim().is_empty() => {}
                Some((_, _, last)) if !begins => *last = end,
                _ => records.push((character, octet, end)),
            }
            octet += line.len();
            character += line.chars().count();
        }
        records
            .into_iter()
            .filter_map(|(character, start, end)| Some((character, text.get(start..end)?)))
            .collect()
    }

    /// The answer that DNS would give if `text` stood there.
    pub(super) fn fact(self, seen: &Evidence, text: &str) -> Option<Fact> {
        let question = self.question(seen.domain())?;
        let known = seen.get(&question);
        let records = self.records(text).into_iter().map(|(_, record)| record);
        let response = match self {
            Self::Mx => Response::from_records(records.filter_map(|l| mx::parse(l).ok()).collect()),
            Self::Spf | Self::Dmarc => {
                let response = known.map(|answer| &answer.response);
                with(response, records, |data| self.owns(data))
            }
        };
        Some(Fact::Dns(DnsFact {
            answer: Answer {
                // A zone that is signed stays so.
                authenticated: known.is_some_and(|answer| answer.authenticated),
                ..Answer::new(response)
            },
            question,
            resolver: DnsFact::SUPPOSED.to_owned(),
            took: Millis(0),
        }))
    }

    /// Whether a record among those of the name is of this kind.
    fn owns(self, data: &RecordData) -> bool {
        match (self, data) {
            (Self::Spf, RecordData::Txt(_)) => is_spf(data),
            (Self::Dmarc, RecordData::Txt(text)) => {
                dmarc::parse(&text.text()) != dmarc::Parsed::NotDmarc
            }
            (Self::Mx, RecordData::Mx { .. }) => true,
            _ => false,
        }
    }
}

/// Whether a line begins a record of its own.
fn is_version(line: &str) -> bool {
    line.trim_start()
        .get(..2)
        .is_some_and(|begin| begin.eq_ignore_ascii_case("v="))
}
