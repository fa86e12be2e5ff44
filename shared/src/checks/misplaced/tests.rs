//! Small worlds with a record at the wrong name.

use super::super::CheckId;
use super::super::scenarios::{World, mx, name};
use crate::dns::{Answer, Question, RecordData, RecordType, Response, TxtRecord};
use crate::evidence::{DnsFact, Fact};
use crate::report::{Action, Finding, Reason, Report, Status};
use crate::time::Millis;

const DOMAIN: &str = "example.org";
const POLICY: &str = "_dmarc.example.org";
const SPF: &str = "v=spf1 mx -all";
const DMARC: &str = "v=DMARC1; p=reject; rua=mailto:a@example.org";

/// `example.org` with a mail exchange of its own and these TXT records; a name has one of them, or two.
fn world(texts: &[(&str, &[&str])]) -> World {
    let exchange = name("mx.example.org");
    let mut world = World::new(mx(&exchange));
    let address = RecordData::A([1, 1, 1, 1].into());
    world.answer(
        "mx.example.org",
        RecordType::A,
        Response::Records(vec![address]),
    );
    for (owner, texts) in texts {
        world.answer(owner, RecordType::Txt, records(texts));
    }
    world
}

fn records(texts: &[&str]) -> Response {
    let record = |text: &&str| RecordData::Txt(TxtRecord::single(text));
    Response::Records(texts.iter().map(record).collect())
}

fn row(report: &Report, id: CheckId) -> Finding {
    report.finding(id).unwrap().clone()
}

/// What a row says of records at the wrong name: the text, where it stands, where it belongs.
fn told(finding: &Finding) -> Vec<(&str, &str, &str)> {
    let told = finding.reasons.iter().filter_map(|reason| match reason {
        Reason::Misplaced { text, at, belongs } => {
            Some((text.as_str(), at.as_str(), belongs.as_str()))
        }
        _ => None,
    });
    told.collect()
}

/// What a row advises, and the record that it hands over.
fn advised(finding: &Finding) -> (Action, Option<(String, String)>) {
    let mend = finding.mend.clone().unwrap();
    let publish = mend
        .publish
        .map(|publish| (publish.name.to_string(), publish.value));
    (mend.action, publish)
}

fn handed(at: &str, value: &str) -> Option<(String, String)> {
    Some((at.to_owned(), value.to_owned()))
}

/// Whether a row is proven by the TXT records of `owner`.
fn saw(finding: &Finding, owner: &str) -> bool {
    let answer = format!("dns/TXT/{owner}@doh");
    finding.proof.iter().any(|id| id.as_str() == answer)
}

#[test]
fn spf_at_the_name_of_dmarc_is_handed_over_for_the_domain() {
    let report = world(&[(POLICY, &[SPF])]).report();
    let spf = row(&report, CheckId::Spf);
    assert_eq!(spf.status, Status::Fail);
    assert_eq!(spf.reasons[0], Reason::SpfMissing);
    assert_eq!(told(&spf), [(SPF, POLICY, DOMAIN)]);
    let from = name(POLICY);
    assert_eq!(
        advised(&spf),
        (Action::MoveSpf { from }, handed(DOMAIN, SPF))
    );
    assert!(
        saw(&spf, POLICY),
        "the answer is the proof: {:?}",
        spf.proof
    );
    // The policy that lacks there is told of what stands in its place.
    let dmarc = row(&report, CheckId::Dmarc);
    assert_eq!(dmarc.reasons[0], Reason::DmarcMissing);
    assert_eq!(told(&dmarc), [(SPF, POLICY, DOMAIN)]);
    assert_eq!(advised(&dmarc).0, Action::PublishDmarc);
}

#[test]
fn a_policy_at_the_domain_is_handed_over_for_its_name() {
    let report = world(&[(DOMAIN, &[SPF, DMARC])]).report();
    let dmarc = row(&report, CheckId::Dmarc);
    assert_eq!(dmarc.status, Status::Fail);
    assert_eq!(dmarc.reasons, [Reason::DmarcMissing, misplaced(DMARC)]);
    let from = name(DOMAIN);
    assert_eq!(
        advised(&dmarc),
        (Action::MoveDmarc { from }, handed(POLICY, DMARC))
    );
    assert!(
        saw(&dmarc, DOMAIN),
        "the answer is the proof: {:?}",
        dmarc.proof
    );
    assert_eq!(row(&report, CheckId::Spf).status, Status::Pass);
}

fn misplaced(text: &str) -> Reason {
    let (text, at, belongs) = (text.to_owned(), name(DOMAIN), name(POLICY));
    Reason::Misplaced { text, at, belongs }
}

#[test]
fn both_may_have_changed_places() {
    let report = world(&[(DOMAIN, &[DMARC]), (POLICY, &[SPF])]).report();
    let handed_over = |id| advised(&row(&report, id)).1;
    assert_eq!(handed_over(CheckId::Spf), handed(DOMAIN, SPF));
    assert_eq!(handed_over(CheckId::Dmarc), handed(POLICY, DMARC));
}

#[test]
fn what_is_misspelt_too_is_handed_over_as_it_was_meant() {
    let report = world(&[
        (DOMAIN, &["v=dmarc1, p=none"]),
        (POLICY, &["v=spf1;ip4:1.1.1.1;-all"]),
    ])
    .report();
    let handed_over = |id| advised(&row(&report, id)).1;
    assert_eq!(
        handed_over(CheckId::Dmarc),
        handed(POLICY, "v=DMARC1; p=none")
    );
    assert_eq!(
        handed_over(CheckId::Spf),
        handed(DOMAIN, "v=spf1 ip4:1.1.1.1 -all")
    );
    let report = world(&[(POLICY, &["v=spf1 ipv4:1.1.1.1 -all"])]).report();
    assert_eq!(
        advised(&row(&report, CheckId::Spf)).1,
        handed(DOMAIN, "v=spf1 ip4:1.1.1.1 -all")
    );
}

#[test]
fn beside_the_right_record_it_is_a_note() {
    let other = "v=spf1 ip4:1.1.1.1 -all";
    let right: &[(&str, &[&str])] = &[(DOMAIN, &[SPF]), (POLICY, &[DMARC])];
    let both: &[(&str, &[&str])] = &[
        (DOMAIN, &[SPF, "v=DMARC1; p=none"]),
        (POLICY, &[DMARC, other]),
    ];
    let (right, both) = (world(right).report(), world(both).report());
    assert_eq!(both.score, right.score);
    for (id, note) in [
        (CheckId::Spf, (other, POLICY, DOMAIN)),
        (CheckId::Dmarc, ("v=DMARC1; p=none", DOMAIN, POLICY)),
    ] {
        let (right, both) = (row(&right, id), row(&both, id));
        assert_eq!(
            (both.status, &both.mend),
            (right.status, &right.mend),
            "{id:?}"
        );
        assert_eq!(told(&right), []);
        assert_eq!(told(&both), [note]);
        assert_eq!(
            both.reasons[..right.reasons.len()],
            right.reasons,
            "it comes last"
        );
    }
}

#[test]
fn what_is_where_it_belongs_is_not_told() {
    for texts in [
        &[
            ("_spf.example.org", &[SPF][..]),
            (DOMAIN, &["v=spf1 include:_spf.example.org -all"]),
        ][..],
        // Meant for a name that goes by the domain's record.
        &[(POLICY, &["v=spf1 include:Example.ORG. -all"])],
        &[(POLICY, &["v=spf1 mx redirect=example.org"])],
        // Tokens of others, and a record that only disowns: nobody meant it for the domain.
        &[(
            POLICY,
            &["google-site-verification=x", "v=DKIM1; p=", "v=spf1 -all"],
        )],
        &[(DOMAIN, &["MS=ms1", "v=DKIM1; p=", "v=STSv1; id=1"])],
    ] {
        let report = world(texts).report();
        for id in [CheckId::Spf, CheckId::Dmarc] {
            assert_eq!(told(&row(&report, id)), [], "{texts:?}");
        }
    }
}

#[test]
fn a_wildcard_puts_nothing_in_a_wrong_place() {
    let mut world = world(&[(POLICY, &[SPF])]);
    world.answer("_mta-sts.example.org", RecordType::Txt, records(&[SPF]));
    let report = world.report();
    assert_eq!(told(&row(&report, CheckId::Spf)), []);
    assert_eq!(advised(&row(&report, CheckId::Spf)).0, Action::PublishSpf);
}

/// `*.example.org CNAME example.org`, and `_dmarc` alone as an alias.
#[test]
fn an_alias_puts_nothing_in_a_wrong_place() {
    let aliased = |texts: &[&str]| {
        let mut world = world(&[(DOMAIN, texts)]);
        world.fact(Fact::Dns(DnsFact {
            question: Question::new(name(POLICY), RecordType::Txt),
            answer: Answer {
                canonical: Some(name(DOMAIN)),
                ..Answer::new(records(texts))
            },
            resolver: "doh".into(),
            took: Millis(1),
        }));
        world.report()
    };
    let report = aliased(&[SPF]);
    assert_eq!(told(&row(&report, CheckId::Spf)), []);
    let report = aliased(&[SPF, DMARC]);
    assert_eq!(row(&report, CheckId::Dmarc).status, Status::Pass);
    assert_eq!(told(&row(&report, CheckId::Dmarc)), []);
}

#[test]
fn nothing_is_told_while_it_is_not_known() {
    let failed = Response::Failed(crate::dns::Failure::ServFail);
    let mut world = world(&[(POLICY, &[SPF])]);
    world.answer(DOMAIN, RecordType::Txt, failed.clone());
    let spf = row(&world.report(), CheckId::Spf);
    assert_eq!((spf.status, told(&spf)), (Status::Unknown, vec![]));
    let mut world = self::world(&[(DOMAIN, &[SPF, DMARC])]);
    world.answer(POLICY, RecordType::Txt, failed);
    let dmarc = row(&world.report(), CheckId::Dmarc);
    assert_eq!((dmarc.status, told(&dmarc)), (Status::Unknown, vec![]));
}
