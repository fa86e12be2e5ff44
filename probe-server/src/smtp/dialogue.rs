//! One dialogue as a machine: octets in, actions out. It has no socket and no clock.
//!
//! It never speaks before the greeting, never sends a second command before the first is answered,
//! never sends DATA, and says QUIT whenever it was greeted. A 421 anywhere ends it (RFC 5321 §3.8).

mod smuggled;
mod terms;

use std::collections::VecDeque;
use std::mem;

use postern_shared::evidence::{
    ConnectFailure, FailedHandshake, HelloAnswer, NoReply, Offer, SmtpEvent, Step,
};
use postern_shared::smtp::{Extensions, Reply, ReplyError};
use postern_shared::tls::Version;

pub use terms::{Action, Input, Outcome};

use self::smuggled::Smuggled;
use super::answers::AnswerReader;
use super::plan::{Command, Encryption, Plan};
use crate::etiquette::Etiquette;
use crate::tls::hello::{Ending, Heard, HelloReader};

/// The machine.
#[derive(Debug)]
pub struct Dialogue {
    plan: Plan,
    etiquette: Etiquette,
    state: State,
    commands: VecDeque<Command>,
    answers: AnswerReader,
    secure: bool,
    errors: u8,
    /// Nobody listens any more.
    leaving: bool,
    outcome: Outcome,
}

/// What is awaited.
#[derive(Debug)]
enum State {
    /// A connection.
    AwaitConnection,
    /// The reply to a step; with the line that was sent, except for the greeting.
    AwaitReply(Step, Option<String>),
    /// A completed handshake.
    AwaitHandshake,
    /// The answer to QUIT, behind what may be the answer to a smuggled command.
    AwaitSmuggled(Smuggled),
    /// The answer to a hello.
    AwaitHello(Offer, Box<HelloReader>),
    /// Nothing more.
    Closed,
}

impl Dialogue {
    /// A machine for `plan`, and how it begins.
    #[must_use]
    pub fn new(plan: Plan, etiquette: &Etiquette) -> (Self, Vec<Action>) {
        let dialogue = Self {
            commands: plan.commands.iter().cloned().collect(),
            plan,
            etiquette: *etiquette,
            state: State::AwaitConnection,
            answers: AnswerReader::default(),
            secure: false,
            errors: 0,
            leaving: false,
            outcome: Outcome::default(),
        };
        (dialogue, vec![Action::Connect])
    }

    /// What was learned; complete when the dialogue has closed.
    #[must_use]
    pub fn take_outcome(&mut self) -> Outcome {
        mem::take(&mut self.outcome)
    }

    /// Whether nothing follows any more.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed)
    }

    /// What goes on when this is left where it stands: only QUIT follows, after the answer that is awaited.
    /// Nothing where there is nobody to say it to, or where it was said.
    ///
    /// `unsent` says that the last line was not sent yet, and never will be.
    #[must_use]
    pub fn leave(&mut self, unsent: bool) -> Option<(Self, Vec<Action>)> {
        let state = mem::replace(&mut self.state, State::Closed);
        // After a hello nothing in clear is heard any more.
        if self.outcome.heard.is_some() {
            return None;
        }
        // Who has not greeted us is not spoken to.
        let speakable = match &state {
            State::AwaitReply(step, _) => !matches!(step, Step::Greeting | Step::Quit),
            State::AwaitConnection
            | State::AwaitHandshake
            | State::AwaitSmuggled(_)
            | State::AwaitHello(..)
            | State::Closed => false,
        };
        if !speakable && !unsent {
            return None;
        }
        let mut leaving = Self {
            plan: self.plan.clone(),
            etiquette: self.etiquette,
            state,
            commands: VecDeque::new(),
            answers: mem::take(&mut self.answers),
            secure: self.secure,
            errors: 0,
            leaving: true,
            outcome: Outcome::default(),
        };
        let actions = if unsent { leaving.quit() } else { Vec::new() };
        Some((leaving, actions))
    }

    /// Takes one input.
    #[must_use]
    pub fn handle(&mut self, input: Input<'_>) -> Vec<Action> {
        match mem::replace(&mut self.state, State::Closed) {
            State::AwaitConnection => self.connection(input),
            State::AwaitReply(step, sent) => self.reply(step, sent, input),
            State::AwaitHandshake => self.handshake(input),
            State::AwaitSmuggled(smuggled) => self.smuggled(smuggled, input),
            State::AwaitHello(offer, reader) => self.hello(offer, reader, input),
            State::Closed => Vec::new(),
        }
    }

    fn connection(&mut self, input: Input<'_>) -> Vec<Action> {
        let failure = match input {
            Input::Connected => {
                self.outcome.answered = Some(true);
                let connected = Action::Emit(SmtpEvent::Connected, false);
                let then = match self.plan.tls.clone() {
                    Encryption::AtOnce => self.begin_tls(),
                    Encryption::HelloAtOnce(offer) => self.begin_hello(offer),
                    _ => self.expect(Step::Greeting, None),
                };
                return vec![connected, then];
            }
            Input::NotConnected(failure) => failure,
            Input::TimedOut => ConnectFailure::TimedOut,
            _ => ConnectFailure::Local,
        };
        self.outcome.answered = match failure {
            ConnectFailure::Refused => Some(true),
            ConnectFailure::TimedOut => Some(false),
            ConnectFailure::Unreachable | ConnectFailure::Local => None,
        };
        let event = SmtpEvent::NotConnected(failure);
        vec![Action::Emit(event, false), Action::Close]
    }

    fn reply(&mut self, step: Step, sent: Option<String>, input: Input<'_>) -> Vec<Action> {
        let instead = match input {
            Input::Bytes(octets) => match self.answers.read(octets) {
                Ok(Some((reply, farewell))) => return self.replied(step, sent, reply, farewell),
                Ok(None) => {
                    self.state = State::AwaitReply(step, sent);
                    return Vec::new();
                }
                Err(ReplyError::Malformed(beginning)) => NoReply::Malformed(beginning),
                Err(ReplyError::LineTooLong | ReplyError::TooManyLines) => NoReply::Endless,
            },
            Input::TimedOut => NoReply::TimedOut,
            _ => NoReply::Closed,
        };
        self.no_reply(step, sent, instead)
    }

    fn replied(
        &mut self,
        step: Step,
        sent: Option<String>,
        reply: Reply,
        farewell: bool,
    ) -> Vec<Action> {
        self.outcome.unwelcome |= farewell || reply.code == 421;
        let event = SmtpEvent::Replied {
            step: step.clone(),
            sent,
            reply: reply.clone(),
        };
        let mut actions = vec![self.emit(event)];
        let begins_tls = step == Step::StartTls && reply.code == 220;
        // After the word to begin TLS nothing in clear is heard any more.
        let ends = self.outcome.unwelcome || self.leaving;
        actions.extend(if step == Step::Quit || (ends && begins_tls) {
            vec![Action::Close]
        } else if ends {
            self.quit()
        } else {
            self.go_on(step, &reply)
        });
        actions
    }

    /// Without an answer the dialogue is over; QUIT is said without waiting, if we were greeted.
    fn no_reply(&mut self, step: Step, sent: Option<String>, instead: NoReply) -> Vec<Action> {
        let speakable =
            !matches!(instead, NoReply::Closed) && !matches!(step, Step::Greeting | Step::Quit);
        if step == Step::Greeting {
            self.outcome.unwelcome = true;
        }
        let event = SmtpEvent::NotReplied {
            step,
            sent,
            instead,
        };
        let mut actions = vec![self.emit(event)];
        if speakable {
            actions.push(Action::Send(b"QUIT\r\n".to_vec()));
        }
        actions.push(Action::Close);
        actions
    }

    /// What follows a reply that is not 421.
    fn go_on(&mut self, step: Step, reply: &Reply) -> Vec<Action> {
        match &step {
            Step::Greeting => {
                if reply.is_positive() {
                    return self.ehlo();
                }
                // RFC 5321 §3.1: after 554 "MUST wait for the client to send a QUIT".
                self.outcome.unwelcome = true;
                self.quit()
            }
            // RFC 5321 §4.1.1.1: "EHLO" not recognized (500) or not implemented (502): fall back to HELO.
            Step::Ehlo if matches!(reply.code, 500 | 502) => {
                let line = format!("HELO {}", self.plan.ehlo_name);
                self.send(Step::Helo, line)
            }
            Step::Ehlo | Step::Helo => self.introduced(step == Step::Ehlo, reply),
            Step::StartTls if reply.code == 220 => {
                // RFC 3207 §4.2: nothing said before counts; octets behind the 220 are not read.
                self.answers = AnswerReader::default();
                vec![match self.plan.tls.clone() {
                    Encryption::Hello(offer) => self.begin_hello(offer),
                    _ => self.begin_tls(),
                }]
            }
            // Who says no has not gone over to TLS: the rest may be asked in clear.
            Step::StartTls if self.plan.tls == Encryption::WhereOffered => self.next_command(),
            Step::StartTls | Step::Quit => self.quit(),
            _ => self.answered(&step, reply),
        }
    }

    fn introduced(&mut self, extended: bool, reply: &Reply) -> Vec<Action> {
        if !reply.is_positive() {
            return self.quit();
        }
        self.outcome.welcomed = true;
        let offered = extended && Extensions::parse(reply).has("STARTTLS");
        self.outcome.offers_starttls |= offered && !self.secure;
        match self.plan.tls {
            Encryption::Smuggling if offered && !self.secure => self.smuggle(),
            Encryption::Never | Encryption::AtOnce => self.next_command(),
            _ if self.secure => self.next_command(),
            _ if offered => self.send(Step::StartTls, "STARTTLS".to_owned()),
            Encryption::WhereOffered => self.next_command(),
            _ => self.quit(),
        }
    }

    fn begin_tls(&mut self) -> Action {
        self.state = State::AwaitHandshake;
        Action::StartTls(self.plan.server_name.clone())
    }

    fn begin_hello(&mut self, offer: Offer) -> Action {
        let reader = Box::new(HelloReader::new(&offer));
        self.state = State::AwaitHello(offer.clone(), reader);
        let name = self.plan.server_name.clone();
        Action::Hello(offer, name, self.etiquette.handshake)
    }

    /// STARTTLS and a command behind it, before the answer: the one thing that is said out of turn.
    fn smuggle(&mut self) -> Vec<Action> {
        let octets = b"STARTTLS\r\nNOOP\r\n".to_vec();
        let sent = Some("STARTTLS".to_owned());
        vec![Action::Send(octets), self.expect(Step::StartTls, sent)]
    }

    /// Notes what an answer means for the commands that follow it.
    fn answered(&mut self, step: &Step, reply: &Reply) -> Vec<Action> {
        if reply.is_transient() || reply.is_permanent() {
            self.errors = self.errors.saturating_add(1);
        }
        if reply.code == 530 {
            self.defer(step);
        } else if let Step::MailFrom { form } = step
            && !reply.is_positive()
        {
            // Without a sender a recipient would only earn a 503.
            let form = *form;
            self.commands
                .retain(|command| command.step != Step::RcptTo { form });
            if matches!(self.commands.front(), Some(command) if command.step == Step::Rset) {
                self.commands.pop_front();
            }
        }
        if self.errors >= self.etiquette.errors_per_dialogue {
            return self.quit();
        }
        self.next_command()
    }

    /// A 530 will be given to every command of its kind: the rest is kept for TLS, not tried.
    fn defer(&mut self, step: &Step) {
        let kind = |other: &Step| match step {
            Step::MailFrom { .. } => matches!(
                other,
                Step::MailFrom { .. } | Step::RcptTo { .. } | Step::Rset
            ),
            Step::Vrfy { .. } => matches!(other, Step::Vrfy { .. }),
            // After an accepted MAIL, a 530 is about this recipient: it wants a login, not TLS. RSET asks nothing.
            Step::RcptTo { .. } | Step::Rset => false,
            _ => other == step,
        };
        let asked: Vec<_> = self
            .plan
            .commands
            .iter()
            .skip_while(|command| command.step != *step)
            .filter(|command| kind(&command.step))
            .cloned()
            .collect();
        self.commands.retain(|command| !kind(&command.step));
        self.outcome.deferred.extend(asked);
    }

    fn handshake(&mut self, input: Input<'_>) -> Vec<Action> {
        let without = |detail: &str| FailedHandshake {
            detail: detail.to_owned(),
            ..FailedHandshake::default()
        };
        let failed = match input {
            Input::TlsReady(fact) => {
                self.secure = true;
                self.outcome.secured = Some(fact.clone());
                let mut actions = vec![self.emit(SmtpEvent::Secured(fact))];
                actions.extend(self.secured());
                return actions;
            }
            Input::TlsFailed(failed) => failed,
            Input::TimedOut => without("no answer in time"),
            _ => without("the connection was closed"),
        };
        self.outcome.insecure = true;
        vec![self.emit(SmtpEvent::NotSecured(failed)), Action::Close]
    }

    /// What follows a completed handshake.
    fn secured(&mut self) -> Vec<Action> {
        match self.plan.tls {
            Encryption::AtOnce => vec![self.expect(Step::Greeting, None)],
            Encryption::Smuggling => {
                let patience = self.etiquette.patience(&Step::Quit);
                self.state = State::AwaitSmuggled(Smuggled::default());
                vec![
                    Action::Send(b"QUIT\r\n".to_vec()),
                    Action::Expect(Step::Quit, patience),
                ]
            }
            _ => self.ehlo(),
        }
    }

    fn smuggled(&mut self, mut smuggled: Smuggled, input: Input<'_>) -> Vec<Action> {
        match smuggled.handle(input) {
            None => {
                self.state = State::AwaitSmuggled(smuggled);
                Vec::new()
            }
            Some(events) => {
                self.outcome.unwelcome |= events.iter().any(is_farewell);
                let mut actions: Vec<_> = events.into_iter().map(|e| self.emit(e)).collect();
                actions.push(Action::Close);
                actions
            }
        }
    }

    fn hello(
        &mut self,
        offer: Offer,
        mut reader: Box<HelloReader>,
        input: Input<'_>,
    ) -> Vec<Action> {
        let heard = match input {
            Input::Bytes(octets) => match reader.hear(octets) {
                Some(heard) => heard,
                None => {
                    self.state = State::AwaitHello(offer, reader);
                    return Vec::new();
                }
            },
            Input::TimedOut => reader.end(Ending::TimedOut),
            _ => reader.end(Ending::Closed),
        };
        self.heard(offer, heard)
    }

    fn heard(&mut self, offer: Offer, heard: Heard) -> Vec<Action> {
        self.outcome.heard = Some(heard.answer.clone());
        // A server that chose waits for more; one that said no has gone.
        let chosen = match &heard.answer {
            HelloAnswer::Chosen(chosen) => Some(chosen.version),
            _ => None,
        };
        let mut actions = vec![Action::EmitHello(offer, heard)];
        actions.extend(chosen.map(|version| Action::Send(close_notify(version))));
        actions.push(Action::Close);
        actions
    }

    fn ehlo(&mut self) -> Vec<Action> {
        let line = format!("EHLO {}", self.plan.ehlo_name);
        self.send(Step::Ehlo, line)
    }

    fn next_command(&mut self) -> Vec<Action> {
        match self.commands.pop_front() {
            Some(Command { step, line }) => self.send(step, line),
            None => self.quit(),
        }
    }

    fn quit(&mut self) -> Vec<Action> {
        self.send(Step::Quit, "QUIT".to_owned())
    }

    fn send(&mut self, step: Step, line: String) -> Vec<Action> {
        let octets = format!("{line}\r\n").into_bytes();
        let mut actions = vec![Action::Send(octets)];
        actions.push(self.expect(step, Some(line)));
        actions
    }

    fn expect(&mut self, step: Step, sent: Option<String>) -> Action {
        let patience = self.etiquette.patience(&step);
        self.state = State::AwaitReply(step.clone(), sent);
        Action::Expect(step, patience)
    }

    const fn emit(&self, event: SmtpEvent) -> Action {
        Action::Emit(event, self.secure)
    }
}

/// Whether the server said 421.
const fn is_farewell(event: &SmtpEvent) -> bool {
    matches!(event, SmtpEvent::Replied { reply, .. } if reply.code == 421)
}

/// The leave that TLS knows (RFC 8446 §6.1), in a record of the version that was chosen; TLS 1.3 keeps the number of
/// 1.2 there (§5.1).
fn close_notify(version: Version) -> Vec<u8> {
    let [major, minor] = version.min(Version::Tls12).wire().to_be_bytes();
    vec![21, major, minor, 0, 2, 1, 0]
}

#[cfg(test)]
mod tests;
