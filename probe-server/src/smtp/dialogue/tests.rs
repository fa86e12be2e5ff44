//! Dialogues byte by byte.

use std::net::IpAddr;

use postern_shared::DomainName;
use postern_shared::evidence::{DialogueKind, FailedHandshake, Hello, HelloAnswer, TlsFact, Trust};
use postern_shared::tls::{Suite, Version};

use super::*;
use crate::smtp::Identity;

/// A server that answers by the first word of the command.
#[derive(Clone)]
struct Server {
    answers: Vec<(&'static str, Vec<u8>)>,
}

impl Server {
    /// Polite, and refusing everything that it may.
    fn new() -> Self {
        let answers = [
            ("", "220-mx.example\r\n220 ESMTP\r\n"),
            ("EHLO", "250-mx.example\r\n250-STARTTLS\r\n250 SIZE 10\r\n"),
            ("HELO", "250 mx.example\r\n"),
            ("HELP", "502 5.5.2 no\r\n"),
            ("VRFY", "252 2.0.0 perhaps\r\n"),
            ("EXPN", "502 5.5.2 no\r\n"),
            ("MAIL", "250 2.1.0 ok\r\n"),
            ("RCPT", "554 5.7.1 Relay access denied\r\n"),
            ("RSET", "250 2.0.0 ok\r\n"),
            ("STARTTLS", "220 2.0.0 go ahead\r\n"),
            ("QUIT", "221 2.0.0 bye\r\n"),
        ];
        Self {
            answers: answers
                .map(|(word, reply)| (word, reply.as_bytes().to_vec()))
                .to_vec(),
        }
    }

    /// The same server, but `word` is answered with `reply`.
    fn with(mut self, word: &'static str, reply: impl Into<Vec<u8>>) -> Self {
        self.answers.retain(|(known, _)| *known != word);
        self.answers.push((word, reply.into()));
        self
    }

    fn answer(&self, line: &str) -> Vec<u8> {
        let word = line.split(' ').next().unwrap();
        let found = self.answers.iter().find(|(known, _)| *known == word);
        found.map(|(_, reply)| reply.clone()).unwrap()
    }
}

/// What a conversation came to.
#[derive(Debug, PartialEq)]
struct Record {
    sent: Vec<String>,
    events: Vec<(SmtpEvent, bool)>,
    outcome: Outcome,
}

impl Record {
    fn codes(&self) -> Vec<u16> {
        let code = |event: &SmtpEvent| match event {
            SmtpEvent::Replied { reply, .. } => Some(reply.code),
            _ => None,
        };
        self.events.iter().filter_map(|(e, _)| code(e)).collect()
    }

    fn last_failure(&self) -> Option<(&Step, &NoReply)> {
        self.events.iter().rev().find_map(|(event, _)| match event {
            SmtpEvent::NotReplied { step, instead, .. } => Some((step, instead)),
            _ => None,
        })
    }
}

/// What the network does with each answer.
type Deliver<'a> = &'a mut dyn FnMut(&str, Vec<u8>) -> Vec<Delivery>;

enum Delivery {
    Bytes(Vec<u8>),
    Eof,
    TimedOut,
}

fn whole(_: &str, reply: Vec<u8>) -> Vec<Delivery> {
    vec![Delivery::Bytes(reply)]
}

/// Plays `plan` against `server`, and checks what must hold in every dialogue.
fn play(plan: Plan, server: &Server, deliver: Deliver<'_>) -> Record {
    let (mut dialogue, actions) = Dialogue::new(plan, &Etiquette::default());
    let mut actions: VecDeque<_> = actions.into();
    let mut sent = Vec::new();
    let mut events = Vec::new();
    let mut waiting: VecDeque<Delivery> = VecDeque::new();
    let mut awaited = None;
    while let Some(action) = actions.pop_front() {
        match action {
            Action::Connect => {
                waiting.extend(deliver("", server.answer("")));
                actions.extend(dialogue.handle(Input::Connected));
            }
            Action::Send(octets) => {
                let line = String::from_utf8(octets).unwrap();
                let line = line.strip_suffix("\r\n").unwrap();
                // The one thing that is said out of turn.
                let line = line.strip_suffix("\r\nNOOP").unwrap_or(line).to_owned();
                assert!(
                    !line.contains(['\r', '\n']),
                    "two commands at once: {line:?}"
                );
                assert_eq!(awaited, None, "spoke before the answer to {awaited:?}");
                waiting.clear();
                waiting.extend(deliver(&line, server.answer(&line)));
                sent.push(line);
            }
            Action::Expect(step, patience) => {
                assert!(!patience.is_zero());
                awaited = Some(step);
            }
            Action::StartTls(name) => {
                assert_eq!(name, "mx.example");
                actions.extend(dialogue.handle(Input::TlsReady(tls_fact())));
                if awaits_greeting(&actions) {
                    waiting.extend(deliver("", server.answer("")));
                }
            }
            Action::Hello(_, name, patience) => {
                assert_eq!(name, "mx.example");
                assert!(!patience.is_zero());
                waiting.clear();
                waiting.extend(deliver("HELLO", server.answer("HELLO")));
            }
            Action::EmitHello(offer, heard) => {
                let answer = heard.answer;
                let hello = Hello { offer, answer };
                events.push((SmtpEvent::Hello(Box::new(hello)), false));
            }
            Action::Emit(event, secure) => {
                awaited = None;
                events.push((event, secure));
            }
            Action::Close => break,
        }
        while actions.is_empty() && !dialogue.is_closed() {
            let input = match waiting.pop_front() {
                Some(Delivery::Bytes(octets)) => dialogue.handle(Input::Bytes(&octets)),
                Some(Delivery::Eof) => dialogue.handle(Input::Eof),
                Some(Delivery::TimedOut) | None => dialogue.handle(Input::TimedOut),
            };
            actions.extend(input);
        }
    }
    assert!(dialogue.is_closed());
    assert!(sent.iter().all(|line| !line.starts_with("DATA")));
    Record {
        sent,
        events,
        outcome: dialogue.take_outcome(),
    }
}

/// Whether TLS came before the greeting.
fn awaits_greeting(actions: &VecDeque<Action>) -> bool {
    actions
        .iter()
        .any(|action| matches!(action, Action::Expect(Step::Greeting, _)))
}

fn tls_fact() -> TlsFact {
    TlsFact {
        version: "TLS 1.3".to_owned(),
        suite: "TLS_AES_128_GCM_SHA256".to_owned(),
        group: None,
        server_name: "mx.example".to_owned(),
        trust: Trust::NoRoots,
        chain: None,
    }
}

fn identity() -> Identity {
    Identity {
        ehlo_name: "probe.example".to_owned(),
        relay_domain: DomainName::parse("elsewhere.example").unwrap(),
        domain: DomainName::parse("scanned.example").unwrap(),
        address: IpAddr::from([192, 0, 2, 1]),
        server_name: "mx.example".to_owned(),
    }
}

fn survey() -> Plan {
    Plan::survey(&identity(), &mut || 3)
}

/// All three plans, the last with something to ask inside TLS.
fn plans() -> [Plan; 3] {
    let questions = survey().commands;
    [
        survey(),
        Plan::relay_in_clear(&identity()),
        Plan::starttls(&identity(), questions),
    ]
}

#[test]
fn a_survey_from_greeting_to_quit() {
    let record = play(survey(), &Server::new(), &mut whole);
    let sent: Vec<_> = record.sent.iter().map(String::as_str).collect();
    let ddd = "d".repeat(16);
    assert_eq!(
        sent,
        [
            "EHLO probe.example",
            "HELP",
            "VRFY info",
            "VRFY admin",
            "VRFY root",
            &format!("VRFY {ddd}"),
            "VRFY postmaster",
            "VRFY hostmaster",
            "EXPN postmaster",
            "QUIT",
        ]
    );
    assert_eq!(
        record.codes(),
        [220, 250, 502, 252, 252, 252, 252, 252, 252, 502, 221]
    );
    assert!(record.outcome.welcomed && record.outcome.offers_starttls);
    assert!(!record.outcome.unwelcome);
}

#[test]
fn envelopes_are_reset_and_a_refused_sender_gets_no_recipient() {
    let record = play(
        Plan::relay_in_clear(&identity()),
        &Server::new(),
        &mut whole,
    );
    let count = |word: &str| record.sent.iter().filter(|l| l.starts_with(word)).count();
    assert_eq!((count("MAIL"), count("RCPT"), count("RSET")), (6, 6, 5));
    let refusing = Server::new().with("MAIL", "550 5.1.8 Sender unknown\r\n");
    let record = play(Plan::relay_in_clear(&identity()), &refusing, &mut whole);
    let words: Vec<_> = record.sent.iter().map(|l| &l[..4]).collect();
    assert_eq!(
        words,
        [
            "EHLO", "MAIL", "MAIL", "MAIL", "MAIL", "MAIL", "MAIL", "QUIT"
        ]
    );
}

#[test]
fn starttls_says_ehlo_again_and_asks_inside() {
    let [_, _, plan] = plans();
    let record = play(plan, &Server::new(), &mut whole);
    assert_eq!(
        record.sent[..4],
        [
            "EHLO probe.example",
            "STARTTLS",
            "EHLO probe.example",
            "HELP"
        ]
    );
    let secured = record
        .events
        .iter()
        .position(|(event, _)| matches!(event, SmtpEvent::Secured(_)))
        .unwrap();
    for (index, (_, secure)) in record.events.iter().enumerate() {
        assert_eq!(*secure, index >= secured);
    }
    assert_eq!(record.sent.last().unwrap(), "QUIT");
    // Octets behind the 220 were said in clear: they are no answer inside TLS.
    let injecting = Server::new().with("STARTTLS", "220 go\r\n250 injected\r\n");
    let [_, _, plan] = plans();
    let again = play(plan, &injecting, &mut whole);
    assert_eq!(again.codes(), record.codes());
    // Where it is not announced it is not tried.
    let without = Server::new().with("EHLO", "250 mx.example\r\n");
    let [_, _, plan] = plans();
    let record = play(plan, &without, &mut whole);
    assert_eq!(record.sent, ["EHLO probe.example", "QUIT"]);
}

#[test]
fn every_reply_cut_at_every_byte() {
    for plan in plans() {
        let server = Server::new();
        let expected = play(plan.clone(), &server, &mut whole);
        for victim in 0..expected.codes().len() {
            for cut in 0..80 {
                let mut number = 0;
                let mut cutting = |_: &str, reply: Vec<u8>| {
                    number += 1;
                    if number != victim + 1 || cut >= reply.len() {
                        return vec![Delivery::Bytes(reply)];
                    }
                    let (head, tail) = reply.split_at(cut);
                    vec![Delivery::Bytes(head.into()), Delivery::Bytes(tail.into())]
                };
                let record = play(plan.clone(), &server, &mut cutting);
                assert_eq!(record, expected, "reply {victim} cut at {cut}");
            }
        }
        let octet_by_octet = &mut |_: &str, reply: Vec<u8>| {
            let octets = reply.into_iter();
            octets.map(|octet| Delivery::Bytes(vec![octet])).collect()
        };
        assert_eq!(play(plan, &server, octet_by_octet), expected);
    }
}

/// Spoils the answer to each step in turn; `check` sees the record and the step's number.
fn spoil_each(spoil: impl Fn(Vec<u8>) -> Vec<Delivery>, check: impl Fn(&Record, usize, usize)) {
    for plan in plans() {
        let server = Server::new();
        let steps = play(plan.clone(), &server, &mut whole).codes().len();
        for victim in 0..steps {
            let mut number = 0;
            let mut spoiling = |_: &str, reply: Vec<u8>| {
                number += 1;
                if number == victim + 1 {
                    spoil(reply)
                } else {
                    vec![Delivery::Bytes(reply)]
                }
            };
            let record = play(plan.clone(), &server, &mut spoiling);
            check(&record, victim, steps);
        }
    }
}

#[test]
fn silence_at_each_step_ends_the_dialogue_with_quit() {
    for half in [&b""[..], b"25", b"250-half\r\n"] {
        let silent = |_| vec![Delivery::Bytes(half.to_vec()), Delivery::TimedOut];
        spoil_each(silent, |record, victim, steps| {
            let (_, instead) = record.last_failure().unwrap();
            assert_eq!(*instead, NoReply::TimedOut);
            assert_eq!(record.codes().len(), victim);
            // Who was never greeted is not spoken to; who was asked QUIT is not asked again.
            let quits = record.sent.iter().filter(|line| *line == "QUIT").count();
            assert_eq!(quits, usize::from(victim > 0), "{victim} of {steps}");
        });
    }
}

#[test]
fn hanging_up_at_each_step_keeps_what_was_seen() {
    for half in [&b""[..], b"2", b"250-half\r\n250-"] {
        let closing = |_| vec![Delivery::Bytes(half.to_vec()), Delivery::Eof];
        spoil_each(closing, |record, victim, _| {
            let (_, instead) = record.last_failure().unwrap();
            assert_eq!(*instead, NoReply::Closed);
            assert_eq!(record.codes().len(), victim);
        });
    }
}

#[test]
fn a_421_at_each_step_is_obeyed() {
    let busy = |_| vec![Delivery::Bytes(b"421 4.3.2 too busy\r\n".to_vec())];
    spoil_each(busy, |record, victim, steps| {
        assert!(record.outcome.unwelcome);
        assert_eq!(record.codes()[victim], 421);
        let last = victim + 1 == steps;
        // QUIT and its answer, unless it was QUIT that was answered so.
        assert_eq!(record.codes().len(), if last { steps } else { victim + 2 });
        assert_eq!(record.sent.last().unwrap(), "QUIT");
    });
}

#[test]
fn a_421_right_behind_an_answer_is_obeyed_too() {
    let server = Server::new().with("HELP", "502 no\r\n421 4.7.0 too many errors\r\n");
    let record = play(survey(), &server, &mut whole);
    assert!(record.outcome.unwelcome);
    assert_eq!(record.sent, ["EHLO probe.example", "HELP", "QUIT"]);
}

#[test]
fn what_is_no_smtp_ends_the_dialogue() {
    let rubbish = |_| vec![Delivery::Bytes(b"\x00\x1b[2J\xff nonsense\r\n".to_vec())];
    spoil_each(rubbish, |record, victim, _| {
        let (_, instead) = record.last_failure().unwrap();
        let NoReply::Malformed(shown) = instead else {
            panic!("{instead:?}")
        };
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
        let quits = record.sent.iter().filter(|line| *line == "QUIT").count();
        assert_eq!(quits, usize::from(victim > 0));
    });
}

#[test]
fn a_hundred_megabytes_without_a_line_end_are_not_kept() {
    let (mut dialogue, _) = Dialogue::new(survey(), &Etiquette::default());
    let _ = dialogue.handle(Input::Connected);
    let piece = vec![b'2'; 64 * 1024];
    let mut taken = 0;
    while !dialogue.is_closed() {
        assert!(taken < 100 * 1024 * 1024);
        let actions = dialogue.handle(Input::Bytes(&piece));
        taken += piece.len();
        if let Some(Action::Emit(event, _)) = actions.first() {
            let endless = SmtpEvent::NotReplied {
                step: Step::Greeting,
                sent: None,
                instead: NoReply::Endless,
            };
            assert_eq!(*event, endless);
        }
    }
    assert!(taken <= 128 * 1024, "{taken}");
}

#[test]
fn ten_thousand_lines_and_control_octets_are_one_safe_reply() {
    let mut help = b"214-topic\x00\x07\xe2\x80\xae\r\n".repeat(10_000);
    help.extend_from_slice(b"214 end\r\n");
    let record = play(survey(), &Server::new().with("HELP", help), &mut whole);
    let reply = record
        .events
        .iter()
        .find_map(|(event, _)| match event {
            SmtpEvent::Replied {
                step: Step::Help,
                reply,
                ..
            } => Some(reply),
            _ => None,
        })
        .unwrap();
    assert_eq!((reply.code, reply.lines.len()), (214, 100));
    assert!(reply.lines.iter().all(|l| !l.chars().any(char::is_control)));
    assert_eq!(record.sent.last().unwrap(), "QUIT");
    assert_eq!(record.codes().len(), 11);
}

#[test]
fn an_answer_that_came_too_early_answers_nothing() {
    // Two replies to HELP, the second cut: its rest arrives after VRFY was sent.
    let server = Server::new();
    let mut number = 0;
    let mut early = |line: &str, reply: Vec<u8>| {
        number += 1;
        match line {
            "HELP" => vec![Delivery::Bytes(b"502 no\r\n502-st".to_vec())],
            "VRFY info" => vec![Delivery::Bytes(
                [b"ale\r\n502 stale\r\n", &reply[..]].concat(),
            )],
            _ => vec![Delivery::Bytes(reply)],
        }
    };
    let record = play(survey(), &server, &mut early);
    assert_eq!(
        record.codes(),
        [220, 250, 502, 252, 252, 252, 252, 252, 252, 502, 221]
    );
}

#[test]
fn rubbish_behind_an_answer_does_not_spoil_it() {
    let server = Server::new().with("HELP", "502 no\r\n\x00\x00 what is this\r\n250 stale\r\n");
    let record = play(survey(), &server, &mut whole);
    let expected = play(
        survey(),
        &Server::new().with("HELP", "502 no\r\n"),
        &mut whole,
    );
    assert_eq!(record, expected);
}

#[test]
fn helo_after_an_unknown_ehlo_and_goodbye_after_a_refused_one() {
    for code in ["500", "502"] {
        let server = Server::new().with("EHLO", format!("{code} what?\r\n"));
        let record = play(survey(), &server, &mut whole);
        assert_eq!(
            record.sent[..2],
            ["EHLO probe.example", "HELO probe.example"]
        );
        assert!(record.outcome.welcomed && !record.outcome.offers_starttls);
        assert_eq!(record.sent.len(), 11);
    }
    let server = Server::new().with("EHLO", "550 5.7.1 your address is listed\r\n");
    let record = play(survey(), &server, &mut whole);
    assert_eq!(record.sent, ["EHLO probe.example", "QUIT"]);
    assert!(!record.outcome.welcomed);
}

#[test]
fn a_greeting_that_is_no_welcome_is_answered_with_quit() {
    for greeting in [
        "554 5.7.1 go away\r\n",
        "450 4.3.2 later\r\n",
        "421 busy\r\n",
    ] {
        let record = play(survey(), &Server::new().with("", greeting), &mut whole);
        assert_eq!(record.sent, ["QUIT"]);
        assert!(record.outcome.unwelcome && !record.outcome.welcomed);
    }
}

#[test]
fn a_server_that_demands_tls_is_asked_once_and_then_inside() {
    let demand = "530 5.7.0 Must issue a STARTTLS command first\r\n";
    let server = Server::new().with("VRFY", demand).with("MAIL", demand);
    let surveyed = play(survey(), &server, &mut whole);
    let vrfys = surveyed.sent.iter().filter(|l| l.starts_with("VRFY"));
    assert_eq!(vrfys.count(), 1);
    assert_eq!(surveyed.outcome.deferred.len(), 6);
    let relayed = play(Plan::relay_in_clear(&identity()), &server, &mut whole);
    assert_eq!(relayed.sent.len(), 3, "{:?}", relayed.sent);
    assert_eq!(
        relayed.outcome.deferred,
        Plan::relay_in_clear(&identity()).commands
    );
    let plan = Plan::starttls(&identity(), relayed.outcome.deferred);
    let record = play(plan, &Server::new(), &mut whole);
    let inside = record.events.iter().filter(|(event, secure)| {
        let step = matches!(
            event,
            SmtpEvent::Replied {
                step: Step::RcptTo { .. },
                ..
            }
        );
        step && *secure
    });
    assert_eq!(inside.count(), 6);
    // Nothing is put off twice, and no RSET by itself.
    let late = server.with("MAIL", "250 ok\r\n").with("RSET", demand);
    let late = play(Plan::relay_in_clear(&identity()), &late, &mut whole);
    assert_eq!(late.outcome.deferred, []);
    // A recipient refused so wants a login: that is an answer, and no reason to come again.
    let login = Server::new().with("RCPT", "530 5.7.1 Authentication required\r\n");
    let record = play(Plan::relay_in_clear(&identity()), &login, &mut whole);
    assert_eq!(record.outcome.deferred, []);
}

#[test]
fn envelopes_go_inside_tls_where_it_is_offered_and_in_clear_where_not() {
    let record = play(Plan::relay(&identity()), &Server::new(), &mut whole);
    assert_eq!(
        record.sent[..3],
        ["EHLO probe.example", "STARTTLS", "EHLO probe.example"]
    );
    let envelopes = Plan::relay(&identity()).commands.len();
    assert_eq!(record.sent.len(), 3 + envelopes + 1);
    assert!(
        record
            .events
            .iter()
            .rev()
            .take(envelopes)
            .all(|(_, secure)| *secure)
    );
    assert!(record.outcome.secured.is_some() && record.outcome.offers_starttls);
    for server in [
        Server::new().with("EHLO", "250 mx.example\r\n"),
        Server::new().with("STARTTLS", "454 4.7.0 not now\r\n"),
    ] {
        let record = play(Plan::relay(&identity()), &server, &mut whole);
        assert!(record.events.iter().all(|(_, secure)| !secure));
        let recipients = record.sent.iter().filter(|line| line.starts_with("RCPT"));
        assert_eq!(recipients.count(), 6, "{:?}", record.sent);
        assert!(record.outcome.secured.is_none() && !record.outcome.insecure);
    }
}

#[test]
fn a_smuggled_command_is_sent_with_starttls_and_its_answer_told() {
    let steps = |record: &Record| -> Vec<(Step, u16)> {
        let step = |event: &SmtpEvent| match event {
            SmtpEvent::Replied { step, reply, .. } => Some((step.clone(), reply.code)),
            _ => None,
        };
        let inside = record.events.iter().filter(|(_, secure)| *secure);
        inside.filter_map(|(event, _)| step(event)).collect()
    };
    let plan = || Plan::injection(&identity());
    let clean = play(plan(), &Server::new(), &mut whole);
    assert_eq!(clean.sent, ["EHLO probe.example", "STARTTLS", "QUIT"]);
    assert_eq!(steps(&clean), [(Step::Quit, 221)]);
    let flawed = Server::new().with("QUIT", "250 2.0.0 ok\r\n221 bye\r\n");
    let flawed = play(plan(), &flawed, &mut whole);
    assert_eq!(steps(&flawed), [(Step::Smuggled, 250), (Step::Quit, 221)]);
    let refusing = Server::new().with("STARTTLS", "554 5.5.1 not like this\r\n");
    let refused = play(plan(), &refusing, &mut whole);
    assert_eq!(refused.codes(), [220, 250, 554, 221]);
    for farewell in ["421 busy\r\n", "250 ok\r\n421 busy\r\n"] {
        let dismissing = Server::new().with("QUIT", farewell);
        assert!(play(plan(), &dismissing, &mut whole).outcome.unwelcome);
    }
    let without = Server::new().with("EHLO", "250 mx.example\r\n");
    let without = play(plan(), &without, &mut whole);
    assert_eq!(without.sent, ["EHLO probe.example", "QUIT"]);
}

#[test]
fn where_tls_comes_first_the_greeting_is_inside_it() {
    let record = play(
        Plan::submission(&identity(), true),
        &Server::new(),
        &mut whole,
    );
    assert_eq!(record.sent, ["EHLO probe.example", "QUIT"]);
    assert_eq!(record.codes(), [220, 250, 221]);
    assert!(record.events.iter().skip(2).all(|(_, secure)| *secure));
    let record = play(
        Plan::submission(&identity(), false),
        &Server::new(),
        &mut whole,
    );
    assert_eq!(
        record.sent,
        [
            "EHLO probe.example",
            "STARTTLS",
            "EHLO probe.example",
            "QUIT"
        ]
    );
}

#[test]
fn a_hello_ends_the_dialogue_whatever_answers_it() {
    let offer = Offer {
        version: Version::Tls12,
        suites: vec![Suite(0x000a)],
        groups: Vec::new(),
        fallback: false,
    };
    let alert = b"\x15\x03\x03\x00\x02\x02\x28".to_vec();
    let server = Server::new().with("HELLO", alert);
    for at_once in [false, true] {
        let plan = || Plan::hello(&identity(), offer.clone(), at_once);
        let record = play(plan(), &server, &mut whole);
        let sent: &[&str] = match at_once {
            true => &[],
            false => &["EHLO probe.example", "STARTTLS"],
        };
        assert_eq!(record.sent, sent);
        assert_eq!(record.outcome.heard, Some(HelloAnswer::Alert(40)));
        let Some((SmtpEvent::Hello(hello), false)) = record.events.last() else {
            panic!("{record:?}")
        };
        assert_eq!(hello.offer, offer);
        let mut hang_up = |line: &str, reply| match line {
            "HELLO" => vec![Delivery::Eof],
            _ => vec![Delivery::Bytes(reply)],
        };
        let record = play(plan(), &server, &mut hang_up);
        assert_eq!(record.outcome.heard, Some(HelloAnswer::Closed));
        let mut silent = |line: &str, reply| match line {
            "HELLO" => Vec::new(),
            _ => vec![Delivery::Bytes(reply)],
        };
        let record = play(plan(), &server, &mut silent);
        assert_eq!(record.outcome.heard, Some(HelloAnswer::TimedOut));
    }
}

#[test]
fn errors_are_bounded() {
    let mut plan = survey();
    plan.commands = vec![plan.commands; 5].concat();
    let server = Server::new()
        .with("VRFY", "550 5.1.1 unknown\r\n")
        .with("HELP", "500 what?\r\n");
    let record = play(plan, &server, &mut whole);
    assert_eq!(
        record.codes().iter().filter(|code| **code >= 400).count(),
        8
    );
    assert_eq!(record.sent.last().unwrap(), "QUIT");
}

#[test]
fn no_connection_is_a_fact_and_the_end() {
    for (input, failure) in [
        (
            Input::NotConnected(ConnectFailure::Refused),
            ConnectFailure::Refused,
        ),
        (Input::TimedOut, ConnectFailure::TimedOut),
    ] {
        let (mut dialogue, actions) = Dialogue::new(survey(), &Etiquette::default());
        assert_eq!(actions, [Action::Connect]);
        let actions = dialogue.handle(input);
        let event = SmtpEvent::NotConnected(failure);
        assert_eq!(actions, [Action::Emit(event, false), Action::Close]);
        assert!(!dialogue.take_outcome().welcomed);
    }
}

#[test]
fn a_failed_handshake_is_a_fact_and_nothing_is_said_after_it() {
    for input in [
        Input::TlsFailed(FailedHandshake::default()),
        Input::TimedOut,
        Input::Eof,
    ] {
        let plan = Plan::starttls(&identity(), Vec::new());
        assert_eq!(plan.kind, DialogueKind::StartTls);
        let (mut dialogue, _) = Dialogue::new(plan, &Etiquette::default());
        let _ = dialogue.handle(Input::Connected);
        let _ = dialogue.handle(Input::Bytes(b"220 hi\r\n"));
        let _ = dialogue.handle(Input::Bytes(b"250-mx\r\n250 STARTTLS\r\n"));
        let actions = dialogue.handle(Input::Bytes(b"220 go\r\n"));
        assert_eq!(actions.last(), Some(&Action::StartTls("mx.example".into())));
        let actions = dialogue.handle(input);
        let [Action::Emit(SmtpEvent::NotSecured(_), false), Action::Close] = &actions[..] else {
            panic!("{actions:?}")
        };
    }
}

/// A dialogue that was played until it awaits the answer to a line that begins so.
fn awaiting(plan: Plan, server: &Server, line: &str) -> Dialogue {
    let (mut dialogue, _) = Dialogue::new(plan, &Etiquette::default());
    let mut actions: VecDeque<_> = dialogue.handle(Input::Connected).into();
    let mut answer = server.answer("");
    loop {
        for action in actions.drain(..) {
            assert_ne!(action, Action::Close, "{line} was never sent");
            if let Action::Send(octets) = action {
                let sent = String::from_utf8(octets).unwrap();
                answer = server.answer(sent.trim_end());
                if sent.starts_with(line) {
                    return dialogue;
                }
            }
        }
        actions.extend(dialogue.handle(Input::Bytes(&answer)));
    }
}

fn sends_quit(actions: &[Action]) -> bool {
    actions.contains(&Action::Send(b"QUIT\r\n".to_vec()))
}

#[test]
fn who_leaves_waits_for_the_answer_and_says_quit_and_nothing_else() {
    let server = Server::new();
    for line in ["EHLO", "HELP", "VRFY"] {
        let (mut left, actions) = awaiting(survey(), &server, line).leave(false).unwrap();
        assert_eq!(actions, [], "{line}");
        let half = left.handle(Input::Bytes(b"250-more"));
        assert_eq!(half, [], "{line}");
        let whole = left.handle(Input::Bytes(b"\r\n250 end\r\n"));
        let sent = |action: &&Action| matches!(action, Action::Send(_));
        assert_eq!(whole.iter().filter(sent).count(), 1, "{line}: {whole:?}");
        assert!(sends_quit(&whole), "{line}: {whole:?}");
        let bye = left.handle(Input::Bytes(b"221 bye\r\n"));
        assert_eq!(bye.last(), Some(&Action::Close), "{line}");
    }
}

#[test]
fn half_an_answer_that_is_there_already_is_not_forgotten() {
    let mut dialogue = awaiting(survey(), &Server::new(), "HELP");
    assert_eq!(dialogue.handle(Input::Bytes(b"214-one\r\n21")), []);
    let (mut left, _) = dialogue.leave(false).unwrap();
    assert!(sends_quit(&left.handle(Input::Bytes(b"4 two\r\n"))));
}

#[test]
fn who_leaves_with_a_line_unsent_need_not_wait() {
    let mut dialogue = awaiting(survey(), &Server::new(), "HELP");
    let (mut left, actions) = dialogue.leave(true).unwrap();
    assert!(sends_quit(&actions));
    let bye = left.handle(Input::Bytes(b"221 bye\r\n"));
    assert_eq!(bye.last(), Some(&Action::Close));
}

#[test]
fn nothing_is_said_on_leaving_where_nothing_may_be_said() {
    let server = Server::new();
    let (mut fresh, _) = Dialogue::new(survey(), &Etiquette::default());
    assert!(fresh.leave(false).is_none());
    let (mut greeted, _) = Dialogue::new(survey(), &Etiquette::default());
    let _ = greeted.handle(Input::Connected);
    assert!(greeted.leave(false).is_none(), "spoke before the greeting");
    let mut quitting = awaiting(survey(), &server, "QUIT");
    assert!(quitting.leave(false).is_none(), "said QUIT twice");
    // The server is ready for a handshake, and hears no command.
    let plan = || Plan::starttls(&identity(), Vec::new());
    let mut dialogue = awaiting(plan(), &server, "STARTTLS");
    let (mut left, _) = dialogue.leave(false).unwrap();
    let ready = left.handle(Input::Bytes(b"220 go ahead\r\n"));
    assert!(!sends_quit(&ready), "{ready:?}");
    assert_eq!(ready.last(), Some(&Action::Close));
    let mut dialogue = awaiting(plan(), &server, "STARTTLS");
    let _ = dialogue.handle(Input::Bytes(b"220 go ahead\r\n"));
    assert!(dialogue.leave(false).is_none());
}

#[test]
fn quit_does_not_take_the_place_of_the_leave_that_tls_knows() {
    let offer = Offer {
        version: Version::Tls12,
        suites: vec![Suite(0x009c)],
        groups: Vec::new(),
        fallback: false,
    };
    let plan = Plan::hello(&identity(), offer, true);
    let (mut dialogue, _) = Dialogue::new(plan, &Etiquette::default());
    let _ = dialogue.handle(Input::Connected);
    let server_hello = [
        &[22, 3, 3, 0, 46, 2, 0, 0, 38, 3, 3][..],
        &[7; 32],
        &[0, 0, 0x9c, 0, 14, 0, 0, 0],
    ];
    let actions = dialogue.handle(Input::Bytes(&server_hello.concat()));
    let [Action::EmitHello(..), Action::Send(_), Action::Close] = &actions[..] else {
        panic!("{actions:?}")
    };
    // The scan is stopped while the answer is told.
    assert!(dialogue.leave(true).is_none());
}

#[test]
fn a_farewell_behind_the_word_to_begin_tls_is_not_answered() {
    let server = Server::new().with("STARTTLS", "220 go ahead\r\n421 busy\r\n");
    let plan = Plan::starttls(&identity(), Vec::new());
    let record = play(plan, &server, &mut whole);
    assert_eq!(record.sent, ["EHLO probe.example", "STARTTLS"]);
    assert!(record.outcome.unwelcome && !record.outcome.begins_tls());
}
