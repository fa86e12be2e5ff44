//! What is wrong with a text, and where.

use super::{Editable, MAX_TEXT, MxFault, mx};
use crate::diagnostic::Level;
use crate::dmarc::{self, NearMiss, Parsed};
use crate::sorting::sort_by_key;
use crate::span::Span;
use crate::spf::{self, Cause, NoteCode, Problem, SpfResult, Tree};

/// Remarks that are told; a text of 64 KB can hold thousands.
const TOLD: usize = 20;

/// What there is to say about a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remarks {
    /// The first of them, errors before all others.
    pub told: Vec<Remark>,
    /// How many more there are.
    pub more: usize,
}

/// One thing to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Where in the text; nothing when the whole is meant.
    pub span: Option<Span>,
    /// How much it matters.
    pub level: Level,
    /// What.
    pub what: What,
}

/// What can be said.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// No DNS answer can hold a text of this length; it is not tried.
    TooLong,
    /// More records than one.
    Several(usize),
    /// The SPF record ends in an error here.
    Spf(Cause),
    /// A record that the SPF record leads to ends in an error.
    SpfBelow(Problem),
    /// The SPF record does something unwise here.
    SpfNote(NoteCode),
    /// No DMARC record, but almost.
    DmarcNearMiss(NearMiss),
    /// A remark about the DMARC record: its text, and the remark with its place in it.
    Dmarc(String, dmarc::Diagnostic),
    /// A line that is no MX record.
    Mx(MxFault),
}

/// What there is to say about `text`; for SPF with what `tree`, once it is known, says about it.
#[must_use]
pub fn remarks(record: Editable, text: &str, tree: Option<&Tree>) -> Remarks {
    let mut found = Found::default();
    if text.chars().nth(MAX_TEXT).is_some() {
        found.add(None, Level::Error, What::TooLong);
        return found.told();
    }
    let records = record.records(text);
    if record != Editable::Mx && records.len() > 1 {
        found.add(None, Level::Error, What::Several(records.len()));
    }
    for (at, text) in records {
        found.at = at;
        match record {
            Editable::Spf => found.spf(text, tree),
            Editable::Dmarc => found.dmarc(text),
            Editable::Mx => {
                if let Err((span, fault)) = mx::parse(text) {
                    found.add(Some(span), Level::Error, What::Mx(fault));
                }
            }
        }
    }
    found.told()
}

/// The remarks so far.
#[derive(Default)]
struct Found {
    /// Where the record begins that is being read.
    at: usize,
    errors: Vec<Remark>,
    others: Vec<Remark>,
    more: usize,
}

impl Found {
    fn add(&mut self, span: Option<Span>, level: Level, what: What) {
        let list = match level {
            Level::Error => &mut self.errors,
            Level::Warning | Level::Note => &mut self.others,
        };
        if list.len() >= TOLD {
            self.more += 1;
            return;
        }
        let in_text = |place: u32| self.at + place as usize;
        let span = span.map(|span| Span::new(in_text(span.start), in_text(span.end)));
        list.push(Remark { span, level, what });
    }

    fn spf(&mut self, text: &str, tree: Option<&Tree>) {
        for error in spf::read(text).errors {
            let cause = Cause::Syntax { code: error.code };
            self.add(Some(error.span), Level::Error, What::Spf(cause));
        }
        let Some(tree) = tree.filter(|tree| tree.root.record.as_deref() == Some(text)) else {
            return;
        };
        let is_here = |domain: &str| domain == tree.root.domain;
        for problem in &tree.problems {
            let level = match problem.cause.result() {
                SpfResult::TempError => Level::Warning,
                _ => Level::Error,
            };
            match problem.cause {
                Cause::Syntax { .. } if is_here(&problem.domain) => {}
                _ if is_here(&problem.domain) => {
                    self.add(problem.span, level, What::Spf(problem.cause.clone()));
                }
                _ => self.add(None, level, What::SpfBelow(problem.clone())),
            }
        }
        for note in tree.notes.iter().filter(|note| is_here(&note.domain)) {
            let level = match note.code {
                NoteCode::PassAll | NoteCode::WideRange { .. } | NoteCode::Ptr => Level::Warning,
                _ => Level::Note,
            };
            self.add(note.span, level, What::SpfNote(note.code.clone()));
        }
    }

    fn dmarc(&mut self, text: &str) {
        let near_miss = match dmarc::parse(text) {
            Parsed::Record(published) => {
                for diagnostic in published.diagnostics {
                    let what = What::Dmarc(text.to_owned(), diagnostic);
                    self.add(Some(diagnostic.span), diagnostic.code.level(), what);
                }
                return;
            }
            Parsed::NearMiss(near_miss) => near_miss,
            Parsed::NotDmarc => NearMiss::MissingVersion,
        };
        let version = text.chars().take_while(|c| *c != ';').count();
        let span = Some(Span::new(0, version));
        self.add(span, Level::Error, What::DmarcNearMiss(near_miss));
    }

    fn told(self) -> Remarks {
        let mut told = self.errors;
        let mut others = self.others;
        sort_by_key(&mut others, |remark| core::cmp::Reverse(remark.level));
        told.extend(others);
        let more = self.more + told.len().saturating_sub(TOLD);
        told.truncate(TOLD);
        Remarks { told, more }
    }
}
