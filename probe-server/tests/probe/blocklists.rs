//! Lists that work, that are dead, and that refuse.

use postern_shared::blocklist;
use postern_shared::dns::{Failure, Name, Question, RecordData, RecordType, TxtRecord};
use postern_shared::evidence::{BlocklistFact, BlocklistOutcome, BlocklistTest, Fact, Unlisted};

use crate::world::{World, failed, polite};

const SPAMHAUS: &str = "zen.spamhaus.org";
const SPAMCOP: &str = "bl.spamcop.net";
const PSBL: &str = "psbl.surriel.com";

fn tests(facts: &[Fact]) -> Vec<&BlocklistTest> {
    facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::BlocklistTest(test) => Some(test),
            _ => None,
        })
        .collect()
}

fn word<'a>(facts: &'a [Fact], zone: &str) -> Option<&'a BlocklistFact> {
    facts.iter().find_map(|fact| match fact {
        Fact::Blocklist(fact) if fact.zone == zone => Some(fact),
        _ => None,
    })
}

/// Lists `address` in `zone`.
fn list(world: &World, zone: &str, address: [u8; 4], code: [u8; 4]) {
    let name = blocklist::query_name(zone, address.into()).unwrap();
    world.record(name.as_str(), RecordType::A, RecordData::A(code.into()));
}

#[tokio::test]
async fn lists_are_tested_before_they_are_believed() {
    let world = World::new().await;
    let _log = world
        .mail_server("listed.example", |line, _| polite(line))
        .await;
    let address = [127, 0, 5, 2];
    for zone in [SPAMHAUS, SPAMCOP, PSBL] {
        list(&world, zone, [127, 0, 0, 2], [127, 0, 0, 2]);
    }
    // One lists the address and says why, one does not, one lists the whole world.
    list(&world, SPAMHAUS, address, [127, 0, 0, 4]);
    let name = blocklist::query_name(SPAMHAUS, address.into()).unwrap();
    let text = TxtRecord::single("see \u{1b}[31m https://lists.example/");
    world.record(name.as_str(), RecordType::Txt, RecordData::Txt(text));
    list(&world, PSBL, [127, 0, 0, 1], [127, 0, 0, 2]);
    list(&world, PSBL, address, [127, 0, 0, 2]);

    let facts = world.scan("listed.example").await;
    let answered = BlocklistOutcome::Answered {
        codes: vec![[127, 0, 0, 4].into()],
        reason: Some("see ␛[31m https://lists.example/".to_owned()),
    };
    assert_eq!(word(&facts, SPAMHAUS).unwrap().outcome, answered);
    assert_eq!(
        word(&facts, SPAMCOP).unwrap().outcome,
        BlocklistOutcome::NotListed
    );
    assert_eq!(word(&facts, PSBL), None);
    let tests = tests(&facts);
    // Every list is tested and says so, also those that are dead here.
    let v4 = blocklist::ZONES.iter().filter(|zone| zone.ipv4).count();
    assert_eq!(tests.len(), v4);
    let passed = |zone| {
        let test = tests.iter().find(|test| test.zone == zone).unwrap();
        blocklist::passed(test)
    };
    assert!(passed(SPAMHAUS) && passed(SPAMCOP) && !passed(PSBL));
    assert!(!passed("b.barracudacentral.org"));

    // Within ten minutes the next scan uses the same tests, and tells them again.
    let again = world.scan("listed.example").await;
    assert_eq!(self::tests(&again).len(), v4);
    let point = blocklist::query_name(SPAMCOP, [127, 0, 0, 2].into()).unwrap();
    let times = world.answers(|a| a.asked[&Question::new(point, RecordType::A)]);
    assert_eq!(times, 1);
}

#[tokio::test]
async fn a_failure_is_never_a_clean_bill() {
    let world = World::new().await;
    let _log = world
        .mail_server("unknown.example", |line, _| polite(line))
        .await;
    for zone in [SPAMHAUS, SPAMCOP] {
        list(&world, zone, [127, 0, 0, 2], [127, 0, 0, 2]);
    }
    let ask = |zone| {
        let name = blocklist::query_name(zone, [127, 0, 5, 2].into()).unwrap();
        Question::new(name, RecordType::A)
    };
    world.answers(|answers| {
        answers
            .special
            .insert(ask(SPAMHAUS), failed(Failure::Refused));
    });
    let empty: Name = ask(SPAMCOP).name;
    let text = RecordData::Txt(TxtRecord::single("only text"));
    world.record(empty.as_str(), RecordType::Txt, text);
    let facts = world.scan("unknown.example").await;
    let refused = BlocklistOutcome::Failed(Unlisted::Dns(Failure::Refused));
    assert_eq!(word(&facts, SPAMHAUS).unwrap().outcome, refused);
    let nothing = BlocklistOutcome::Failed(Unlisted::Empty);
    assert_eq!(word(&facts, SPAMCOP).unwrap().outcome, nothing);
}
