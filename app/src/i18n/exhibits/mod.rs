//! The words around what is drawn of the evidence. They come with what draws it, in both languages: see `lazy.rs`.

mod en;
mod fa;

use postern_shared::evidence::{DialogueKind, HelloAnswer, NoReply, Path};
use postern_shared::tls::{Level, Taken, Weakness};
use postern_shared::wording::{Language, Sentence};

use crate::model::exhibits::chain::{Above, Mark};

/// The words of a language.
#[must_use]
pub const fn exhibit_texts(language: Language) -> &'static ExhibitTexts {
    match language {
        Language::En => &en::TEXTS,
        Language::Fa => &fa::TEXTS,
    }
}

/// The texts of one language.
pub struct ExhibitTexts {
    /// A port.
    pub port: fn(u16) -> String,
    /// So many more servers, names or certificates that are not shown.
    pub more: fn(usize) -> String,
    /// Over the tables of versions.
    pub versions: &'static str,
    /// Over the tables of suites.
    pub suites: &'static str,
    /// Over a version, in a table.
    pub version: &'static str,
    /// Over what the server does with it.
    pub answer: &'static str,
    /// Over a level, and who gives it.
    pub level: &'static str,
    /// Whether a version of this level is taken, and whether that is well.
    pub taken: fn(Taken, Level) -> &'static str,
    /// What it means that something is not known.
    pub not_known: &'static str,
    /// Begins a deep scan.
    pub deeper: &'static str,
    /// Over a suite, in a table.
    pub suite: &'static str,
    /// Over a group, in a table.
    pub group: &'static str,
    /// How many suites were refused, and on how many the server did not give its word.
    pub rest: fn(refused: usize, not_asked: usize) -> Option<String>,
    /// What is wrong with a suite, as a clause.
    pub weakness: fn(Weakness) -> &'static str,
    /// A group that quantum computers do not break.
    pub hybrid: &'static str,
    /// A Diffie-Hellman exchange over no named group, with a prime of so many bits.
    pub prime: fn(u32) -> String,
    /// Over what else the server does.
    pub habits: &'static str,
    /// Over the certificates.
    pub chain: &'static str,
    /// The first of a chain.
    pub own: &'static str,
    /// Another of it.
    pub issuers: &'static str,
    /// The name of whom it is for.
    pub subject: &'static str,
    /// The name of its DNS names.
    pub names: &'static str,
    /// The name of its dates.
    pub valid: &'static str,
    /// From one day to another.
    pub from_to: fn(&str, &str) -> String,
    /// The name of its key.
    pub key: &'static str,
    /// A key's length.
    pub bits: fn(u32) -> String,
    /// The name of its signature.
    pub signature: &'static str,
    /// Something about a certificate.
    pub mark: fn(Mark<'_>) -> Sentence,
    /// Who vouches for it.
    pub above: fn(Above<'_>) -> Sentence,
    /// Why nobody who checks believes the whole; nothing where its cards say so, or nothing is wrong.
    pub path: fn(Path) -> Option<&'static str>,
    /// A certificate that cannot be read, of so many octets.
    pub unreadable: fn(u32) -> String,
    /// Over the dialogues.
    pub dialogues: &'static str,
    /// What the dialogues are.
    pub dialogues_lead: &'static str,
    /// What a connection was made for.
    pub kind: fn(DialogueKind) -> &'static str,
    /// How many events there were.
    pub events: fn(usize) -> String,
    /// Shows all of so many events.
    pub show_all: fn(usize) -> String,
    /// Copies dialogues.
    pub copy: &'static str,
    /// Copies all of them.
    pub copy_all: &'static str,
    /// After a time, as a clause.
    pub after: fn(&str) -> String,
    /// There is a connection.
    pub connected: &'static str,
    /// TLS came about.
    pub secured: &'static str,
    /// It did not.
    pub not_secured: &'static str,
    /// What came instead of a reply.
    pub no_reply: fn(&NoReply) -> &'static str,
    /// What came of a hello, beyond its lines.
    pub hello: fn(&HelloAnswer) -> &'static str,
}
