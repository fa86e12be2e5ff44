//! What is said about the ports where people hand in mail.

use super::numbers::{list, reply};
use crate::report::SubmissionReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about these ports has its status.
pub(super) fn reason(reason: &SubmissionReason) -> Sentence {
    match reason {
        SubmissionReason::Closed => {
            say!("Nobody hands in mail here: ports `465` and `587` are closed.")
        }
        SubmissionReason::Elsewhere => say!(
            "Ports `465` and `587` do not answer strangers. Users of a provider's mail servers log in elsewhere."
        ),
        SubmissionReason::InTls { port } => say!(
            "On port {0}, login is offered only inside TLS. Which versions and suites are taken there only a deep scan asks.",
            Sentence::code(port)
        ),
        SubmissionReason::OptionalTls { port, mechanisms } => say!(
            "On port {0}, login is offered before TLS too ({1}): a password can cross the network in clear.",
            Sentence::code(port),
            list(mechanisms)
        ),
        SubmissionReason::InClear { port, mechanisms } => say!(
            "On port {0}, login is offered without any TLS ({1}): whoever listens learns the passwords.",
            Sentence::code(port),
            list(mechanisms)
        ),
        SubmissionReason::WithoutTls { port } => say!(
            "Port {0} has no TLS: what is handed in there travels in clear text.",
            Sentence::code(port)
        ),
        SubmissionReason::BrokenTls { port } => say!(
            "On port {0}, no encrypted connection comes about.",
            Sentence::code(port)
        ),
        SubmissionReason::Deferred {
            port,
            reply_code,
            text,
        } => say!(
            "On port {0}, the server put encryption off ({1}), so we could not look.",
            Sentence::code(port),
            reply(*reply_code, text)
        ),
        SubmissionReason::WithoutLogin { port } => say!(
            "On port {0} a server answers and offers no login, so no password is at risk there.",
            Sentence::code(port)
        ),
    }
}
