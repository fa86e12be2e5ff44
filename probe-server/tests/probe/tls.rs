//! STARTTLS with real handshakes.

use std::path::PathBuf;
use std::sync::Arc;

use postern_shared::evidence::{DialogueKind, Fact, Link, Path, SmtpEvent, Step, TlsFact, Trust};
use rcgen::{CertificateParams, CertifiedKey, Issuer, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;

use crate::etiquette::assert_manners;
use crate::world::{Act, World, hasty, polite, smtp};

/// A server with a certificate for `name`, signed by itself.
pub(crate) fn self_signed(name: &str) -> Arc<rustls::ServerConfig> {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
    server(cert.der().clone(), key)
}

pub(crate) fn server(
    certificate: rustls::pki_types::CertificateDer<'static>,
    key: PrivatePkcs8KeyDer<'static>,
) -> Arc<rustls::ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())
        .unwrap();
    Arc::new(config)
}

/// An authority in a PEM file, and a server with a certificate for `name` from it.
fn authority(name: &str) -> (PathBuf, Arc<rustls::ServerConfig>) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    let common_name = rcgen::DnType::CommonName;
    params
        .distinguished_name
        .push(common_name, format!("Authority of {name}"));
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let root = params.self_signed(&key).unwrap();
    let pem = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        data_encoding::BASE64.encode(root.der())
    );
    let file = std::env::temp_dir().join(format!("postern-{}.pem", std::process::id()));
    std::fs::write(&file, pem).unwrap();
    let issuer = Issuer::new(params, key);
    let leaf_key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new([name.to_owned()]).unwrap();
    let leaf = leaf.signed_by(&leaf_key, &issuer).unwrap();
    let key = PrivatePkcs8KeyDer::from(leaf_key.serialize_der());
    (file, server(leaf.der().clone(), key))
}

fn secured(facts: &[Fact]) -> &TlsFact {
    let secured =
        |fact: &&postern_shared::evidence::SmtpFact| matches!(fact.event, SmtpEvent::Secured(_));
    match smtp(facts)
        .into_iter()
        .find(secured)
        .map(|fact| &fact.event)
    {
        Some(SmtpEvent::Secured(fact)) => fact,
        _ => panic!("no handshake: {facts:?}"),
    }
}

#[tokio::test]
async fn the_verifier_is_a_witness_and_no_judge() {
    let (_, elsewhere) = authority("mx.foreign.example");
    // The later file is the one that is trusted.
    let (ca_file, trusted) = authority("mx.trusted.example");
    let world = World::with(hasty(), true, Some(ca_file)).await;
    for (domain, config) in [
        ("trusted.example", trusted),
        ("self.example", self_signed("mx.self.example")),
        ("foreign.example", elsewhere),
    ] {
        let script = move |line: &str, inside: bool| match (line, inside) {
            ("STARTTLS", false) => Act::Secure(Arc::clone(&config)),
            _ => polite(line),
        };
        let log = world.mail_server(domain, script).await;
        let facts = world.scan(domain).await;
        assert_manners(&log.lock().unwrap(), domain);
        let fact = secured(&facts);
        assert_eq!(fact.version, "TLS 1.3");
        assert!(fact.suite.starts_with("TLS_AES_"), "{}", fact.suite);
        assert_eq!(fact.group.as_deref(), Some("x25519"));
        assert_eq!(fact.server_name, format!("mx.{domain}"));
        if domain == "trusted.example" {
            assert_eq!(fact.trust, Trust::Trusted);
        } else {
            assert!(
                matches!(fact.trust, Trust::Untrusted(_)),
                "{:?}",
                fact.trust
            );
        }
        // A chain of one, which nobody else is needed to read.
        let [Link::Read(own)] = &fact.chain.as_ref().unwrap().links[..] else {
            panic!("{:?}", fact.chain)
        };
        assert_eq!((own.key.as_str(), own.key_bits), ("EC", 256));
        assert_eq!(own.self_signed, domain == "self.example");
        let path = fact.chain.as_ref().unwrap().path;
        match domain {
            "trusted.example" => assert_eq!(path, Path::Trusted),
            _ => assert_eq!(path, Path::UnknownIssuer),
        }
        // EHLO again, inside, the envelopes, and QUIT.
        let inside = smtp(&facts)
            .into_iter()
            .filter(|fact| fact.secure && fact.dialogue == DialogueKind::Relay);
        assert_eq!(inside.count(), 3 + 17);
    }
}

#[tokio::test]
async fn what_a_server_says_only_inside_tls_is_asked_there() {
    let world = World::new().await;
    let config = self_signed("mx.strict.example");
    let log = world
        .mail_server("strict.example", move |line, inside| {
            let word = line.split(' ').next().unwrap_or_default();
            match (word, inside) {
                ("STARTTLS", false) => Act::Secure(Arc::clone(&config)),
                ("MAIL" | "VRFY", false) => {
                    Act::Say(b"530 5.7.0 Must issue a STARTTLS command first\r\n".to_vec())
                }
                _ => polite(line),
            }
        })
        .await;
    let facts = world.scan("strict.example").await;
    let visits = log.lock().unwrap().clone();
    // The relay forms inside, the survey, what was put off, hellos, and the smuggled command.
    assert_eq!(visits.len(), 8);
    assert_manners(&visits, "strict");
    let inside: Vec<_> = smtp(&facts)
        .into_iter()
        .filter(|fact| fact.secure)
        .collect();
    let count = |wanted: fn(&Step) -> bool| {
        let replied = |fact: &&&postern_shared::evidence::SmtpFact| matches!(&fact.event, SmtpEvent::Replied { step, .. } if wanted(step));
        inside.iter().filter(replied).count()
    };
    assert_eq!(count(|step| matches!(step, Step::RcptTo { .. })), 6);
    assert_eq!(count(|step| matches!(step, Step::Vrfy { .. })), 6);
    let told = |kind| {
        let facts = smtp(&facts).into_iter();
        facts.filter(move |fact| fact.dialogue == kind).count()
    };
    assert!(told(DialogueKind::Hello) > 0 && told(DialogueKind::Injection) > 0);
}

#[tokio::test]
async fn a_handshake_that_fails_is_a_fact() {
    let world = World::new().await;
    for (domain, act) in [
        (
            "rubbish.example",
            Act::Say(b"220 go\r\nthis is no TLS at all, is it\r\n".to_vec()),
        ),
        ("hangup.example", Act::SayThenHangUp(b"220 go\r\n".to_vec())),
    ] {
        let script = move |line: &str, _: bool| match line {
            "STARTTLS" => act.clone(),
            line => polite(line),
        };
        // After 220 the client speaks TLS, which is no line: the log of that visit is not read.
        let _log = world.mail_server(domain, script).await;
        let facts = world.scan(domain).await;
        let failed = smtp(&facts).into_iter().find_map(|fact| match &fact.event {
            SmtpEvent::NotSecured(failed) => Some(failed.detail.clone()),
            _ => None,
        });
        let detail = failed.unwrap_or_else(|| panic!("{domain}: {facts:?}"));
        assert!(!detail.is_empty() && !detail.chars().any(char::is_control));
        assert!(matches!(facts.last(), Some(Fact::Probe(_))));
    }
}
