//! A record's text by its spans.

use crate::gather::Gather;
use crate::span::Span;

/// A text that is cut by characters, in constant time also where it is not ASCII.
pub(crate) struct Characters<'t> {
    text: &'t str,
    /// Where each character begins; empty for ASCII.
    begins: Vec<usize>,
}

impl<'t> Characters<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let begins = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).gather()
        };
        Self { text, begins }
    }

    /// How many characters, which is how many octets the record has.
    pub(super) fn len(&self) -> usize {
        if self.begins.is_empty() {
            self.text.len()
        } else {
            self.begins.len()
        }
    }

    pub(crate) fn get(&self, span: Span) -> String {
        let offset = |at: u32| {
            let at = at as usize;
            if self.begins.is_empty() {
                return at;
            }
            self.begins.get(at).copied().unwrap_or(self.text.len())
        };
        let range = offset(span.start)..offset(span.end);
        self.text.get(range).unwrap_or_default().to_owned()
    }
}
