//! What is asked in each dialogue.
//!
//! Each plan stays under what servers commonly bear: one connection, and no more than eight commands
//! that the server may count as errors (Postfix slows down at ten, others hang up).

use std::net::IpAddr;

use postern_shared::DomainName;
use postern_shared::evidence::{DialogueKind, Offer, Step};
use postern_shared::smtp::RelayForm;

/// The mailboxes that most domains have, whose VRFY is compared with that of an invented one.
const LIKELY_MAILBOXES: [&str; 5] = ["info", "admin", "root", "postmaster", "hostmaster"];
/// The local part of the recipient that no server but its own should take.
const RELAY_RECIPIENT: &str = "postern-relay-test";
/// The local part of our senders.
const SENDER: &str = "postern";
/// Letters of an invented mailbox: 26¹⁶ of them, so that nobody has it.
const CONTROL_LETTERS: usize = 16;

/// One command and the step it belongs to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Command {
    /// The step.
    pub step: Step,
    /// The line, without its end.
    pub line: String,
}

impl Command {
    fn new(step: Step, line: impl Into<String>) -> Self {
        Self {
            step,
            line: line.into(),
        }
    }
}

/// Who speaks to whom, about which domain.
#[derive(Clone, Debug)]
pub struct Identity {
    /// What we say in EHLO: a host name, or an address literal in brackets.
    pub ehlo_name: String,
    /// The domain of the recipient of relay tests: foreign to every server that is asked.
    pub relay_domain: DomainName,
    /// The domain that is scanned.
    pub domain: DomainName,
    /// The server's address.
    pub address: IpAddr,
    /// The name for SNI: the mail exchange, as the MX record names it.
    pub server_name: String,
}

/// One connection's work.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which dialogue it is.
    pub kind: DialogueKind,
    /// What we say in EHLO.
    pub ehlo_name: String,
    /// The name for SNI: the mail exchange.
    pub server_name: String,
    /// Whether and how it goes over to TLS.
    pub tls: Encryption,
    /// What is asked after EHLO, inside TLS where that came about.
    pub commands: Vec<Command>,
}

/// Whether and how a dialogue goes over to TLS.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Encryption {
    /// Not at all.
    Never,
    /// By STARTTLS where that is announced, and in clear where it is not.
    WhereOffered,
    /// By STARTTLS, or the commands are not asked at all.
    Demanded,
    /// From the first octet (RFC 8314 §3).
    AtOnce,
    /// As [`Self::Demanded`] with a command behind STARTTLS, in the same segment.
    Smuggling,
    /// Only up to the answer to this hello, by STARTTLS.
    Hello(Offer),
    /// Only up to the answer to this hello, from the first octet.
    HelloAtOnce(Offer),
}

impl Plan {
    /// HELP, VRFY of five likely mailboxes and an invented one, EXPN: eight questions.
    #[must_use]
    pub fn survey(identity: &Identity, random: &mut dyn FnMut() -> u8) -> Self {
        let mut commands = vec![Command::new(Step::Help, "HELP")];
        commands.extend(verifications(random));
        let list = "postmaster".to_owned();
        commands.push(Command::new(Step::Expn { list }, "EXPN postmaster"));
        Self::in_clear(identity, DialogueKind::Survey, commands)
    }

    /// As mail comes from other servers: STARTTLS where it is announced, then one envelope for each relay form,
    /// up to RCPT.
    #[must_use]
    pub fn relay(identity: &Identity) -> Self {
        Self {
            tls: Encryption::WhereOffered,
            ..Self::relay_in_clear(identity)
        }
    }

    /// The same without TLS, where no handshake could be had.
    #[must_use]
    pub fn relay_in_clear(identity: &Identity) -> Self {
        let mut commands = Vec::new();
        for form in RelayForm::ALL {
            commands.extend(envelope(identity, form));
        }
        Self::in_clear(identity, DialogueKind::Relay, commands)
    }

    /// STARTTLS, and inside it `commands`: what the server would not answer in clear.
    #[must_use]
    pub fn starttls(identity: &Identity, commands: Vec<Command>) -> Self {
        Self {
            tls: Encryption::Demanded,
            ..Self::in_clear(identity, DialogueKind::StartTls, commands)
        }
    }

    /// A hello of our own; `at_once` on a port where TLS is spoken from the first octet.
    #[must_use]
    pub fn hello(identity: &Identity, offer: Offer, at_once: bool) -> Self {
        let tls = if at_once {
            Encryption::HelloAtOnce(offer)
        } else {
            Encryption::Hello(offer)
        };
        Self {
            tls,
            ..Self::in_clear(identity, DialogueKind::Hello, Vec::new())
        }
    }

    /// A command behind STARTTLS in the same segment, which no server may take for one from inside TLS
    /// (CVE-2011-0411).
    #[must_use]
    pub fn injection(identity: &Identity) -> Self {
        Self {
            tls: Encryption::Smuggling,
            ..Self::in_clear(identity, DialogueKind::Injection, Vec::new())
        }
    }

    /// What a server announces to who hands in mail; `at_once` on the port where TLS is spoken from the first octet.
    #[must_use]
    pub fn submission(identity: &Identity, at_once: bool) -> Self {
        let tls = if at_once {
            Encryption::AtOnce
        } else {
            Encryption::WhereOffered
        };
        Self {
            tls,
            ..Self::in_clear(identity, DialogueKind::Submission, Vec::new())
        }
    }

    fn in_clear(identity: &Identity, kind: DialogueKind, commands: Vec<Command>) -> Self {
        Self {
            kind,
            ehlo_name: identity.ehlo_name.clone(),
            server_name: identity.server_name.clone(),
            tls: Encryption::Never,
            commands,
        }
    }
}

/// VRFY of the likely mailboxes, and of an invented one at a random place among them: a server that
/// begins to refuse after some commands must not look as if it knew the last.
fn verifications(random: &mut dyn FnMut() -> u8) -> Vec<Command> {
    let verify = |mailbox: String, control| {
        let line = format!("VRFY {mailbox}");
        Command::new(Step::Vrfy { mailbox, control }, line)
    };
    let mut commands: Vec<_> = LIKELY_MAILBOXES
        .iter()
        .map(|&mailbox| verify(mailbox.to_owned(), false))
        .collect();
    let invented = (0..CONTROL_LETTERS)
        .map(|_| char::from(b'a' + random() % 26))
        .collect();
    let place = usize::from(random()) % (commands.len() + 1);
    commands.insert(place, verify(invented, true));
    commands
}

/// MAIL, RCPT and, before the next envelope, RSET.
fn envelope(identity: &Identity, form: RelayForm) -> Vec<Command> {
    let Identity {
        ehlo_name,
        relay_domain,
        domain,
        ..
    } = identity;
    let literal = address_literal(identity.address);
    let foreign = format!("{SENDER}@{ehlo_name}");
    let sender = match form {
        RelayForm::NullSender => String::new(),
        RelayForm::OwnSender => format!("{SENDER}@{domain}"),
        RelayForm::AddressSender => format!("postmaster@{literal}"),
        RelayForm::ForeignSender | RelayForm::Percent | RelayForm::SourceRoute => foreign,
    };
    let recipient = match form {
        RelayForm::Percent => format!("{RELAY_RECIPIENT}%{relay_domain}@{literal}"),
        RelayForm::SourceRoute => format!("@{literal}:{RELAY_RECIPIENT}@{relay_domain}"),
        _ => format!("{RELAY_RECIPIENT}@{relay_domain}"),
    };
    let mut commands = vec![
        Command::new(Step::MailFrom { form }, format!("MAIL FROM:<{sender}>")),
        Command::new(Step::RcptTo { form }, format!("RCPT TO:<{recipient}>")),
    ];
    if RelayForm::ALL.last() != Some(&form) {
        commands.push(Command::new(Step::Rset, "RSET"));
    }
    commands
}

/// An address as a domain (RFC 5321 §4.1.3).
#[must_use]
pub(crate) fn address_literal(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => format!("[{v4}]"),
        IpAddr::V6(v6) => format!("[IPv6:{v6}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(address: &str) -> Identity {
        Identity {
            ehlo_name: "probe.example".to_owned(),
            relay_domain: DomainName::parse("elsewhere.example").unwrap(),
            domain: DomainName::parse("scanned.example").unwrap(),
            address: address.parse().unwrap(),
            server_name: "mx.scanned.example".to_owned(),
        }
    }

    #[test]
    fn a_survey_has_eight_questions_and_one_control() {
        for seed in 0..=255u8 {
            let mut octet = seed;
            let plan = Plan::survey(&identity("192.0.2.1"), &mut || {
                octet = octet.wrapping_mul(31).wrapping_add(7);
                octet
            });
            assert_eq!(plan.commands.len(), 8);
            let controls: Vec<_> = plan
                .commands
                .iter()
                .filter(|c| matches!(c.step, Step::Vrfy { control: true, .. }))
                .collect();
            let [control] = controls[..] else {
                panic!("{controls:?}")
            };
            let invented = control.line.strip_prefix("VRFY ").unwrap();
            assert!(invented.len() == 16 && invented.bytes().all(|b| b.is_ascii_lowercase()));
        }
    }

    #[test]
    fn envelopes_as_they_are_written() {
        let plan = Plan::relay(&identity("192.0.2.1"));
        let lines: Vec<_> = plan.commands.iter().map(|c| c.line.as_str()).collect();
        assert_eq!(
            lines,
            [
                "MAIL FROM:<postern@probe.example>",
                "RCPT TO:<postern-relay-test@elsewhere.example>",
                "RSET",
                "MAIL FROM:<>",
                "RCPT TO:<postern-relay-test@elsewhere.example>",
                "RSET",
                "MAIL FROM:<postern@scanned.example>",
                "RCPT TO:<postern-relay-test@elsewhere.example>",
                "RSET",
                "MAIL FROM:<postmaster@[192.0.2.1]>",
                "RCPT TO:<postern-relay-test@elsewhere.example>",
                "RSET",
                "MAIL FROM:<postern@probe.example>",
                "RCPT TO:<postern-relay-test%elsewhere.example@[192.0.2.1]>",
                "RSET",
                "MAIL FROM:<postern@probe.example>",
                "RCPT TO:<@[192.0.2.1]:postern-relay-test@elsewhere.example>",
            ]
        );
        let plan = Plan::relay(&identity("2001:db8::1"));
        assert!(
            plan.commands
                .iter()
                .any(|c| c.line.contains("[IPv6:2001:db8::1]"))
        );
    }
}
