//! The conversation with a client, as a machine: what came in, what is to be done.

use postern_shared::DomainName;
use postern_shared::evidence::Vantage;
use postern_shared::protocol::{self, ClientMessage, Limits, RefusalCode, ServerMessage};
use postern_shared::time::Millis;

use crate::guard::Denial;
use crate::scan::Depth;
use crate::sink::ScanEvent;

/// What happened.
#[derive(Debug)]
pub enum Input<'a> {
    /// The client said something.
    Text(&'a str),
    /// The client sent what is no text, or too much of it.
    NotText,
    /// The client closed, or its connection broke.
    Gone,
    /// The scan that was asked for may be made; it has begun.
    Admitted,
    /// It may not.
    Denied(Denial),
    /// The scan told something.
    Event(ScanEvent),
    /// The scan ended.
    Ended(Result<Millis, RefusalCode>),
    /// The client said nothing for too long.
    Idle,
    /// The server is going down.
    ShutDown,
}

/// What to do.
#[derive(Debug, Eq, PartialEq)]
pub enum Output {
    /// Send this.
    Send(ServerMessage),
    /// Ask the guard, and begin this scan if it agrees.
    Admit(DomainName, Depth),
    /// Stop the scan.
    Stop,
    /// Close with this code of RFC 6455 §7.4.1; nothing follows.
    Close(u16),
}

/// Everything was said.
const NORMAL: u16 = 1000;
/// The server goes away.
const GOING_AWAY: u16 = 1001;
/// The client broke a rule.
const POLICY: u16 = 1008;

/// The machine.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Session {
    /// Waiting for the client to name a domain.
    AwaitScan,
    /// Waiting for the guard's word.
    AwaitAdmission,
    /// A scan runs.
    Scanning,
    /// Nothing more.
    Over,
}

impl Session {
    /// Welcomes a client, or turns it away.
    #[must_use]
    pub fn open(terms: Result<(Vantage, Limits), RefusalCode>) -> (Self, Vec<Output>) {
        match terms {
            Ok((vantage, limits)) => {
                let welcome = ServerMessage::Welcome { vantage, limits };
                (Self::AwaitScan, vec![Output::Send(welcome)])
            }
            Err(code) => Self::refuse(code, POLICY),
        }
    }

    /// Takes one input.
    #[must_use]
    pub fn handle(self, input: Input<'_>) -> (Self, Vec<Output>) {
        let (session, outputs) = match (self, input) {
            (Self::Over, _) => (Self::Over, Vec::new()),
            (_, Input::Gone) => (Self::Over, Vec::new()),
            (_, Input::ShutDown) => Self::refuse(RefusalCode::ShuttingDown, GOING_AWAY),
            (_, Input::NotText) => Self::refuse(RefusalCode::BadMessage, POLICY),
            (Self::AwaitScan, Input::Text(text)) => match protocol::decode(text) {
                Ok(ClientMessage::Scan { domain, deep }) => {
                    let admit = Output::Admit(domain, Depth::from(deep));
                    (Self::AwaitAdmission, vec![admit])
                }
                Err(_) => Self::refuse(RefusalCode::BadMessage, POLICY),
            },
            // One scan at a time: who wants another opens another socket.
            (_, Input::Text(_)) => Self::refuse(RefusalCode::BadMessage, POLICY),
            (Self::AwaitAdmission, Input::Admitted) => (Self::Scanning, Vec::new()),
            (Self::AwaitAdmission, Input::Denied(Denial { code, retry_after })) => {
                let refused = ServerMessage::Refused { code, retry_after };
                (Self::AwaitScan, vec![Output::Send(refused)])
            }
            (Self::Scanning, Input::Event(event)) => {
                (Self::Scanning, vec![Output::Send(event.into())])
            }
            (Self::Scanning, Input::Ended(result)) => {
                (Self::AwaitScan, vec![Output::Send(ending(result))])
            }
            (Self::AwaitScan, Input::Idle) => Self::refuse(RefusalCode::IdleTooLong, NORMAL),
            (state, _) => (state, Vec::new()),
        };
        let stop = self == Self::Scanning && session == Self::Over;
        let stop = stop.then_some(Output::Stop);
        (session, stop.into_iter().chain(outputs).collect())
    }

    fn refuse(code: RefusalCode, close: u16) -> (Self, Vec<Output>) {
        let refused = ServerMessage::Refused {
            code,
            retry_after: None,
        };
        (
            Self::Over,
            vec![Output::Send(refused), Output::Close(close)],
        )
    }
}

/// The last message of a scan.
const fn ending(result: Result<Millis, RefusalCode>) -> ServerMessage {
    match result {
        Ok(took) => ServerMessage::Finished { took },
        Err(code) => ServerMessage::Refused {
            code,
            retry_after: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_shared::protocol::Progress;

    const ASK: &str = r#"{"scan":{"domain":"example.org"}}"#;

    fn scanning() -> Session {
        let (session, outputs) = Session::AwaitScan.handle(Input::Text(ASK));
        let domain = DomainName::parse("example.org").unwrap();
        assert_eq!(outputs, [Output::Admit(domain, Depth::Verdict)]);
        let (session, outputs) = session.handle(Input::Admitted);
        assert_eq!((session, outputs.len()), (Session::Scanning, 0));
        session
    }

    fn refused(code: RefusalCode) -> Output {
        Output::Send(ServerMessage::Refused {
            code,
            retry_after: None,
        })
    }

    #[test]
    fn a_scan_from_beginning_to_end_and_then_another() {
        let event = ScanEvent::Progress(Progress::Resolving);
        let (session, outputs) = scanning().handle(Input::Event(event));
        let progress = ServerMessage::Progress(Progress::Resolving);
        assert_eq!(outputs, [Output::Send(progress)]);
        let (session, outputs) = session.handle(Input::Ended(Ok(Millis(7))));
        let finished = ServerMessage::Finished { took: Millis(7) };
        assert_eq!(outputs, [Output::Send(finished)]);
        assert_eq!(session, Session::AwaitScan);
    }

    #[test]
    fn whatever_ends_a_session_stops_its_scan() {
        for (input, close) in [
            (Input::Gone, None),
            (Input::ShutDown, Some((RefusalCode::ShuttingDown, 1001))),
            (Input::NotText, Some((RefusalCode::BadMessage, 1008))),
            (Input::Text(ASK), Some((RefusalCode::BadMessage, 1008))),
        ] {
            let (session, outputs) = scanning().handle(input);
            assert_eq!(session, Session::Over);
            let mut expected = vec![Output::Stop];
            if let Some((code, close)) = close {
                expected.extend([refused(code), Output::Close(close)]);
            }
            assert_eq!(outputs, expected);
            assert_eq!(session.handle(Input::Text(ASK)), (Session::Over, vec![]));
        }
    }

    #[test]
    fn rubbish_is_refused_and_denial_is_not_the_end() {
        for text in [
            "",
            "{}",
            "[]",
            r#"{"scan":{"domain":"192.0.2.1"}}"#,
            r#"{"stop":{}}"#,
        ] {
            let (session, outputs) = Session::AwaitScan.handle(Input::Text(text));
            assert_eq!(session, Session::Over, "{text}");
            assert_eq!(outputs[0], refused(RefusalCode::BadMessage), "{text}");
        }
        let denial = Denial {
            code: RefusalCode::CoolingDown,
            retry_after: Some(30),
        };
        let (session, outputs) = Session::AwaitAdmission.handle(Input::Denied(denial));
        assert_eq!(session, Session::AwaitScan);
        let told = ServerMessage::Refused {
            code: RefusalCode::CoolingDown,
            retry_after: Some(30),
        };
        assert_eq!(outputs, [Output::Send(told)]);
    }

    #[test]
    fn silence_ends_a_session_only_while_it_waits() {
        let (session, outputs) = Session::AwaitScan.handle(Input::Idle);
        assert_eq!(session, Session::Over);
        assert_eq!(outputs[0], refused(RefusalCode::IdleTooLong));
        assert_eq!(scanning().handle(Input::Idle), (Session::Scanning, vec![]));
    }

    #[test]
    fn strangers_are_turned_away_with_a_reason() {
        let (session, outputs) = Session::open(Err(RefusalCode::ForeignOrigin));
        assert_eq!(session, Session::Over);
        let expected = [refused(RefusalCode::ForeignOrigin), Output::Close(1008)];
        assert_eq!(outputs, expected);
    }
}
