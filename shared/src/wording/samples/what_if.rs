//! One sender against a record.

use crate::spf::{SpfResult, TraceEvent};

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
