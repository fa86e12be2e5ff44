//! What each domain of the lab comes to, under both profiles.

use std::fmt::Write as _;
use std::sync::Mutex;

use postern_tests::kept::assert_kept;
use postern_tests::lab::{Lab, domains};
use postern_tests::postern::{assess, evidence};
use serde_json::Value;

/// The slow server alone takes longer than all others one after another.
const AT_ONCE: usize = 4;

#[test]
fn every_domain_of_the_lab_comes_to_what_is_kept() {
    let Some(lab) = Lab::here() else { return };
    let domains = domains();
    let mut verdicts = vec![String::new(); domains.len()];
    let queue = Mutex::new(domains.iter().zip(&mut verdicts));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().expect("no thread has failed").next();
                    let Some((domain, verdict)) = next else {
                        return;
                    };
                    *verdict = verdict_on(&lab, domain);
                }
            });
        }
    });
    assert_kept("tests/lab/verdicts.txt", &verdicts.join("\n"));
}

/// The letters that the design promises. They stand here, as a blessing must not change them.
#[test]
fn known_domains_get_the_letters_they_are_known_by() {
    let Some(lab) = Lab::here() else { return };
    for (domain, profile, letter, score) in [
        ("yazd.test", "classic", "C+", 78.0),
        ("yazd.test", "standards", "D-", 62.7),
        ("quera.test", "classic", "F", 42.0),
        ("quera.test", "standards", "F", 36.7),
        ("good.test", "standards", "A+", 100.0),
        ("tlsonly.test", "standards", "B+", 88.1),
    ] {
        let report = assess(&evidence(&lab, domain), profile);
        assert_eq!(
            (report["grade"].as_str(), report["score"].as_f64()),
            (Some(letter), Some(score)),
            "{domain} {profile}"
        );
        assert_eq!(
            report["wants"],
            Value::Array(vec![]),
            "{domain}: nothing is left to ask"
        );
    }
}

#[test]
fn an_open_relay_and_a_listed_address_bound_the_letter() {
    let Some(lab) = Lab::here() else { return };
    for (domain, check, cause, letter) in [
        ("relay.test", "relay", "open_relay", "F"),
        ("listed.test", "blacklist", "listed", "D"),
    ] {
        let file = evidence(&lab, domain);
        for profile in ["standards", "classic"] {
            let report = assess(&file, profile);
            assert_eq!(report["grade"], letter, "{domain} {profile}");
            assert_eq!(report["caps"][0]["cause"], cause, "{domain} {profile}");
            // A score that says the same by itself is not bounded.
            let (score, band) = (
                report["score"].as_f64(),
                if letter == "F" { 60.0 } else { 67.0 },
            );
            let bites = score.is_some_and(|score| score >= band);
            assert_eq!(report["caps"][0]["bit"], bites, "{domain} {profile}");
            assert_eq!(finding(&report, check)["status"], "fail", "{domain}");
        }
    }
}

/// What is said inside TLS is judged there: the envelopes, and what the server puts off in clear (530).
#[test]
fn a_server_that_demands_tls_is_judged_inside_tls() {
    let Some(lab) = Lab::here() else { return };
    let report = assess(&evidence(&lab, "tlsonly.test"), "standards");
    for check in ["relay", "vrfy"] {
        let finding = finding(&report, check);
        assert_eq!(finding["status"], "pass", "{check}");
        let proof = finding["proof"].as_array().expect("a list");
        let kind = if check == "relay" {
            "/relay/"
        } else {
            "/starttls/"
        };
        let inside = |id: &Value| id.as_str().is_some_and(|id| id.contains(kind));
        assert!(
            !proof.is_empty() && proof.iter().all(inside),
            "{check}: {proof:?}"
        );
    }
}

/// One domain as a block: a line a profile, a line a check with its status under each and its reasons' codes.
fn verdict_on(lab: &Lab, domain: &str) -> String {
    let file = evidence(lab, domain);
    let [standards, classic] = ["standards", "classic"].map(|profile| assess(&file, profile));
    let mut block = format!("{domain}\n");
    for report in [&standards, &classic] {
        writeln!(
            block,
            "  {:<10} {}",
            report["profile"]["name"].as_str().expect("a name"),
            summary(report)
        )
        .expect("a line");
    }
    for finding in checks(&standards) {
        let status = |finding: &Value| finding["status"].as_str().expect("a status").to_owned();
        // The classic profile does not read what the standards have brought since.
        let strict = checks(&classic)
            .iter()
            .find(|other| other["id"] == finding["id"]);
        let mut codes = codes(finding);
        if let Some(strict) = strict.map(self::codes)
            && codes != strict
        {
            codes = format!("{codes} | {strict}");
        }
        writeln!(
            block,
            "  {:<10} {:<8} {:<8} {codes}",
            finding["id"].as_str().expect("an id"),
            status(finding),
            strict.map_or_else(|| "-".to_owned(), status),
        )
        .expect("a line");
    }
    block
}

/// `C+ 77.5, 100 % covered, no_spf: C+`; a cap in parentheses bounds nothing here.
fn summary(report: &Value) -> String {
    let grade = report["grade"].as_str().unwrap_or("no letter");
    let mut summary = format!(
        "{grade} {}, {} % covered",
        report["score"], report["coverage"]
    );
    if report["provisional"] == true {
        summary += ", provisional";
    }
    for cap in report["caps"].as_array().expect("a list") {
        let text = format!(
            "{}: {}",
            cap["cause"].as_str().expect("a cause"),
            cap["grade"].as_str().expect("a letter")
        );
        summary += &if cap["bit"] == true {
            format!(", {text}")
        } else {
            format!(", ({text})")
        };
    }
    summary
}

fn codes(finding: &Value) -> String {
    let reasons = finding["reasons"].as_array().expect("a list");
    let codes: Vec<_> = reasons
        .iter()
        .map(|reason| reason["code"].as_str().expect("a code"))
        .collect();
    codes.join(" ")
}

fn checks(report: &Value) -> &Vec<Value> {
    report["checks"].as_array().expect("a list of checks")
}

fn finding<'a>(report: &'a Value, id: &str) -> &'a Value {
    checks(report)
        .iter()
        .find(|finding| finding["id"] == id)
        .unwrap_or_else(|| panic!("no {id}"))
}
