//! A policy that was fetched.

use super::{MAX_REMARKS, remarks};
use crate::checks::weighing::Weighing;
use crate::diagnostic::Level;
use crate::dns::Name;
use crate::evidence::PolicyFile;
use crate::gather::Gather;
use crate::mta_sts::{self, Mode, PolicyDiagnostic, Published, ReadPolicy};
use crate::report::{MtaStsReason, Reason, Status};
use crate::sorting::sort_by_key;
use crate::text;
use crate::tls::Fault;

/// Characters of a policy's text that a reason quotes.
const MAX_QUOTED: usize = 200;

/// All that is known about a policy.
pub(super) struct Found<'a> {
    pub(super) published: &'a Published,
    pub(super) file: &'a PolicyFile,
    pub(super) read: ReadPolicy,
    /// The mail exchanges.
    pub(super) names: Vec<Name>,
    /// Those that it does not name.
    pub(super) uncovered: Vec<Name>,
    /// Those whose certificate senders refuse who honour it, with why.
    pub(super) refused: Vec<(Name, Fault)>,
    /// Those that offer no TLS.
    pub(super) bare: Vec<Name>,
}

impl<'a> Found<'a> {
    pub(super) fn new(published: &'a Published, file: &'a PolicyFile, names: Vec<Name>) -> Self {
        let read = mta_sts::read_policy(&file.body);
        let uncovered = names.iter().filter(|name| !read.policy.covers(name));
        Self {
            uncovered: uncovered.cloned().gather(),
            refused: Vec::new(),
            bare: Vec::new(),
            published,
            file,
            read,
            names,
        }
    }

    /// Whether the policy says that there is none.
    pub(super) fn is_withdrawn(&self) -> bool {
        self.read.is_valid() && self.read.policy.mode == Some(Mode::None)
    }

    /// Whether senders SHOULD refuse it by what it is served as (RFC 8461 §3.2).
    pub(super) fn is_text(&self) -> bool {
        let media_type = self.file.media_type.as_deref().unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("text/plain")
    }

    pub(super) fn judge(&self) -> (Status, Vec<Reason>) {
        if !self.read.is_valid() {
            return (Status::Fail, self.faults(Level::Note));
        }
        let mut weighing = match self.read.policy.mode {
            Some(Mode::Enforce) => self.enforcing(),
            _ => Weighing::new(Status::Warn, vec![Reason::MtaSts(MtaStsReason::Testing)]),
        };
        if self.read.policy.mode == Some(Mode::Testing) {
            let hindrances = self.hindrances();
            hindrances.for_each(|hindrance| weighing.add(hindrance, true));
        }
        if !self.is_text() {
            let media_type = self.file.media_type.clone();
            weighing.add(Reason::MtaSts(MtaStsReason::MediaType { media_type }), true);
        }
        for remark in self.read.diagnostics.iter().take(MAX_REMARKS) {
            weighing.add(self.fault(remark), remark.code.level() > Level::Note);
        }
        for remark in remarks(self.published, Level::Warning) {
            weighing.add(remark, true);
        }
        weighing.told()
    }

    fn enforcing(&self) -> Weighing {
        let max_age = self.read.policy.max_age.unwrap_or_default();
        let enforces = Reason::MtaSts(MtaStsReason::Enforces { max_age });
        let hindrances: Vec<Reason> = self.hindrances().gather();
        match hindrances.is_empty() {
            false => Weighing::new(Status::Fail, hindrances),
            true => Weighing::new(Status::Pass, vec![enforces]),
        }
    }

    /// What keeps mail out, or would.
    fn hindrances(&self) -> impl Iterator<Item = Reason> {
        let hindrances = [self.uncovered(), self.refused(), self.without_tls()];
        hindrances.into_iter().flatten()
    }

    /// Whether no exchange is left to deliver to, for whichever reasons.
    fn is_all(&self) -> bool {
        let is_refused = |name: &Name| self.refused.iter().any(|(other, _)| other == name);
        self.names.iter().all(|name| {
            self.uncovered.contains(name) || self.bare.contains(name) || is_refused(name)
        })
    }

    fn without_tls(&self) -> Option<Reason> {
        let mode = self.read.policy.mode?;
        (!self.bare.is_empty()).then(|| {
            Reason::MtaSts(MtaStsReason::Bare {
                exchanges: self.bare.clone(),
                all: self.is_all(),
                mode,
            })
        })
    }

    /// That certificates keep mail out.
    fn refused(&self) -> Option<Reason> {
        let mode = self.read.policy.mode?;
        let refused = self.refused.iter().map(|(name, _)| name.clone());
        let exchanges: Vec<Name> = refused.gather();
        (!exchanges.is_empty()).then(|| {
            Reason::MtaSts(MtaStsReason::CertificateRefused {
                exchanges,
                all: self.is_all(),
                mode,
            })
        })
    }

    fn uncovered(&self) -> Option<Reason> {
        let mode = self.read.policy.mode?;
        (!self.uncovered.is_empty()).then(|| {
            Reason::MtaSts(MtaStsReason::Uncovered {
                exchanges: self.uncovered.clone(),
                all: self.uncovered.len() == self.names.len(),
                mode,
            })
        })
    }

    /// What is wrong in it from a level on, the worst first.
    fn faults(&self, least: Level) -> Vec<Reason> {
        let remarks = self.read.diagnostics.iter();
        let mut told: Vec<_> = remarks.filter(|r| r.code.level() >= least).gather();
        sort_by_key(&mut told, |r| core::cmp::Reverse(r.code.level()));
        let told = told.into_iter().take(MAX_REMARKS);
        told.map(|remark| self.fault(remark)).gather()
    }

    fn fault(&self, remark: &PolicyDiagnostic) -> Reason {
        let policy = &self.read.policy.text;
        let start = usize::try_from(remark.span.start).unwrap_or(usize::MAX);
        let length = remark.span.end.saturating_sub(remark.span.start);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let ends = policy.chars().take(start).filter(|c| *c == '\n').count();
        let quoted: String = policy
            .chars()
            .skip(start)
            .take(length.min(MAX_QUOTED))
            .collect();
        Reason::MtaSts(MtaStsReason::Policy {
            line: u32::try_from(ends + 1).unwrap_or(u32::MAX),
            text: text::visible(&quoted).into_owned(),
            diagnostic: remark.code,
        })
    }
}
