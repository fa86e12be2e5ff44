//! What is said on a terminal alone.

use std::net::IpAddr;

use super::numbers::count;
use crate::tls::{Level, Taken};
use crate::wording::sentence::say;
use crate::wording::{Sentence, TlsLabel, grouped};

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

/// What is missing beside the address of a server.
pub(in crate::wording) fn no_server_name() -> Sentence {
    say!(
        "For an address, the name is missing that the certificate should be for. Give it with `--name`."
    )
}

/// What to give in the place of this port.
pub(in crate::wording) fn no_port(text: &str) -> Sentence {
    say!(
        "{0} is no port. A port is a number from `1` to `65535`; where it is left out, it is `25`.",
        Sentence::code(text)
    )
}

/// What to give instead of this name.
pub(in crate::wording) fn no_server_address(name: &str) -> Sentence {
    say!(
        "{0} has no address. Give the name of a server, not of a domain.",
        name
    )
}

/// What to do about this address.
pub(in crate::wording) fn not_public_server(address: IpAddr) -> Sentence {
    say!(
        "{0} is not a public address. For a lab or an intranet, add `--allow-private-targets`.",
        &address
    )
}

/// What it means that no TLS came about.
pub(in crate::wording) fn no_tls() -> Sentence {
    say!("No TLS came about.")
}

/// What stands beside a line of the table of a server's TLS.
pub(in crate::wording) const fn tls_label(label: TlsLabel) -> &'static str {
    match label {
        TlsLabel::Versions => "Versions",
        TlsLabel::Suites => "Cipher suites",
        TlsLabel::Groups => "Groups of the key exchange",
        TlsLabel::Certificates => "Certificates",
        TlsLabel::Order => "Who decides between suites",
        TlsLabel::Server => "the server",
        TlsLabel::Client => "the client",
        TlsLabel::Compression => "Compression",
        TlsLabel::SecureRenegotiation => "Secure renegotiation",
        TlsLabel::ExtendedMasterSecret => "Extended master secret",
        TlsLabel::Injection => "Takes a command smuggled behind STARTTLS",
        TlsLabel::Yes => "yes",
        TlsLabel::No => "no",
        TlsLabel::Connections => "Connections",
        TlsLabel::ValidTo => "valid to",
        TlsLabel::Unreadable => "cannot be read",
    }
}

/// The word of a level.
pub(in crate::wording) const fn tls_level(level: Level) -> &'static str {
    match level {
        Level::Insufficient => "insufficient",
        Level::PhaseOut => "phase out",
        Level::Sufficient => "sufficient",
        Level::Good => "good",
    }
}

/// Whether something is taken.
pub(in crate::wording) const fn tls_taken(taken: Taken) -> &'static str {
    match taken {
        Taken::Yes => "taken",
        Taken::No => "refused",
        Taken::NotAsked => "not asked",
    }
}
