//! What is said on a terminal alone.

use super::numbers::count;
use crate::wording::sentence::say;
use crate::wording::{Sentence, grouped};

/// Over the mends that win most.
pub(in crate::wording) const fn mend_first() -> &'static str {
    "Mend first"
}

/// How many observations are left out.
pub(in crate::wording) fn more_proofs(more: u32) -> Sentence {
    say!(
        "{0} not shown.",
        count(more, "more observation is", "more observations are")
    )
}

/// How many remarks are left out.
pub(in crate::wording) fn more_remarks(more: u32) -> Sentence {
    say!(
        "{0} not shown.",
        count(more, "more remark is", "more remarks are")
    )
}

/// Why standard input was not read to its end.
pub(in crate::wording) fn too_much_input(limit: u32) -> Sentence {
    say!(
        "Standard input holds more than {0} octets, which no record does. Give the text of one record, or the records of one name.",
        Sentence::text(grouped(limit.into()))
    )
}

/// What is missing where there is no sender to go by.
pub(in crate::wording) fn no_client_name() -> Sentence {
    say!(
        "Without a sender, SPF goes by the name that the client says in HELO or EHLO. Give it with `--helo`."
    )
}

/// What to give instead of this URL.
pub(in crate::wording) fn no_probe_url(url: &str) -> Sentence {
    say!(
        "{0} leads to no probe server. Give an address such as `wss://probe.example.org/ws`.",
        url
    )
}

/// What to give instead of this name.
pub(in crate::wording) fn no_ehlo_name(name: &str) -> Sentence {
    say!(
        "{0} is no name to say in EHLO. Give the whole name of this machine, such as `probe.example.org`.",
        name
    )
}
