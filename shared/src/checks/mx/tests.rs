use super::*;
use crate::DomainName;
use crate::dns::{Answer, Failure, Name, RecordData, Response, TxtRecord};
use crate::evidence::{DnsFact, Evidence, Fact, Observation, ProbeOutcome};
use crate::report::{ProfileName, Report, assess};
use crate::time::{Millis, Timestamp};

/// `name TYPE data`, one a line; `CNAME` says where an address was found, `FAIL` that nobody answers.
fn report(zone: &str) -> Report {
    let mut evidence = Evidence::new(DomainName::parse("example.org").unwrap());
    let ended = Fact::Probe(ProbeOutcome::NoServer);
    evidence.apply(Observation::new(Timestamp(1), ended));
    for _ in 0..20 {
        let wants = assess(&evidence, ProfileName::Standards.profile()).wants;
        if wants.is_empty() {
            break;
        }
        for question in wants {
            let answer = answer(zone, &question);
            let fact = DnsFact {
                question,
                answer,
                resolver: "zone".to_owned(),
                took: Millis(1),
            };
            evidence.apply(Observation::new(Timestamp(1), Fact::Dns(fact)));
        }
    }
    assess(&evidence, ProfileName::Standards.profile())
}

fn answer(zone: &str, question: &Question) -> Answer {
    let lines = || zone.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut records, mut exists) = (Vec::new(), false);
    for line in lines() {
        let (owner, rest) = line.split_once(' ').unwrap();
        let (kind, data) = rest.split_once(' ').unwrap_or((rest, ""));
        if Name::parse(owner).unwrap() != question.name {
            continue;
        }
        exists = true;
        if kind == "CNAME" {
            let target = Name::parse(data).unwrap();
            let mut found =
                self::answer(zone, &Question::new(target.clone(), question.record_type));
            found.canonical.get_or_insert(target);
            return found;
        }
        if kind == "FAIL" {
            return Answer::new(Response::Failed(Failure::ServFail));
        }
        if kind == question.record_type.mnemonic() {
            records.push(match question.record_type {
                RecordType::A => RecordData::A(data.parse().unwrap()),
                RecordType::Aaaa => RecordData::Aaaa(data.parse().unwrap()),
                RecordType::Mx => crate::mx::parse(data).records[0].data(),
                _ => RecordData::Txt(TxtRecord::single(data)),
            });
        }
    }
    Answer::new(match exists {
        true => Response::from_records(records),
        false => Response::NxDomain,
    })
}

/// Status, first reason's code, action's code, record.
fn told(zone: &str) -> (Status, String, String, String) {
    let report = report(zone);
    let finding = report.finding(CheckId::Mx).unwrap();
    let code = |value: serde_json::Value| value["code"].as_str().unwrap_or_default().to_owned();
    let reason = code(serde_json::to_value(&finding.reasons[0]).unwrap());
    let mend = finding.mend.as_ref();
    let action = mend.map(|mend| code(serde_json::to_value(&mend.action).unwrap()));
    let publish = mend.and_then(|mend| mend.publish.as_ref());
    let record = publish.map(|publish| {
        assert_eq!(publish.record_type, RecordType::Mx);
        assert_eq!(publish.name.to_string(), "example.org");
        publish.value.clone()
    });
    (
        finding.status,
        reason,
        action.unwrap_or_default(),
        record.unwrap_or_default(),
    )
}

const GOOD: &str = "good.example.org A 1.1.1.1\ngood.example.org AAAA 2606:4700::1111\n";

#[test]
fn every_shape_has_its_word() {
    use Status::{Fail, Pass, Unknown, Warn};
    let good = "example.org MX 20 good.example.org";
    for (zone, status, reason, action, record) in [
        (good, Pass, "mx_valid", "", ""),
        ("example.org MX 0 .", Pass, "null_mx", "", ""),
        (
            "example.org MX 0 .\nexample.org MX 20 good.example.org",
            Fail,
            "mx_null_beside_others",
            "correct_mx",
            "20 good.example.org.",
        ),
        (
            "example.org TXT hello",
            Warn,
            "mx_nothing",
            "publish_null_mx",
            "0 .",
        ),
        (
            "example.org A 1.1.1.1",
            Warn,
            "implicit_mx",
            "decide_mx",
            "",
        ),
        (
            "example.org A 1.1.1.1\nexample.org TXT v=spf1 -all",
            Warn,
            "implicit_mx",
            "publish_null_mx",
            "0 .",
        ),
        (
            "example.org A 1.1.1.1\nexample.org TXT v=spf1 a -all",
            Warn,
            "implicit_mx",
            "decide_mx",
            "",
        ),
        (
            "example.org MX 0 .\nexample.org TXT v=spf1 ip4:1.1.1.1 -all",
            Warn,
            "mx_null_sends",
            "decide_mx",
            "",
        ),
        (
            "example.org MX 10 mail.example.org\nmail.example.org CNAME good.example.org",
            Fail,
            "mx_alias",
            "correct_mx",
            "10 good.example.org.",
        ),
        (
            "example.org MX 10 1.1.1.1\nmail.example.org A 1.1.1.1",
            Fail,
            "exchange_is_address",
            "correct_mx",
            "10 mail.example.org.",
        ),
        (
            "example.org MX 10 1.1.1.1\nexample.org A 1.1.1.1",
            Fail,
            "exchange_is_address",
            "correct_mx",
            "10 example.org.",
        ),
        (
            "example.org MX 10 9.9.9.9",
            Fail,
            "exchange_is_address",
            "point_exchange",
            "",
        ),
        (
            "example.org MX 10 localhost\nexample.org MX 20 good.example.org",
            Warn,
            "exchange_is_local",
            "correct_mx",
            "20 good.example.org.",
        ),
        (
            "example.org MX 10 mail",
            Fail,
            "exchange_is_local",
            "point_exchange",
            "",
        ),
        (
            "example.org MX 10 lapsed.example\nexample.org MX 20 good.example.org",
            Fail,
            "mx_dangling",
            "correct_mx",
            "20 good.example.org.",
        ),
        (
            "example.org MX 10 old.example.org\nexample.org MX 20 good.example.org",
            Warn,
            "mx_dangling",
            "correct_mx",
            "20 good.example.org.",
        ),
        (
            "example.org MX 10 old.example.org",
            Fail,
            "mx_dangling",
            "point_exchange",
            "",
        ),
        (
            "example.org MX 10 mail.example.org\nmail.example.org TXT x",
            Fail,
            "exchange_without_address",
            "point_exchange",
            "",
        ),
        (
            "example.org MX 10 mail.example.org\nmail.example.org A 10.0.0.1",
            Fail,
            "mx_not_public",
            "point_exchange",
            "",
        ),
        (
            "example.org MX 10 mail.example.org\nmail.example.org A 10.0.0.1\nmail.example.org A 1.1.1.1",
            Pass,
            "mx_valid",
            "",
            "",
        ),
        (
            "example.org MX 10 mail.example.org\nmail.example.org AAAA 2606:4700::1111",
            Warn,
            "mx_ipv6_only",
            "add_ipv4",
            "",
        ),
        (
            "example.org MX 10 mail.example.org\nmail.example.org FAIL",
            Unknown,
            "dns_failed",
            "",
            "",
        ),
        (
            "example.org MX 10 mail.example.org\nmail.example.org FAIL\nexample.org MX 20 lapsed.example",
            Fail,
            "mx_dangling",
            "correct_mx",
            "",
        ),
        ("example.org FAIL", Unknown, "dns_failed", "", ""),
        ("", Status::Na, "no_such_domain", "", ""),
        (
            "example.org MX 10 good.example.org\nexample.org MX 10 next.example.org\nnext.example.org A 9.9.9.9",
            Pass,
            "mx_valid",
            "",
            "",
        ),
    ] {
        let zone = format!("{zone}\n{GOOD}");
        let expected = [reason, action, record].map(str::to_owned);
        let [reason, action, record] = expected;
        assert_eq!(told(&zone), (status, reason, action, record), "{zone}");
    }
}

#[test]
fn a_domain_without_mail_is_done_right_when_all_doors_are_shut() {
    let told = |texts: &str| {
        let report = report(&format!("example.org MX 0 .\n{texts}"));
        report.finding(CheckId::Mx).unwrap().reasons.clone()
    };
    let parked: Reason = MxReason::Parked.into();
    let open: Reason = MxReason::NotDisowned.into();
    let shut = "example.org TXT v=spf1 -all\n_dmarc.example.org TXT v=DMARC1; p=reject";
    assert_eq!(told(shut), [Reason::NullMx, parked]);
    for texts in [
        "",
        "example.org TXT v=spf1 -all",
        "example.org TXT v=spf1 ~all\n_dmarc.example.org TXT v=DMARC1; p=reject",
        "example.org TXT v=spf1 -all\n_dmarc.example.org TXT v=DMARC1; p=reject; sp=none",
        "example.org TXT v=spf1 -all\n_dmarc.example.org TXT v=DMARC1; p=quarantine",
        "example.org TXT v=spf1 ~all\n_dmarc.example.org FAIL",
    ] {
        assert_eq!(told(texts), [Reason::NullMx, open.clone()], "{texts}");
    }
    let unknown = "example.org TXT v=spf1 -all\n_dmarc.example.org FAIL";
    assert_eq!(told(unknown), [Reason::NullMx]);
}

#[test]
fn two_names_for_one_host_are_one_host() {
    let two = "example.org MX 10 good.example.org\nexample.org MX 20 next.example.org\n";
    let reasons = |more: &str| {
        let report = report(&format!("{two}{more}\ngood.example.org A 1.1.1.1"));
        report.finding(CheckId::Mx).unwrap().reasons.clone()
    };
    let address = "1.1.1.1".parse().unwrap();
    let noted: Reason = MxReason::OneAddress { address }.into();
    assert!(reasons("next.example.org A 1.1.1.1").contains(&noted));
    assert!(!reasons("next.example.org A 9.9.9.9").contains(&noted));
}

#[test]
fn while_an_exchange_is_awaited_only_a_failure_is_final() {
    let finding = |records: Vec<RecordData>| {
        let mut evidence = Evidence::new(DomainName::parse("example.org").unwrap());
        let question = Question::new(Name::parse("example.org").unwrap(), RecordType::Mx);
        let fact = DnsFact {
            question,
            answer: Answer::new(Response::from_records(records)),
            resolver: "zone".to_owned(),
            took: Millis(1),
        };
        evidence.apply(Observation::new(Timestamp(1), Fact::Dns(fact)));
        let report = assess(&evidence, ProfileName::Standards.profile());
        report.finding(CheckId::Mx).unwrap().clone()
    };
    let mx = |text| crate::mx::parse(text).records[0].data();
    let broken = finding(vec![mx("10 a.example.org"), mx("20 1.1.1.1")]);
    assert_eq!(broken.status, Status::Fail);
    assert!(finding(vec![mx("10 a.example.org")]).is_pending());
}

#[test]
fn who_has_nothing_is_first_to_say_whether_mail_is_taken() {
    let report = report("example.org TXT token=1");
    assert_eq!(told("example.org TXT token=1").2, "publish_null_mx");
    assert_eq!(report.mends.first(), Some(&CheckId::Mx));
    assert!(report.mends.contains(&CheckId::Spf), "{:?}", report.mends);
}
