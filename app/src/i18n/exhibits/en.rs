//! English.

use postern_shared::evidence::{DialogueKind, HelloAnswer, NoReply, Path};
use postern_shared::tls::{Level, Taken, Weakness};
use postern_shared::wording::Sentence;

use super::ExhibitTexts;
use crate::i18n::say;
use crate::model::exhibits::chain::{Above, Mark};

/// The texts.
pub static TEXTS: ExhibitTexts = ExhibitTexts {
    port: |port| format!("port {port}"),
    more: |count| format!("and {count} others"),
    versions: "Which versions the servers take",
    suites: "What the servers encrypt with",
    version: "Version",
    answer: "The server",
    level: "Level (NCSC-NL)",
    taken: |taken, level| match (taken, level) {
        (Taken::Yes, Level::Insufficient | Level::PhaseOut) => "takes it, and should not",
        (Taken::Yes, _) => "takes it",
        (Taken::No, Level::Insufficient | Level::PhaseOut) => "refuses it, as it should",
        (Taken::No, _) => "refuses it",
        (Taken::NotAsked, _) => "not clear",
    },
    not_known: "Not clear: it was not offered, or the answer proves nothing. The usual scan asks only for what decides; \
                a deep scan of your own servers asks for everything.",
    deeper: "Ask for everything",
    suite: "Cipher suite",
    group: "Group of the key exchange",
    rest: |refused, not_asked| {
        let refused = (refused > 0).then(|| format!("{refused} others were offered and refused"));
        let not_asked = (not_asked > 0).then(|| format!("{not_asked} others were not asked about"));
        match (refused, not_asked) {
            (Some(refused), Some(not_asked)) => Some(format!("{refused}; {not_asked}.")),
            (Some(one), None) | (None, Some(one)) => Some(format!("{one}.")),
            (None, None) => None,
        }
    },
    weakness: |weakness| match weakness {
        Weakness::NoEncryption => "hides nothing",
        Weakness::NoAuthentication => "nobody proves to be the server",
        Weakness::Export => "weak on purpose (FREAK, Logjam)",
        Weakness::OldBlock => "a cipher of the last century",
        Weakness::TripleDes => "Triple DES: its blocks repeat (Sweet32)",
        Weakness::Rc4 => "RC4 is broken",
        Weakness::Md5 => "MD5 is broken",
        Weakness::NoForwardSecrecy => "who gets the key later can read it all",
        Weakness::CbcSha1 => "CBC with SHA-1 (Lucky Thirteen)",
        Weakness::Cbc => "CBC, with another hash",
        Weakness::ShortTag => "a short seal",
        Weakness::National => "a cipher that few have looked at",
    },
    hybrid: "quantum computers do not break it",
    prime: |bits| format!("a prime of its own, of {bits} bits"),
    habits: "What else it does",
    chain: "The certificates, as they were sent",
    own: "The server’s own",
    issuers: "Sent along",
    subject: "For",
    names: "Names",
    valid: "Valid",
    from_to: |from, to| format!("from {from} until {to}"),
    key: "Key",
    bits: |bits| format!("{bits}-bit"),
    signature: "Signature",
    mark: |mark| match mark {
        Mark::Expired(0) => Sentence::text("out of date since today"),
        Mark::Expired(1) => Sentence::text("out of date since yesterday"),
        Mark::Expired(days) => Sentence::text(format!("out of date for {days} days")),
        Mark::NotYetValid => Sentence::text("not valid yet"),
        Mark::NotFor(exchange) => say("not for {0}", &[exchange]),
        Mark::SelfSigned => Sentence::text("nobody but itself vouches for it"),
        Mark::Root => {
            Sentence::text("a root: whoever believes it has it already, so it need not be sent")
        }
        Mark::NoAuthority => Sentence::text("may not vouch for others"),
    },
    above: |above| match above {
        Above::Next => Sentence::text("is vouched for by"),
        Above::NotNext => Sentence::text(
            "The next one does not vouch for it: here the chain is broken, or out of order.",
        ),
        Above::Itself => Sentence::text("vouches for itself"),
        Above::Known(issuer) => say("is vouched for by {0}, which senders know", &[issuer]),
        Above::NotSent(issuer) => say(
            "{0} should vouch for it: it was not sent, and senders do not know it.",
            &[issuer],
        ),
        Above::Unjudged(issuer) => say("names {0}, which did not come next", &[issuer]),
        Above::Unreadable => {
            Sentence::text("Who vouches for it cannot be said: it cannot be read.")
        }
    },
    path: |path| match path {
        Path::BadSignature => Some("A signature in this chain does not fit."),
        Path::WeakSignature => {
            Some("A signature in this chain is of a kind that senders no longer take.")
        }
        Path::Misused => Some("One of this chain is not for servers, or may not vouch for others."),
        Path::Unreadable => Some("One of this chain cannot be read."),
        Path::Other => Some("This chain leads to nobody whom senders know."),
        Path::NoRoots => Some(
            "Whether it leads to somebody whom senders know could not be seen: the probe server knows nobody.",
        ),
        Path::Trusted | Path::UnknownIssuer | Path::Expired | Path::NotYetValid => None,
    },
    unreadable: |octets| format!("{octets} octets that cannot be read"),
    dialogues: "Every dialogue, word for word",
    dialogues_lead: "C: is what was sent, S: what the server answered. In front stands how long after the \
                     beginning of the connection it was.",
    kind: |kind| match kind {
        DialogueKind::Survey => "What the server gives away: HELP, VRFY, EXPN",
        DialogueKind::Relay => "Does it pass on mail from strangers to strangers?",
        DialogueKind::StartTls => "What it says inside TLS",
        DialogueKind::Hello => "What it takes of TLS",
        DialogueKind::Injection => "A command smuggled in behind STARTTLS",
        DialogueKind::Submission => "Where people hand in mail",
    },
    events: |count| match count {
        1 => "1 event".to_owned(),
        count => format!("{count} events"),
    },
    show_all: |count| format!("Show all {count}"),
    copy: "Copy as text",
    copy_all: "Copy all as text",
    after: |time| format!("after {time}"),
    connected: "Connected.",
    secured: "TLS came about; from here on all is encrypted.",
    not_secured: "TLS did not come about.",
    no_reply: |instead| match instead {
        NoReply::TimedOut => "No answer in time.",
        NoReply::Closed => "The server hung up.",
        NoReply::Malformed(_) => "What came is not SMTP.",
        NoReply::Endless => "An answer without end.",
    },
    hello: |answer| match answer {
        HelloAnswer::Chosen(_) => "The server chose.",
        HelloAnswer::Ssl2 { .. } => "The server takes SSL 2.",
        HelloAnswer::Alert(_) => "The server refused.",
        HelloAnswer::Closed => "The server hung up.",
        HelloAnswer::TimedOut => "No answer in time.",
        HelloAnswer::NotTls(_) => "What came is not TLS.",
        HelloAnswer::Malformed => "What came cannot be read.",
        HelloAnswer::Endless => "An answer without end.",
    },
};
