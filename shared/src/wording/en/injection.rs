//! What is said about commands behind STARTTLS.

use super::numbers::reply;
use crate::report::InjectionReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about commands behind STARTTLS has its status.
pub(super) fn reason(reason: &InjectionReason) -> Sentence {
    match reason {
        InjectionReason::Answered { reply_code, text } => say!(
            "Inside TLS the server answered a command that was sent before, in clear ({0}): whoever stands in between can slip commands into the connections of others.",
            reply(*reply_code, text)
        ),
        InjectionReason::Discarded => {
            say!("What was sent before TLS is forgotten inside it, as it should be.")
        }
        InjectionReason::Refused => say!(
            "The server does not go on to TLS while a command waits behind `STARTTLS`, so nothing can be slipped in."
        ),
        InjectionReason::Deferred { reply_code, text } => say!(
            "The server put encryption off ({0}), so this could not be tried.",
            reply(*reply_code, text)
        ),
        InjectionReason::Inconclusive { reply_code, text } => say!(
            "One answer came inside TLS ({0}), and it cannot be told which command it is for.",
            reply(*reply_code, text)
        ),
        InjectionReason::WithoutTls => {
            say!("No TLS is offered here that anything could be slipped into.")
        }
    }
}
