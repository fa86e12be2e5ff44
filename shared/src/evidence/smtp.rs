//! Facts from SMTP dialogues.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::{Chain, Hello, HelloAnswer, ObservationId, TlsFact};
use crate::smtp::{RelayForm, Reply};
use crate::time::Millis;

/// One event of one dialogue with one address.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct SmtpFact {
    /// The server's address.
    pub address: IpAddr,
    /// The server's port.
    pub port: u16,
    /// Which dialogue: each has a connection of its own.
    pub dialogue: DialogueKind,
    /// The event's place in its dialogue, from 0.
    pub sequence: u16,
    /// Whether it happened inside TLS.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub secure: bool,
    /// What happened.
    pub event: SmtpEvent,
    /// How long it took, from the octets sent to the end of the reply.
    pub took: Millis,
}

impl SmtpFact {
    /// The text of this fact's identity; zero-padded, so that identities sort as events happened.
    pub(super) fn id(&self) -> String {
        let place = ObservationId::dialogues_with(self.address, self.port);
        format!("{place}{}/{:03}", self.dialogue.name(), self.sequence)
    }
}

/// The dialogues of a scan, each made for some questions.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DialogueKind {
    /// Greeting, EHLO, HELP, VRFY, EXPN.
    Survey,
    /// The relay forms.
    Relay,
    /// STARTTLS with a full handshake, EHLO again, and what the server would not say in clear.
    StartTls,
    /// Up to a ClientHello of our own and what answers it; a connection for each.
    Hello,
    /// A command in the same segment as STARTTLS: does the server take it for one that came inside TLS?
    Injection,
    /// A port where people hand in mail: EHLO in clear where that is spoken, TLS, EHLO again.
    Submission,
}

impl DialogueKind {
    /// The dialogue's name in identities.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Survey => "survey",
            Self::Relay => "relay",
            Self::StartTls => "starttls",
            Self::Hello => "hello",
            Self::Injection => "injection",
            Self::Submission => "submission",
        }
    }
}

/// What can happen in a dialogue.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpEvent {
    /// The TCP connection stands.
    Connected,
    /// It does not.
    NotConnected(ConnectFailure),
    /// A step was answered.
    Replied {
        /// The step.
        step: Step,
        /// The line that was sent, without its end; `None` for the greeting.
        sent: Option<String>,
        /// The whole reply.
        reply: Reply,
    },
    /// A step was not answered; the dialogue is over.
    NotReplied {
        /// The step.
        step: Step,
        /// The line that was sent, without its end.
        sent: Option<String>,
        /// What came instead.
        instead: NoReply,
    },
    /// The TLS handshake was completed.
    Secured(TlsFact),
    /// The TLS handshake failed; the dialogue is over.
    NotSecured(FailedHandshake),
    /// A ClientHello of our own was answered, or not; the dialogue is over.
    Hello(Box<Hello>),
}

impl SmtpEvent {
    /// The certificates that the server showed in it.
    #[must_use]
    pub fn chain(&self) -> Option<&Chain> {
        match self {
            Self::Secured(fact) => fact.chain.as_deref(),
            Self::NotSecured(failed) => failed.chain.as_deref(),
            Self::Hello(hello) => match &hello.answer {
                HelloAnswer::Chosen(chosen) => chosen.chain.as_deref(),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A TLS handshake that did not come to its end.
#[derive(Clone, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct FailedHandshake {
    /// What went wrong, in the TLS library's words, safe to show.
    pub detail: String,
    /// Whether the server signed it with another key than that of its certificate (RFC 8446 §4.4.3, RFC 5246 §7.4.3).
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub key_mismatch: bool,
    /// The certificates that the server had shown before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Box<Chain>>,
}

/// Why there is no TCP connection.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectFailure {
    /// Nothing listens there, or it will not speak to us.
    Refused,
    /// No answer in time.
    TimedOut,
    /// No way leads there.
    Unreachable,
    /// Something else on our own side.
    Local,
}

/// What came instead of a reply.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoReply {
    /// Silence until the deadline.
    TimedOut,
    /// The peer closed the connection.
    Closed,
    /// Something that is not SMTP; its beginning, safe to show.
    Malformed(String),
    /// A line or a reply without end.
    Endless,
}

/// The steps of a dialogue.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Waiting for the 220.
    Greeting,
    /// EHLO.
    Ehlo,
    /// HELO, after EHLO was not known.
    Helo,
    /// STARTTLS.
    StartTls,
    /// A command that was sent in the same segment as STARTTLS, before TLS, and answered inside it.
    Smuggled,
    /// HELP.
    Help,
    /// VRFY of a mailbox's local part.
    Vrfy {
        /// The local part.
        mailbox: String,
        /// Whether it was invented, so that nobody can have it.
        control: bool,
    },
    /// EXPN of a list's name.
    Expn {
        /// The name.
        list: String,
    },
    /// MAIL FROM of a relay form.
    MailFrom {
        /// The form.
        form: RelayForm,
    },
    /// RCPT TO of a relay form.
    RcptTo {
        /// The form.
        form: RelayForm,
    },
    /// RSET between envelopes.
    Rset,
    /// QUIT.
    Quit,
}
