//! An example of everything that travels, with a `match` beside each list that does not compile while one is missing.

use std::net::IpAddr;

use postern_shared::DomainName;
use postern_shared::dkim::Selector;
use postern_shared::dns::{
    Answer, Failure, Name, Octets, Question, RecordData, RecordType, Response, TxtRecord,
};
use postern_shared::evidence::{
    BlocklistFact, BlocklistOutcome, BlocklistTest, ConnectFailure, DialogueKind, DnsFact, Fact,
    FailedHandshake, Family, NoPolicy, NoReply, Observation, PolicyFact, PolicyFile, PolicyOutcome,
    ProbeOutcome, SelectorFact, SelectorSource, SmtpEvent, SmtpFact, Step, TargetFact,
    TargetRuling, TlsFact, Trust, Unlisted, Vantage,
};
use postern_shared::protocol::{ClientMessage, Limits, Progress, RefusalCode, ServerMessage};
use postern_shared::smtp::{RelayForm, Reply};
use postern_shared::time::{Millis, Timestamp};

use crate::tls;

/// Makes functions that give an example of every variant; values may be spread over several lines of one variant.
macro_rules! samples {
    ($(fn $name:ident() -> $kind:ident {
        $($variant:ident $(($($value:expr),+))? $({ $($field:tt)* })?),+ $(,)?
    })+) => { $(
        pub(crate) fn $name() -> Vec<$kind> {
            #[allow(unreachable_patterns)]
            fn _every_variant_has_an_example(value: &$kind) {
                match value {
                    $($kind::$variant { .. } => {})+
                }
            }
            vec![$($kind::$variant $(($($value),+))? $({ $($field)* })?),+]
        }
    )+ };
}
pub(crate) use samples;

samples! {
    fn client_messages() -> ClientMessage {
        Scan { domain: domain(), deep: false },
        Scan { domain: domain(), deep: true },
    }
    fn plain_server_messages() -> ServerMessage {
        Welcome { vantage: vantage(), limits: limits(false) },
        Welcome { vantage: vantage(), limits: limits(true) },
        Observed(observed(Fact::Probe(ProbeOutcome::Finished { took: Millis(9_000) }))),
        Progress(Progress::Resolving),
        Finished { took: Millis(9_000) },
        Refused { code: RefusalCode::CoolingDown, retry_after: Some(30) },
        Refused { code: RefusalCode::Busy, retry_after: None },
    }
    fn refusal_codes() -> RefusalCode {
        Busy, TooManyRequests, CoolingDown, BadMessage, UnknownVersion, IdleTooLong, ForeignOrigin, ShuttingDown,
        TookTooLong, OptedOut, NotDeep,
    }
    fn progress() -> Progress {
        Resolving,
        Blocklists { address: v6() },
        Connecting { address: v4() },
        Waiting { address: v4(), step: Step::Greeting },
        Waiting { address: v4(), step: Step::RcptTo { form: RelayForm::Percent } },
        FetchingPolicy { host: name("mta-sts.example.org") },
        Pausing { address: v4() },
    }
    fn plain_facts() -> Fact {
        Dns(dns(RecordType::Txt, Response::NoData)),
        Vantage(vantage()),
        Target(target(TargetRuling::Planned)),
        Smtp(smtp(SmtpEvent::Connected)),
        Blocklist(listing(BlocklistOutcome::NotListed)),
        BlocklistTest(list_test(Family::V4)),
        Selector(selector(SelectorSource::Typed)),
        Policy(policy(PolicyOutcome::NotFetched(NoPolicy::TimedOut))),
        Probe(ProbeOutcome::NoServer),
    }
    fn policy_outcomes() -> PolicyOutcome {
        Fetched(PolicyFile { media_type: Some("text/plain".into()), body: "version: STSv1\r\nmode: none\r\n\u{fffd}".into() }),
        Fetched(PolicyFile { media_type: None, body: String::new() }),
        NotFetched(NoPolicy::NoAddress),
    }
    fn no_policies() -> NoPolicy {
        Unresolved(Failure::ServFail),
        NoAddress,
        NotPublic,
        NoIpv6,
        OptedOut,
        Resting,
        NotConnected(ConnectFailure::Refused),
        NoRoots,
        Untrusted { detail: "invalid peer certificate: Expired".into() },
        NotSecured { detail: "received corrupt message".into() },
        NotHttp { detail: "invalid HTTP version parsed".into() },
        Status { status: 301, location: Some("https://example.org/policy".into()) },
        Status { status: 404, location: None },
        TooLarge,
        TimedOut,
    }
    fn records() -> RecordData {
        A([192, 0, 2, 25].into()),
        Aaaa("2001:db8::25".parse().unwrap()),
        Caa { flags: 128, tag: "issue".into(), value: "ca.example; a=b".into() },
        Dnskey { flags: 257, protocol: 3, algorithm: 13, key: Octets(vec![0x0f, 0xf0]) },
        Ds { key_tag: 20326, algorithm: 8, digest_type: 2, digest: Octets(vec![0x0f, 0xf0]) },
        Mx { preference: 10, exchange: name("mx.example.org") },
        Mx { preference: 0, exchange: Name::root() },
        Ptr(name("mx.example.org")),
        Tlsa { usage: 3, selector: 1, matching: 1, data: Octets(vec![0x0f, 0xf0]) },
        Txt(TxtRecord(vec!["v=spf1 ".into(), "-all é\u{ff}\"\\".into()])),
    }
    fn record_types() -> RecordType { A, Aaaa, Caa, Dnskey, Ds, Mx, Ptr, Tlsa, Txt }
    fn responses() -> Response {
        Records(records()),
        NoData,
        NxDomain,
        Failed(Failure::ServFail),
    }
    fn failures() -> Failure { ServFail, Refused, Rcode(9), TimedOut, Unreachable, Malformed, NotAsked }
    fn rulings() -> TargetRuling { Planned, NotPublic, NoIpv6, TooMany, OptedOut, Resting }
    fn families() -> Family { V4, V6 }
    fn outcomes() -> BlocklistOutcome {
        NotListed,
        Answered { codes: vec![[127, 0, 0, 2].into(), [127, 0, 0, 10].into()], reason: Some("see elsewhere".into()) },
        Answered { codes: vec![[127, 0, 0, 2].into()], reason: None },
        Failed(Unlisted::Dns(Failure::TimedOut)),
    }
    fn unlisted() -> Unlisted { Dns(Failure::Refused), Empty }
    fn selector_sources() -> SelectorSource { Typed, Message }
    fn probe_outcomes() -> ProbeOutcome {
        Finished { took: Millis(9_000) },
        Refused(RefusalCode::OptedOut),
        Stopped,
        Cut,
        Unreachable,
        NoServer,
    }
    fn dialogues() -> DialogueKind { Survey, Relay, StartTls, Hello, Injection, Submission }
    fn smtp_events() -> SmtpEvent {
        Connected,
        NotConnected(ConnectFailure::Refused),
        Replied { step: Step::Greeting, sent: None, reply: reply(220, &["mx.example.org ESMTP"]) },
        Replied { step: Step::Ehlo, sent: Some("EHLO probe.example.net".into()), reply: reply(250, &["mx", "AUTH LOGIN", ""]) },
        NotReplied { step: Step::Help, sent: Some("HELP".into()), instead: NoReply::Closed },
        NotReplied { step: Step::Greeting, sent: None, instead: NoReply::TimedOut },
        Secured(tls(Trust::Trusted, Some("X25519"))),
        NotSecured(FailedHandshake { detail: "received fatal alert: HandshakeFailure".into(), ..FailedHandshake::default() }),
        Hello(tls::hello()),
    }
    fn connect_failures() -> ConnectFailure { Refused, TimedOut, Unreachable, Local }
    fn no_replies() -> NoReply { TimedOut, Closed, Malformed("HTTP/1.1 400".into()), Endless }
    fn steps() -> Step {
        Greeting,
        Ehlo,
        Helo,
        StartTls,
        Smuggled,
        Help,
        Vrfy { mailbox: "postmaster".into(), control: false },
        Vrfy { mailbox: "q7xk2".into(), control: true },
        Expn { list: "all".into() },
        MailFrom { form: RelayForm::NullSender },
        RcptTo { form: RelayForm::SourceRoute },
        Rset,
        Quit,
    }
    fn relay_forms() -> RelayForm { NullSender, ForeignSender, OwnSender, AddressSender, Percent, SourceRoute }
    fn trusts() -> Trust { Trusted, Untrusted("invalid peer certificate: Expired".into()), NoRoots }
}

/// Every message of the server, with each code and each step of progress.
pub(crate) fn server_messages() -> Vec<ServerMessage> {
    let refused = |code| ServerMessage::Refused {
        code,
        retry_after: None,
    };
    let mut messages = plain_server_messages();
    messages.extend(refusal_codes().into_iter().map(refused));
    messages.extend(progress().into_iter().map(ServerMessage::Progress));
    messages
}

/// Every kind of fact, with every outcome that it can have.
pub(crate) fn observations() -> Vec<Observation> {
    let mut facts = plain_facts();
    facts.extend(dns_facts().into_iter().map(Fact::Dns));
    facts.extend(rulings().into_iter().map(target).map(Fact::Target));
    facts.extend(smtp_facts().into_iter().map(Fact::Smtp));
    let refused = unlisted().into_iter().map(BlocklistOutcome::Failed);
    let heard = outcomes().into_iter().chain(refused);
    facts.extend(heard.map(listing).map(Fact::Blocklist));
    facts.extend(
        families()
            .into_iter()
            .map(list_test)
            .map(Fact::BlocklistTest),
    );
    facts.extend(
        selector_sources()
            .into_iter()
            .map(selector)
            .map(Fact::Selector),
    );
    let unfetched = no_policies().into_iter().map(PolicyOutcome::NotFetched);
    let fetched = policy_outcomes().into_iter().chain(unfetched);
    facts.extend(fetched.map(policy).map(Fact::Policy));
    facts.extend(probe_outcomes().into_iter().map(Fact::Probe));
    facts.into_iter().map(observed).collect()
}

fn dns_facts() -> Vec<DnsFact> {
    let mut facts: Vec<_> = record_types()
        .into_iter()
        .map(|record_type| dns(record_type, Response::NxDomain))
        .collect();
    let failed = failures().into_iter().map(Response::Failed);
    facts.extend(
        responses()
            .into_iter()
            .chain(failed)
            .map(|response| dns(RecordType::Txt, response)),
    );
    let mut vouched = dns(RecordType::A, Response::NoData);
    vouched.answer.authenticated = true;
    vouched.answer.canonical = Some(name("mx.example.net"));
    facts.push(vouched);
    let mut unchecked = dns(RecordType::A, Response::NoData);
    unchecked.question.unchecked = true;
    facts.push(unchecked);
    facts
}

fn smtp_facts() -> Vec<SmtpFact> {
    let mut events = smtp_events();
    events.extend(connect_failures().into_iter().map(SmtpEvent::NotConnected));
    let unanswered = |instead| SmtpEvent::NotReplied {
        step: Step::Quit,
        sent: Some("QUIT".into()),
        instead,
    };
    events.extend(no_replies().into_iter().map(unanswered));
    events.extend(
        trusts()
            .into_iter()
            .map(|trust| SmtpEvent::Secured(tls(trust, None))),
    );
    events.extend(tls::events());
    let forms = relay_forms()
        .into_iter()
        .flat_map(|form| [Step::MailFrom { form }, Step::RcptTo { form }]);
    let answered = |step| SmtpEvent::Replied {
        step,
        sent: Some("…".into()),
        reply: reply(502, &["5.5.1 No"]),
    };
    events.extend(steps().into_iter().chain(forms).map(answered));
    let mut facts: Vec<_> = events.into_iter().map(smtp).collect();
    facts.extend(dialogues().into_iter().map(|dialogue| SmtpFact {
        dialogue,
        sequence: 7,
        secure: true,
        address: v6(),
        ..smtp(SmtpEvent::Connected)
    }));
    facts
}

fn observed(fact: Fact) -> Observation {
    Observation::new(Timestamp(1_767_225_600_123), fact)
}

fn domain() -> DomainName {
    DomainName::parse("xn--hhbbbed.example").unwrap()
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn v4() -> IpAddr {
    "192.0.2.25".parse().unwrap()
}

fn v6() -> IpAddr {
    "2001:db8::25".parse().unwrap()
}

fn vantage() -> Vantage {
    Vantage {
        software: "postern/0.1.0".into(),
        ehlo_name: "probe.example.net".into(),
        port25: Some(true),
        ipv6: None,
    }
}

const fn limits(deep: bool) -> Limits {
    Limits {
        connections_per_address: 8,
        scans_per_minute: 6,
        cool_down: 30,
        deep,
    }
}

fn dns(record_type: RecordType, response: Response) -> DnsFact {
    DnsFact {
        question: Question::new(name("example.org"), record_type),
        answer: Answer::new(response),
        resolver: "Cloudflare".into(),
        took: Millis(41),
    }
}

fn target(ruling: TargetRuling) -> TargetFact {
    TargetFact {
        exchange: name("mx.example.org"),
        address: v4(),
        ruling,
    }
}

fn listing(outcome: BlocklistOutcome) -> BlocklistFact {
    BlocklistFact {
        zone: "zen.spamhaus.org".into(),
        address: v4(),
        outcome,
    }
}

fn list_test(family: Family) -> BlocklistTest {
    BlocklistTest {
        zone: "zen.spamhaus.org".into(),
        family,
        listed: BlocklistOutcome::Answered {
            codes: vec![[127, 0, 0, 2].into()],
            reason: None,
        },
        unlisted: BlocklistOutcome::NotListed,
    }
}

fn selector(source: SelectorSource) -> SelectorFact {
    SelectorFact {
        domain: name("example.org"),
        selector: Selector::parse("s2026").unwrap(),
        source,
    }
}

fn policy(outcome: PolicyOutcome) -> PolicyFact {
    PolicyFact {
        domain: name("example.org"),
        address: Some(v4()),
        outcome,
        took: Millis(41),
    }
}

fn smtp(event: SmtpEvent) -> SmtpFact {
    SmtpFact {
        address: v4(),
        port: 25,
        dialogue: DialogueKind::Survey,
        sequence: 0,
        secure: false,
        event,
        took: Millis(41),
    }
}

fn reply(code: u16, lines: &[&str]) -> Reply {
    Reply {
        code,
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    }
}

fn tls(trust: Trust, group: Option<&str>) -> TlsFact {
    TlsFact {
        version: "TLS 1.3".into(),
        suite: "TLS_AES_256_GCM_SHA384".into(),
        group: group.map(str::to_owned),
        server_name: "mx.example.org".into(),
        trust,
        chain: None,
    }
}
