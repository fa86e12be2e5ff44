//! An example of everything that can be said, for the tests that read it all.

/// Makes a function that gives the examples, and a `match` that does not compile while one is missing.
macro_rules! samples {
    ($(
        fn $name:ident() -> $kind:ident { $($variant:ident $({ $($field:tt)* })?),+ $(,)? }
        $(elsewhere { $($other:ident),+ })?
    )+) => { $(
        pub(in crate::wording) fn $name() -> Vec<$kind> {
            #[allow(unreachable_patterns)]
            fn _has_an_example(value: &$kind) {
                match value {
                    $($kind::$variant { .. } => {})+
                    $($($kind::$other(_) => {})+)?
                }
            }
            vec![$($kind::$variant { $($($field)*)? }),+]
        }
    )+ };
}

pub(super) mod bimi;
mod caa;
mod dane;
pub(super) mod dkim;
mod dnssec;
pub(super) mod downgrade;
pub(super) mod lint;
mod mta_sts;
pub(super) mod mx;
pub(super) mod tls;
mod tls_rpt;
mod transit;
mod what_if;

pub(super) use what_if::{spf_events, spf_results};

use std::net::IpAddr;

use crate::DomainNameError;
use crate::blocklist;
use crate::dkim::Selector;
use crate::dmarc::{Diagnostic, DiagnosticCode, NearMiss, TagName};
use crate::dns::{Answer, Failure, Name, Question, RecordData, RecordType, Response, TxtRecord};
use crate::evidence::{
    BlocklistFact, BlocklistOutcome, BlocklistTest, ConnectFailure, DialogueKind, DnsFact, Fact,
    FailedHandshake, Family, HelloAnswer, LoadError, NoReply, PolicyFact, PolicyFile,
    PolicyOutcome, ProbeOutcome, SelectorFact, SelectorSource, SmtpEvent, SmtpFact, Step,
    TargetFact, TargetRuling, Trust, Unlisted, Vantage,
};
use crate::protocol::{Progress, RefusalCode};
use crate::report::{
    Action, Cap, CapCause, Grade, Identity, OwnKey, Policy, Protection, Reason, SpfCost, Stranger,
};
use crate::smtp::{RelayForm, Reply};
use crate::span::Span;
use crate::spf::{Cause, NearMissKind, Note, NoteCode, Problem, SyntaxCode};
use crate::time::Millis;

pub(super) fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub(super) fn address() -> IpAddr {
    "192.0.2.25".parse().unwrap()
}

fn names(count: usize) -> Vec<Name> {
    (0..count)
        .map(|n| name(&format!("mx{n}.example.org")))
        .collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn question() -> Question {
    Question::new(name("example.org"), RecordType::Txt)
}

const RECORD: &str = "v=DMARC1; p=rejct; rua=mailto:a@example.org";

samples! {
    fn plain_reasons() -> Reason {
        Pending, NeedsProbe, ProbeUnreachable,
        ProbeRefused { refusal: RefusalCode::Busy },
        ProbeCut, ProbeStopped, NotAsked,
        DnsFailed { question: question(), failure: Failure::ServFail },
        NotConnected { port: 25, failure: ConnectFailure::TimedOut },
        Throttled { reply_code: 421, text: "4.7.0 try later".into() },
        TurnedAway { reply_code: 554, text: String::new() },
        Silent { step: Step::Greeting },
        HungUp { step: Step::Help },
        NotSmtp { step: Step::Greeting },
        NeedsTls,
        NotPublic { address: address() },
        ProbeWithoutIpv6, NotAllProbed, ServerOptedOut, ServerResting, NoSuchDomain, NullMx, NoMx, ImplicitMx,
        ExchangesLeftOut { exchanges: 1 }, ExchangesLeftOut { exchanges: 30 },
        AddressesLeftOut { exchange: name("mx.example.org"), addresses: 1 },
        AddressesLeftOut { exchange: name("mx.example.org"), addresses: 30 },
        ExchangeWithoutAddress { exchange: name("mx.example.org") },
        ExchangeIsAddress { exchange: name("192.0.2.1") },
        ExchangeIsLocal { exchange: name("localhost") },
        RelayRefused { forms: 1, tried: 1 },
        RelayRefused { forms: 6, tried: 6 },
        RelayRefused { forms: 2, tried: 6 },
        RelayAccepted { forms: RelayForm::ALL.to_vec() },
        RelayRouted { forms: vec![RelayForm::Percent] },
        RelaySenderRefused { reply_code: 550, text: "5.1.8 no".into() },
        RelayDeferred { reply_code: 450, text: "4.2.0 greylisted".into() },
        RelayInconclusive { reply_code: 556, text: "5.1.10 null MX".into() },
        NotListed { answered: 1, asked: 1 },
        NotListed { answered: 9, asked: 10 },
        NotListed { answered: 9, asked: 11 },
        ListedDecisively { zones: words(&["zen.spamhaus.org"]), text: Some("see https://check.example/".into()) },
        ListedDecisively { zones: words(&["a.example", "b.example"]), text: None },
        ListedByMinor { zones: words(&["a.example"]) },
        NeighborhoodListed { zones: words(&["a.example", "b.example"]) },
        PolicyRangeListed, PolicyRangeSends,
        TooFewListsAnswered { answered: 2, asked: 11 },
        PtrConfirmed { names: names(1) },
        PtrConfirmed { names: names(3) },
        PtrPartlyConfirmed { confirmed: names(1), unconfirmed: names(9) },
        PtrPartlyConfirmed { confirmed: names(5), unconfirmed: names(1) },
        PtrUnconfirmed { names: names(1) },
        PtrUnconfirmed { names: names(2) },
        PtrMissing,
        PtrManyNames { names: 25, followed: 20 },
        PtrGeneric { name: name("host-192-0-2-1.pool.example.org") },
        AuthAbsent, AuthBehindTls,
        AuthInClear { mechanisms: words(&["LOGIN", "PLAIN"]) },
        AuthWithoutPassword { mechanisms: words(&["GSSAPI", "NTLM"]) },
        AuthAfterTls { mechanisms: words(&["PLAIN"]) },
        AuthObsolete { mechanisms: words(&["CRAM-MD5"]) },
        HelpRefused { reply_code: 502 },
        HelpList { text: "Topics:".into() },
        HelpPointer { text: "2.0.0 https://www.rfc-editor.org/".into() },
        HelpVersion { software: "Sendmail 8.14.4".into() },
        HelpInconclusive { reply_code: 503 },
        VrfyUniform { reply_code: 252, invented: true },
        VrfyUniform { reply_code: 502, invented: false },
        VrfyConfirms { mailboxes: words(&["info"]) },
        VrfyTells { accepted: words(&["info", "root"]), refused: words(&["hostmaster"]) },
        VrfyTells { accepted: words(&["info", "root"]), refused: vec![] },
        VrfyTells { accepted: words(&["info"]), refused: words(&["hostmaster", "zq7x"]) },
        VrfyConfirmsAll,
        VrfyInconclusive { reply_code: 503 },
        ExpnRefused { reply_code: 502 },
        ExpnNeutral { reply_code: 252 },
        ExpnMembers { members: 1 },
        ExpnMembers { members: 4 },
        ExpnWrongStep { reply_code: 503 },
        ExpnInconclusive { reply_code: 450 },
        DmarcMissing,
        DmarcIgnored { text: "v=dmarc1; p=none".into(), near_miss: NearMiss::VersionCase },
        DmarcVoid,
        DmarcSeveral { name: name("_dmarc.example.org"), count: 2 },
        DmarcEnforces { policy: Policy::Reject },
        DmarcWatches,
        DmarcTesting { policy: Policy::Quarantine },
        DmarcInherited { from: name("example.org") },
        DmarcNoReports,
        DmarcReportsUnauthorized { uri: "mailto:a@example.net".into(), host: name("example.net") },
        DmarcReportsUnverified { uri: "mailto:a@example.net".into(), host: name("example.net") },
        DmarcDiagnostic { text: RECORD.into(), diagnostic: diagnostic(DiagnosticCode::UnknownTag) },
        SpfMissing,
        SpfIgnored { text: "v=spf10 -all".into() },
        SpfValid { lookups: 1, strangers: Stranger::Fail },
        SpfValid { lookups: 4, strangers: Stranger::SoftFail },
        SpfBroken { problem: Problem::of("example.org", Cause::TooManyLookups) },
        SpfNote { note: Note { domain: "example.org".into(), span: None, code: NoteCode::NoAll } },
        SpfNearLimit { lookups: 9 },
        SpfOpen, SpfOpenOverIpv6,
        SpfWide { addresses: 1 << 26 },
        SpfWideOverIpv6,
        SpfNeutral,
        Misplaced {
            text: "v=spf1 mx -all".into(), at: name("_dmarc.example.org"), belongs: name("example.org")
        },
        Spoofing {
            identity: Identity::Exact, policy: Policy::Reject, stranger: Some(Stranger::None),
            protection: Protection::DmarcOnly
        },
        SpoofingOlder { identity: Identity::Exact, policy: Policy::Reject, percentage: 30 },
        SpoofingOlder { identity: Identity::NonExistentSubdomain, policy: Policy::None, percentage: 100 },
        OwnMailNeedsDkim { key: OwnKey::Found }, OwnMailNeedsDkim { key: OwnKey::NotFound },
        OwnMailNeedsDkim { key: OwnKey::Unknown },
    } elsewhere {
        Bimi, Caa, Certificate, Ciphers, Dane, Dkim, Dnssec, Injection, Ipv6, MtaSts, Mx, StartTls, Submission, Tls, TlsRpt
    }

    fn actions() -> Action {
        CloseRelay, SetUpDkim,
        ReplaceDkimKey { name: name("s1._domainkey.example.org") },
        RevokeDkimKey { name: name("s1._domainkey.example.org") },
        RestoreDkimKey { name: name("s1._domainkey.example.org") },
        CorrectDkim { name: name("s1._domainkey.example.org") },
        KeepOneDkim { name: name("s1._domainkey.example.org") },
        EndDkimTesting { name: name("s1._domainkey.example.org") },
        ResolveDkimAlias { name: name("s1._domainkey.example.org") },
        Delist { zones: words(&["zen.spamhaus.org"]) }, LeavePolicyRange,
        PublishDmarc, DisownDmarc, RepairDmarc, MoveDmarc { from: name("example.org") }, KeepOneDmarc, CorrectDmarc, EnforceDmarc, EndDmarcTesting,
        RequestReports,
        AuthorizeReports { host: name("example.net") },
        PublishSpf,
        PublishProviderSpf { provider: "Google" },
        SaveSpfLookups { costly: vec![SpfCost { term: "include:a.example".into(), lookups: 7 }] },
        DisownSpf, RepairSpf, MoveSpf { from: name("_dmarc.example.org") }, KeepOneSpf, CorrectSpf, CloseSpf, NarrowSpf,
        NameAddress { addresses: vec![address()] },
        PruneNames { addresses: vec![address(), address()] },
        PointExchange { exchange: name("mx.example.org") },
        CorrectBimi, CorrectMx, PublishNullMx, DecideMx, AddIpv4,
        CoverSubdomains, AuthOnlyInTls, OfferAuth, ReplaceMechanisms, SilenceHelp, LevelVrfy, RefuseExpn,
        CoverSubdomains,
        PublishMtaSts, RepairMtaSts, KeepOneMtaSts,
        ServeMtaSts { host: name("mta-sts.example.org") },
        SecurePolicyHost { host: name("mta-sts.example.org") },
        CorrectMtaSts, ServeAsText,
        CoverExchanges { exchanges: vec![name("mx.example.org")] },
        EnforceMtaSts, PublishTlsRpt, RepairTlsRpt, KeepOneTlsRpt,
        AuthOnlyInTls, OfferAuth, ReplaceMechanisms, SilenceHelp, LevelVrfy, RefuseExpn,
        SignZone, PublishDs { key_tags: vec![2371] }, ReplaceDs { key_tags: vec![2371, 7] },
        RepairSignatures, RenewKeys,
        SignExchanges { hosts: names(1) }, RepairExchanges { hosts: names(2) },
        EndOldTls, OfferNewTls, LimitSuites, LimitGroups, EndCompression, RenewTlsLibrary,
        RenewCertificate { hosts: names(1) }, ReplaceCertificate { hosts: names(2) }, SendIssuers { hosts: names(1) },
        MatchKey { hosts: names(1) },
        CorrectTlsa { names: names(1) }, OfferTlsForDane { hosts: names(1) },
        PublishTlsa { names: names(1) },
        ReplaceTlsa { names: names(2) },
        AnswerTlsa { names: names(1) },
        CorrectMx, PublishNullMx, DecideMx, AddIpv4,
        OfferStartTls, RepairStartTls, LetStartTlsPass, UpdateServer, SecureSubmission, AddIpv6, OpenIpv6,
    }
    fn cap_causes() -> CapCause {
        OpenRelay, Listed, MtaStsRefuses, DaneRefuses, OldTls, NoStartTls, Injection, NeitherSpfNorDmarc, NoDmarc, NoSpf,
        SpfBroken, Coverage,
    }
    fn spf_causes() -> Cause {
        DomainMalformed, DomainMissing,
        IncludeWithoutRecord { target: "a.example".into() },
        Loop { target: "a.example".into() },
        LookupFailed { question: question(), failure: Failure::TimedOut },
        NoRecord,
        RedirectWithoutRecord { target: "a.example".into() },
        SeveralRecords { count: 2 },
        Syntax { code: SyntaxCode::Character },
        TooManyLookups,
        TooManyMxHosts { target: "a.example".into(), count: 11 },
        TooManyVoidLookups,
        TargetMalformed { target: "a..example".into() },
    }
    fn syntax_codes() -> SyntaxCode {
        BareAddress, BareDomain, Character, InvalidDomain, InvalidIpv4, InvalidIpv6, InvalidMacro, InvalidPrefix,
        Ipv4InIp6, Ipv6InIp4, MacroInAddress, MacroOnlyInExplanation, MissingArgument, PrefixOutOfRange,
        QualifierOnModifier, RepeatedExp, RepeatedRedirect, SingleLabel, UnexpectedArgument, UnexpectedPrefix,
        UnknownMechanism, Version,
    }
    fn note_codes() -> NoteCode {
        HostBitsSet,
        LongRecord { octets: 460 },
        OversizeRecord { octets: 600 },
        NeutralAll, NoAll, OpenRanges, PassAll, Ptr, PtrMacro, RedirectWithAll,
        RepeatedInclude { target: "a.example".into() },
        RepeatedTerm, RepeatedVersion, SpecialPurposeRange,
        TargetMalformed { target: "a..example".into() },
        TargetNotHost { target: "https://a.example".into() },
        TermAfterAll, TooManyVoidLookupsIpv6,
        UnknownModifier { name: "moo".into() },
        VoidLookup,
        WideRange { prefix: 4 },
    }
    fn diagnostic_codes() -> DiagnosticCode {
        MissingPolicy,
        InvalidValue { 0: TagName::P },
        InvalidValue { 0: TagName::Adkim },
        WatchesOnly, Testing, PublicSuffix,
        NotATag, EmptyTag,
        DuplicateTag { 0: TagName::Sp },
        InvalidCharacter, InvalidUri, MissingMailto, UnsupportedScheme, SizeLimit,
        ManyUris { 0: TagName::Rua },
        FailureOptionsWithoutRuf, FailureOptionsExclusive,
        RemovedTag { 0: TagName::Pct },
        UnknownTag,
    }
    fn near_misses() -> NearMiss {
        Quoted, LeadingWhiteSpace, VersionCase, Escaped, MissingSeparator, OtherVersion, VersionNotFirst,
        MissingVersion,
    }
    fn spf_near_misses() -> NearMissKind {
        LeadingSpace, Quoted, NoSpaceAfterVersion, SenderId, VersionMisspelled,
    }
    fn steps() -> Step {
        Greeting, Ehlo, Helo, StartTls, Help,
        Vrfy { mailbox: "info".into(), control: false },
        Vrfy { mailbox: "zq7x".into(), control: true },
        Expn { list: "staff".into() },
        MailFrom { form: RelayForm::NullSender },
        RcptTo { form: RelayForm::Percent },
        Rset, Smuggled, Quit,
    }
    fn relay_forms() -> RelayForm {
        NullSender, ForeignSender, OwnSender, AddressSender, Percent, SourceRoute,
    }
    fn failures() -> Failure {
        ServFail, Refused, Rcode { 0: 9 }, TimedOut, Unreachable, Malformed, NotAsked,
    }
    fn connect_failures() -> ConnectFailure {
        Refused, TimedOut, Unreachable, Local,
    }
    fn refusal_codes() -> RefusalCode {
        Busy, TooManyRequests, CoolingDown, BadMessage, UnknownVersion, IdleTooLong, ForeignOrigin, ShuttingDown,
        TookTooLong, OptedOut, NotDeep,
    }
    fn domain_name_errors() -> DomainNameError {
        Empty, Address, SingleLabel, Character { 0: '_' }, EmptyLabel, Hyphen, LabelTooLong, TooLong,
    }
    fn load_errors() -> LoadError {
        TooLarge, Unreadable { line: 3, column: 14 }, Version { 0: 7 },
    }
    fn progresses() -> Progress {
        Resolving,
        Blocklists { address: address() },
        Connecting { address: address() },
        Waiting { address: address(), step: Step::Greeting },
        Waiting { address: address(), step: Step::Help },
        FetchingPolicy { host: name("mta-sts.example.org") },
        Pausing { address: address() },
    }
    fn plain_facts() -> Fact {
        Dns { 0: dns(Response::NoData) },
        Dns { 0: dns(Response::NxDomain) },
        Dns { 0: dns(Response::Failed(Failure::ServFail)) },
        Dns { 0: dns(Response::Records(vec![RecordData::Txt(TxtRecord::single("a \"b\" \\ \u{7f}"))])) },
        Vantage { 0: Vantage {
            software: "postern 0.1".into(), ehlo_name: "probe.example".into(), port25: Some(false), ipv6: Some(false)
        } },
        Target { 0: target(TargetRuling::Planned) },
        Smtp { 0: smtp(SmtpEvent::Connected) },
        Blocklist { 0: listing(BlocklistOutcome::NotListed) },
        BlocklistTest { 0: BlocklistTest {
            zone: "zen.spamhaus.org".into(), family: Family::V4,
            listed: BlocklistOutcome::NotListed, unlisted: BlocklistOutcome::NotListed
        } },
        Selector { 0: selector(SelectorSource::Typed) },
        Policy { 0: policy(PolicyOutcome::Fetched(PolicyFile {
            media_type: Some("text/plain".into()), body: "version: STSv1\r\nmode: \u{202e}none".into()
        })) },
        Probe { 0: ProbeOutcome::NoServer },
    }
    fn selector_sources() -> SelectorSource { Typed, Message }
    fn rulings() -> TargetRuling {
        Planned, NotPublic, NoIpv6, TooMany, OptedOut, Resting,
    }
    fn smtp_events() -> SmtpEvent {
        Connected,
        NotConnected { 0: ConnectFailure::Refused },
        Replied {
            step: Step::Help, sent: Some("HELP".into()), reply: Reply { code: 214, lines: words(&["Topics:", "HELO"]) }
        },
        NotReplied { step: Step::Greeting, sent: None, instead: NoReply::TimedOut },
        Secured { 0: tls::fact(Trust::Trusted) },
        NotSecured { 0: FailedHandshake { detail: "handshake failure".into(), ..FailedHandshake::default() } },
        Hello { 0: tls::hello(HelloAnswer::Closed) },
    }
    fn no_replies() -> NoReply {
        TimedOut, Closed, Malformed { 0: "HTTP/1.1 400".into() }, Endless,
    }
    fn trusts() -> Trust {
        Trusted, Untrusted { 0: "expired".into() }, NoRoots,
    }
    fn outcomes() -> BlocklistOutcome {
        NotListed,
        Answered { codes: vec!["127.0.0.2".parse().unwrap()], reason: Some("see https://check.example/".into()) },
        Answered { codes: vec!["127.0.0.10".parse().unwrap()], reason: None },
        Answered { codes: vec!["127.255.255.254".parse().unwrap()], reason: None },
        Failed { 0: Unlisted::Empty },
        Failed { 0: Unlisted::Dns(Failure::ServFail) },
        Failed { 0: Unlisted::Dns(Failure::TimedOut) },
    }
    fn probe_outcomes() -> ProbeOutcome {
        Finished { took: Millis(12_345) }, Refused { 0: RefusalCode::Busy }, Stopped, Cut, Unreachable, NoServer,
    }
    fn identities() -> Identity {
        Exact, ExistingSubdomain, NonExistentSubdomain,
    }
    fn policies() -> Policy {
        Unknown, Absent, None, Quarantine, Reject,
    }
    fn strangers() -> Stranger {
        Fail, SoftFail, Neutral, None, PermError, Pass,
    }
    fn protections() -> Protection {
        Protected, DmarcOnly, Open,
    }
}

/// Every reason, with every code that it can carry.
pub(super) fn reasons() -> Vec<Reason> {
    let at = |cause| Problem::at("example.org", Span::new(7, 20), cause);
    let mut reasons = plain_reasons();
    reasons.extend(
        spf_causes()
            .into_iter()
            .map(|cause| Reason::SpfBroken { problem: at(cause) }),
    );
    let syntax = syntax_codes()
        .into_iter()
        .map(|code| Cause::Syntax { code });
    reasons.extend(syntax.map(|cause| Reason::SpfBroken { problem: at(cause) }));
    let note = |code| Note {
        domain: "example.org".into(),
        span: Some(Span::new(7, 20)),
        code,
    };
    reasons.extend(
        note_codes()
            .into_iter()
            .map(|code| Reason::SpfNote { note: note(code) }),
    );
    let remark = |code| Reason::DmarcDiagnostic {
        text: RECORD.into(),
        diagnostic: diagnostic(code),
    };
    reasons.extend(diagnostic_codes().into_iter().map(remark));
    let ignored = |near_miss| Reason::DmarcIgnored {
        text: RECORD.into(),
        near_miss,
    };
    reasons.extend(near_misses().into_iter().map(ignored));
    reasons.extend(
        policies()
            .into_iter()
            .map(|policy| Reason::DmarcEnforces { policy }),
    );
    reasons.extend(
        policies()
            .into_iter()
            .map(|policy| Reason::DmarcTesting { policy }),
    );
    reasons.extend(strangers().into_iter().map(|strangers| Reason::SpfValid {
        lookups: 3,
        strangers,
    }));
    reasons.extend(
        refusal_codes()
            .into_iter()
            .map(|refusal| Reason::ProbeRefused { refusal }),
    );
    reasons.extend(steps().into_iter().map(|step| Reason::Silent { step }));
    reasons.extend(spoofings());
    reasons.extend(bimi::reasons().into_iter().map(Reason::Bimi));
    reasons.extend(caa::reasons().into_iter().map(Reason::Caa));
    reasons.extend(dane::reasons().into_iter().map(Reason::Dane));
    reasons.extend(dkim::reasons().into_iter().map(Reason::Dkim));
    reasons.extend(dnssec::reasons().into_iter().map(Reason::Dnssec));
    reasons.extend(transit::reasons());
    reasons.extend(mta_sts::reasons().into_iter().map(Reason::MtaSts));
    reasons.extend(mx::reasons().into_iter().map(Reason::Mx));
    reasons.extend(tls::reasons());
    reasons.extend(tls_rpt::reasons().into_iter().map(Reason::TlsRpt));
    reasons
}

fn spoofings() -> Vec<Reason> {
    let mut all = Vec::new();
    for identity in identities() {
        for policy in policies() {
            for stranger in strangers().into_iter().map(Some).chain([None]) {
                for protection in protections() {
                    all.push(Reason::Spoofing {
                        identity,
                        policy,
                        stranger,
                        protection,
                    });
                }
            }
        }
    }
    all
}

/// Every kind of fact, with every outcome that it can have.
pub(super) fn facts() -> Vec<Fact> {
    let mut facts = plain_facts();
    facts.extend(
        rulings()
            .into_iter()
            .map(|ruling| Fact::Target(target(ruling))),
    );
    facts.extend(
        failures()
            .into_iter()
            .map(|failure| Fact::Dns(dns(Response::Failed(failure)))),
    );
    facts.push(Fact::Dns(DnsFact {
        resolver: DnsFact::SUPPOSED.to_owned(),
        ..dns(Response::NoData)
    }));
    facts.extend(
        smtp_events()
            .into_iter()
            .map(|event| Fact::Smtp(smtp(event))),
    );
    let unanswered = |instead| SmtpEvent::NotReplied {
        step: Step::Help,
        sent: Some("HELP".into()),
        instead,
    };
    facts.extend(
        no_replies()
            .into_iter()
            .map(|instead| Fact::Smtp(smtp(unanswered(instead)))),
    );
    facts.extend(
        tls::answers()
            .into_iter()
            .map(|answer| Fact::Smtp(smtp(SmtpEvent::Hello(tls::hello(answer))))),
    );
    facts.extend(
        trusts()
            .into_iter()
            .map(|trust| Fact::Smtp(smtp(SmtpEvent::Secured(tls::fact(trust))))),
    );
    facts.extend(
        outcomes()
            .into_iter()
            .map(|outcome| Fact::Blocklist(listing(outcome))),
    );
    facts.extend(
        selector_sources()
            .into_iter()
            .map(|source| Fact::Selector(selector(source))),
    );
    let unfetched = mta_sts::no_policies().into_iter();
    let unfetched = unfetched.map(|why| policy(PolicyOutcome::NotFetched(why)));
    facts.extend(unfetched.map(Fact::Policy));
    facts.extend(probe_outcomes().into_iter().map(Fact::Probe));
    let codes = vec![
        blocklist::test_points(Family::V4)
            .0
            .to_string()
            .parse()
            .unwrap(),
    ];
    facts.push(Fact::BlocklistTest(BlocklistTest {
        zone: "zen.spamhaus.org".into(),
        family: Family::V4,
        listed: BlocklistOutcome::Answered {
            codes,
            reason: None,
        },
        unlisted: BlocklistOutcome::NotListed,
    }));
    facts
}

pub(super) fn caps() -> Vec<Cap> {
    cap_causes()
        .into_iter()
        .map(|cause| Cap {
            grade: Grade::CPlus,
            cause,
            bit: true,
        })
        .collect()
}

pub(super) fn diagnostic(code: DiagnosticCode) -> Diagnostic {
    Diagnostic {
        span: Span::new(12, 17),
        code,
    }
}

pub(super) fn dns(response: Response) -> DnsFact {
    DnsFact {
        question: question(),
        answer: Answer {
            response,
            authenticated: true,
            canonical: None,
        },
        resolver: "Cloudflare".into(),
        took: Millis(41),
    }
}

pub(super) fn smtp(event: SmtpEvent) -> SmtpFact {
    SmtpFact {
        address: address(),
        port: 25,
        dialogue: DialogueKind::Survey,
        sequence: 0,
        secure: true,
        event,
        took: Millis(2_345),
    }
}

pub(super) fn policy(outcome: PolicyOutcome) -> PolicyFact {
    PolicyFact {
        domain: name("example.org"),
        address: Some(address()),
        outcome,
        took: Millis(41),
    }
}

pub(super) fn listing(outcome: BlocklistOutcome) -> BlocklistFact {
    BlocklistFact {
        zone: "zen.spamhaus.org".into(),
        address: address(),
        outcome,
    }
}

fn target(ruling: TargetRuling) -> TargetFact {
    TargetFact {
        exchange: name("mx.example.org"),
        address: address(),
        ruling,
    }
}

fn selector(source: SelectorSource) -> SelectorFact {
    SelectorFact {
        domain: name("mail.example.org"),
        selector: Selector::parse("s2026").unwrap(),
        source,
    }
}
