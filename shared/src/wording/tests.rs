//! Reads everything that can be said, in every language.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::*;
use crate::DomainName;
use crate::checks::CHECKS;
use crate::dns::{Name, RecordData, Response, TxtRecord, Wanting, Zone};
use crate::evidence::{ConnectFailure, Evidence, NoPolicy, PolicyFile, PolicyOutcome, SmtpEvent};
use crate::report::{
    DaneReason, DnssecReason, Downgrade, Finding, Hold, Ipv6Reason, MtaStsReason, Offer, Passage,
    Sender, TlsRptReason, Verdict, assess,
};
use crate::smtp::Reply;
use crate::spf;

/// What Persian prose writes in Latin letters: names that have no other form.
const ACRONYMS: [&str; 23] = [
    "SPF", "DMARC", "DKIM", "DNS", "SMTP", "TLS", "MX", "AUTH", "HELP", "VRFY", "EXPN", "IP",
    "MTA", "STS", "RPT", "DANE", "TLSA", "DNSSEC", "CAA", "BIMI", "RSA", "SSL", "IPv6",
];

/// A text that is remarked upon, and where.
const LINTED: &str = "v=DMARC1; p=rejct";
const PLACE: Span = Span { start: 12, end: 17 };

/// Everything that can be said, by what it was made from.
fn everything(language: Language) -> Vec<(String, Sentence)> {
    let mut said: Vec<(String, Sentence)> = Vec::new();
    macro_rules! say_all {
        ($($samples:expr => $speak:expr),+ $(,)?) => { $(
            said.extend($samples.into_iter().map(|sample| {
                let name = format!("{sample:?}");
                (name, Sentence::from_words($speak(language, sample)))
            }));
        )+ };
    }
    say_all! {
        samples::reasons() => |l, sample| reason(l, &sample),
        samples::actions() => |l, sample| action(l, &sample),
        samples::lint::codes() => |l, sample| remark(l, LINTED, PLACE, &sample),
        [Level::Note, Level::Warning, Level::Error] => level,
        RecordKind::ALL => no_remarks,
        [(None, 12), (Some(3), 1)] => |l, (line, column)| place(l, line, column),
        [()] => |l, ()| joined_strings(l),
        [1, 12] => more_remarks,
        [1, 12] => more_proofs,
        [1_000_000] => too_much_input,
        [()] => |l, ()| mend_first(l),
        [()] => |l, ()| no_client_name(l),
        ["http://example.org"] => no_probe_url,
        ["a b"] => no_ehlo_name,
        ["mx.example.org"] => no_server_address,
        [std::net::IpAddr::from([10, 0, 0, 1])] => not_public_server,
        ["smtp", ""] => no_port,
        [()] => |l, ()| no_server_name(l),
        [()] => |l, ()| no_tls(l),
        samples::tls::labels() => tls_label,
        samples::tls::levels() => tls_level,
        samples::tls::taken() => tls_taken,
        samples::caps() => |l, sample| cap(l, &sample),
        samples::downgrade::ways() => |l, sample| passages(l, &sample).into_iter().fold(Sentence::default(), Sentence::then),
        samples::refusal_codes() => |l, sample| refusal(l, sample, Some(40)),
        samples::refusal_codes() => |l, sample| refusal(l, sample, None),
        samples::domain_name_errors() => |l, sample| domain_name_error(l, &sample),
        samples::dkim::not_named() => |l, sample| not_named(l, &sample),
        samples::load_errors() => |l, sample| load_error(l, &sample),
        samples::failures() => dns_failure,
        samples::failures() => after_dns_failure,
        no_probes() => |l, sample| no_probe(l, "ws://probe.example/ws", &sample),
        samples::connect_failures() => connect_failure,
        samples::progresses() => |l, sample| progress(l, &sample),
        samples::steps() => |l, sample| step(l, &sample),
        samples::relay_forms() => relay_form,
        samples::facts() => |l, sample| observation(l, &sample).label,
        samples::identities() => identity,
        samples::policies() => policy,
        samples::strangers() => stranger,
        samples::protections() => protection,
        Status::ALL => status,
        ProfileName::ALL => |l, sample| profile(l, sample).name,
        ProfileName::ALL => |l, sample| profile(l, sample).description,
        [Owner::Dns, Owner::ServerOperator, Owner::Provider, Owner::Signer, Owner::MailProvider] => owner,
        [Owner::ReportReceiver, Owner::WebServer, Owner::Firewall] => owner,
        Group::ALL => group,
        covered() => |l, sample: Report| coverage(l, &sample),
        [1, 12] => gain,
        [Millis(0), Millis(999), Millis(61_250)] => duration,
        CHECKS.iter().map(|check| check.id()) => |l, sample| check(l, sample).name,
        CHECKS.iter().map(|check| check.id()) => |l, sample| check(l, sample).question,
        CHECKS.iter().map(|check| check.id()) => |l, sample| check(l, sample).meaning,
        [Effort::default(), Effort { connections: 1, commands: 14, took: Some(Millis(4_200)) }] => |l, sample| effort(l, &sample),
        reports() => |l, sample: Report| verdict(l, &sample),
        reports() => |l, sample: Report| group_answer(l, Group::Impersonation, &sample),
        reports() => |l, sample: Report| group_answer(l, Group::Transit, &sample),
        reports() => |l, sample: Report| group_answer(l, Group::Exposure, &sample),
        reports() => |l, sample: Report| group_answer(l, Group::Delivery, &sample),
        samples::spf_results().map(outcome) => |l, sample: spf::Outcome| spf_outcome(l, &sample),
        samples::spf_events() => spf_event,
        terms() => |l, sample: spf::TermNode| spf_cost(l, &sample),
        trees() => |l, sample: spf::Tree| spf_tree(l, &sample),
        trees() => |l, sample: spf::Tree| spf_passing(l, &sample),
        [()] => |l, ()| pending(l),
        [()] => |l, ()| provisional(l),
        [()] => |l, ()| no_grade(l),
    }
    said
}

impl Sentence {
    /// What any of the functions gives, as a sentence.
    fn from_words(words: impl IntoWords) -> Self {
        words.into_words()
    }
}

trait IntoWords {
    fn into_words(self) -> Sentence;
}

impl IntoWords for Sentence {
    fn into_words(self) -> Sentence {
        self
    }
}

impl IntoWords for &'static str {
    fn into_words(self) -> Sentence {
        Sentence::text(self)
    }
}

impl IntoWords for String {
    fn into_words(self) -> Sentence {
        Sentence::text(self)
    }
}

/// Reports of every shape: each reason by itself in each row, with each status.
fn reports() -> Vec<Report> {
    let mut reports = vec![blank()];
    for status in Status::ALL {
        for reason in samples::plain_reasons() {
            reports.push(all(status, &reason));
        }
        reports.push(all(status, &spoofed(Protection::Open)));
        reports.push(all(status, &spoofed(Protection::Protected)));
        for (verdict, senders) in [
            (Verdict::Prevented, &[Sender::Dane, Sender::MtaSts][..]),
            (Verdict::PreventedForSome, &[Sender::Dane]),
            (Verdict::PreventedForSome, &[Sender::MtaSts]),
            (Verdict::Partly, &[Sender::Dane]),
            (Verdict::Possible, &[]),
            (Verdict::AlwaysClear, &[]),
            (Verdict::Breaks, &[Sender::MtaSts]),
            (Verdict::Breaks, &[Sender::Dane, Sender::MtaSts]),
            (Verdict::Unknown, &[]),
            (Verdict::NotApplicable, &[]),
        ] {
            reports.push(led(all(status, &Reason::SpfNeutral), verdict, senders));
        }
    }
    reports
}

/// Trees with and without look-ups that find nothing, whole and cut short.
fn trees() -> [spf::Tree; 2] {
    let zone = Zone::new().txt("example.org", "v=spf1 exists:nowhere.example -all");
    let dns = Wanting::new(&zone);
    let whole = spf::walk(&dns, &Name::parse("example.org").unwrap()).unwrap();
    let cut = spf::Tree {
        truncated: true,
        ipv6_networks: 1 << 32,
        void_lookups_ipv4: 0,
        void_lookups_ipv6: 0,
        ..whole.clone()
    };
    [whole, cut]
}

/// Terms that let nobody, one or many pass.
fn terms() -> [spf::TermNode; 3] {
    let [whole, _] = trees();
    let term = whole.root.terms.into_iter().next().unwrap();
    [0, 1, 328_960].map(|passing| spf::TermNode {
        ipv4_addresses: passing,
        ipv6_networks: passing,
        ..term.clone()
    })
}

#[test]
fn a_term_says_what_it_costs_and_lets_pass() {
    let [_, one, many] = terms();
    let said = |language, term: &spf::TermNode| spf_cost(language, term).plain(Language::En);
    assert_eq!(
        said(Language::En, &one),
        "1 look-up, 1 IPv4 address, 1 IPv6 network"
    );
    let (en, fa) = (said(Language::En, &many), said(Language::Fa, &many));
    assert_eq!(
        en,
        "1 look-up, 328,960 IPv4 addresses, 328,960 IPv6 networks"
    );
    assert_eq!(fa, "۱ پرس‌وجو، ۳۲۸٬۹۶۰ آدرس IPv4، ۳۲۸٬۹۶۰ شبکه‌ی IPv6");
    // One address without a look-up is what the term says itself.
    for (passing, expected) in [(1, ""), (256, "256 IPv4 addresses")] {
        let term = spf::TermNode {
            lookups: 0,
            ipv4_addresses: passing,
            ipv6_networks: 0,
            ..one.clone()
        };
        assert_eq!(said(Language::En, &term), expected);
    }
    let [whole, cut] = trees();
    let passing = |tree: &spf::Tree| spf_passing(Language::En, tree).plain(Language::En);
    assert_eq!(passing(&whole), "IPv4 addresses that pass: 0.");
    assert!(passing(&cut).ends_with("IPv6 networks (/64) that pass: 4,294,967,296."));
    let mut unseen = whole;
    unseen
        .problems
        .push(spf::Problem::of("example.org", unanswered()));
    assert_eq!(
        passing(&unseen),
        "IPv4 addresses that pass, as far as we could look: 0."
    );
}

/// A look-up that failed.
fn unanswered() -> spf::Cause {
    let name = crate::dns::Name::parse("example.org").expect("a name");
    spf::Cause::LookupFailed {
        question: crate::dns::Question::new(name, crate::dns::RecordType::Txt),
        failure: crate::dns::Failure::TimedOut,
    }
}

/// An evaluation that came to `result`, with a cause or without.
fn outcome(result: spf::SpfResult) -> spf::Outcome {
    let cause = spf::Problem::of("example.org", spf::Cause::TooManyLookups);
    spf::Outcome {
        result,
        cause: (result == spf::SpfResult::PermError).then_some(cause),
        explanation: None,
        lookups: 1,
        void_lookups: 0,
        trace: Vec::new(),
    }
}

/// Every way to find no probe server.
fn no_probes() -> Vec<NoProbe> {
    let mut ways = vec![
        NoProbe::Name,
        NoProbe::Tls("UnknownIssuer".into()),
        NoProbe::Status(404),
        NoProbe::Stranger,
    ];
    ways.extend(
        samples::connect_failures()
            .into_iter()
            .map(NoProbe::Connection),
    );
    ways
}

/// Reports of which more or less could be looked at.
fn covered() -> Vec<Report> {
    let covered = |coverage| Report {
        coverage,
        ..blank()
    };
    let left_alone = Report {
        coverage: 100,
        ..all(Status::Na, &Reason::ImplicitMx)
    };
    vec![covered(0), covered(73), covered(100), left_alone]
}

/// The report of a scan that has seen nothing.
fn blank() -> Report {
    static BLANK: OnceLock<Report> = OnceLock::new();
    let nothing = || Evidence::new(DomainName::parse("example.org").unwrap());
    BLANK
        .get_or_init(|| assess(&nothing(), ProfileName::Standards.profile()))
        .clone()
}

/// A report whose rows all have one status for one reason.
fn all(status: Status, reason: &Reason) -> Report {
    let mut report = blank();
    for finding in &mut report.checks {
        set(finding, status, reason.clone());
    }
    report
}

fn set(finding: &mut Finding, status: Status, reason: Reason) {
    finding.status = status;
    finding.reasons = vec![reason];
}

/// The same report with this verdict on the way to two mail servers, the second unguarded.
fn led(mut report: Report, verdict: Verdict, senders: &[Sender]) -> Report {
    let passage = |exchange: &str, dane| Passage {
        exchange: Name::parse(exchange).unwrap(),
        starttls: Offer::Offered,
        dane,
        mta_sts: Hold::Yields,
    };
    report.downgrade = Some(Downgrade {
        verdict,
        senders: senders.to_vec(),
        exchanges: vec![
            passage("mx1.example.org", Hold::Insists),
            passage("mx2.example.org", Hold::Yields),
        ],
    });
    report
}

fn spoofed(protection: Protection) -> Reason {
    Reason::Spoofing {
        identity: Identity::Exact,
        policy: Policy::Reject,
        stranger: Some(Stranger::None),
        protection,
    }
}

/// A report that is well but for these rows.
fn well_but(rows: &[(CheckId, Status, Reason)]) -> Report {
    let mut report = all(Status::Pass, &Reason::SpfNeutral);
    for finding in &mut report.checks {
        finding.reasons.clear();
    }
    for (id, status, reason) in rows {
        let finding = report
            .checks
            .iter_mut()
            .find(|finding| finding.id == *id)
            .unwrap();
        set(finding, *status, reason.clone());
    }
    report
}

#[test]
fn everything_is_said_in_every_language() {
    for language in Language::ALL {
        for (sample, sentence) in everything(language) {
            assert!(
                !sentence.plain(language).trim().is_empty(),
                "{language:?} {sample}"
            );
            // What is not prose may hold anything: a letter stands for it.
            let prose = |part: &Part| match part {
                Part::Text(prose) => prose.clone(),
                Part::Code(_) => "x".to_owned(),
            };
            let prose: String = sentence.0.iter().map(prose).collect();
            for flaw in ["  ", " .", " ،", " :", "..", ":.", "( ", " )", "{", "`"] {
                assert!(
                    !prose.contains(flaw),
                    "{language:?} {sample}: {flaw:?} in {prose:?}"
                );
            }
        }
    }
}

#[test]
fn each_language_says_it_in_its_own_letters() {
    for ((sample, english), (_, persian)) in everything(Language::En)
        .into_iter()
        .zip(everything(Language::Fa))
    {
        for part in &english.0 {
            let Part::Text(prose) = part else { continue };
            assert!(
                prose.chars().all(|c| c.is_ascii() || c == '…'),
                "{sample}: {prose}"
            );
        }
        for part in &persian.0 {
            let Part::Text(prose) = part else { continue };
            let latin = prose
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty());
            for word in latin {
                assert!(ACRONYMS.contains(&word), "{sample}: {word:?} in {prose:?}");
            }
            // Arabic letters and digits that look like Persian ones, and Latin punctuation.
            let foreign = |c: char| "يكةى٠١٢٣٤٥٦٧٨٩,;?%".contains(c);
            assert!(!prose.chars().any(foreign), "{sample}: {prose}");
        }
    }
}

#[test]
fn what_is_code_in_one_language_is_code_in_the_other() {
    let codes = |sentence: &Sentence| {
        let mut codes: BTreeMap<String, usize> = BTreeMap::new();
        for part in &sentence.0 {
            if let Part::Code(code) = part {
                // Persian isolates these, English has no need to.
                if !["IPv4", "IPv6", "null MX", "PBL", "Spamhaus PBL"].contains(&code.as_str()) {
                    *codes.entry(code.clone()).or_default() += 1;
                }
            }
        }
        codes
    };
    for reason_ in samples::reasons() {
        let (english, persian) = (
            reason(Language::En, &reason_),
            reason(Language::Fa, &reason_),
        );
        assert_eq!(codes(&english), codes(&persian), "{reason_:?}");
    }
    let sender_id = EditedCode::SpfNearMiss(spf::NearMissKind::SenderId);
    for sample in samples::lint::codes() {
        let said = |language| codes(&remark(language, LINTED, PLACE, &sample));
        // The name of another standard, which Persian isolates.
        if sample != Code::Edited(sender_id.clone()) {
            assert_eq!(said(Language::En), said(Language::Fa), "{sample:?}");
        }
    }
}

/// The field takes e-mail and web addresses: only one kind is none of its own.
#[test]
fn which_kind_of_address_is_no_domain_is_said() {
    for (language, words) in [
        (Language::En, "That is an IP address."),
        (Language::Fa, "این یک آدرس IP است."),
    ] {
        let said = domain_name_error(language, &DomainNameError::Address).plain(language);
        assert!(said.starts_with(words), "{said}");
    }
}

/// `SERVFAIL` is an answer: whoever gives it was reached.
#[test]
fn the_network_is_blamed_only_where_nobody_answered() {
    for failure in samples::failures() {
        let silent = matches!(failure, Failure::TimedOut | Failure::Unreachable);
        for (language, network) in [(Language::En, "network"), (Language::Fa, "شبکه")] {
            let said = after_dns_failure(language, failure).plain(language);
            assert_eq!(said.contains(network), silent, "{failure:?}: {said}");
        }
    }
}

/// What is missing is not quoted.
#[test]
fn a_remark_on_an_empty_value_stands_by_itself() {
    for (kind, text) in [
        (
            RecordKind::Dmarc,
            "v=DMARC1; p=; rua=mailto:a@example.org,; ruf=",
        ),
        (
            RecordKind::Dmarc,
            "v=DMARC1; sp=; adkim=; fo=; t=; psd=; pct=;; =",
        ),
        (RecordKind::Dkim, "v=DKIM1; k=; h=; s=; t=; n=; x=;; p="),
        (RecordKind::Dkim, "v=; k=rsa; p="),
        (RecordKind::MtaSts, "v=STSv1; id=;; x="),
        (RecordKind::MtaSts, "v=STSv1; v="),
        (
            RecordKind::MtaStsPolicy,
            "version:\nmode:\nmx:\n\nmax_age:\n:\nx:",
        ),
        (RecordKind::TlsRpt, "v=TLSRPTv1; rua="),
        (RecordKind::TlsRpt, "v=TLSRPTv1; rua=,mailto:a@example.org,"),
        (RecordKind::Bimi, "v=BIMI1; l=; a=; lps=,; avp=;; x="),
        (
            RecordKind::Spf,
            "v=spf1 include: a: ip4: exists:%{ redirect= exp= - x=",
        ),
        (RecordKind::Mx, "10\n10 .\n.\n10 a..b"),
        (RecordKind::Tlsa, "3 1 1"),
    ] {
        let remarks = crate::lint::lint(kind, text).remarks;
        assert!(!remarks.is_empty(), "{text:?}");
        for (language, found) in Language::ALL
            .into_iter()
            .flat_map(|language| remarks.iter().map(move |found| (language, found)))
        {
            let said = Sentence::from_words(remark(language, text, found.span, &found.code));
            let empty = |part: &Part| matches!(part, Part::Code(code) if code.is_empty());
            assert!(!said.0.iter().any(empty), "{text:?} {said:?}");
        }
    }
}

#[test]
fn no_two_reasons_sound_alike() {
    for language in Language::ALL {
        let mut said: BTreeMap<String, Reason> = BTreeMap::new();
        for sample in samples::plain_reasons() {
            let plain = reason(language, &sample).plain(language);
            if let Some(other) = said.insert(plain.clone(), sample.clone()) {
                panic!("{other:?} and {sample:?} both say {plain:?}");
            }
        }
    }
}

#[test]
fn persian_isolates_are_closed_and_hold_what_is_not_prose() {
    let tells = Reason::VrfyTells {
        accepted: vec!["info".into()],
        refused: vec!["hostmaster".into()],
    };
    let plain = reason(Language::Fa, &tells).plain(Language::Fa);
    assert!(
        plain.contains("\u{2066}hostmaster\u{2069}") && plain.contains("\u{2066}info\u{2069}"),
        "{plain}"
    );
    for (sample, sentence) in everything(Language::Fa) {
        let mut open = false;
        let mut before = ' ';
        for c in sentence.plain(Language::Fa).chars() {
            match c {
                '\u{2066}' => assert!(!core::mem::replace(&mut open, true), "{sample}"),
                '\u{2069}' => assert!(core::mem::replace(&mut open, false), "{sample}"),
                // The digit of IPv6 is part of a name.
                c => {
                    let is_number = c.is_ascii_digit() && !before.is_ascii_alphabetic();
                    assert!(open || !is_number, "{sample}");
                }
            }
            before = c;
        }
        assert!(!open, "{sample}");
    }
}

#[test]
fn strangers_text_cannot_draw_what_it_likes() {
    let hostile = format!("\u{202e}\u{2069}\x1b[31m{{0}}`{}", "A".repeat(100_000));
    let reasons = [
        Reason::HelpList {
            text: hostile.clone(),
        },
        Reason::SpfIgnored {
            text: hostile.clone(),
        },
        Reason::VrfyConfirms {
            mailboxes: vec![hostile.clone(); 10_000],
        },
        Reason::Throttled {
            reply_code: 421,
            text: hostile.clone(),
        },
        Reason::SpfBroken {
            problem: spf::Problem::of(&hostile, spf::Cause::NoRecord),
        },
    ];
    for language in Language::ALL {
        for sample in &reasons {
            let sentence = reason(language, sample);
            let plain = sentence.plain(language);
            assert!(plain.chars().count() < 3_000, "{}", plain.chars().count());
            for part in &sentence.0 {
                let (Part::Text(shown) | Part::Code(shown)) = part;
                assert!(!shown.contains(['\u{202e}', '\u{2069}', '\x1b']), "{shown}");
            }
            assert!(plain.contains("⟨U+202E⟩"), "{plain}");
        }
    }
}

#[test]
fn proof_lines_are_the_very_lines() {
    let lines = |fact: &Fact| observation(Language::Fa, fact).lines;
    let text = TxtRecord(vec!["v=spf1 \"x\"".into(), "-all\u{e9}\n".into()]);
    assert_eq!(
        lines(&Fact::Dns(samples::dns(Response::Records(vec![
            RecordData::Txt(text)
        ])))),
        [
            r#"example.org. TXT "v=spf1 \"x\"" "-all\233\010""#,
            ";; flags: ad"
        ]
    );
    let mx = RecordData::Mx {
        preference: 0,
        exchange: crate::dns::Name::root(),
    };
    assert_eq!(
        lines(&Fact::Dns(samples::dns(Response::Records(vec![mx]))))[0],
        "example.org. TXT 0 ."
    );
    assert_eq!(
        lines(&Fact::Dns(samples::dns(Response::NxDomain)))[0],
        "example.org. TXT ;; NXDOMAIN"
    );
    let reply = Reply {
        code: 214,
        lines: vec!["Topics:".into(), "HELO\u{202e}".into()],
    };
    let replied = SmtpEvent::Replied {
        step: Step::Help,
        sent: Some("HELP".into()),
        reply,
    };
    assert_eq!(
        lines(&Fact::Smtp(samples::smtp(replied))),
        ["C: HELP", "S: 214-Topics:", "S: 214 HELO⟨U+202E⟩"]
    );
    let policy = |outcome| Fact::Policy(samples::policy(outcome));
    let file = PolicyFile {
        media_type: Some("text/plain".into()),
        body: "version: STSv1\r\nmode: \u{202e}none\r\n".into(),
    };
    assert_eq!(
        lines(&policy(PolicyOutcome::Fetched(file))),
        [
            "Content-Type: text/plain",
            "version: STSv1",
            "mode: ⟨U+202E⟩none"
        ]
    );
    let moved = NoPolicy::Status {
        status: 302,
        location: Some("https://example.org/".into()),
    };
    assert_eq!(
        lines(&policy(PolicyOutcome::NotFetched(moved))),
        ["HTTP 302", "Location: https://example.org/"]
    );
    let listed = &samples::outcomes()[1];
    assert_eq!(
        lines(&Fact::Blocklist(samples::listing(listed.clone()))),
        [
            "25.2.0.192.zen.spamhaus.org. A 127.0.0.2",
            "25.2.0.192.zen.spamhaus.org. TXT \"see https://check.example/\""
        ]
    );
}

#[test]
fn proof_is_bounded() {
    let reply = Reply {
        code: 250,
        lines: vec!["\u{202e}".repeat(100_000); 1_000],
    };
    let replied = SmtpEvent::Replied {
        step: Step::Help,
        sent: None,
        reply,
    };
    let lines = observation(Language::En, &Fact::Smtp(samples::smtp(replied))).lines;
    assert!(lines.len() < 200 && lines.iter().all(|line| line.chars().count() < 20_000));
}

#[test]
fn plurals_and_numbers() {
    let english = |reason_: &Reason| reason(Language::En, reason_).plain(Language::En);
    let persian = |reason_: &Reason| reason(Language::Fa, reason_).plain(Language::Fa);
    let valid = |lookups| Reason::SpfValid {
        lookups,
        strangers: Stranger::Fail,
    };
    assert!(
        english(&valid(1)).contains("1 look-up,") && english(&valid(2)).contains("2 look-ups,")
    );
    assert!(persian(&valid(10)).contains("۱۰ پرس‌وجو"));
    let tells = |accepted: &[&str]| Reason::VrfyTells {
        accepted: accepted.iter().map(|name| (*name).to_owned()).collect(),
        refused: vec!["hostmaster".into()],
    };
    assert_eq!(
        english(&tells(&["info"])),
        "hostmaster is refused but info is accepted: whoever asks learns which mailboxes exist."
    );
    assert!(
        english(&tells(&["info", "admin", "root"])).contains("info, admin and root are accepted")
    );
    let many = Reason::VrfyConfirms {
        mailboxes: (0..40).map(|n| format!("m{n}")).collect(),
    };
    assert!(
        english(&many).contains("m4 and 35 more:"),
        "{}",
        english(&many)
    );
    assert!(
        persian(&many).contains("۳۵ مورد دیگر"),
        "{}",
        persian(&many)
    );
    assert_eq!(
        (gain(Language::En, 1), gain(Language::En, 12)),
        ("+1 point".into(), "+12 points".into())
    );
    assert_eq!(duration(Language::Fa, Millis(2_345)), "۲٫۳ ثانیه");
    assert!(
        refusal(Language::En, RefusalCode::Busy, Some(120))
            .plain(Language::En)
            .ends_with("in 2 minutes.")
    );
}

#[test]
fn answers_and_verdicts_are_written_from_the_rows() {
    let report = well_but(&[
        (CheckId::Spf, Status::Fail, Reason::SpfMissing),
        (
            CheckId::Spoofing,
            Status::Warn,
            spoofed(Protection::DmarcOnly),
        ),
        (
            CheckId::Vrfy,
            Status::Warn,
            samples::plain_reasons()
                .into_iter()
                .find(|r| matches!(r, Reason::VrfyTells { .. }))
                .unwrap(),
        ),
    ]);
    let english = |sentence: Sentence| sentence.plain(Language::En);
    let answer = |group, report: &Report| english(group_answer(Language::En, group, report));
    assert_eq!(
        answer(Group::Impersonation, &report),
        "Where receivers do not check DMARC, yes: there is no SPF record."
    );
    assert_eq!(
        answer(Group::Exposure, &report),
        "A little: VRFY tells which mailboxes exist."
    );
    assert_eq!(
        answer(Group::Delivery, &report),
        "As far as we can see, yes: every address has a name that leads back, no blocklist that counts lists your servers, the MX records are right and mail can arrive over IPv6."
    );
    assert_eq!(
        english(verdict(Language::En, &report)),
        "What weighs most: there is no SPF record and VRFY tells which mailboxes exist."
    );
    let below = Reason::Spoofing {
        identity: Identity::ExistingSubdomain,
        policy: Policy::None,
        stranger: None,
        protection: Protection::Open,
    };
    let mut report = well_but(&[
        (CheckId::Dmarc, Status::Warn, Reason::DmarcNoReports),
        (CheckId::Spoofing, Status::Fail, below),
    ]);
    let spoofing = report
        .checks
        .iter_mut()
        .find(|finding| finding.id == CheckId::Spoofing);
    spoofing
        .unwrap()
        .reasons
        .insert(0, spoofed(Protection::Protected));
    assert_eq!(
        answer(Group::Impersonation, &report),
        "Not as the domain itself, but as a subdomain: DMARC leaves subdomains open."
    );
    let clear = Reason::AuthInClear {
        mechanisms: vec!["PLAIN".into()],
    };
    let report = well_but(&[
        (CheckId::Auth, Status::Pass, clear),
        (CheckId::Spf, Status::Fail, Reason::SpfMissing),
        (CheckId::Dmarc, Status::Warn, Reason::DmarcNoReports),
        (
            CheckId::Spoofing,
            Status::Warn,
            spoofed(Protection::DmarcOnly),
        ),
    ]);
    assert_eq!(
        answer(Group::Exposure, &report),
        "Nothing that it should not: strangers' mail to strangers is refused, login is offered, passwords travel only inside TLS, `VRFY` tells no mailbox from another, `EXPN` names nobody and `HELP` gives nothing away.".replace('`', "")
    );
    assert_eq!(
        answer(Group::Impersonation, &report),
        "Where receivers do not check DMARC, yes: there is no SPF record."
    );
    let report = well_but(&[(CheckId::Auth, Status::Fail, Reason::AuthAbsent)]);
    assert!(answer(Group::Exposure, &report).starts_with("Nothing too much."));
    // That nobody gets reports lets nobody read mail.
    let absent = || Reason::TlsRpt(TlsRptReason::Absent);
    let report = well_but(&[(CheckId::TlsRpt, Status::Fail, absent())]);
    let report = led(report, Verdict::Prevented, &[Sender::Dane, Sender::MtaSts]);
    assert_eq!(
        answer(Group::Transit, &report),
        "Not where senders check DANE or MTA-STS: they deliver to your servers alone, and encrypted. The mail of others can still be read or diverted by whoever stands in between. Besides, nobody gets reports about encryption."
    );
    let policy = Reason::MtaSts(MtaStsReason::Absent);
    let report = well_but(&[
        (CheckId::MtaSts, Status::Fail, policy),
        (CheckId::Dane, Status::Fail, DaneReason::NeedsDnssec.into()),
        (CheckId::Dnssec, Status::Warn, DnssecReason::Unsigned.into()),
        (CheckId::TlsRpt, Status::Fail, absent()),
    ]);
    let report = led(report, Verdict::Possible, &[]);
    assert_eq!(
        answer(Group::Transit, &report),
        "Yes, by whoever stands in between: there is no MTA-STS policy, DANE does not protect your mail and DNS answers are not signed. Besides, nobody gets reports about encryption."
    );
    // Mail still comes over IPv4.
    let absent = Reason::Ipv6(Ipv6Reason::Absent);
    let report = well_but(&[(CheckId::Ipv6, Status::Fail, absent)]);
    assert_eq!(
        answer(Group::Delivery, &report),
        "Mostly: no mail server can be reached over IPv6."
    );
    let looking = answer(Group::Delivery, &blank());
    assert_eq!(looking, "Still looking: 0 of 4 are in.");
}

#[test]
fn what_could_not_be_looked_at_is_never_a_verdict() {
    let blind = all(Status::Unknown, &Reason::NeedsProbe);
    for (language, cannot) in [(Language::En, "could not"), (Language::Fa, "نتوانستیم")] {
        for group in Group::ALL {
            let answer = group_answer(language, group, &blind).plain(language);
            assert!(answer.contains(cannot), "{answer}");
        }
    }
    let nothing = verdict(Language::En, &blind).plain(Language::En);
    assert_eq!(
        nothing,
        "Nothing could be looked at, so there is nothing to say yet."
    );
    let partly = well_but(&[(CheckId::Blacklist, Status::Unknown, Reason::NeedsProbe)]);
    assert!(
        verdict(Language::En, &partly)
            .plain(Language::En)
            .ends_with("One check could not be made.")
    );
}

#[test]
fn servers_that_told_nothing_are_said_first() {
    let without_servers = |reason: &Reason| {
        let rows: Vec<_> = Group::Exposure
            .checks()
            .iter()
            .map(|id| (*id, Status::Unknown, reason.clone()))
            .collect();
        well_but(&rows)
    };
    let english = |report: &Report| verdict(Language::En, report).plain(Language::En);
    let report = without_servers(&Reason::NeedsProbe);
    assert!(
        english(&report).starts_with("The mail servers were not asked"),
        "{}",
        english(&report)
    );
    let report = without_servers(&Reason::NotConnected {
        port: 25,
        failure: ConnectFailure::Refused,
    });
    assert!(
        english(&report).starts_with("No mail server of the domain spoke to us."),
        "{}",
        english(&report)
    );
    let answer = group_answer(Language::En, Group::Delivery, &report).plain(Language::En);
    assert!(answer.starts_with("We could not find out"), "{answer}");
    let relay = well_but(&[(CheckId::Relay, Status::Unknown, Reason::NeedsTls)]);
    let answer = group_answer(Language::En, Group::Exposure, &relay).plain(Language::En);
    assert!(
        answer.contains("strangers we could not find out"),
        "{answer}"
    );
}
