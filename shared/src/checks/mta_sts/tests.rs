use crate::checks::CheckId;
use crate::checks::transit::world::{POLICY, RECORD, REPORTS, World, without_starttls};
use crate::evidence::{
    ConnectFailure, DialogueKind, NoPolicy, PolicyFile, PolicyOutcome, ProbeOutcome,
};
use crate::mta_sts::{self, Mode};
use crate::report::{CapCause, Grade, Status};
use crate::tls::samples::{certificate, chain};
use crate::wording::{self, Language};

const STS: &str = "_mta-sts.example.org";

fn told(world: &World) -> (Status, Vec<String>, Option<String>) {
    world.told(CheckId::MtaSts)
}

fn word(status: Status, reasons: &[&str], action: &str) -> (Status, Vec<String>, Option<String>) {
    let reasons = reasons.iter().map(|code| (*code).to_owned());
    let action = (!action.is_empty()).then(|| action.to_owned());
    (status, reasons.collect(), action)
}

fn mode(mode: &str) -> String {
    POLICY.replace("enforce", mode)
}

#[test]
fn the_word_on_each_shape() {
    use Status::{Fail, Na, Pass, Unknown, Warn};
    let with = World::new(&[RECORD, REPORTS]);
    let unreported = World::new(&[RECORD]);
    let several = World::new(&[(STS, "v=STSv1; id=1"), (STS, "v=STSv1; id=2")]);
    let quoted = World::new(&[(STS, "\"v=STSv1; id=1\"")]);
    let misplaced = World::new(&[("example.org", "v=STSv1; id=1")]);
    let invalid = World::new(&[(STS, "v=STSv1; id=2024-01")]);
    for (world, expected) in [
        (
            with.clone().serving(POLICY),
            word(Pass, &["mta_sts_enforces"], ""),
        ),
        (
            with.clone().serving(&mode("testing")),
            word(Warn, &["mta_sts_testing"], "enforce_mta_sts"),
        ),
        (
            unreported.serving(&mode("testing")),
            word(Warn, &["mta_sts_testing"], "publish_tls_rpt"),
        ),
        (
            with.clone().serving(&mode("none")),
            word(Fail, &["mta_sts_withdrawn"], "publish_mta_sts"),
        ),
        (
            with.clone().serving(&mode("on")),
            word(Fail, &["mta_sts_policy"], "correct_mta_sts"),
        ),
        (
            with.clone().serving(POLICY).exchange("other.example.org"),
            word(Fail, &["mta_sts_uncovered"], "cover_exchanges"),
        ),
        (
            with.clone()
                .serving(&mode("testing"))
                .exchange("other.example.org"),
            word(
                Warn,
                &["mta_sts_testing", "mta_sts_uncovered"],
                "cover_exchanges",
            ),
        ),
        (
            with.clone().serving(&POLICY.replace("604800", "3600")),
            word(
                Warn,
                &["mta_sts_policy", "mta_sts_enforces"],
                "correct_mta_sts",
            ),
        ),
        (
            with.clone().serving(&POLICY.replace("604800", "86400")),
            word(Pass, &["mta_sts_enforces", "mta_sts_policy"], ""),
        ),
        (with.clone(), word(Unknown, &["needs_probe"], "")),
        (with.clone().probed(None), word(Unknown, &["pending"], "")),
        (
            with.probed(Some(ProbeOutcome::Cut)),
            word(Unknown, &["probe_cut"], ""),
        ),
        (
            several.serving(POLICY),
            word(Fail, &["mta_sts_several"], "keep_one_mta_sts"),
        ),
        (
            quoted.clone().serving(POLICY),
            word(Fail, &["mta_sts_ignored"], "repair_mta_sts"),
        ),
        (quoted, word(Fail, &["mta_sts_ignored"], "repair_mta_sts")),
        (
            misplaced.clone().serving(POLICY),
            word(Fail, &["misplaced"], "repair_mta_sts"),
        ),
        (
            misplaced.dane("mx.example.org", 3),
            word(Warn, &["misplaced", "mta_sts_needless"], "repair_mta_sts"),
        ),
        (
            invalid.serving(POLICY),
            word(Fail, &["mta_sts_record"], "repair_mta_sts"),
        ),
        (
            World::new(&[]),
            word(Fail, &["mta_sts_absent"], "publish_mta_sts"),
        ),
        (
            World::new(&[]).dane("mx.example.org", 3),
            word(Na, &["mta_sts_needless"], ""),
        ),
        (
            World::new(&[]).dane("mx.example.org", 1),
            word(Fail, &["mta_sts_absent"], "publish_mta_sts"),
        ),
        (
            World::new(&[])
                .dane("mx.example.org", 3)
                .exchange("b.example.org"),
            word(Fail, &["mta_sts_absent"], "publish_mta_sts"),
        ),
        (
            World::new(&[(STS, "v=STSv1 id=1")]).dane("mx.example.org", 2),
            word(
                Warn,
                &["mta_sts_ignored", "mta_sts_needless"],
                "repair_mta_sts",
            ),
        ),
    ] {
        assert_eq!(told(&world), expected);
    }
}

/// DANE that keeps mail out stands in for nothing.
#[test]
fn dane_guards_only_where_mail_comes_in() {
    let shown = || chain(vec![certificate(&["mx.example.org"], 1)]);
    let fitting = format!("3 1 1 {}", certificate(&[], 1).digests.key_sha256);
    let bound = |record: &str| World::new(&[]).tlsa("mx.example.org", record);
    let fits = bound(&fitting).shook(shown());
    assert_eq!(told(&fits), word(Status::Na, &["mta_sts_needless"], ""));
    let awaited = bound(&fitting).probed(None);
    assert_eq!(told(&awaited), word(Status::Unknown, &["pending"], ""));
    let differs = bound(&format!("3 1 1 {}", "00".repeat(32))).shook(shown());
    let bare = bound(&fitting).seen(DialogueKind::Survey, without_starttls());
    for world in [differs, bare] {
        let absent = word(Status::Fail, &["mta_sts_absent"], "publish_mta_sts");
        assert_eq!(told(&world), absent);
    }
}

#[test]
fn what_could_not_be_fetched_is_a_fault_only_where_it_is_the_domains() {
    let cases = [
        (NoPolicy::Unresolved(crate::dns::Failure::ServFail), None),
        (NoPolicy::NoIpv6, None),
        (NoPolicy::OptedOut, None),
        (NoPolicy::Resting, None),
        (NoPolicy::NoRoots, None),
        (NoPolicy::TimedOut, None),
        (NoPolicy::NotConnected(ConnectFailure::TimedOut), None),
        (NoPolicy::NotConnected(ConnectFailure::Unreachable), None),
        (
            NoPolicy::NotConnected(ConnectFailure::Refused),
            Some("secure_policy_host"),
        ),
        (
            NoPolicy::Untrusted {
                detail: "expired".into(),
            },
            Some("secure_policy_host"),
        ),
        (
            NoPolicy::NotSecured {
                detail: "corrupt".into(),
            },
            Some("secure_policy_host"),
        ),
        (NoPolicy::NoAddress, Some("serve_mta_sts")),
        (NoPolicy::NotPublic, Some("serve_mta_sts")),
        (
            NoPolicy::NotHttp { detail: "x".into() },
            Some("serve_mta_sts"),
        ),
        (
            NoPolicy::Status {
                status: 301,
                location: None,
            },
            Some("serve_mta_sts"),
        ),
        (NoPolicy::TooLarge, Some("serve_mta_sts")),
    ];
    for (why, action) in cases {
        let world = World::new(&[RECORD]).fetched(PolicyOutcome::NotFetched(why.clone()));
        let status = if action.is_some() {
            Status::Fail
        } else {
            Status::Unknown
        };
        let expected = word(status, &["mta_sts_not_fetched"], action.unwrap_or_default());
        assert_eq!(told(&world), expected, "{why:?}");
    }
}

#[test]
fn what_is_no_text_is_said() {
    for (media_type, status) in [
        (Some("text/plain"), Status::Pass),
        (Some("Text/Plain ; charset=utf-8"), Status::Pass),
        (Some("text/html"), Status::Warn),
        (Some("text/plain-ish"), Status::Warn),
        (None, Status::Warn),
    ] {
        let file = PolicyFile {
            media_type: media_type.map(str::to_owned),
            body: POLICY.to_owned(),
        };
        let world = World::new(&[RECORD]).fetched(PolicyOutcome::Fetched(file));
        assert_eq!(told(&world).0, status, "{media_type:?}");
    }
}

/// Mail bounces only where no exchange is left to deliver to.
#[test]
fn a_policy_that_names_no_exchange_bounds_the_letter() {
    let with = World::new(&[RECORD, REPORTS]);
    let none = with.clone().serving(&POLICY.replace("mx.", "*."));
    assert_eq!(told(&none).0, Status::Pass, "a wildcard covers it");
    let bound = |world: &World| {
        let caps = world.report().caps;
        let cap = caps.iter().find(|cap| cap.cause == CapCause::MtaStsRefuses);
        cap.map(|cap| cap.grade)
    };
    assert_eq!(bound(&none), None);
    let other = POLICY.replace("mx.", "old.");
    let refusing = with.clone().serving(&other);
    assert_eq!(bound(&refusing), Some(Grade::D));
    // It is mended and said before what costs more points.
    let report = refusing.report();
    assert_eq!(report.mends.first(), Some(&CheckId::MtaSts));
    let verdict = wording::verdict(Language::En, &report).plain(Language::En);
    assert!(verdict.contains(": MTA-STS keeps mail out"), "{verdict}");
    let trial = other.replace("enforce", "testing");
    assert_eq!(bound(&with.clone().serving(&trial)), None);
    let one_left = with.serving(POLICY).exchange("b.example.org");
    assert_eq!(bound(&one_left), None);
}

/// Each policy that is handed over is sound, names every exchange, and comes with another `id`.
#[test]
fn what_is_handed_over() {
    let with = World::new(&[RECORD, REPORTS]).exchange("b.example.org");
    let lame = POLICY.replace("STSv1", "STSv2");
    let refused = PolicyOutcome::NotFetched(NoPolicy::Status {
        status: 404,
        location: None,
    });
    for (world, id, handed) in [
        (
            World::new(&[]).exchange("b.example.org"),
            None,
            Mode::Testing,
        ),
        (with.clone().serving(POLICY), Some("8"), Mode::Enforce),
        (
            with.clone().serving(&mode("testing")),
            Some("8"),
            Mode::Testing,
        ),
        (
            with.clone().serving(&mode("none")),
            Some("8"),
            Mode::Testing,
        ),
        (with.clone().serving(&lame), Some("8"), Mode::Testing),
        (with.clone().fetched(refused), Some("8"), Mode::Testing),
        (
            with.serving(&mode("testing").replace("mx.", "*.")),
            Some("8"),
            Mode::Enforce,
        ),
    ] {
        let mend = world.finding(CheckId::MtaSts).mend.unwrap();
        let (serve, publish) = (mend.serve.unwrap(), mend.publish.unwrap());
        assert_eq!(
            serve.url(),
            "https://mta-sts.example.org/.well-known/mta-sts.txt"
        );
        let read = mta_sts::read_policy(&serve.text);
        assert_eq!((read.diagnostics, read.policy.mode), (vec![], Some(handed)));
        for exchange in ["mx.example.org", "b.example.org"] {
            let name = crate::dns::Name::parse(exchange).unwrap();
            assert!(
                mta_sts::read_policy(&serve.text).policy.covers(&name),
                "{}",
                serve.text
            );
        }
        assert_eq!(publish.name.as_str(), STS);
        let record = mta_sts::read(&publish.value).unwrap();
        assert_eq!(record.diagnostics, []);
        let digest = mta_sts::digest(&serve.text);
        assert_eq!(record.record.id.as_deref(), id.or(Some(digest.as_str())));
        let is_step = matches!(mend.action, crate::report::Action::CoverExchanges { .. });
        assert!(mend.gain > 0 || is_step, "{:?}", mend.action);
    }
}

/// What a repaired record leads to comes into force by it.
#[test]
fn a_record_is_repaired_with_its_own_id_where_the_policy_is_known_to_be_sound() {
    for (text, value) in [
        ("\"v=STSv1; id=20240131\"", "v=STSv1; id=20240131"),
        ("v=stsv1; id=2024-01-31;", "v=STSv1; id=20240131"),
        ("v=STSv1; id=a_b", "v=STSv1; id=ab"),
        ("v=STSv1;", "v=STSv1; id=2a0e39e14dd13111"),
    ] {
        let world = World::new(&[(STS, text)]);
        let mend = world
            .clone()
            .serving(POLICY)
            .finding(CheckId::MtaSts)
            .mend
            .unwrap();
        assert_eq!(mend.publish.unwrap().value, value, "{text}");
        // Unseen, it could enforce and name nobody.
        let unseen = world.finding(CheckId::MtaSts).mend.unwrap();
        assert_eq!((unseen.publish, unseen.serve), (None, None));
        // Seen, and known to keep all mail out: one on trial takes its place first.
        let harmful = world.serving(&POLICY.replace("mx.", "old."));
        let serve = harmful.finding(CheckId::MtaSts).mend.unwrap().serve;
        let policy = mta_sts::read_policy(&serve.unwrap().text).policy;
        assert_eq!(policy.mode, Some(Mode::Testing));
    }
}

/// None of several records was in force: the one that is kept must not begin to keep mail out.
#[test]
fn one_of_several_is_kept_only_where_that_is_safe() {
    let several = World::new(&[(STS, "v=STSv1; id=-"), (STS, "v=STSv1; id=2")]);
    let kept = |world: World| {
        let mend = world.finding(CheckId::MtaSts).mend.unwrap();
        mend.publish.map(|publish| publish.value)
    };
    assert_eq!(kept(several.clone()), None, "unseen");
    let safe = several.clone().serving(POLICY);
    assert_eq!(kept(safe).as_deref(), Some("v=STSv1; id=2"));
    let harmful = several.serving(&POLICY.replace("mx.", "old."));
    assert_eq!(kept(harmful), None);
}

#[test]
fn whoever_takes_no_mail_needs_no_policy() {
    let zone = |mx| {
        let mut world =
            crate::evidence::Evidence::new(crate::DomainName::parse("example.org").unwrap());
        let question = crate::dns::Question::new(
            crate::dns::Name::parse("example.org").unwrap(),
            crate::dns::RecordType::Mx,
        );
        world.apply(crate::evidence::Observation::new(
            crate::time::Timestamp(1),
            crate::evidence::Fact::Dns(crate::evidence::DnsFact {
                question,
                answer: crate::dns::Answer::new(mx),
                resolver: "zone".into(),
                took: crate::time::Millis(1),
            }),
        ));
        let report = crate::report::assess(&world, crate::report::ProfileName::Standards.profile());
        [CheckId::MtaSts, CheckId::TlsRpt].map(|id| report.finding(id).unwrap().status)
    };
    let null = crate::dns::RecordData::Mx {
        preference: 0,
        exchange: crate::dns::Name::root(),
    };
    assert_eq!(
        zone(crate::dns::Response::Records(vec![null])),
        [Status::Na; 2]
    );
    assert_eq!(zone(crate::dns::Response::NxDomain), [Status::Na; 2]);
}

#[test]
fn what_dns_does_not_tell_is_no_verdict() {
    let mut world = World::new(&[RECORD]).serving(POLICY);
    world.broken.push(STS);
    assert_eq!(told(&world), word(Status::Unknown, &["dns_failed"], ""));
    let mut world = World::new(&[]).dane("mx.example.org", 3);
    world.silent.push("_25._tcp.mx.example.org");
    assert_eq!(told(&world), word(Status::Unknown, &["dns_failed"], ""));
}

/// Senders that know DANE wait, and all others are as little guarded as without it.
#[test]
fn tlsa_records_that_cannot_be_had_guard_nothing() {
    let mut world = World::new(&[]).dane("mx.example.org", 3);
    world.broken.push("_25._tcp.mx.example.org");
    assert_eq!(
        told(&world),
        word(Status::Fail, &["mta_sts_absent"], "publish_mta_sts")
    );
    assert_eq!(
        world.told(CheckId::TlsRpt),
        word(Status::Fail, &["tls_rpt_absent"], "publish_tls_rpt")
    );
}

/// However long a policy and however many its faults: few reasons, and short ones.
#[test]
fn a_hostile_policy_makes_no_long_report() {
    let world = World::new(&[RECORD]).serving(&"mx: \u{202e}*\n".repeat(9_000));
    let finding = world.finding(CheckId::MtaSts);
    let written = serde_json::to_string(&finding).unwrap();
    assert!(
        finding.reasons.len() <= super::MAX_REMARKS && written.len() < 20_000,
        "{written}"
    );
    assert!(!written.contains('\u{202e}'));
}

/// The world with a policy, where the server shows a certificate for these names.
fn showing(policy: &str, names: &[&str]) -> World {
    let shown = chain(vec![certificate(names, 1)]);
    World::new(&[RECORD, REPORTS]).serving(policy).shook(shown)
}

#[test]
fn a_policy_in_force_asks_for_a_valid_certificate() {
    use Status::{Fail, Pass, Unknown, Warn};
    let right = ["mx.example.org"];
    let enforces = word(Pass, &["mta_sts_enforces"], "");
    assert_eq!(told(&showing(POLICY, &right)), enforces);
    let wrong = showing(POLICY, &["example.org"]);
    let refused = "mta_sts_certificate_refused";
    assert_eq!(told(&wrong), word(Fail, &[refused], "replace_certificate"));
    let report = wrong.report();
    assert!(report.finding(CheckId::MtaSts).unwrap().keeps_mail_out());
    let cap = report
        .caps
        .iter()
        .find(|cap| cap.cause == CapCause::MtaStsRefuses);
    assert_eq!(cap.unwrap().grade, Grade::D);
    // The pattern says which server, the certificate must fit its name (RFC 8461 §4.2).
    let wide = POLICY.replace("mx: mx.", "mx: *.");
    assert_eq!(told(&showing(&wide, &["other.example.org"])).0, Fail);
    assert_eq!(told(&showing(&wide, &right)), enforces);
    let trial = showing(&mode("testing"), &["example.org"]);
    assert_eq!(
        told(&trial),
        word(Warn, &["mta_sts_testing", refused], "replace_certificate")
    );
    let awaited = showing(POLICY, &right).probed(None);
    assert_eq!(told(&awaited), word(Unknown, &["pending"], ""));
}

#[test]
fn a_policy_in_force_asks_for_tls() {
    use Status::{Fail, Warn};
    let bare = "mta_sts_bare";
    let world = |policy: &str| {
        let world = World::new(&[RECORD, REPORTS]).serving(policy);
        world.seen(DialogueKind::Survey, without_starttls())
    };
    let enforced = world(POLICY);
    assert_eq!(told(&enforced), word(Fail, &[bare], "offer_start_tls"));
    let report = enforced.report();
    assert!(report.finding(CheckId::MtaSts).unwrap().keeps_mail_out());
    assert_eq!(
        told(&world(&mode("testing"))),
        word(Warn, &["mta_sts_testing", bare], "offer_start_tls")
    );
}

#[test]
fn one_server_of_two_keeps_no_mail_out() {
    let policy = POLICY.replace("mx: mx.", "mx: *.");
    let world = showing(&policy, &["mx.example.org"]).exchange("other.example.org");
    let finding = world.finding(CheckId::MtaSts);
    // Both answer at one address, with a certificate for the first alone.
    assert_eq!(finding.status, Status::Fail);
    assert!(!finding.keeps_mail_out());
}
