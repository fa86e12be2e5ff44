//! Texts that are tried, and one sender against a record.

use super::{diagnostic, near_misses, note_codes, spf_causes};
use crate::dmarc::DiagnosticCode;
use crate::spf::{Problem, SpfResult, TraceEvent};
use crate::what_if::{MxFault, What};

/// Everything that can be said about a text.
pub(in crate::wording) fn remarks() -> Vec<What> {
    let _has_an_example = |what: &What| match what {
        What::TooLong
        | What::Several(_)
        | What::Spf(_)
        | What::SpfBelow(_)
        | What::SpfNote(_)
        | What::DmarcNearMiss(_)
        | What::Dmarc(..)
        | What::Mx(
            MxFault::Preference | MxFault::NoExchange | MxFault::Exchange | MxFault::Behind,
        ) => {}
    };
    let text = "v=DMARC1; x=1".to_owned();
    let mut remarks = vec![
        What::TooLong,
        What::Several(2),
        What::Dmarc(text, diagnostic(DiagnosticCode::UnknownTag)),
        What::Mx(MxFault::Preference),
        What::Mx(MxFault::NoExchange),
        What::Mx(MxFault::Exchange),
        What::Mx(MxFault::Behind),
    ];
    remarks.extend(spf_causes().into_iter().map(What::Spf));
    let below = |cause| What::SpfBelow(Problem::of("_spf.example.net", cause));
    remarks.extend(spf_causes().into_iter().map(below));
    remarks.extend(note_codes().into_iter().map(What::SpfNote));
    remarks.extend(near_misses().into_iter().map(What::DmarcNearMiss));
    remarks
}

/// Every result of SPF.
pub(in crate::wording) fn spf_results() -> [SpfResult; 7] {
    let all = [
        SpfResult::None,
        SpfResult::Neutral,
        SpfResult::Pass,
        SpfResult::Fail,
        SpfResult::SoftFail,
        SpfResult::TempError,
        SpfResult::PermError,
    ];
    let _has_an_example = |result: SpfResult| match result {
        SpfResult::None
        | SpfResult::Neutral
        | SpfResult::Pass
        | SpfResult::Fail
        | SpfResult::SoftFail
        | SpfResult::TempError
        | SpfResult::PermError => {}
    };
    all
}

/// Everything that can come of a term.
pub(in crate::wording) fn spf_events() -> Vec<TraceEvent> {
    let result = SpfResult::Neutral;
    let _has_an_example = |event: TraceEvent| match event {
        TraceEvent::Matched { .. }
        | TraceEvent::NotMatched
        | TraceEvent::Void
        | TraceEvent::Included { .. }
        | TraceEvent::Redirected { .. }
        | TraceEvent::Stopped => {}
    };
    vec![
        TraceEvent::Matched { result },
        TraceEvent::NotMatched,
        TraceEvent::Void,
        TraceEvent::Included { result },
        TraceEvent::Redirected { result },
        TraceEvent::Stopped,
    ]
}
