//! Reason codes to sentences, for page and command line alike.
//!
//! The rest of the core knows no language: it says *what* was found, with typed arguments. Here, and
//! only here, that becomes words. Every function is one exhaustive `match` per language, so a text
//! that is missing does not compile; what is shown of a stranger's (a record, a reply, a host name) is
//! [`Part::Code`], made visible and bounded.
//!
//! **A new reason** (or action, step, …): add the variant to its `enum` and follow the compiler into
//! `en/` and `fa/`; the files of the two folders mirror each other. Then add an example of it to
//! `samples.rs`, whose `match` asks for it too: the tests read every sample in every language.
//!
//! **A new language**: add it to [`Language`], copy `en/` to a folder of its name, translate it, and
//! name it in `in_every_language!`. A language with digits or plurals of its own says so in
//! [`digits`] and in the `numbers.rs` of its folder.
//!
//! Each language is a [`Book`]: natively both are linked in, and a page fetches the one that it speaks
//! (`book.rs`).
//!
//! Sentences are short and active. They name the thing itself (`hostmaster`, not "a user"), blame
//! nobody, and never dress "we could not look" as a verdict. The owner of a small shop understands the
//! first sentence; the expert finds the exact term in the second.

mod book;
mod downgrade;
mod en;
mod fa;
mod group;
mod language;
mod lines;
#[cfg(test)]
mod samples;
mod sentence;
mod standards;
#[cfg(test)]
mod tests;

#[cfg(target_family = "wasm")]
pub use book::lend;
pub use group::{Group, group_of};
use language::grouped;
pub use language::{Language, digits};
pub use sentence::{Part, Sentence};
pub use standards::{Standard, standards};

use std::net::IpAddr;

use crate::DomainNameError;
use crate::checks::CheckId;
use crate::diagnostic::Level;
use crate::dkim::{NotNamed, SelectorError};
use crate::dns::Failure;
use crate::evidence::{ConnectFailure, Fact, LoadError, Step};
use crate::lint::{Code, EditedCode, RecordKind};
use crate::protocol::{Progress, RefusalCode};
use crate::report::{
    Action, Cap, Downgrade, Effort, Identity, Owner, Policy, ProfileName, Protection, Reason,
    Report, Status, Stranger,
};
use crate::smtp::RelayForm;
use crate::span::Span;
use crate::spf::{NoteCode, Outcome, Problem, TermNode, TraceEvent, Tree};
use crate::time::Millis;
use crate::tls::{self, Taken};

/// The lasting words of a check.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CheckText {
    /// Its short name, as a specialist calls it.
    pub name: &'static str,
    /// What it asks, in plain words.
    pub question: &'static str,
    /// What it means and why it matters: two to four sentences.
    pub meaning: Sentence,
}

/// The words of a profile.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct ProfileText {
    /// Its name.
    pub name: &'static str,
    /// What it reads for.
    pub description: &'static str,
}

/// One observation as proof.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ObservationText {
    /// What was asked of whom, and how long it took.
    pub label: Sentence,
    /// The very lines, left to right: records as zone files write them; dialogue with `C:` for what
    /// was sent and `S:` for what came back. Safe to show, bounded; may be none.
    pub lines: Vec<String>,
}

/// Why there was no probe server where the command line was told to find one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NoProbe {
    /// Its name leads to no address.
    Name,
    /// No TCP connection.
    Connection(ConnectFailure),
    /// No TLS, and what was said about that.
    Tls(String),
    /// It answered the request for a socket with this status of HTTP.
    Status(u16),
    /// What is there does not speak as a probe server does.
    Stranger,
}

/// The lines of the table of a server's TLS.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TlsLabel {
    /// Over the versions.
    Versions,
    /// Over the suites.
    Suites,
    /// Over the groups.
    Groups,
    /// Over the certificates.
    Certificates,
    /// Who decides between suites.
    Order,
    /// The server does.
    Server,
    /// The client does.
    Client,
    /// Whether it compresses.
    Compression,
    /// Whether it renegotiates securely.
    SecureRenegotiation,
    /// Whether it binds the master secret to the handshake.
    ExtendedMasterSecret,
    /// Whether a command smuggled behind STARTTLS is taken for one from inside TLS.
    Injection,
    /// It does.
    Yes,
    /// It does not.
    No,
    /// How many connections it took.
    Connections,
    /// Before the day to which a certificate is valid.
    ValidTo,
    /// A certificate that cannot be read.
    Unreadable,
}

/// Makes a book of each language, and one public function of each line, which asks the language's book for the words.
macro_rules! in_every_language {
    ($($(#[$doc:meta])* fn $name:ident($($argument:ident: $kind:ty),*) -> $words:ty;)+) => {
        /// The words of one language, as far as a page says them.
        #[derive(Debug)]
        pub struct Book {
            $( $name: fn($($kind),*) -> $words, )+
        }

        /// The words in English.
        pub static ENGLISH: Book = Book { $( $name: en::$name, )+ };

        /// The words in Persian.
        pub static PERSIAN: Book = Book { $( $name: fa::$name, )+ };

        /// No words: a page has these until it has fetched others.
        #[cfg(target_family = "wasm")]
        static SILENCE: Book = Book {
            $( $name: |$($argument),*| {
                $( let _ = $argument; )*
                Default::default()
            }, )+
        };

        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(language: Language, $($argument: $kind),*) -> $words {
                (book::of(language).$name)($($argument),*)
            }
        )+
    };
}

/// The same for words that no report needs: in no book, so that nobody waits for them. A page that says one fetches it with
/// what says it.
macro_rules! on_a_terminal {
    ($($(#[$doc:meta])* fn $name:ident($($argument:ident: $kind:ty),*) -> $words:ty;)+) => { $(
        $(#[$doc])*
        #[must_use]
        pub fn $name(language: Language, $($argument: $kind),*) -> $words {
            match language {
                Language::En => en::$name($($argument),*),
                Language::Fa => fa::$name($($argument),*),
            }
        }
    )+ };
}

in_every_language! {
    /// The lasting words of a check.
    fn check(id: CheckId) -> CheckText;
    /// A group's question.
    fn group(group: Group) -> &'static str;
    /// A group's answer in one sentence, written from its rows.
    fn group_answer(group: Group, report: &Report) -> Sentence;
    /// What somebody in between can do to mail on its way to each mail server; those of which the same is to be said are
    /// told together.
    fn passages(downgrade: &Downgrade) -> Vec<Sentence>;
    /// The word of a status; it stands beside a glyph and a color.
    fn status(status: Status) -> &'static str;
    /// The word that stands in for the status while a row is still awaited.
    fn pending() -> &'static str;
    /// Why a finding has its status: one sentence with its own facts in it.
    fn reason(reason: &Reason) -> Sentence;
    /// What to do.
    fn action(action: &Action) -> Sentence;
    /// Who can do it.
    fn owner(owner: Owner) -> &'static str;
    /// What a mend would win.
    fn gain(points: u32) -> String;
    /// Why the letter is bounded.
    fn cap(cap: &Cap) -> Sentence;
    /// What the report comes down to, in one sentence.
    fn verdict(report: &Report) -> Sentence;
    /// The words of a profile.
    fn profile(name: ProfileName) -> ProfileText;
    /// How much could be tested; nothing where nothing applies.
    fn coverage(report: &Report) -> Sentence;
    /// What it means that a letter is provisional.
    fn provisional() -> &'static str;
    /// What it means that there is no letter.
    fn no_grade() -> &'static str;
    /// What the scan asked of the servers.
    fn effort(effort: &Effort) -> Sentence;
    /// Why a probe server would not scan, and when to come back (in seconds).
    fn refusal(code: RefusalCode, retry_after: Option<u32>) -> Sentence;
    /// What to type instead.
    fn domain_name_error(error: &DomainNameError) -> Sentence;
    /// What to give instead, where what was typed or pasted names no selector of the domain.
    fn not_named(error: &NotNamed) -> Sentence;
    /// What to type instead of this selector.
    fn selector_error(error: &SelectorError) -> Sentence;
    /// Why a file could not be opened.
    fn load_error(error: &LoadError) -> Sentence;
    /// Why a look-up gave no answer.
    fn dns_failure(failure: Failure) -> Sentence;
    /// Why there is no connection.
    fn connect_failure(failure: ConnectFailure) -> Sentence;
    /// What is being done now.
    fn progress(progress: &Progress) -> Sentence;
    /// What a step is about, as a noun.
    fn step(step: &Step) -> Sentence;
    /// One observation as proof.
    fn observation(fact: &Fact) -> ObservationText;
    /// Whose name a stranger could use.
    fn identity(identity: Identity) -> &'static str;
    /// What DMARC asks receivers to do.
    fn policy(policy: Policy) -> Sentence;
    /// What SPF says to a stranger.
    fn stranger(stranger: Stranger) -> Sentence;
    /// What follows for one kind of name.
    fn protection(protection: Protection) -> &'static str;
    /// Which envelope a relay form tries.
    fn relay_form(form: RelayForm) -> Sentence;
    /// The same, of a record that the page's editor takes.
    fn edited(text: &str, span: Span, code: &EditedCode) -> Sentence;
    /// What an SPF tree comes to.
    fn spf_tree(tree: &Tree) -> Sentence;
    /// How many addresses and networks an SPF tree lets pass.
    fn spf_passing(tree: &Tree) -> Sentence;
    /// What a term costs and lets pass, with what is below it, as a clause; nothing where that is no news.
    fn spf_cost(term: &TermNode) -> Sentence;
    /// What ends an evaluation at a term, as a clause.
    fn spf_problem(problem: &Problem) -> Sentence;
    /// What is unwise about a term, as a clause.
    fn spf_note(code: &NoteCode) -> Sentence;
    /// Whether a sender may send, and why.
    fn spf_outcome(outcome: &Outcome) -> Sentence;
    /// What came of a term, as a clause.
    fn spf_event(event: TraceEvent) -> Sentence;
    /// A span of time as people say it.
    fn duration(time: Millis) -> String;
}

on_a_terminal! {
    /// What follows from a failure of DNS that leaves nothing to report, for the command line.
    fn after_dns_failure(failure: Failure) -> Sentence;
    /// Why the command line found no probe server at this URL.
    fn no_probe(url: &str, why: &NoProbe) -> Sentence;
    /// A remark about a place in a record's text, which no scan has to have fetched.
    fn remark(text: &str, span: Span, code: &Code) -> Sentence;
    /// The word of a remark's level.
    fn level(level: Level) -> &'static str;
    /// What it means that there is no remark.
    fn no_remarks(kind: RecordKind) -> Sentence;
    /// A place in a text, line and column counted from 1; without a line in a text of one line.
    fn place(line: Option<usize>, column: usize) -> Sentence;
    /// How text was read that was written as the strings of a zone file.
    fn joined_strings() -> &'static str;
    /// How many remarks are left out.
    fn more_remarks(more: u32) -> Sentence;
    /// Why standard input was not read to its end: it is longer than this many octets.
    fn too_much_input(limit: u32) -> Sentence;
    /// Over the mends that win most.
    fn mend_first() -> &'static str;
    /// How many observations are left out.
    fn more_proofs(more: u32) -> Sentence;
    /// What is missing where there is no sender to go by.
    fn no_client_name() -> Sentence;
    /// What to give instead of a text that is no URL of a probe server.
    fn no_probe_url(url: &str) -> Sentence;
    /// What to give instead of a text that cannot be said in EHLO.
    fn no_ehlo_name(name: &str) -> Sentence;
    /// What is missing where a server is named by its address alone.
    fn no_server_name() -> Sentence;
    /// What to give in the place of this port.
    fn no_port(text: &str) -> Sentence;
    /// What to do about a server without an address.
    fn no_server_address(name: &str) -> Sentence;
    /// What to do about a server whose address is not public.
    fn not_public_server(address: IpAddr) -> Sentence;
    /// What it means that no TLS came about; behind it stands the last that happened.
    fn no_tls() -> Sentence;
    /// What stands beside a line of the table of a server's TLS.
    fn tls_label(label: TlsLabel) -> &'static str;
    /// The word of a level of NCSC-NL's guidelines.
    fn tls_level(level: tls::Level) -> &'static str;
    /// Whether something is taken, in a word.
    fn tls_taken(taken: Taken) -> &'static str;
}
