//! The cases of the suite, and whether an outcome is one that it accepts.

use std::net::IpAddr;
use std::rc::Rc;

use postern_shared::spf::{Outcome, Params, evaluate};
use serde_json::Value;

use crate::{SuiteZone, drive};

/// One question of the suite.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name in the suite.
    pub id: String,
    /// The world that it is asked in.
    pub zone: Rc<SuiteZone>,
    /// The client and the sender.
    pub params: Params,
    /// Results that are accepted, the preferred one first.
    pub expected: Vec<String>,
    /// The explanation of a `fail`; `DEFAULT` where the domain gives none.
    pub explanation: Option<String>,
}

/// What our evaluator makes of a case.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The outcome.
    pub outcome: Outcome,
    /// Rounds of questions.
    pub rounds: usize,
    /// Why the suite does not accept it.
    pub complaint: Option<String>,
}

/// Reads the suite from the JSON of the conformance data.
///
/// # Panics
/// When it is not written as the data's own description says.
#[must_use]
pub fn cases(suite: &str) -> Vec<Case> {
    let suite: Value = serde_json::from_str(suite).expect("JSON");
    let scenarios = suite["scenarios"].as_array().expect("scenarios").iter();
    scenarios
        .flat_map(|scenario| {
            let zone = Rc::new(SuiteZone::of(&scenario["zone"]));
            let cases = scenario["tests"].as_array().expect("tests").iter();
            cases.map(move |case| read(case, &zone))
        })
        .collect()
}

fn read(case: &Value, zone: &Rc<SuiteZone>) -> Case {
    let text = |key: &str| case[key].as_str().expect("a text").to_owned();
    let expected = case["expect"].as_array().expect("results").iter();
    Case {
        id: text("id"),
        zone: Rc::clone(zone),
        params: Params {
            ip: text("ip").parse::<IpAddr>().expect("an address"),
            mail_from: text("mail_from"),
            helo: text("helo"),
            receiver: "receiver.example.org".to_owned(),
            now: 1_000_000_000,
        },
        expected: expected
            .map(|result| result.as_str().expect("a result").to_owned())
            .collect(),
        explanation: case["explanation"].as_str().map(str::to_owned),
    }
}

/// Evaluates a case.
#[must_use]
pub fn judge(case: &Case) -> Verdict {
    let (outcome, rounds) = drive(
        |question| case.zone.respond(question),
        |dns| evaluate(dns, &case.params),
    );
    Verdict {
        complaint: complaint(case, &outcome),
        outcome,
        rounds,
    }
}

fn complaint(case: &Case, outcome: &Outcome) -> Option<String> {
    let Case { id, expected, .. } = case;
    if !expected.iter().any(|e| e == outcome.result.as_str()) {
        return Some(format!(
            "{id}: expected {expected:?}, got {} because of {:?}",
            outcome.result, outcome.cause
        ));
    }
    let wanted = case.explanation.as_deref()?;
    let given = outcome.explanation.as_deref().unwrap_or("DEFAULT");
    // Names in an explanation have no case, and the suite writes the nibbles of IPv6 in capitals.
    (!given.eq_ignore_ascii_case(wanted))
        .then(|| format!("{id}: expected explanation {wanted:?}, got {given:?}"))
}
