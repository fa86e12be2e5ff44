//! How many rounds of questions each evaluator needs on real trees: as many as the tree is deep, whatever its terms.

// Clippy takes only functions marked `#[test]` for tests; here the helpers are test code too.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use postern_shared::dmarc::discover;
use postern_shared::dns::{Name, Question, RecordData, Response, TxtRecord};
use postern_shared::spf::{Node, Params, Target, evaluate, walk};
use postern_suite::drive;
use postern_tests::place;
use postern_tests::trees::real_trees;
use serde_json::Value;

/// Notes in which round each question can be asked for the first time: a record one round after the record that leads
/// to it, and so a host.
fn ask(node: &Node, round: usize, asked: &mut BTreeMap<String, usize>) {
    let mut note = |question: String, round: usize| {
        let first = asked.entry(question).or_insert(round);
        *first = round.min(*first);
    };
    note(node.domain.clone(), round);
    for term in node.terms.iter().filter(|term| term.reached) {
        // The first question of `ptr` depends on the client: a walk asks nothing.
        if let (None, Target::Name(host)) = (&term.child, &term.target)
            && !is_ptr(&term.text)
        {
            note(format!("host {host}"), round + 1);
        }
    }
    let children = node.terms.iter().filter_map(|term| term.child.as_ref());
    children.for_each(|child| ask(child, round + 1, asked));
}

fn is_ptr(term: &str) -> bool {
    let name = term.trim_start_matches(['+', '-', '~', '?']);
    name.get(..3)
        .is_some_and(|name| name.eq_ignore_ascii_case("ptr"))
}

fn tell(what: &str, mut rounds: Vec<usize>) {
    rounds.sort_unstable();
    let (median, worst) = (rounds[rounds.len() / 2], rounds[rounds.len() - 1]);
    let count = rounds.len();
    place::say(&format!(
        "rounds of questions, {what}: median {median}, worst {worst} of {count}"
    ));
}

#[test]
fn spf_trees_are_walked_by_their_depth() {
    let Some(trees) = real_trees() else { return };
    let (mut walks, mut evaluations) = (Vec::new(), Vec::new());
    for tree in &trees {
        let respond = |question: &Question| tree.respond(question);
        let (walked, rounds) = drive(respond, |dns| walk(dns, &tree.domain));
        let mut asked = BTreeMap::new();
        ask(&walked.root, 1, &mut asked);
        let depth = asked.into_values().max().expect("a record");
        assert_eq!(rounds, depth, "{}", tree.domain);
        walks.push(rounds);
        for ip in tree.clients() {
            let params = Params::for_domain(ip, tree.domain.as_str());
            let (_, rounds) = drive(respond, |dns| evaluate(dns, &params));
            // A client's own names take two rounds more: PTR, and their addresses.
            assert!(
                rounds <= depth + 2,
                "{}: {rounds} rounds for {ip}",
                tree.domain
            );
            evaluations.push(rounds);
        }
    }
    tell("SPF walk", walks);
    tell("SPF evaluate", evaluations);
}

#[test]
fn dmarc_asks_once() {
    let Some(lines) = place::conformance("records/dmarc.jsonl") else {
        return;
    };
    let mut records: BTreeMap<Name, String> = BTreeMap::new();
    let mut domains = Vec::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| line[key].as_str().expect("a text");
        let domain = Name::parse(text("domain")).expect("a name");
        let owner = domain.prefixed("_dmarc").expect("a name");
        records.insert(owner, text("record").to_owned());
        domains.push(domain.prefixed("news").expect("a name"));
        domains.push(domain);
    }
    let respond = |question: &Question| match records.get(&question.name) {
        Some(text) => Response::from_records(vec![RecordData::Txt(TxtRecord::single(text))]),
        None => Response::NxDomain,
    };
    let rounds = domains.iter().map(|domain| {
        let (_, rounds) = drive(respond, |dns| discover(dns, domain));
        assert_eq!(rounds, 1, "{domain}");
        rounds
    });
    tell("DMARC discover", rounds.collect());
}
