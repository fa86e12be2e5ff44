//! Changes to a record's text, which stays as it was everywhere else.

use crate::dmarc::Record;
use crate::sorting::sort_by_key;
use crate::span::Span;

/// A record in the making.
pub(crate) struct Draft {
    text: String,
    edits: Vec<(Span, String)>,
    behind: Vec<String>,
}

impl Draft {
    /// The record as it is.
    pub(crate) fn of(record: &Record) -> Self {
        Self {
            text: record.text.clone(),
            edits: Vec::new(),
            behind: Vec::new(),
        }
    }

    /// Puts `value` in the place of `span`; of two changes of one place the first counts.
    pub(crate) fn replace(&mut self, span: Span, value: &str) {
        if !self.edits.iter().any(|(known, _)| *known == span) {
            self.edits.push((span, value.to_owned()));
        }
    }

    /// Adds a tag behind the last one.
    pub(crate) fn append(&mut self, tag: &str) {
        self.behind.push(tag.to_owned());
    }

    /// The new text; nothing when it is the old one.
    pub(crate) fn finish(mut self) -> Option<String> {
        // From the last to the first, so that the places before stay what they were.
        sort_by_key(&mut self.edits, |(span, _)| core::cmp::Reverse(*span));
        let mut text = self.text.clone();
        for (span, value) in &self.edits {
            text = replaced(&text, *span, value)?;
        }
        for tag in &self.behind {
            text.truncate(text.trim_end_matches([' ', ';', '\t']).len());
            text.push_str("; ");
            text.push_str(tag);
        }
        (text != self.text).then_some(text)
    }
}

/// `text` with `value` in the place of `span`; spans count characters.
fn replaced(text: &str, span: Span, value: &str) -> Option<String> {
    let start = usize::try_from(span.start).ok()?;
    let end = usize::try_from(span.end).ok()?;
    let mut replaced: String = text.chars().take(start).collect();
    replaced.push_str(value);
    replaced.extend(text.chars().skip(end));
    Some(replaced)
}
