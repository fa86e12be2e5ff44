//! Dialogues written as they are spoken, for tests.
//!
//! `S:` is a line of the server's, `C:` one of ours, `*` what happened besides: `secured`, `not secured`, `refused`,
//! `timed out`, `hung up`, `silent`, `chosen` and `alert` (answers to a hello).

use super::scenarios::{World, ip};
use crate::evidence::{
    Chosen, ConnectFailure, DialogueKind, Fact, FailedHandshake, Hello, HelloAnswer, NoReply,
    Offer, SmtpEvent, SmtpFact, Step, TlsFact, Trust,
};
use crate::smtp::{RelayForm, Reply};
use crate::time::Millis;
use crate::tls::{Suite, Version};

impl World {
    /// With a dialogue on port 25.
    pub(super) fn spoken(self, address: &str, kind: DialogueKind, lines: &[&str]) -> Self {
        self.spoken_on(25, address, kind, lines)
    }

    /// With a dialogue, numbered behind those of its kind that are there.
    pub(super) fn spoken_on(
        mut self,
        port: u16,
        address: &str,
        dialogue: DialogueKind,
        lines: &[&str],
    ) -> Self {
        let address = ip(address);
        let known = |fact: &Fact| {
            matches!(fact, Fact::Smtp(f)
            if f.address == address && f.port == port && f.dialogue == dialogue)
        };
        let seen = self.0.observations();
        let first = seen.filter(|(_, seen)| known(&seen.fact)).count();
        for (sequence, (secure, event)) in (u16::try_from(first).unwrap()..).zip(events(lines)) {
            self.fact(Fact::Smtp(SmtpFact {
                address,
                port,
                dialogue,
                sequence,
                secure,
                event,
                took: Millis(1),
            }));
        }
        self
    }
}

/// The events of a dialogue, and whether each happened inside TLS.
fn events(lines: &[&str]) -> Vec<(bool, SmtpEvent)> {
    let mut events: Vec<(bool, SmtpEvent)> = Vec::new();
    let (mut step, mut sent, mut secure) = (Step::Greeting, None, false);
    let mut reply: Vec<String> = Vec::new();
    for line in lines {
        let (who, said) = line.split_once(' ').unwrap();
        match who {
            "C:" => {
                step = step_of(said);
                sent = Some(said.to_owned());
            }
            "S:" => {
                let (code, text) = said.split_at(4);
                reply.push(text.to_owned());
                if code.ends_with(' ') {
                    let reply = Reply {
                        code: code.trim().parse().unwrap(),
                        lines: core::mem::take(&mut reply),
                    };
                    // What answers nothing that was sent was smuggled in.
                    let (step, sent) = match (&step, &sent) {
                        (Step::StartTls, Some(_)) if secure => {
                            (Step::Smuggled, Some("NOOP".to_owned()))
                        }
                        _ => (step.clone(), sent.clone()),
                    };
                    events.push((secure, SmtpEvent::Replied { step, sent, reply }));
                }
            }
            _ => {
                let event = happened(said, &step, sent.clone());
                secure |= matches!(event, SmtpEvent::Secured(_));
                events.push((secure, event));
            }
        }
    }
    events
}

fn step_of(line: &str) -> Step {
    let form = RelayForm::ForeignSender;
    match line.split([' ', ':']).next().unwrap() {
        "EHLO" => Step::Ehlo,
        "HELO" => Step::Helo,
        "STARTTLS" => Step::StartTls,
        "HELP" => Step::Help,
        "MAIL" => Step::MailFrom { form },
        "RCPT" => Step::RcptTo { form },
        "QUIT" => Step::Quit,
        other => panic!("{other}"),
    }
}

fn happened(what: &str, step: &Step, sent: Option<String>) -> SmtpEvent {
    let instead = |instead| SmtpEvent::NotReplied {
        step: step.clone(),
        sent: sent.clone(),
        instead,
    };
    match what {
        "secured" => SmtpEvent::Secured(TlsFact {
            version: "TLS 1.3".into(),
            suite: "TLS_AES_256_GCM_SHA384".into(),
            group: None,
            server_name: "mx.example.org".into(),
            trust: Trust::Trusted,
            chain: None,
        }),
        "not secured" => SmtpEvent::NotSecured(FailedHandshake {
            detail: "handshake failure".into(),
            ..FailedHandshake::default()
        }),
        "refused" => SmtpEvent::NotConnected(ConnectFailure::Refused),
        "unreachable" => SmtpEvent::NotConnected(ConnectFailure::Unreachable),
        "timed out" => SmtpEvent::NotConnected(ConnectFailure::TimedOut),
        "hung up" => instead(NoReply::Closed),
        "silent" => instead(NoReply::TimedOut),
        "chosen" => hello(HelloAnswer::Chosen(Box::new(Chosen {
            version: Version::Tls10,
            suite: Suite(0x002f),
            group: None,
            prime_bits: None,
            signature: None,
            compression: false,
            secure_renegotiation: false,
            extended_master_secret: false,
            chain: None,
        }))),
        "alert" => hello(HelloAnswer::Alert(70)),
        other => panic!("{other}"),
    }
}

fn hello(answer: HelloAnswer) -> SmtpEvent {
    let offer = Offer {
        version: Version::Tls11,
        suites: vec![Suite(0x002f)],
        groups: Vec::new(),
        fallback: false,
    };
    SmtpEvent::Hello(Box::new(Hello { offer, answer }))
}
