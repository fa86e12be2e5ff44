//! Records against the certificates that servers show.

use super::*;
use crate::checks::transit::world::{World, secured, without_starttls};
use crate::evidence::{Chain, DialogueKind};
use crate::report::{CapCause, Grade};
use crate::tls::samples::{certificate, chain};

const MX: &str = "mx.example.org";

/// The chain of the server whose own key is known by `id`.
fn shown(id: u8) -> Chain {
    chain(vec![certificate(&[MX], id)])
}

fn record(id: u8) -> String {
    format!("3 1 1 {}", certificate(&[], id).digests.key_sha256)
}

fn bound(records: &[u8]) -> World {
    let world = World::new(&[]);
    records
        .iter()
        .fold(world, |world, id| world.tlsa(MX, &record(*id)))
}

fn told(world: &World) -> (Status, Vec<String>, Option<String>) {
    world.told(CheckId::Dane)
}

fn word(status: Status, reasons: &[&str], action: &str) -> (Status, Vec<String>, Option<String>) {
    let reasons = reasons.iter().map(|code| format!("dane_{code}"));
    let action = (!action.is_empty()).then(|| action.to_owned());
    (status, reasons.gather(), action)
}

/// The records that a mend hands over.
fn handed(world: &World) -> Option<String> {
    let publish = world.finding(CheckId::Dane).mend?.publish?;
    assert_eq!(publish.name.as_str(), "_25._tcp.mx.example.org");
    assert_eq!(publish.record_type, RecordType::Tlsa);
    Some(publish.value)
}

#[test]
fn records_are_compared_with_the_certificate() {
    let fits = bound(&[1, 2]).shook(shown(1));
    assert_eq!(
        told(&fits),
        word(Status::Pass, &["fits", "idle_record"], "")
    );
    let alone = bound(&[1]).shook(shown(1));
    assert_eq!(told(&alone), word(Status::Pass, &["fits", "alone"], ""));
    let differs = bound(&[2, 3]).shook(shown(1));
    assert_eq!(
        told(&differs),
        word(Status::Fail, &["differs"], "correct_tlsa")
    );
    assert_eq!(handed(&differs), Some(record(1)));
    let report = differs.report();
    let finding = report.finding(CheckId::Dane).unwrap();
    assert!(finding.keeps_mail_out());
    assert!(finding.mend.as_ref().unwrap().gain > 0);
    let cap = report
        .caps
        .iter()
        .find(|cap| cap.cause == CapCause::DaneRefuses);
    assert_eq!(cap.unwrap().grade, Grade::D);
    assert!(
        finding.hosts[0]
            .proof
            .iter()
            .any(|id| id.as_str() == "smtp/192.0.2.1:25/relay/000")
    );
}

#[test]
fn every_address_and_every_certificate_by_itself() {
    let two = |second| {
        let world = bound(&[1, 2]).address(MX, [192, 0, 2, 2]).shook(shown(1));
        world.seen_at([192, 0, 2, 2], DialogueKind::Relay, secured(shown(second)))
    };
    assert_eq!(told(&two(2)).0, Status::Pass);
    let differs = two(3);
    assert_eq!(
        told(&differs),
        word(Status::Fail, &["differs"], "correct_tlsa")
    );
    let both = format!("{}\n{}", record(1), record(3));
    assert_eq!(handed(&differs), Some(both), "all keys that are in use");
}

#[test]
fn an_authority_vouches_for_a_name() {
    let anchored = |names: &[&str]| Chain {
        anchors: vec![1],
        ..chain(vec![certificate(names, 1), certificate(&[], 2)])
    };
    let by_authority = || {
        let digest = certificate(&[], 2).digests.key_sha256;
        World::new(&[]).tlsa(MX, &format!("2 1 1 {digest}"))
    };
    let status = |names: &[&str]| told(&by_authority().shook(anchored(names))).0;
    assert_eq!(status(&[MX]), Status::Pass);
    assert_eq!(
        status(&["example.org"]),
        Status::Pass,
        "the mail domain's name"
    );
    assert_eq!(status(&["www.example.org"]), Status::Fail);
    let missing = by_authority().shook(shown(1));
    let alone = word(
        Status::Fail,
        &["differs", "authority_not_sent"],
        "send_issuers",
    );
    assert_eq!(told(&missing), alone, "it must come along");
    assert!(missing.finding(CheckId::Dane).mend.unwrap().gain > 0);
}

#[test]
fn without_a_certificate_nothing_is_compared() {
    let unseen = bound(&[1, 2]);
    assert_eq!(told(&unseen), word(Status::Pass, &["usable"], ""));
    let awaited = bound(&[1, 2]).probed(None);
    let pending = (Status::Unknown, vec!["pending".to_owned()], None);
    assert_eq!(told(&awaited), pending);
    let bare = bound(&[1, 2]).seen(DialogueKind::Survey, without_starttls());
    assert_eq!(
        told(&bare),
        word(Status::Fail, &["bare"], "offer_tls_for_dane")
    );
    assert!(bare.finding(CheckId::Dane).keeps_mail_out());
}

#[test]
fn the_record_of_a_key_that_was_seen_is_handed_over() {
    // Both names lead to one address, and one of them has no record.
    let other = "other.example.org";
    let missing = World::new(&[]).tlsa(other, &record(2)).shook(shown(2));
    let missing = missing.exchange(other);
    let reasons = told(&missing);
    assert_eq!(reasons.2.as_deref(), Some("publish_tlsa"), "{reasons:?}");
    assert_eq!(handed(&missing), Some(record(2)));
    let useless = World::new(&[]).tlsa(MX, &format!("1 1 1 {}", "00".repeat(32)));
    assert_eq!(told(&useless).2.as_deref(), Some("replace_tlsa"));
    assert_eq!(handed(&useless), None, "no key was seen");
    assert_eq!(handed(&useless.shook(shown(2))), Some(record(2)));
}

#[test]
fn answers_that_are_withheld_keep_mail_out() {
    let mut withheld = bound(&[1]);
    withheld.broken = vec!["_25._tcp.mx.example.org"];
    let report = withheld.report();
    let cap = report
        .caps
        .iter()
        .find(|cap| cap.cause == CapCause::DaneRefuses);
    assert_eq!(cap.map(|cap| cap.grade), Some(Grade::D));
}
