use super::*;
use crate::checks::transit::world::{POLICY, RECORD, World, secured, without_starttls};
use crate::evidence::{
    Certificate as Shown, Chain, Chosen, DialogueKind, FailedHandshake, Hello, HelloAnswer, Link,
    Offer, ProbeOutcome, SmtpEvent,
};
use crate::report::{Action, Owner};
use crate::tls::samples::{DAY, NOW, certificate, chain};
use crate::tls::{Suite, Version};

const MX: &str = "mx.example.org";

fn leaf() -> Shown {
    certificate(&[MX], 1)
}

fn issuer() -> Shown {
    certificate(&[], 2)
}

fn good() -> Chain {
    chain(vec![leaf(), issuer()])
}

fn with(change: fn(&mut Shown)) -> Chain {
    let mut leaf = leaf();
    change(&mut leaf);
    chain(vec![leaf, issuer()])
}

fn path(path: Path, links: Vec<Shown>) -> Chain {
    Chain {
        path,
        ..chain(links)
    }
}

fn foreign() -> Chain {
    with(|leaf| leaf.names = vec!["www.example.org".into()])
}

/// The world with this chain, and the status and codes of it.
fn told(world: World, shown: Chain) -> (Status, Vec<String>, Option<String>) {
    world.shook(shown).told(CheckId::Certificate)
}

fn alone() -> World {
    World::new(&[])
}

fn enforcing() -> World {
    World::new(&[RECORD]).serving(POLICY)
}

/// With a TLSA record that fits the key of [`leaf`].
fn bound() -> World {
    alone().tlsa(MX, &format!("3 1 1 {}", leaf().digests.key_sha256))
}

fn word(status: Status, reasons: &[&str], action: &str) -> (Status, Vec<String>, Option<String>) {
    let reasons = reasons.iter().map(|code| format!("certificate_{code}"));
    let action = (!action.is_empty()).then(|| action.to_owned());
    (status, reasons.gather(), action)
}

#[test]
fn the_word_on_each_chain() {
    use Status::{Fail, Pass, Unknown, Warn};
    let expired = || with(|leaf| leaf.not_after = NOW - DAY);
    let self_signed = || {
        let mut leaf = leaf();
        leaf.self_signed = true;
        path(Path::UnknownIssuer, vec![leaf])
    };
    for (shown, expected) in [
        (good(), word(Pass, &["valid"], "")),
        (
            with(|leaf| leaf.not_after = NOW + 14 * DAY),
            word(Pass, &["valid"], ""),
        ),
        (
            with(|leaf| leaf.not_after = NOW + 14 * DAY - 1),
            word(Warn, &["ends_soon"], "renew_certificate"),
        ),
        (expired(), word(Fail, &["refused"], "renew_certificate")),
        (
            with(|leaf| leaf.not_before = NOW + DAY),
            word(Fail, &["refused"], "renew_certificate"),
        ),
        (foreign(), word(Warn, &["refused"], "replace_certificate")),
        (
            self_signed(),
            word(Warn, &["refused"], "replace_certificate"),
        ),
        (
            path(Path::UnknownIssuer, vec![leaf()]),
            word(Warn, &["refused"], "send_issuers"),
        ),
        (
            path(Path::UnknownIssuer, vec![leaf(), issuer()]),
            word(Warn, &["refused"], "replace_certificate"),
        ),
        (
            path(Path::Expired, vec![leaf(), issuer()]),
            word(Fail, &["refused"], "send_issuers"),
        ),
        (
            Chain {
                links: vec![Link::Unreadable { octets: 9 }],
                ..good()
            },
            word(Fail, &["refused"], "replace_certificate"),
        ),
        (
            with(|leaf| (leaf.key, leaf.key_bits) = ("RSA".into(), 1024)),
            word(Fail, &["weak"], "replace_certificate"),
        ),
        (
            with(|leaf| leaf.signature = "sha1WithRSAEncryption".into()),
            word(Fail, &["weak"], "replace_certificate"),
        ),
        (
            with(|leaf| (leaf.key, leaf.key_bits) = ("RSA".into(), 2048)),
            word(Pass, &["valid", "rsa_2048"], ""),
        ),
        (
            with(|leaf| (leaf.key, leaf.key_bits) = ("RSA".into(), 3072)),
            word(Pass, &["valid"], ""),
        ),
        (
            with(|leaf| leaf.signed_by_next = Some(false)),
            word(Pass, &["valid", "disorder"], ""),
        ),
        (
            path(Path::NoRoots, vec![leaf()]),
            word(Unknown, &["no_roots"], ""),
        ),
    ] {
        assert_eq!(told(alone(), shown.clone()), expected, "{shown:?}");
    }
}

#[test]
fn where_senders_check_a_fault_keeps_mail_out() {
    use Status::{Fail, Pass};
    let refused = word(Fail, &["refused", "enforced"], "replace_certificate");
    assert_eq!(told(enforcing(), foreign()), refused);
    assert_eq!(told(enforcing(), good()), word(Pass, &["valid"], ""));
    // On trial senders deliver all the same, and a policy that does not name the server does not bind it.
    let testing = World::new(&[RECORD]).serving(&POLICY.replace("enforce", "testing"));
    let other = World::new(&[RECORD]).serving(&POLICY.replace("mx.", "other."));
    for world in [testing, other] {
        assert_eq!(told(world, foreign()).0, Status::Warn);
    }
}

#[test]
fn where_dane_names_the_key_nothing_else_counts() {
    use Status::{Fail, Pass, Warn};
    let bound_and = |also: &[&str]| {
        let all: Vec<&str> = ["bound"].iter().chain(also).copied().gather();
        word(Pass, &all, "")
    };
    let expired = || with(|leaf| leaf.not_after = NOW - DAY);
    let sha1 = || with(|leaf| leaf.signature = "ecdsa-with-SHA1".into());
    let late = || with(|leaf| leaf.not_after = NOW + DAY);
    assert_eq!(told(bound(), foreign()), bound_and(&["refused"]));
    assert_eq!(told(bound(), expired()), bound_and(&["refused"]));
    assert_eq!(told(bound(), sha1()), bound_and(&["weak"]));
    assert_eq!(told(bound(), late()), bound_and(&["ends_soon"]));
    assert_eq!(told(bound(), good()), word(Pass, &["valid"], ""));
    // Another key's record binds nothing, nor does an authority's.
    let other = alone().tlsa(MX, &format!("3 1 1 {}", issuer().digests.key_sha256));
    assert_eq!(told(other, foreign()).0, Warn);
    let anchor = alone().tlsa(MX, &format!("2 1 1 {}", leaf().digests.key_sha256));
    assert_eq!(told(anchor, foreign()).0, Warn);
    // A weak key is weak whoever names it, and senders that know MTA-STS alone still check.
    let weak = with(|leaf| (leaf.key, leaf.key_bits) = ("RSA".into(), 1024));
    assert_eq!(told(bound(), weak).0, Fail);
    let both = World::new(&[RECORD]).serving(POLICY);
    let both = both.tlsa(MX, &format!("3 1 1 {}", leaf().digests.key_sha256));
    let told = told(both, foreign());
    assert_eq!(
        told,
        word(
            Fail,
            &["refused", "enforced", "bound"],
            "replace_certificate"
        )
    );
}

/// A hello that brought another certificate to light.
fn hello(chain: Chain) -> SmtpEvent {
    let suite = Suite(0xc02f);
    SmtpEvent::Hello(Box::new(Hello {
        offer: Offer {
            version: Version::Tls12,
            suites: vec![suite],
            groups: Vec::new(),
            fallback: false,
        },
        answer: HelloAnswer::Chosen(Box::new(Chosen {
            version: Version::Tls12,
            suite,
            group: None,
            prime_bits: None,
            signature: None,
            compression: false,
            secure_renegotiation: true,
            extended_master_secret: true,
            chain: Some(Box::new(chain)),
        })),
    }))
}

#[test]
fn of_two_certificates_the_worse_decides_and_each_is_told() {
    let mut rsa = certificate(&[MX], 3);
    (rsa.key, rsa.key_bits, rsa.not_after) = ("RSA".into(), 3072, NOW - 2 * DAY);
    let rsa = chain(vec![rsa, issuer()]);
    let world = alone()
        .shook(good())
        .seen(DialogueKind::Hello, hello(rsa))
        .seen(DialogueKind::Hello, hello(good()));
    let finding = world.finding(CheckId::Certificate);
    assert_eq!(finding.status, Status::Fail);
    let host = || crate::dns::Name::parse(MX).unwrap();
    let refused = CertificateReason::Refused {
        host: host(),
        key: Some("RSA".into()),
        why: Fault::Expired { days: 2 },
    };
    let valid = CertificateReason::Valid {
        host: host(),
        key: Some("EC".into()),
        days: 60,
    };
    assert_eq!(finding.reasons, [Reason::from(refused), valid.into()]);
    let proof: Vec<&str> = finding.proof.iter().map(|id| id.as_str()).gather();
    let expected = ["smtp/192.0.2.1:25/relay/000", "smtp/192.0.2.1:25/hello/001"];
    assert_eq!(proof, expected, "the same certificate is told once");
}

#[test]
fn what_could_not_be_seen_is_no_verdict() {
    let failed = |chain| {
        SmtpEvent::NotSecured(FailedHandshake {
            detail: "peer sent no certificate".into(),
            chain,
            ..FailedHandshake::default()
        })
    };
    let unsecured = alone().seen(DialogueKind::Relay, failed(None));
    let told = |world: World| {
        let (status, reasons, action) = world.told(CheckId::Certificate);
        assert_eq!(action, None);
        (status, reasons.concat())
    };
    let unknown = |code: &str| (Status::Unknown, code.to_owned());
    assert_eq!(told(unsecured), unknown("tls_not_secured"));
    let bare = alone().seen(DialogueKind::Survey, without_starttls());
    assert_eq!(told(bare), (Status::Na, "tls_not_offered".to_owned()));
    assert_eq!(told(alone()), unknown("needs_probe"));
    let awaited = alone().shook(good()).probed(None);
    assert_eq!(told(awaited), unknown("pending"));
    // A chain that was shown before a handshake failed is a chain.
    let shown = alone().seen(DialogueKind::Relay, failed(Some(Box::new(good()))));
    assert_eq!(told(shown), (Status::Pass, "certificate_valid".to_owned()));
}

#[test]
fn a_certificate_whose_key_is_not_there_is_nobodys() {
    let failed = SmtpEvent::NotSecured(FailedHandshake {
        detail: "invalid peer certificate: BadSignature".into(),
        key_mismatch: true,
        chain: Some(Box::new(good())),
    });
    let world = alone().seen(DialogueKind::Relay, failed);
    let action = Some("match_key".to_owned());
    for (check, code) in [
        (CheckId::Certificate, "certificate_key_mismatch"),
        (CheckId::StartTls, "starttls_key_mismatch"),
    ] {
        let told = (Status::Fail, vec![code.to_owned()], action.clone());
        assert_eq!(world.told(check), told);
    }
    // The gain is the same, told once for both.
    let gains = [CheckId::Certificate, CheckId::StartTls];
    let gains = gains.map(|check| world.finding(check).mend.unwrap().gain);
    assert!(gains[0] == gains[1] && gains[0] > 0, "{gains:?}");
}

#[test]
fn whoever_runs_the_servers_has_to_mend_them() {
    let mend = |world: World| world.finding(CheckId::Certificate).mend.unwrap();
    let own = mend(alone().shook(foreign()));
    assert_eq!(own.owner, Owner::ServerOperator);
    let hosts = vec![crate::dns::Name::parse(MX).unwrap()];
    assert_eq!(own.action, Action::ReplaceCertificate { hosts });
    let theirs = alone()
        .exchange("mx.example.net")
        .address("mx.example.net", [192, 0, 2, 2])
        .shook(good())
        .seen_at([192, 0, 2, 2], DialogueKind::Relay, secured(foreign()))
        .probed(Some(ProbeOutcome::Cut));
    assert_eq!(mend(theirs).owner, Owner::MailProvider);
}
