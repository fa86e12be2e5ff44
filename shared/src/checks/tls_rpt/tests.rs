use crate::checks::CheckId;
use crate::checks::transit::world::{POLICY, RECORD, REPORTS, World};
use crate::evidence::{NoPolicy, PolicyOutcome};
use crate::report::Status;
use crate::tls_rpt;

const NAME: &str = "_smtp._tls.example.org";

fn word(status: Status, reasons: &[&str], action: &str) -> (Status, Vec<String>, Option<String>) {
    let reasons = reasons.iter().map(|code| (*code).to_owned());
    let action = (!action.is_empty()).then(|| action.to_owned());
    (status, reasons.collect(), action)
}

#[test]
fn the_word_on_each_shape() {
    use Status::{Fail, Pass, Unknown, Warn};
    let one = |text| World::new(&[(NAME, text)]);
    for (world, expected) in [
        (World::new(&[REPORTS]), word(Pass, &["tls_rpt_valid"], "")),
        (
            one("v=TLSRPTv1; rua=mailto:a@example.org; x=1"),
            word(Pass, &["tls_rpt_valid", "tls_rpt_record"], ""),
        ),
        (
            one("v=TLSRPTv1; rua=mailto:a@example.org,http://b.example"),
            word(Warn, &["tls_rpt_record", "tls_rpt_valid"], "repair_tls_rpt"),
        ),
        (
            one("v=TLSRPTv1;"),
            word(Fail, &["tls_rpt_record"], "repair_tls_rpt"),
        ),
        (
            one("v=TLSRPTv1 rua=mailto:a@example.org"),
            word(Fail, &["tls_rpt_ignored"], "repair_tls_rpt"),
        ),
        (
            World::new(&[REPORTS, (NAME, "v=TLSRPTv1; rua=mailto:b@example.org")]),
            word(Fail, &["tls_rpt_several"], "keep_one_tls_rpt"),
        ),
        (
            World::new(&[]),
            word(Fail, &["tls_rpt_absent"], "publish_tls_rpt"),
        ),
        (
            World::new(&[RECORD]).serving(POLICY),
            word(Warn, &["tls_rpt_blind"], "publish_tls_rpt"),
        ),
        (
            World::new(&[("example.org", "v=TLSRPTv1; rua=mailto:a@example.org")]),
            word(Fail, &["tls_rpt_absent", "misplaced"], "repair_tls_rpt"),
        ),
        (
            World::new(&[RECORD]).fetched(PolicyOutcome::NotFetched(NoPolicy::NoAddress)),
            word(Fail, &["tls_rpt_absent"], "publish_tls_rpt"),
        ),
        (
            World::new(&[RECORD]),
            word(Warn, &["tls_rpt_blind"], "publish_tls_rpt"),
        ),
        (
            World::new(&[RECORD]).probed(None),
            word(Unknown, &["pending"], ""),
        ),
        (
            World::new(&[]).dane("mx.example.org", 3),
            word(Warn, &["tls_rpt_blind"], "publish_tls_rpt"),
        ),
    ] {
        assert_eq!(world.told(CheckId::TlsRpt), expected);
    }
    let mut broken = World::new(&[]);
    broken.broken.push(NAME);
    let unknown = word(Status::Unknown, &["dns_failed"], "");
    assert_eq!(broken.told(CheckId::TlsRpt), unknown);
}

#[test]
fn the_record_is_made_from_the_domains_own() {
    let dmarc = |rua| ("_dmarc.example.org", rua);
    for (texts, value) in [
        (vec![], "v=TLSRPTv1; rua=mailto:postmaster@example.org"),
        (
            vec![dmarc("v=DMARC1; p=none; rua=mailto:d@example.org")],
            "v=TLSRPTv1; rua=mailto:d@example.org",
        ),
        (
            vec![dmarc(
                "v=DMARC1; p=none; rua=mailto:x@reports.example,mailto:d@mail.example.org!9m",
            )],
            "v=TLSRPTv1; rua=mailto:d@mail.example.org",
        ),
        (
            vec![dmarc("v=DMARC1; p=none; rua=mailto:x@reports.example")],
            "v=TLSRPTv1; rua=mailto:postmaster@example.org",
        ),
        (
            vec![(NAME, "v=TLSRPTv1; rua=a@example.org")],
            "v=TLSRPTv1; rua=mailto:a@example.org",
        ),
        (
            vec![(
                NAME,
                "\"v=TLSRPTv1; rua=mailto:a@example.org,https://b.example/x\"",
            )],
            "v=TLSRPTv1; rua=mailto:a@example.org,https://b.example/x",
        ),
        (
            vec![("example.org", "v=TLSRPTv1; rua=mailto:a@example.org")],
            "v=TLSRPTv1; rua=mailto:a@example.org",
        ),
        (
            vec![(NAME, "v=TLSRPTv1; rua=")],
            "v=TLSRPTv1; rua=mailto:postmaster@example.org",
        ),
        (
            vec![
                (NAME, "v=TLSRPTv1; rua=x"),
                (NAME, "v=TLSRPTv1; rua=mailto:b@example.org"),
            ],
            "v=TLSRPTv1; rua=mailto:b@example.org",
        ),
    ] {
        let mend = World::new(&texts).finding(CheckId::TlsRpt).mend.unwrap();
        let publish = mend.publish.unwrap();
        assert_eq!(
            (publish.name.as_str(), publish.value.as_str()),
            (NAME, value),
            "{texts:?}"
        );
        assert_eq!(tls_rpt::read(value).unwrap().diagnostics, []);
        assert!(mend.gain > 0);
    }
}
