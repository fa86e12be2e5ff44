//! The records that can be tried, and their text.

use super::{is_spf, with};
use crate::dns::{Answer, DnsView as _, Question, RecordData, RecordType};
use crate::evidence::{
    DnsFact, Evidence, Fact, NoPolicy, ObservationId, PolicyFact, PolicyFile, PolicyOutcome,
};
use crate::gather::Gather;
use crate::lint::{RecordKind, too_long};
use crate::report::Publish;
use crate::time::Millis;
use crate::{DomainName, dmarc, mta_sts, mx};

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
    /// The MTA-STS record: TXT at `_mta-sts` below the domain.
    MtaSts,
    /// The MTA-STS policy: a file on the web server `mta-sts` below the domain.
    MtaStsPolicy,
}

impl Editable {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Spf,
        Self::Dmarc,
        Self::Mx,
        Self::MtaSts,
        Self::MtaStsPolicy,
    ];

    /// What its text is read as.
    #[must_use]
    pub const fn kind(self) -> RecordKind {
        match self {
            Self::Spf => RecordKind::Spf,
            Self::Dmarc => RecordKind::Dmarc,
            Self::Mx => RecordKind::Mx,
            Self::MtaSts => RecordKind::MtaSts,
            Self::MtaStsPolicy => RecordKind::MtaStsPolicy,
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

    /// What DNS is asked for the record; nothing where the name would be too long, and for what is not in DNS.
    #[must_use]
    pub fn question(self, domain: &DomainName) -> Option<Question> {
        let name = domain.name();
        Some(match self {
            Self::Spf => Question::new(name.clone(), RecordType::Txt),
            Self::Dmarc => Question::new(name.prefixed("_dmarc").ok()?, RecordType::Txt),
            Self::MtaSts => {
                let name = name.prefixed(mta_sts::RECORD_LABEL).ok()?;
                Question::new(name, RecordType::Txt)
            }
            Self::Mx => Question::new(name.clone(), RecordType::Mx),
            Self::MtaStsPolicy => return None,
        })
    }

    /// The text as it stands in DNS, a record a line, or in its file; empty where there is none or nobody knows.
    #[must_use]
    pub fn published(self, seen: &Evidence) -> String {
        if self == Self::MtaStsPolicy {
            // A text field has no other ends of lines.
            return policy(seen).map_or_else(String::new, |file| file.body.replace("\r\n", "\n"));
        }
        let question = self.question(seen.domain());
        let answer = question.and_then(|question| seen.get(&question));
        let records = answer.map_or(&[][..], |answer| answer.response.records());
        let lines: Vec<String> = records
            .iter()
            .filter(|data| self.owns(data))
            .filter_map(|data| match data {
                RecordData::Txt(text) => Some(text.text()),
                RecordData::Mx {
                    preference,
                    exchange,
                } => Some(mx::line(*preference, exchange)),
                _ => None,
            })
            .gather();
        lines.join("\n")
    }

    /// The records that a text holds: where each begins, in characters, and the record.
    ///
    /// A TXT record may have been broken into lines on its way here, so a new one begins only where a version does.
    /// Other texts are read as a whole.
    #[must_use]
    pub fn records(self, text: &str) -> Vec<(usize, &str)> {
        if !self.kind().is_txt() && !text.trim().is_empty() {
            return vec![(0, text)];
        }
        let mut records: Vec<(usize, usize, usize)> = Vec::new();
        let (mut octet, mut character) = (0, 0);
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let end = octet + content.len();
            match records.last_mut() {
                _ if content.trim().is_empty() => {}
                Some((_, _, last)) if !is_version(content) => *last = end,
                _ => records.push((character, octet, end)),
            }
            octet += line.len();
            character += line.chars().count();
        }
        records
            .into_iter()
            .filter_map(|(character, start, end)| Some((character, text.get(start..end)?)))
            .gather()
    }

    /// Whether `text` can be published at all: as long as an answer of DNS can be, and of mail exchanges only lines
    /// that are records.
    pub(super) fn can_hold(self, text: &str) -> bool {
        let is_line = |line: &&str| !line.split(';').next().unwrap_or_default().trim().is_empty();
        match self {
            Self::MtaStsPolicy => true,
            _ if too_long(text).is_some() => false,
            Self::Mx => mx::parse(text).records.len() == text.lines().filter(is_line).count(),
            _ => true,
        }
    }

    /// What would be seen if `text` stood there.
    pub(super) fn fact(self, seen: &Evidence, text: &str) -> Option<Fact> {
        if self == Self::MtaStsPolicy {
            return Some(served(seen, text));
        }
        let question = self.question(seen.domain())?;
        let known = seen.get(&question);
        let response = match self {
            Self::Mx => mx::parse(text).response(),
            _ => {
                let response = known.map(|answer| &answer.response);
                let records = self.records(text).into_iter().map(|(_, record)| record);
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
            (Self::MtaSts, RecordData::Txt(text)) => mta_sts::read(&text.text()) != Err(None),
            (Self::Mx, RecordData::Mx { .. }) => true,
            _ => false,
        }
    }
}

/// The policy that was fetched.
fn policy(seen: &Evidence) -> Option<&PolicyFile> {
    let id = ObservationId::policy(seen.domain().name());
    match &seen.observation(&id)?.fact {
        Fact::Policy(PolicyFact {
            outcome: PolicyOutcome::Fetched(file),
            ..
        }) => Some(file),
        _ => None,
    }
}

/// The fetch of a policy if its file held `text`, served as the one that is there; without a text there is no file.
fn served(seen: &Evidence, text: &str) -> Fact {
    let outcome = if text.trim().is_empty() {
        PolicyOutcome::NotFetched(NoPolicy::Status {
            status: 404,
            location: None,
        })
    } else if text.len() > mta_sts::MAX_POLICY {
        PolicyOutcome::NotFetched(NoPolicy::TooLarge)
    } else {
        let media_type = || Some("text/plain".to_owned());
        PolicyOutcome::Fetched(PolicyFile {
            media_type: policy(seen).map_or_else(media_type, |file| file.media_type.clone()),
            body: text.to_owned(),
        })
    };
    Fact::Policy(PolicyFact {
        domain: seen.domain().name().clone(),
        address: None,
        outcome,
        took: Millis(0),
    })
}

/// Whether a line begins a record of its own.
fn is_version(line: &str) -> bool {
    line.trim_start()
        .get(..2)
        .is_some_and(|begin| begin.eq_ignore_ascii_case("v="))
}
