//! Evidence, written tersely.

use std::net::IpAddr;
use std::path::Path;

use postern_shared::DomainName;
use postern_shared::blocklist;
use postern_shared::dns::{Answer, Name, Question, RecordData, RecordType, Response, TxtRecord};
use postern_shared::evidence::{
    BlocklistFact, BlocklistOutcome, BlocklistTest, DialogueKind, DnsFact, Evidence, Fact, Family,
    Observation, ProbeOutcome, SmtpEvent, SmtpFact, Step, TargetFact, TargetRuling, Vantage,
};
use postern_shared::report::{ProfileName, close};
use postern_shared::smtp::{RelayForm, Reply};
use postern_shared::time::{Millis, Timestamp};

/// A moment for every observation: the golden reports are about what was seen, not when.
const AT: Timestamp = Timestamp(1_767_225_600_000);

pub(crate) struct Builder(Evidence);

pub(crate) fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub(crate) fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

impl Builder {
    pub(crate) fn new(domain: &str) -> Self {
        let mut builder = Self(Evidence::new(DomainName::parse(domain).unwrap()));
        builder.fact(Fact::Vantage(Vantage {
            software: "probe".into(),
            ehlo_name: "probe.example.net".into(),
            port25: Some(true),
            ipv6: Some(true),
        }));
        builder.fact(Fact::Probe(ProbeOutcome::Finished { took: Millis(9000) }));
        builder
    }

    /// The evidence of a scan that is over: what these reports never asked stays unknown.
    pub(crate) fn build(mut self) -> Evidence {
        let ended = ProbeOutcome::Finished { took: Millis(9000) };
        close(&mut self.0, ProfileName::Standards.profile(), ended);
        self.0
    }

    fn fact(&mut self, fact: Fact) {
        self.0.apply(Observation::new(AT, fact));
    }

    /// An answer; `records` empty is NODATA.
    pub(crate) fn dns(
        &mut self,
        owner: &str,
        record_type: RecordType,
        records: Vec<RecordData>,
    ) -> &mut Self {
        self.response(owner, record_type, Response::from_records(records))
    }

    pub(crate) fn response(
        &mut self,
        owner: &str,
        record_type: RecordType,
        response: Response,
    ) -> &mut Self {
        self.fact(Fact::Dns(DnsFact {
            question: Question::new(name(owner), record_type),
            answer: Answer::new(response),
            resolver: "doh".into(),
            took: Millis(20),
        }));
        self
    }

    pub(crate) fn nothing_at(&mut self, owner: &str, record_type: RecordType) -> &mut Self {
        self.response(owner, record_type, Response::NxDomain)
    }

    pub(crate) fn txt(&mut self, owner: &str, text: &str) -> &mut Self {
        self.dns(
            owner,
            RecordType::Txt,
            vec![RecordData::Txt(TxtRecord::single(text))],
        )
    }

    pub(crate) fn a(&mut self, owner: &str, addresses: &[&str]) -> &mut Self {
        let records = addresses
            .iter()
            .map(|text| RecordData::A(text.parse().unwrap()))
            .collect();
        // Of IPv6 the reports say nothing.
        self.dns(owner, RecordType::A, records)
    }

    pub(crate) fn mx(&mut self, owner: &str, exchanges: &[(u16, &str)]) -> &mut Self {
        let record = |(preference, exchange): &(u16, &str)| RecordData::Mx {
            preference: *preference,
            exchange: name(exchange),
        };
        self.dns(
            owner,
            RecordType::Mx,
            exchanges.iter().map(record).collect(),
        )
    }

    pub(crate) fn ptr(&mut self, of: &str, names: &[&str]) -> &mut Self {
        let owner = format!("{}.in-addr.arpa", blocklist::reversed(address(of)));
        self.dns(
            &owner,
            RecordType::Ptr,
            names
                .iter()
                .map(|text| RecordData::Ptr(name(text)))
                .collect(),
        )
    }

    pub(crate) fn target(&mut self, exchange: &str, of: &str) -> &mut Self {
        self.fact(Fact::Target(TargetFact {
            exchange: name(exchange),
            address: address(of),
            ruling: TargetRuling::Planned,
        }));
        self
    }

    /// Every list answers, none lists the address.
    pub(crate) fn clean(&mut self, of: &str) -> &mut Self {
        for zone in blocklist::zones_for(Family::V4) {
            self.fact(Fact::BlocklistTest(BlocklistTest {
                zone: zone.zone.into(),
                family: Family::V4,
                listed: BlocklistOutcome::Answered {
                    codes: vec![[127, 0, 0, 2].into()],
                    reason: None,
                },
                unlisted: BlocklistOutcome::NotListed,
            }));
            self.fact(Fact::Blocklist(BlocklistFact {
                zone: zone.zone.into(),
                address: address(of),
                outcome: BlocklistOutcome::NotListed,
            }));
        }
        self
    }

    /// A dialogue: each step with the line sent and the reply as it stood on the wire.
    pub(crate) fn dialogue(
        &mut self,
        of: &str,
        dialogue: DialogueKind,
        steps: Vec<(Step, &str, &str)>,
    ) -> &mut Self {
        let mut events = vec![SmtpEvent::Connected];
        events.extend(
            steps
                .into_iter()
                .map(|(step, sent, wire)| SmtpEvent::Replied {
                    step,
                    sent: (!sent.is_empty()).then(|| sent.to_owned()),
                    reply: reply(wire),
                }),
        );
        for (sequence, event) in (0..).zip(events) {
            let address = address(of);
            self.fact(Fact::Smtp(SmtpFact {
                address,
                port: 25,
                dialogue,
                sequence,
                secure: false,
                event,
                took: Millis(30),
            }));
        }
        self
    }

    /// What EHLO announced inside TLS, of which nothing else is known.
    pub(crate) fn announced_in_tls(&mut self, of: &str, announced: &str) -> &mut Self {
        self.fact(Fact::Smtp(SmtpFact {
            address: address(of),
            port: 25,
            dialogue: DialogueKind::StartTls,
            sequence: 0,
            secure: true,
            event: SmtpEvent::Replied {
                step: Step::Ehlo,
                sent: Some("EHLO probe.example.net".into()),
                reply: reply(announced),
            },
            took: Millis(30),
        }));
        self
    }

    /// The relay dialogue in which every recipient is refused with `refusal`.
    pub(crate) fn relay_refused(&mut self, of: &str, greeting: &str, refusal: &str) -> &mut Self {
        let mut steps = vec![
            (Step::Greeting, "", greeting),
            (
                Step::Ehlo,
                "EHLO probe.example.net",
                "250-hello\n250 STARTTLS",
            ),
        ];
        for form in RelayForm::ALL {
            steps.push((Step::MailFrom { form }, "MAIL FROM:<…>", "250 2.1.0 Ok"));
            steps.push((Step::RcptTo { form }, "RCPT TO:<…>", refusal));
            steps.push((Step::Rset, "RSET", "250 2.0.0 Ok"));
        }
        steps.push((Step::Quit, "QUIT", "221 2.0.0 Bye"));
        self.dialogue(of, DialogueKind::Relay, steps)
    }
}

pub(crate) fn vrfy(mailbox: &str) -> Step {
    Step::Vrfy {
        mailbox: mailbox.into(),
        control: false,
    }
}

/// A reply from its lines as they stood on the wire, without their ends.
fn reply(wire: &str) -> Reply {
    let code = wire[..3].parse().unwrap();
    Reply {
        code,
        lines: wire.lines().map(|line| line[4..].to_owned()).collect(),
    }
}

/// Compares with a file beside this one; `POSTERN_BLESS=1` writes it.
pub(crate) fn assert_kept(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(file);
    if std::env::var_os("POSTERN_BLESS").is_some() {
        std::fs::write(&path, format!("{text}\n")).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept.trim_end() == text,
        "{file} is not what is kept; POSTERN_BLESS=1 writes it anew, git diff shows it"
    );
}
