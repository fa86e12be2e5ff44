//! Remarks about places in a record, whichever standard it belongs to.

use serde::Serialize;

use crate::sorting::sort_by_key;
use crate::span::Span;

/// One remark about one place.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Diagnostic<Code> {
    /// The place; empty, at the end of the record, for what is missing.
    pub span: Span,
    /// The remark, in the standard's own list.
    pub code: Code,
}

/// How much a remark matters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Works as it was meant; worth knowing.
    Note,
    /// Part of the record does not do what was meant.
    Warning,
    /// The record as a whole does not do what was meant.
    Error,
}

/// Remarks in the making: of each level no more than a bound, for a text can hold thousands of mistakes.
pub(crate) struct Remarks<Code> {
    found: Vec<Diagnostic<Code>>,
    level: fn(Code) -> Level,
    most: usize,
}

impl<Code: Copy> Remarks<Code> {
    /// None yet, and at most `most` of each level.
    pub(crate) const fn new(most: usize, level: fn(Code) -> Level) -> Self {
        Self {
            found: Vec::new(),
            level,
            most,
        }
    }

    /// Adds one, where there is room.
    pub(crate) fn add(&mut self, span: Span, code: Code) {
        let level = (self.level)(code);
        let alike = |known: &&Diagnostic<Code>| (self.level)(known.code) == level;
        if self.found.iter().filter(alike).count() < self.most {
            self.found.push(Diagnostic { span, code });
        }
    }

    /// Keeps those that still hold.
    pub(crate) fn retain(&mut self, holds: impl Fn(Code) -> bool) {
        self.found.retain(|known| holds(known.code));
    }

    /// All of them in the order of the text.
    pub(crate) fn sorted(mut self) -> Vec<Diagnostic<Code>> {
        sort_by_key(&mut self.found, |remark| remark.span);
        self.found
    }
}
