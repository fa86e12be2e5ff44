//! Dialogues with a hostile server: what a [`Dialogue`] promises, whatever comes.

use std::collections::VecDeque;
use std::net::Ipv4Addr;

use postern_shared::DomainName;
use postern_shared::evidence::{
    Chain, ConnectFailure, Fact, FailedHandshake, NoReply, Observation, Offer, SmtpEvent, SmtpFact,
    Step, TlsFact, Trust,
};
use postern_shared::protocol::{MAX_SERVER_MESSAGE, ServerMessage, encode};
use postern_shared::smtp::Reply;
use postern_shared::time::{Millis, Timestamp};
use postern_shared::tls::{Suite, Version};
use postern_shared::wording::Language;
use probe_server::etiquette::Etiquette;
use probe_server::smtp::{Action, Dialogue, Encryption, Identity, Input, Plan};
use probe_server::tls::hello::candidates::CURVES;

use super::evidence::observed;

/// The first words of all that is ever said: nothing that hands in mail, and nothing that logs in.
const VERBS: [&str; 10] = [
    "EHLO", "HELO", "STARTTLS", "HELP", "VRFY", "EXPN", "MAIL", "RCPT", "RSET", "QUIT",
];
/// What is said beside the commands of a plan: EHLO, STARTTLS, EHLO and HELO inside TLS, and QUIT.
const BESIDE: usize = 5;
/// Octets of an answer to a hello that come at once.
const PIECE: usize = 64;

/// What happens, as octets that stand in no honest reply. All others are what the server says.
mod mark {
    /// The server closes the connection.
    pub const CLOSED: u8 = 0;
    /// Nothing comes in time.
    pub const SILENT: u8 = 1;
    /// What came until here came at once.
    pub const CUT: u8 = 2;
    /// A handshake fails.
    pub const INSECURE: u8 = 3;
    /// The scan is stopped while an answer is awaited.
    pub const LEFT: u8 = 4;
    /// The scan is stopped while the first of what comes next is told.
    pub const LEFT_MIDWAY: u8 = 5;
    /// The last of them.
    pub const LAST: u8 = LEFT_MIDWAY;
}

/// A first octet that chooses a plan, and what a server does, as [`mark`] has it: the dialogue ends, and says nothing that
/// it should not.
pub fn smtp_dialogue(octets: &[u8]) {
    let Some((choice, octets)) = octets.split_first() else {
        return;
    };
    let mut talk = Talk::new(plan(*choice), octets);
    match choice {
        250.. => talk.take(Input::NotConnected(ConnectFailure::Refused)),
        _ => talk.take(Input::Connected),
    }
    while !talk.over {
        talk.step(choice % 2 == 0);
    }
    assert_eq!(talk.dialogue.handle(Input::Bytes(b"250 ok\r\n")), []);
}

fn plan(choice: u8) -> Plan {
    let identity = identity();
    let survey = || Plan::survey(&identity, &mut || choice);
    let relay = || Plan::relay(&identity);
    match choice / 2 % 11 {
        0 => survey(),
        1 => relay(),
        2 => Plan::relay_in_clear(&identity),
        3 => Plan::starttls(&identity, Vec::new()),
        4 => Plan::starttls(&identity, survey().commands),
        5 => Plan::starttls(&identity, relay().commands),
        6 => Plan::hello(&identity, offer(), false),
        7 => Plan::hello(&identity, offer(), true),
        8 => Plan::injection(&identity),
        9 => Plan::submission(&identity, false),
        _ => Plan::submission(&identity, true),
    }
}

fn identity() -> Identity {
    let domain = |name| DomainName::parse(name).expect("a domain");
    Identity {
        ehlo_name: "probe.example".to_owned(),
        relay_domain: domain("elsewhere.example"),
        domain: domain("scanned.example"),
        address: Ipv4Addr::LOCALHOST.into(),
        server_name: "mx.scanned.example".to_owned(),
    }
}

fn offer() -> Offer {
    Offer {
        version: Version::Tls12,
        suites: vec![Suite(0xc02b), Suite(0x009c)],
        groups: CURVES.to_vec(),
        fallback: false,
    }
}

fn secured() -> TlsFact {
    TlsFact {
        version: "TLS 1.3".to_owned(),
        suite: String::new(),
        group: None,
        server_name: "mx.scanned.example".to_owned(),
        trust: Trust::NoRoots,
        chain: None,
    }
}

/// A dialogue, and what is known of it from outside.
struct Talk<'a> {
    plan: Plan,
    dialogue: Dialogue,
    /// What the server does yet.
    rest: &'a [u8],
    waits_for: Waits,
    /// Commands that were said.
    said: usize,
    /// Events that were told.
    told: u16,
    /// A command was said and is not answered.
    unanswered: bool,
    greeted: bool,
    /// The server hears no commands: TLS was begun, or a hello was sent.
    deaf: bool,
    secure: bool,
    has_quit: bool,
    /// The server closed the connection.
    alone: bool,
    /// The server said 421.
    dismissed: bool,
    /// The scan was stopped.
    left: bool,
    /// The scan is to be stopped within the next actions.
    leaves_midway: bool,
    over: bool,
}

/// For what.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Waits {
    Connection,
    Reply,
    Handshake,
    Hello,
}

impl<'a> Talk<'a> {
    fn new(plan: Plan, rest: &'a [u8]) -> Self {
        let (dialogue, actions) = Dialogue::new(plan.clone(), &Etiquette::default());
        assert_eq!(actions, [Action::Connect]);
        Self {
            plan,
            dialogue,
            rest,
            waits_for: Waits::Connection,
            said: 0,
            told: 0,
            unanswered: false,
            greeted: false,
            deaf: false,
            secure: false,
            has_quit: false,
            alone: false,
            dismissed: false,
            left: false,
            leaves_midway: false,
            over: false,
        }
    }

    /// One thing that happens; when nothing is left, the server closes the connection, or is silent.
    fn step(&mut self, closes: bool) {
        let (first, rest) = match self.rest.split_first() {
            Some((first, rest)) => (*first, rest),
            None if closes => (mark::CLOSED, self.rest),
            None => (mark::SILENT, self.rest),
        };
        match (self.waits_for, first) {
            // No TLS begins so.
            (Waits::Hello, mark::LEFT_MIDWAY) => self.leaves_midway = true,
            (Waits::Hello, _) if !self.rest.is_empty() => return self.hear(PIECE),
            (_, mark::CLOSED) => self.end(Input::Eof),
            (_, mark::SILENT) => self.end(Input::TimedOut),
            (_, mark::LEFT) => self.leave(false),
            (_, mark::LEFT_MIDWAY) => self.leaves_midway = true,
            (Waits::Handshake, mark::INSECURE) => {
                self.end(Input::TlsFailed(FailedHandshake::default()));
            }
            (Waits::Handshake, _) => return self.take(Input::TlsReady(secured())),
            (_, mark::CUT | mark::INSECURE) => {}
            _ => return self.hear(usize::MAX),
        }
        self.rest = rest;
    }

    /// What the server says: up to a mark, or this many octets.
    fn hear(&mut self, most: usize) {
        let is_mark = |octet: &u8| *octet <= mark::LAST && most == usize::MAX;
        let marked = self.rest.iter().position(is_mark);
        let length = marked.unwrap_or(self.rest.len()).min(most);
        let (piece, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.take(Input::Bytes(piece));
    }

    /// After which nothing can come any more.
    fn end(&mut self, input: Input<'_>) {
        self.alone = matches!(input, Input::Eof);
        let was_left = self.left;
        self.take(input);
        // Who leaves while that is told says QUIT yet, where somebody is there to hear it.
        let takes_leave = self.left && !was_left && !self.alone;
        assert!(self.over || takes_leave, "it waits for what cannot come");
    }

    fn take(&mut self, input: Input<'_>) {
        let actions = self.dialogue.handle(input);
        self.act(actions.into());
    }

    fn act(&mut self, mut actions: VecDeque<Action>) {
        while let Some(action) = actions.pop_front() {
            let tells = matches!(action, Action::Emit(..) | Action::EmitHello(..));
            self.one(action);
            assert!(!self.over || actions.is_empty(), "{actions:?}");
            if tells && self.leaves_midway && !self.left {
                let is_unsent = |action: &Action| matches!(action, Action::Send(_));
                return self.leave(actions.iter().any(is_unsent));
            }
        }
        assert_eq!(self.over, self.dialogue.is_closed());
    }

    fn one(&mut self, action: Action) {
        match action {
            Action::Connect => panic!("a second connection"),
            Action::Send(octets) => self.send(&octets),
            Action::Expect(step, _) => {
                assert!(self.unanswered || step == Step::Greeting);
                self.waits_for = Waits::Reply;
            }
            Action::StartTls(name) => self.begin(&name, Waits::Handshake),
            Action::Hello(_, name, _) => self.begin(&name, Waits::Hello),
            Action::Emit(event, secure) => self.tell(event, secure),
            Action::EmitHello(offered, heard) => {
                assert!(self.waits_for == Waits::Hello);
                assert_eq!(offered, offer());
                assert!(heard.certificates.len() <= Chain::MAX);
            }
            Action::Close => self.close(),
        }
    }

    fn begin(&mut self, name: &str, waits_for: Waits) {
        assert!(!self.left && !self.secure && !self.unanswered);
        assert_eq!(name, self.plan.server_name);
        self.waits_for = waits_for;
        self.deaf = true;
    }

    fn send(&mut self, octets: &[u8]) {
        if self.waits_for == Waits::Hello {
            assert!(matches!(octets, [21, 3, _, 0, 2, 1, 0]), "{octets:?}");
            return;
        }
        let text = str::from_utf8(octets).expect("text");
        let line = text.strip_suffix("\r\n").expect("a line");
        let line = match line.strip_suffix("\r\nNOOP") {
            Some(line) if self.plan.tls == Encryption::Smuggling => line,
            _ => line,
        };
        assert!(self.is_ours(line), "{line:?}");
        assert!(self.greeted && !self.deaf, "nobody hears {line:?}");
        assert!(!self.unanswered && !self.has_quit, "too early: {line:?}");
        self.has_quit = line == "QUIT";
        assert!(self.has_quit || !self.left, "{line:?}");
        self.unanswered = true;
        self.said += 1;
        assert!(self.said <= self.plan.commands.len() + BESIDE);
    }

    /// Whether this is of the plan, or belongs to any dialogue: nothing that the server said is said again.
    fn is_ours(&self, line: &str) -> bool {
        let verb = line.split(' ').next().unwrap_or_default();
        let mut planned = self.plan.commands.iter();
        let is_known = match verb {
            "EHLO" | "HELO" => line[4..] == format!(" {}", self.plan.ehlo_name),
            "STARTTLS" | "QUIT" => line == verb,
            _ => planned.any(|command| command.line == line),
        };
        is_known && VERBS.contains(&verb)
    }

    fn tell(&mut self, event: SmtpEvent, secure: bool) {
        match &event {
            SmtpEvent::Replied { step, reply, .. } => self.replied(step, reply),
            SmtpEvent::NotReplied { instead, .. } => {
                self.unanswered = false;
                self.alone |= *instead == NoReply::Closed;
            }
            SmtpEvent::Secured(_) => {
                self.secure = true;
                self.deaf = false;
            }
            _ => {}
        }
        assert_eq!(secure, self.secure);
        self.told += 1;
        // Each command is answered once at most, the greeting and the smuggled command too; and there is TLS.
        assert!(usize::from(self.told) <= self.plan.commands.len() + BESIDE + 4);
        self.note(event, secure);
    }

    fn replied(&mut self, step: &Step, reply: &Reply) {
        assert!((200..600).contains(&reply.code));
        match step {
            Step::Greeting => self.greeted = true,
            Step::Smuggled => assert!(self.secure && self.unanswered),
            _ => assert!(std::mem::take(&mut self.unanswered), "{step:?}"),
        }
        self.deaf |= *step == Step::StartTls && reply.code == 220;
        self.dismissed |= reply.code == 421;
    }

    /// What is told fits a message, and is safe to show.
    fn note(&self, event: SmtpEvent, secure: bool) {
        let fact = Fact::Smtp(SmtpFact {
            address: Ipv4Addr::LOCALHOST.into(),
            port: 25,
            dialogue: self.plan.kind,
            sequence: self.told,
            secure,
            event,
            took: Millis(0),
        });
        observed(Language::ALL[0], &fact);
        let message = ServerMessage::Observed(Observation::new(Timestamp(0), fact));
        assert!(encode(&message).len() <= MAX_SERVER_MESSAGE);
    }

    /// Whether the server is there, and knows no reason why nothing is said any more.
    const fn is_owed_a_quit(&self) -> bool {
        self.greeted && !self.deaf && !self.alone && !self.has_quit
    }

    fn close(&mut self) {
        self.over = true;
        assert!(!self.is_owed_a_quit(), "gone without a word");
        let outcome = self.dialogue.take_outcome();
        if self.left {
            return;
        }
        assert!(outcome.unwelcome || !self.dismissed);
        assert!(!outcome.welcomed || self.greeted);
        assert_eq!(outcome.secured.is_some(), self.secure);
        let planned = |command| self.plan.commands.contains(command);
        assert!(outcome.deferred.iter().all(planned));
        assert!(outcome.deferred.len() <= self.plan.commands.len());
    }

    fn leave(&mut self, unsent: bool) {
        if self.left {
            return;
        }
        let Some((dialogue, actions)) = self.dialogue.leave(unsent) else {
            assert!(!self.is_owed_a_quit(), "left without a word");
            self.over = true;
            return;
        };
        assert!(self.greeted && !self.deaf, "nobody hears it");
        self.left = true;
        self.dialogue = dialogue;
        self.act(actions.into());
    }
}
