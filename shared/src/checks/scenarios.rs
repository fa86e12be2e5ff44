//! Small worlds with something odd about their hosts, and what the rows and the verdict say of it.

use crate::gather::Gather;
use std::net::IpAddr;

use super::CheckId;
use crate::DomainName;
use crate::blocklist;
use crate::dns::{Answer, Failure, Name, Question, RecordData, RecordType, Response, TxtRecord};
use crate::evidence::{
    BlocklistFact, BlocklistOutcome, BlocklistTest, DialogueKind, DnsFact, Evidence, Fact,
    FailedHandshake, Family, Observation, ProbeOutcome, SmtpEvent, SmtpFact, Step, TargetFact,
    TargetRuling,
};
use crate::protocol::RefusalCode;
use crate::report::{
    Action, CaaReason, DnssecReason, MxReason, ProfileName, Reason, Report, Status, assess,
};
use crate::smtp::Reply;
use crate::time::{Millis, Timestamp};
use crate::wording::{self, Group, Language};

pub(super) const DONE: ProbeOutcome = ProbeOutcome::Finished { took: Millis(9) };

pub(super) struct World(pub(super) Evidence);

impl World {
    /// `example.org` with these answers to its MX question, and no other name in DNS.
    pub(super) fn new(exchanges: Response) -> Self {
        let domain = DomainName::parse("example.org").unwrap();
        let mut world = Self(Evidence::new(domain));
        world.answer("example.org", RecordType::Mx, exchanges);
        world
    }

    /// One exchange, `mx.example.org`, with one address.
    pub(super) fn with_host(address: &str) -> Self {
        let exchange = name("mx.example.org");
        let mut world = Self::new(mx(&exchange));
        let address = RecordData::A(address.parse().unwrap());
        world.answer(
            "mx.example.org",
            RecordType::A,
            Response::Records(vec![address]),
        );
        world
    }

    pub(super) fn fact(&mut self, fact: Fact) {
        self.0.apply(Observation::new(Timestamp(1), fact));
    }

    pub(super) fn answer(&mut self, owner: &str, record_type: RecordType, response: Response) {
        let question = Question::new(name(owner), record_type);
        // The resolver validates, and nothing but the root is signed.
        let authenticated = question == crate::dnssec::control();
        self.answered(question, response, authenticated);
    }

    /// An answer that is signed, or not.
    pub(super) fn answered(&mut self, question: Question, response: Response, authenticated: bool) {
        self.fact(Fact::Dns(DnsFact {
            question,
            answer: Answer {
                authenticated,
                ..Answer::new(response)
            },
            resolver: "doh".into(),
            took: Millis(1),
        }));
    }

    pub(super) fn ruled(mut self, address: &str, ruling: TargetRuling) -> Self {
        self.fact(Fact::Target(TargetFact {
            exchange: name("mx.example.org"),
            address: ip(address),
            ruling,
        }));
        self
    }

    pub(super) fn ended(mut self, outcome: ProbeOutcome) -> Self {
        self.fact(Fact::Probe(outcome));
        self
    }

    pub(super) fn heard(
        mut self,
        address: &str,
        dialogue: DialogueKind,
        events: Vec<SmtpEvent>,
    ) -> Self {
        for (sequence, event) in (0..).zip(events) {
            self.fact(Fact::Smtp(SmtpFact {
                address: ip(address),
                port: 25,
                dialogue,
                sequence,
                secure: false,
                event,
                took: Millis(1),
            }));
        }
        self
    }

    /// The report as it is now.
    pub(super) fn assessed(&self) -> Report {
        assess(&self.0, ProfileName::Standards.profile())
    }

    /// The report, after every question that is still open was answered "no such name".
    pub(super) fn report(mut self) -> Report {
        loop {
            let report = self.assessed();
            if report.wants.is_empty() {
                return report;
            }
            for question in report.wants {
                let control = question == crate::dnssec::control();
                self.answered(question, Response::NxDomain, control);
            }
        }
    }
}

pub(super) fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub(super) fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

pub(super) fn mx(exchange: &Name) -> Response {
    Response::Records(vec![RecordData::Mx {
        preference: 10,
        exchange: exchange.clone(),
    }])
}

fn replied(step: Step, code: u16, lines: &[&str]) -> SmtpEvent {
    SmtpEvent::Replied {
        step,
        sent: None,
        reply: Reply {
            code,
            lines: lines.iter().map(|&line| line.to_owned()).gather(),
        },
    }
}

pub(super) fn row(report: &Report, id: CheckId) -> (Status, Reason) {
    let finding = report.finding(id).unwrap();
    (finding.status, finding.reasons[0].clone())
}

#[test]
fn a_private_address_misses_no_name() {
    let address = "10.1.2.3";
    let not_public = (
        Status::Unknown,
        Reason::NotPublic {
            address: ip(address),
        },
    );
    let told = World::with_host(address)
        .ruled(address, TargetRuling::NotPublic)
        .ended(DONE);
    let unreached = MxReason::NotPublic {
        exchange: name("mx.example.org"),
        address: ip(address),
    };
    let unreached = (Status::Fail, Reason::from(unreached));
    let alone = World::with_host(address).ended(ProbeOutcome::NoServer);
    for report in [told.report(), alone.report()] {
        assert_eq!(row(&report, CheckId::Ptr), not_public);
        assert_eq!(row(&report, CheckId::Mx), unreached);
    }
    let waiting = World::with_host(address).report();
    for id in [CheckId::Ptr, CheckId::Mx] {
        assert_eq!(row(&waiting, id), (Status::Unknown, Reason::Pending));
    }
    let refusal = RefusalCode::CoolingDown;
    let refused = World::with_host(address).ended(ProbeOutcome::Refused(refusal));
    let refused = refused.report();
    for id in [CheckId::Ptr, CheckId::Mx] {
        let unruled = (Status::Unknown, Reason::ProbeRefused { refusal });
        assert_eq!(row(&refused, id), unruled);
    }
    let intranet = World::with_host(address).ruled(address, TargetRuling::Planned);
    let intranet = intranet.report();
    assert_eq!(
        row(&intranet, CheckId::Ptr),
        (Status::Fail, Reason::PtrMissing)
    );
    let valid = MxReason::Valid { exchanges: 1 };
    assert_eq!(row(&intranet, CheckId::Mx), (Status::Pass, valid.into()));
}

/// Resolvers that validate answer nothing, so nobody can tell what else is wrong, nor what the mend wins.
#[test]
fn wrong_signatures_are_mended_first_and_promise_no_points() {
    let failed = || Response::Failed(Failure::ServFail);
    let mut world = World::new(failed());
    let report = loop {
        let report = world.assessed();
        if report.wants.is_empty() {
            break report;
        }
        for question in report.wants {
            let control = question == crate::dnssec::control();
            let response = match question.unchecked {
                true => mx(&name("mx.example.org")),
                false if control => Response::NoData,
                false => failed(),
            };
            let answer = Answer {
                authenticated: control,
                ..Answer::new(response)
            };
            world.fact(Fact::Dns(DnsFact {
                question,
                answer,
                resolver: "doh".into(),
                took: Millis(1),
            }));
        }
    };
    let bogus = (Status::Fail, DnssecReason::Bogus.into());
    assert_eq!(row(&report, CheckId::Dnssec), bogus);
    assert_eq!(report.mends, [CheckId::Dnssec]);
    let mend = report.finding(CheckId::Dnssec).unwrap().mend.as_ref();
    assert_eq!(mend.unwrap().gain, 0);
    let english = |sentence: wording::Sentence| sentence.plain(Language::En);
    assert_eq!(
        english(wording::verdict(Language::En, &report)),
        "What weighs most: wrong DNSSEC signatures keep mail out."
    );
    for (group, begins) in [
        (
            Group::Transit,
            "We could not see enough to say: wrong DNSSEC signatures keep mail out.",
        ),
        (
            Group::Delivery,
            "Not everywhere: wrong DNSSEC signatures keep mail out.",
        ),
    ] {
        let answer = english(wording::group_answer(Language::En, group, &report));
        assert!(answer.starts_with(begins), "{answer}");
    }
}

/// That no server could be named is not that all of them are another's.
#[test]
fn where_no_exchange_is_known_nothing_is_said_of_its_certificates() {
    let word = |exchanges| row(&World::new(exchanges).report(), CheckId::Caa);
    let failure = Failure::ServFail;
    let question = Question::new(name("example.org"), RecordType::Mx);
    let failed = Reason::DnsFailed { question, failure };
    let unread = World::new(Response::Failed(failure)).assessed();
    assert_eq!(row(&unread, CheckId::Caa), (Status::Unknown, failed));
    assert_eq!(word(Response::NxDomain), (Status::Na, Reason::NoSuchDomain));
    assert_eq!(word(mx(&Name::root())), (Status::Na, Reason::NullMx));
    let others = Reason::Caa(CaaReason::NoOwnHosts);
    assert_eq!(word(mx(&name("mx.example.net"))), (Status::Na, others));
}

#[test]
fn a_list_that_was_asked_about_others_was_not_asked_about_this_one() {
    let address = "9.9.9.10";
    let mut world = World::with_host(address)
        .ruled(address, TargetRuling::TooMany)
        .ended(DONE);
    world.fact(Fact::BlocklistTest(BlocklistTest {
        zone: "zen.spamhaus.org".into(),
        family: Family::V4,
        listed: BlocklistOutcome::Answered {
            codes: vec![[127, 0, 0, 2].into()],
            reason: None,
        },
        unlisted: BlocklistOutcome::NotListed,
    }));
    assert_eq!(
        row(&world.report(), CheckId::Blacklist),
        (Status::Unknown, Reason::NotAllProbed)
    );
}

#[test]
fn what_a_finished_probe_did_not_come_to_was_not_cut() {
    let address = "9.9.9.10";
    let world = World::with_host(address).ruled(address, TargetRuling::Planned);
    let report = world.ended(DONE).report();
    assert_eq!(
        row(&report, CheckId::Help),
        (Status::Unknown, Reason::NotAsked)
    );
}

#[test]
fn login_may_be_behind_the_tls_that_did_not_come_about() {
    let address = "9.9.9.10";
    let ehlo = replied(Step::Ehlo, 250, &["mx.example.org", "STARTTLS"]);
    let world = || {
        World::with_host(address)
            .ruled(address, TargetRuling::Planned)
            .heard(address, DialogueKind::Survey, vec![ehlo.clone()])
    };
    let detail = "handshake failure".to_owned();
    let failed = vec![SmtpEvent::NotSecured(FailedHandshake {
        detail,
        ..FailedHandshake::default()
    })];
    let behind = (Status::Unknown, Reason::AuthBehindTls);
    let report = world()
        .heard(address, DialogueKind::StartTls, failed)
        .report();
    assert_eq!(row(&report, CheckId::Auth), behind);
    let refused = vec![replied(Step::StartTls, 454, &["TLS not available"])];
    let report = world()
        .heard(address, DialogueKind::StartTls, refused)
        .ended(DONE)
        .report();
    assert_eq!(row(&report, CheckId::Auth), behind);
    let report = world().ended(DONE).report();
    assert_eq!(
        row(&report, CheckId::Auth),
        (Status::Unknown, Reason::NotAsked)
    );
}

#[test]
fn who_knows_helo_alone_offers_no_login() {
    let address = "9.9.9.10";
    let dialogue = vec![
        replied(Step::Ehlo, 502, &["what?"]),
        replied(Step::Helo, 250, &["hello"]),
    ];
    let world = World::with_host(address).heard(address, DialogueKind::Survey, dialogue);
    assert_eq!(
        row(&world.report(), CheckId::Auth),
        (Status::Na, Reason::AuthAbsent)
    );
}

#[test]
fn senders_fall_back_to_an_address_where_there_is_one() {
    let mut world = World::new(Response::NoData);
    let address = RecordData::A("9.9.9.10".parse().unwrap());
    world.answer(
        "example.org",
        RecordType::A,
        Response::Records(vec![address]),
    );
    let report = world.report();
    assert_eq!(
        row(&report, CheckId::Relay),
        (Status::Na, Reason::ImplicitMx)
    );
    let coverage = wording::coverage(Language::En, &report).plain(Language::En);
    assert!(coverage.contains("no mail server was asked"), "{coverage}");
    let nothing = World::new(Response::NoData).report();
    assert_eq!(row(&nothing, CheckId::Relay), (Status::Na, Reason::NoMx));
}

#[test]
fn addresses_that_were_left_out_are_said() {
    let mut world = World::new(mx(&name("mx.example.org")));
    let addresses = (1..=12).map(|last| RecordData::A([9, 9, 9, last].into()));
    world.answer(
        "mx.example.org",
        RecordType::A,
        Response::Records(addresses.gather()),
    );
    let report = world.ended(ProbeOutcome::NoServer).report();
    let left_out = Reason::AddressesLeftOut {
        exchange: name("mx.example.org"),
        addresses: 2,
    };
    let hosts = &report.finding(CheckId::Ptr).unwrap().hosts;
    assert_eq!(hosts.len(), 11);
    assert!(hosts.iter().any(|host| host.reasons == [left_out.clone()]));
}

#[test]
fn exchanges_that_were_left_out_are_said() {
    let exchanges = (0..23).map(|number| RecordData::Mx {
        preference: number,
        exchange: name(&format!("mx{number:02}.example.org")),
    });
    let report = World::new(Response::Records(exchanges.gather()))
        .ended(ProbeOutcome::NoServer)
        .report();
    let hosts = &report.finding(CheckId::Ptr).unwrap().hosts;
    assert_eq!(hosts.len(), 21);
    let last = hosts.last().unwrap();
    assert_eq!(last.exchange, name("mx20.example.org"));
    assert_eq!(last.reasons, [Reason::ExchangesLeftOut { exchanges: 3 }]);
}

#[test]
fn a_domain_that_does_not_exist_is_not_known_too_little() {
    let report = World::new(Response::NxDomain).report();
    assert!(!report.provisional);
    assert_eq!(
        (report.grade, report.caps.as_slice()),
        (None, [].as_slice())
    );
    for language in [Language::En, Language::Fa] {
        assert_eq!(wording::coverage(language, &report).plain(language), "");
    }
}

#[test]
fn the_verdict_names_an_exchange_that_is_none() {
    for exchange in ["192.0.2.1", "localhost", "gone.example.org"] {
        let report = World::new(mx(&name(exchange))).ended(DONE).report();
        let verdict = wording::verdict(Language::En, &report).plain(Language::En);
        assert!(verdict.contains("cannot be delivered"), "{verdict}");
        assert!(verdict.contains(exchange), "{verdict}");
        let first = report.finding(report.mends[0]).unwrap();
        let exchange = name(exchange);
        assert_eq!(
            first.mend.as_ref().unwrap().action,
            Action::PointExchange { exchange },
            "what keeps all mail out is mended first"
        );
    }
}

#[test]
fn a_stale_exchange_beside_a_good_one_keeps_nothing_from_being_delivered() {
    let exchange = |preference, host: &str| RecordData::Mx {
        preference,
        exchange: name(host),
    };
    let both = vec![
        exchange(10, "mx.example.org"),
        exchange(20, "gone.example.org"),
    ];
    let mut world = World::new(Response::Records(both));
    let address = RecordData::A([9, 9, 9, 9].into());
    world.answer(
        "mx.example.org",
        RecordType::A,
        Response::Records(vec![address]),
    );
    let report = world.ended(ProbeOutcome::NoServer).report();
    let verdict = wording::verdict(Language::En, &report).plain(Language::En);
    assert!(!verdict.contains("cannot be delivered"), "{verdict}");
}

/// Spamhaus PBL: a host that only receives may stand there, one that sends is refused by many.
#[test]
fn a_policy_range_weighs_for_an_address_that_sends() {
    let world = |spf: &str| {
        let mut world = World::with_host("9.9.9.9").ruled("9.9.9.9", TargetRuling::Planned);
        for zone in blocklist::zones_for(Family::V4) {
            world.fact(Fact::BlocklistTest(BlocklistTest {
                zone: zone.zone.to_owned(),
                family: Family::V4,
                listed: BlocklistOutcome::Answered {
                    codes: vec![[127, 0, 0, 2].into()],
                    reason: None,
                },
                unlisted: BlocklistOutcome::NotListed,
            }));
            let outcome = match zone.zone {
                "zen.spamhaus.org" => BlocklistOutcome::Answered {
                    codes: vec![[127, 0, 0, 11].into()],
                    reason: None,
                },
                _ => BlocklistOutcome::NotListed,
            };
            world.fact(Fact::Blocklist(BlocklistFact {
                zone: zone.zone.to_owned(),
                address: ip("9.9.9.9"),
                outcome,
            }));
        }
        let text = TxtRecord::single(spf);
        let record = RecordData::Txt(text);
        world.answer(
            "example.org",
            RecordType::Txt,
            Response::Records(vec![record]),
        );
        let report = world.ended(DONE).report();
        let finding = report.finding(CheckId::Blacklist).unwrap().clone();
        (finding.status, finding.reasons[0].clone(), finding.mend)
    };
    let (status, reason, mend) = world("v=spf1 mx -all");
    assert_eq!((status, reason), (Status::Warn, Reason::PolicyRangeSends));
    assert_eq!(mend.unwrap().action, Action::LeavePolicyRange);
    let (status, _, mend) = world("v=spf1 ip4:192.0.2.1 -all");
    assert_eq!((status, mend), (Status::Pass, None));
}

/// A probe asks for relaying inside TLS where there is any.
#[test]
fn what_is_said_inside_tls_counts_where_nothing_was_said_in_clear() {
    let address = "9.9.9.10";
    let world = || World::with_host(address).ruled(address, TargetRuling::Planned);
    let inside = [
        "S: 220 mx.example.org",
        "C: EHLO probe.example",
        "S: 250-mx.example.org",
        "S: 250 STARTTLS",
        "C: STARTTLS",
        "S: 220 go",
        "* secured",
        "C: EHLO probe.example",
        "S: 250-mx.example.org",
        "S: 250 AUTH PLAIN",
        "C: MAIL FROM:<a@probe.example>",
        "S: 250 ok",
        "C: RCPT TO:<b@example.net>",
        "S: 554 5.7.1 Relay access denied",
    ];
    let report = world().spoken(address, DialogueKind::Relay, &inside);
    let report = report.ended(DONE).report();
    let (forms, tried) = (1, 1);
    let refused = (Status::Pass, Reason::RelayRefused { forms, tried });
    assert_eq!(row(&report, CheckId::Relay), refused);
    let mechanisms = vec!["PLAIN".to_owned()];
    let after_tls = (Status::Pass, Reason::AuthAfterTls { mechanisms });
    assert_eq!(row(&report, CheckId::Auth), after_tls);

    // The handshake fails, and the same dialogue is begun anew in clear.
    let failed = [&inside[..6], &["* not secured"]].concat();
    let in_clear = [&inside[..4], &inside[10..]].concat();
    let report = world()
        .spoken(address, DialogueKind::Relay, &failed)
        .spoken(address, DialogueKind::Relay, &in_clear)
        .ended(DONE)
        .report();
    assert_eq!(row(&report, CheckId::Relay), refused);
    let behind = (Status::Unknown, Reason::AuthBehindTls);
    assert_eq!(row(&report, CheckId::Auth), behind);
}

/// They come last, and are made to be refused.
#[test]
fn what_ends_the_last_dialogues_keeps_no_other_from_anything() {
    let address = "9.9.9.10";
    let asked = [
        "S: 220 mx.example.org",
        "C: EHLO probe.example",
        "S: 250-mx.example.org",
        "S: 250 STARTTLS",
        "C: STARTTLS",
    ];
    let refused = [&asked[..], &["S: 421 enough"]].concat();
    for kind in [DialogueKind::Hello, DialogueKind::Injection] {
        let report = World::with_host(address)
            .ruled(address, TargetRuling::Planned)
            .spoken(address, DialogueKind::Survey, &asked[..4])
            .spoken(address, kind, &refused)
            .ended(DONE)
            .report();
        for id in [CheckId::Auth, CheckId::Help, CheckId::Relay] {
            let not_asked = (Status::Unknown, Reason::NotAsked);
            assert_eq!(row(&report, id), not_asked, "{kind:?} {id}");
        }
    }
}
