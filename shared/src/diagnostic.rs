//! Remarks about places in a record, whichever standard it belongs to.

use serde::Serialize;

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
