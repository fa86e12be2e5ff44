//! One client against a domain's records.

mod explain;
mod matching;
mod names;
mod prefetch;

pub(super) use self::matching::{MX_HOST_LIMIT, exchange};
pub(super) use self::names::address;

use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;

use super::select::{Selection, select};
use super::{
    Cause, DomainSpec, Modifier, Outcome, Params, Problem, Record, SpfResult, Term, TermKind,
    TraceEvent, TraceRecord, TraceStep,
};
use crate::dns::{Name, RecordType, Response, Wanting};
use crate::span::Span;

/// Evaluates `check_host()` (RFC 7208 §4) over the answers that are known.
///
/// Gives nothing while answers are missing; `dns` has then noted all that can be seen to be needed,
/// for at most ten terms. The bound of 20 seconds (§4.6.4) is kept by whoever fetches: an answer that
/// it gives up on is [`crate::dns::Failure::TimedOut`], which is `temperror` here.
#[must_use]
pub fn evaluate(dns: &Wanting<'_>, params: &Params) -> Option<Outcome> {
    let sender = Sender::of(params);
    let mut evaluation = Evaluation {
        dns,
        ip: params.ip.to_canonical(),
        params,
        sender: &sender,
        path: Vec::new(),
        read: Vec::new(),
        lookups: 0,
        void_lookups: 0,
        trace: Vec::new(),
    };
    let decided = evaluation.check_host().and_then(|decision| {
        let explanation = evaluation.explanation(&decision)?;
        Ok((decision.result, explanation))
    });
    let (result, explanation, cause) = match decided {
        Ok((result, explanation)) => (result, explanation, None),
        Err(Stop::Problem(problem)) => (problem.cause.result(), None, Some(*problem)),
        Err(Stop::Pending) => {
            evaluation.prefetch();
            return None;
        }
    };
    Some(Outcome {
        result,
        cause,
        explanation,
        lookups: evaluation.lookups,
        void_lookups: evaluation.void_lookups,
        trace: evaluation.trace,
    })
}

/// RFC 7208 §4.6.4: "limit the total number of those terms to 10 during SPF evaluation".
pub(super) const LOOKUP_LIMIT: u32 = 10;

/// RFC 7208 §4.6.4: "a default of two is RECOMMENDED".
pub(super) const VOID_LOOKUP_LIMIT: u32 = 2;

/// Enough for every honest record; a hostile one has ten thousand terms.
const TRACE_LIMIT: usize = 500;

/// The most characters of a malformed name that are repeated.
const SHOWN_LIMIT: usize = 256;

/// Whose mail it is, split (RFC 7208 §2.4, §4.3).
struct Sender {
    local_part: String,
    domain: String,
}

impl Sender {
    fn of(params: &Params) -> Self {
        let (local_part, domain) = match params.mail_from.rsplit_once('@') {
            Some(parts) => parts,
            None if params.mail_from.is_empty() => ("", params.helo.as_str()),
            None => ("", params.mail_from.as_str()),
        };
        Self {
            // RFC 7208 §4.3: "the string "postmaster" is substituted for the <local-part>".
            local_part: if local_part.is_empty() {
                "postmaster".to_owned()
            } else {
                local_part.to_owned()
            },
            domain: domain.strip_suffix('.').unwrap_or(domain).to_owned(),
        }
    }
}

/// Why an evaluation goes no further.
enum Stop {
    /// An answer is missing.
    Pending,
    /// The evaluation is over without a match. Boxed, for it travels through every step.
    Problem(Box<Problem>),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

type Step<T> = Result<T, Stop>;

/// What a record says of the client.
struct Decision {
    result: SpfResult,
    /// The domain and the target of the `exp=` that goes with it.
    explanation: Option<(Name, DomainSpec)>,
}

/// The record that is being evaluated.
struct Scope<'r> {
    domain: &'r Name,
    /// The same with its record, as the trace has it.
    source: Arc<TraceRecord>,
}

impl Scope<'_> {
    fn problem(&self, span: Span, cause: Cause) -> Stop {
        Problem::at(self.domain.as_str(), span, cause).into()
    }
}

/// One evaluation, from its first record to its result.
struct Evaluation<'a> {
    dns: &'a Wanting<'a>,
    params: &'a Params,
    sender: &'a Sender,
    ip: IpAddr,
    /// The domains whose records led to the one that is being evaluated, itself included.
    path: Vec<Name>,
    /// The records read so far, for what comes after them if an answer is missing.
    read: Vec<(Name, Rc<Record>)>,
    lookups: u32,
    void_lookups: u32,
    trace: Vec<TraceStep>,
}

impl Evaluation<'_> {
    fn check_host(&mut self) -> Step<Decision> {
        let domain = self.first_domain()?;
        let of = |cause| Problem::of(domain.as_str(), cause);
        match self.select(&domain)? {
            Selection::One(text) => self.evaluate_record(&domain, &text),
            Selection::None => Err(of(Cause::NoRecord).into()),
            Selection::NxDomain => Err(of(Cause::DomainMissing).into()),
            Selection::Many(count) => Err(of(Cause::SeveralRecords { count }).into()),
            Selection::Failed(failure) => {
                let question = crate::dns::Question::new(domain.clone(), RecordType::Txt);
                Err(of(Cause::LookupFailed { question, failure }).into())
            }
        }
    }

    /// RFC 7208 §4.3: a domain that "is malformed […] or is not a multi-label domain name" is `none`.
    fn first_domain(&self) -> Step<Name> {
        let text = &self.sender.domain;
        Name::parse(text)
            .ok()
            .filter(|name| name.labels().count() > 1 && !text.starts_with('['))
            .ok_or_else(|| {
                let shown: String = text.chars().take(SHOWN_LIMIT).collect();
                Problem::of(&shown, Cause::DomainMalformed).into()
            })
    }

    fn select(&self, domain: &Name) -> Step<Selection> {
        Ok(select(self.ask(domain, RecordType::Txt)?))
    }

    fn ask(&self, name: &Name, record_type: RecordType) -> Step<&Response> {
        let answer = self.dns.ask(name, record_type).ok_or(Stop::Pending)?;
        Ok(&answer.response)
    }

    fn evaluate_record(&mut self, domain: &Name, text: &str) -> Step<Decision> {
        let scope = Scope {
            domain,
            source: Arc::new(TraceRecord {
                domain: domain.as_str().to_owned(),
                depth: u32::try_from(self.path.len()).unwrap_or(u32::MAX),
                text: text.to_owned(),
            }),
        };
        // RFC 7208 §4.6: "Syntax errors anywhere in the record MUST be detected".
        let record = Record::parse(text)
            .map_err(|error| scope.problem(error.span, Cause::Syntax { code: error.code }))?;
        let record = Rc::new(record);
        self.read.push((domain.clone(), Rc::clone(&record)));
        self.path.push(domain.clone());
        self.trace.reserve(record.terms.len().min(TRACE_LIMIT));
        let decision = self.evaluate_terms(&scope, &record)?;
        self.path.pop();
        Ok(decision)
    }

    fn evaluate_terms(&mut self, scope: &Scope<'_>, record: &Record) -> Step<Decision> {
        for term in &record.terms {
            let TermKind::Directive(directive) = &term.kind else {
                continue;
            };
            let at = self.begin_step(scope, term);
            let event = self.evaluate_directive(scope, term, directive, at)?;
            self.end_step(at, event);
            if let TraceEvent::Matched { result } = event {
                let explanation = record.explanation().filter(|_| result == SpfResult::Fail);
                return Ok(Decision {
                    result,
                    explanation: explanation.map(|spec| (scope.domain.clone(), spec.clone())),
                });
            }
        }
        match record.redirect() {
            Some((term, target)) => self.redirect(scope, term, target),
            // RFC 7208 §4.7: "If none of the mechanisms match and there is no "redirect" modifier, then
            // the check_host() returns a result of "neutral"".
            None => Ok(Decision {
                result: SpfResult::Neutral,
                explanation: None,
            }),
        }
    }

    /// RFC 7208 §6.1; an `all` has matched before this is reached.
    fn redirect(&mut self, scope: &Scope<'_>, term: &Term, target: &DomainSpec) -> Step<Decision> {
        let at = self.begin_step(scope, term);
        self.count_lookup(scope, term)?;
        let name = self.record_target(scope, term, target, at)?;
        let decision = self.evaluate_target(scope, term, &name)?;
        self.end_step(
            at,
            TraceEvent::Redirected {
                result: decision.result,
            },
        );
        Ok(decision)
    }

    /// The record that `include:` or `redirect=` leads to. Without one the result is `permerror`
    /// (RFC 7208 §5.2, §6.1).
    fn evaluate_target(&mut self, scope: &Scope<'_>, term: &Term, name: &Name) -> Step<Decision> {
        if self.path.contains(name) {
            // It would come round again until the eleventh look-up: `permerror` either way.
            let target = name.to_string();
            return Err(scope.problem(term.span, Cause::Loop { target }));
        }
        let response = self.ask(name, RecordType::Txt)?;
        let void = is_void(response);
        let selection = select(response);
        if void {
            self.void_lookups += 1;
        }
        let cause = match selection {
            Selection::One(text) => return self.evaluate_record(name, &text),
            Selection::Many(count) => {
                return Err(Problem::of(name.as_str(), Cause::SeveralRecords { count }).into());
            }
            Selection::Failed(failure) => Cause::LookupFailed {
                question: crate::dns::Question::new(name.clone(), RecordType::Txt),
                failure,
            },
            Selection::None | Selection::NxDomain => without_record(term, name),
        };
        Err(scope.problem(term.span, cause))
    }

    /// RFC 7208 §4.6.4: the eleventh term that causes a look-up is a `permerror`.
    fn count_lookup(&mut self, scope: &Scope<'_>, term: &Term) -> Step<()> {
        if self.lookups >= LOOKUP_LIMIT {
            return Err(scope.problem(term.span, Cause::TooManyLookups));
        }
        self.lookups += 1;
        Ok(())
    }

    /// Notes a term; until [`Evaluation::end_step`] it counts as the one that ended it all.
    fn begin_step(&mut self, scope: &Scope<'_>, term: &Term) -> usize {
        let at = self.trace.len();
        if at < TRACE_LIMIT {
            self.trace.push(TraceStep {
                record: Arc::clone(&scope.source),
                span: term.span,
                target: None,
                event: TraceEvent::Stopped,
            });
        }
        at
    }

    fn end_step(&mut self, at: usize, event: TraceEvent) {
        if let Some(step) = self.trace.get_mut(at) {
            step.event = event;
        }
    }

    fn name_target(&mut self, at: usize, target: &str) {
        if let Some(step) = self.trace.get_mut(at) {
            step.target = Some(target.to_owned());
        }
    }
}

/// RFC 7208 §4.6.4: no error and no data, or no such name.
pub(super) fn is_void(response: &Response) -> bool {
    response.is_definite() && response.records().is_empty()
}

/// The cause for a term that leads to a name without a record.
pub(super) fn without_record(term: &Term, name: &Name) -> Cause {
    let target = name.to_string();
    match term.kind {
        TermKind::Modifier(Modifier::Redirect(..)) => Cause::RedirectWithoutRecord { target },
        _ => Cause::IncludeWithoutRecord { target },
    }
}

#[cfg(test)]
mod tests;
