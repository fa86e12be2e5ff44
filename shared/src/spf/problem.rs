//! What can be wrong, each cause its own variant, and what each cause means.

use serde::Serialize;

use super::{SpfResult, SyntaxCode};
use crate::dns::{Failure, Question};
use crate::span::Span;

/// A cause, and the place in the records that leads to it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Problem {
    /// The domain whose record holds the place, or the domain asked about when there is no record.
    pub domain: String,
    /// The term or character in that domain's record; nothing when the whole record is meant.
    pub span: Option<Span>,
    /// What is wrong there.
    pub cause: Cause,
}

impl Problem {
    /// A problem with a place in a record.
    #[must_use]
    pub fn at(domain: &str, span: Span, cause: Cause) -> Self {
        Self {
            domain: domain.to_owned(),
            span: Some(span),
            cause,
        }
    }

    /// A problem of a whole record, or of its absence.
    #[must_use]
    pub fn of(domain: &str, cause: Cause) -> Self {
        Self {
            domain: domain.to_owned(),
            span: None,
            cause,
        }
    }
}

/// Why an evaluation ends without any directive having matched.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The domain has no label, one label, or a label that DNS cannot hold.
    DomainMalformed,
    /// The domain does not exist.
    DomainMissing,
    /// The `include:` target has no record.
    IncludeWithoutRecord {
        /// The name whose TXT records hold none.
        target: String,
    },
    /// The record leads back to a record that it is reached from.
    Loop {
        /// The name that is met a second time.
        target: String,
    },
    /// A look-up gave neither data nor their absence.
    LookupFailed {
        /// What was asked.
        question: Question,
        /// What went wrong.
        failure: Failure,
    },
    /// The domain exists without a record.
    NoRecord,
    /// The `redirect=` target has no record.
    RedirectWithoutRecord {
        /// The name whose TXT records hold none.
        target: String,
    },
    /// More than one record.
    SeveralRecords {
        /// How many.
        count: u32,
    },
    /// The record does not follow the grammar.
    Syntax {
        /// Which rule it breaks.
        code: SyntaxCode,
    },
    /// The eleventh term that causes a look-up.
    TooManyLookups,
    /// An `mx` whose name has more than ten mail exchanges.
    TooManyMxHosts {
        /// The name with that many.
        target: String,
        /// How many.
        count: u32,
    },
    /// The third look-up that finds nothing.
    TooManyVoidLookups,
    /// An included or redirected name that DNS cannot hold.
    TargetMalformed {
        /// The name as the macros made it, shortened.
        target: String,
    },
}

impl Cause {
    /// The result of an evaluation that ends with this cause: the only place that says so.
    #[must_use]
    pub const fn result(&self) -> SpfResult {
        match self {
            // RFC 7208 §4.3: "check_host() immediately returns the result "none"", and §4.5.
            Self::DomainMalformed | Self::DomainMissing | Self::NoRecord => SpfResult::None,
            // RFC 7208 §4.4 and §5: a server failure or a time-out is "temperror".
            Self::LookupFailed { .. } => SpfResult::TempError,
            // RFC 7208 §4.5, §4.6, §4.6.4, §5.2, §6.1.
            Self::IncludeWithoutRecord { .. }
            | Self::Loop { .. }
            | Self::RedirectWithoutRecord { .. }
            | Self::SeveralRecords { .. }
            | Self::Syntax { .. }
            | Self::TargetMalformed { .. }
            | Self::TooManyLookups
            | Self::TooManyMxHosts { .. }
            | Self::TooManyVoidLookups => SpfResult::PermError,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_as_json() {
        let target = "hole.example".to_owned();
        let cause = Cause::IncludeWithoutRecord { target };
        let problem = Problem::at("d.example", Span::new(7, 27), cause);
        assert_eq!(
            serde_json::to_string(&problem).unwrap(),
            r#"{"domain":"d.example","span":{"start":7,"end":27},"cause":{"include_without_record":{"target":"hole.example"}}}"#
        );
    }
}
