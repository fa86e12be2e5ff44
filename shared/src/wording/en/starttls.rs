//! What is said about STARTTLS.

use super::numbers::{agree, list, reply};
use crate::report::StartTlsReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about STARTTLS has its status.
pub(super) fn reason(reason: &StartTlsReason) -> Sentence {
    match reason {
        StartTlsReason::Works => {
            say!("An encrypted connection came about: senders can deliver over TLS.")
        }
        StartTlsReason::WorksForSome => say!(
            "Our own TLS connection did not come about, but the server agrees to other ways: some senders can encrypt, those of today perhaps not."
        ),
        StartTlsReason::Missing => say!(
            "The server does not offer `STARTTLS`: mail to it travels in clear text, and anybody on the way can read it."
        ),
        StartTlsReason::HeloAlone => say!(
            "The server knows `HELO` alone, and no encryption: mail to it travels in clear text."
        ),
        StartTlsReason::Stripped { keyword } => say!(
            "Something on the way takes `STARTTLS` out: {0} stands in its place. Firewalls that inspect mail do so, and mail then travels in clear text.",
            keyword
        ),
        StartTlsReason::KeyMismatch => say!(
            "The server's key is not that of the certificate that it shows, so no encrypted connection comes about. Most senders then deliver in clear text, or not at all."
        ),
        StartTlsReason::Broken { detail } => say!(
            "The server offers `STARTTLS`, but no encrypted connection comes about ({0}). Most senders then deliver in clear text, or not at all.",
            detail
        ),
        StartTlsReason::Refused { reply_code, text } => say!(
            "The server offers `STARTTLS` and then refuses it ({0}), so mail to it travels in clear text.",
            reply(*reply_code, text)
        ),
        StartTlsReason::Deferred { reply_code, text } => say!(
            "The server put encryption off ({0}), so we could not look.",
            reply(*reply_code, text)
        ),
        StartTlsReason::Partly { hosts } => say!(
            "{0} {1} no encryption that works, and senders may pick {2}.",
            list(hosts),
            agree(hosts, "offers", "offer"),
            agree(hosts, "it", "any of them")
        ),
        StartTlsReason::SomeAddresses { addresses } => say!(
            "At {0} no encryption comes about, though the mail server offers it at another address. Senders may pick any.",
            list(addresses)
        ),
    }
}
