//! Chains as honest, careless and hostile servers show them.

use postern_shared::evidence::{
    Certificate, DialogueKind, Fact, Link, Observation, SmtpEvent, SmtpFact, TlsFact,
};
use postern_shared::protocol::{MAX_SERVER_MESSAGE, ServerMessage, encode};
use postern_shared::time::{Millis, Timestamp};
use rcgen::{BasicConstraints, CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyPair};
use rustls::crypto::ring;

use super::*;

/// A certificate, and what it takes to sign others with it.
struct Made {
    der: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

fn params(name: &str, is_authority: bool) -> CertificateParams {
    let names = match is_authority {
        true => Vec::new(),
        false => vec![name.to_owned()],
    };
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    if is_authority {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    }
    params
}

fn root(name: &str) -> Made {
    let key = KeyPair::generate().unwrap();
    let params = params(name, true);
    let der = params.self_signed(&key).unwrap().der().clone();
    let issuer = Issuer::new(params, key);
    Made { der, issuer }
}

fn signed(name: &str, is_authority: bool, by: &Made) -> Made {
    let key = KeyPair::generate().unwrap();
    let params = params(name, is_authority);
    let der = params.signed_by(&key, &by.issuer).unwrap().der().clone();
    let issuer = Issuer::new(params, key);
    Made { der, issuer }
}

/// What a machine that trusts `roots` makes of a chain shown by `mx.example`.
fn describe(roots: &[&Made], chain: &[CertificateDer<'_>]) -> (Trust, Chain) {
    let provider = Arc::new(ring::default_provider());
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(root.der.clone()).unwrap();
    }
    let roots = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(&provider));
    let judge = Judge {
        provider,
        roots: roots.build().ok(),
    };
    judge.describe(&Shown {
        chain,
        name: &ServerName::try_from("mx.example").unwrap(),
        now: UnixTime::now(),
    })
}

fn certificate(chain: &Chain, place: usize) -> &Certificate {
    match &chain.links[place] {
        Link::Read(certificate) => certificate,
        unreadable @ Link::Unreadable { .. } => panic!("{unreadable:?}"),
    }
}

#[test]
fn a_whole_chain_leads_to_its_root_and_each_above_vouches_for_the_first() {
    let root = root("Root");
    let between = signed("Between", true, &root);
    let own = signed("mx.example", false, &between);
    let shown = [own.der.clone(), between.der.clone(), root.der.clone()];
    let (trust, chain) = describe(&[&root], &shown);
    assert_eq!((trust, chain.path), (Trust::Trusted, Path::Trusted));
    assert_eq!(chain.anchors, [1, 2]);
    let first = certificate(&chain, 0);
    assert_eq!(first.subject, "CN=mx.example");
    assert_eq!(first.issuer, "CN=Between");
    assert_eq!(first.names, ["mx.example"]);
    assert_eq!((first.key.as_str(), first.key_bits), ("EC", 256));
    assert_eq!(first.curve.as_deref(), Some("secp256r1"));
    assert_eq!(first.signature, "ecdsa-with-SHA256");
    assert_eq!(first.signed_by_next, Some(true));
    assert!(!first.authority && !first.self_signed);
    let last = certificate(&chain, 2);
    assert_eq!(last.signed_by_next, None);
    assert!(last.authority && last.self_signed);
    // The key is where it is said to be.
    let (begins, octets) = first.key_at;
    let key = &own.der[begins as usize..(begins + octets) as usize];
    let digest = ::ring::digest::digest(&::ring::digest::SHA256, key);
    assert_eq!(
        first.digests.key_sha256,
        data_encoding::HEXLOWER.encode(digest.as_ref())
    );
}

#[test]
fn what_is_missing_and_what_is_wrong_are_told_apart() {
    let root = root("Root");
    let between = signed("Between", true, &root);
    let own = signed("mx.example", false, &between);
    let alone = [own.der.clone()];
    assert_eq!(describe(&[&root], &alone).1.path, Path::UnknownIssuer);
    // Which name it is for is none of the path's business.
    let other = signed("other.example", false, &between);
    let (trust, chain) = describe(&[&root], &[other.der.clone(), between.der.clone()]);
    assert!(matches!(trust, Trust::Untrusted(_)), "{trust:?}");
    assert_eq!(chain.path, Path::Trusted);
    // In the wrong order, each certificate is followed by one that did not sign it.
    let stranger = signed("Stranger", true, &root);
    let shuffled = [own.der.clone(), stranger.der.clone(), between.der.clone()];
    let (_, chain) = describe(&[&root], &shuffled);
    assert_eq!(chain.path, Path::Trusted);
    assert_eq!(certificate(&chain, 0).signed_by_next, Some(false));
    assert_eq!(chain.anchors, [2]);
    let (trust, chain) = describe(&[], &alone);
    assert_eq!((trust, chain.path), (Trust::NoRoots, Path::NoRoots));
}

#[test]
fn an_expired_one_is_expired_and_one_of_tomorrow_is_not_valid_yet() {
    let root = root("Root");
    for (from, to, path) in [
        ((2020, 1, 1), (2021, 1, 1), Path::Expired),
        ((3020, 1, 1), (3021, 1, 1), Path::NotYetValid),
    ] {
        let mut params = params("mx.example", false);
        params.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
        params.not_after = rcgen::date_time_ymd(to.0, to.1, to.2);
        let key = KeyPair::generate().unwrap();
        let own = params.signed_by(&key, &root.issuer).unwrap();
        let (_, chain) = describe(&[&root], &[own.der().clone()]);
        assert_eq!(chain.path, path);
        assert_eq!(chain.anchors, Vec::<u8>::new());
    }
}

#[test]
fn a_chain_without_end_is_cut() {
    let root = root("Root");
    let own = signed("mx.example", false, &root);
    let chain: Vec<_> = std::iter::repeat_n(own.der, 100).collect();
    let (_, chain) = describe(&[&root], &chain);
    assert_eq!((chain.links.len(), chain.left_out), (Chain::MAX, 90));
}

#[test]
fn what_is_no_certificate_is_said_to_be_none() {
    let root = root("Root");
    let own = signed("mx.example", false, &root).der;
    let rubbish = [
        Vec::new(),
        vec![0x30],
        vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
        vec![0xff; 1024 * 1024],
        [own.as_ref(), &[0]].concat(),
    ];
    let cut = (0..own.len()).map(|end| own[..end].to_vec());
    for der in rubbish.into_iter().chain(cut) {
        let octets = u32::try_from(der.len()).unwrap();
        let (trust, chain) = describe(&[&root], &[CertificateDer::from(der)]);
        assert!(matches!(trust, Trust::Untrusted(_)));
        assert_ne!(chain.path, Path::Trusted);
        assert_eq!(chain.links, [Link::Unreadable { octets }]);
    }
    // One octet changed may still be a certificate, and never a catastrophe.
    for place in 0..own.len() {
        let mut der = own.to_vec();
        der[place] ^= 0x55;
        describe(&[&root], &[CertificateDer::from(der), root.der.clone()]);
    }
}

/// A certificate for these names, whatever stands in them.
fn named(names: &[&[u8]]) -> CertificateDer<'static> {
    let mut listed = Vec::new();
    for name in names {
        listed.extend([0x82, 0x81, u8::try_from(name.len()).unwrap()]);
        listed.extend_from_slice(name);
    }
    let [high, low] = u16::try_from(listed.len()).unwrap().to_be_bytes();
    let names = [&[0x30, 0x82, high, low][..], &listed].concat();
    let mut params = params("mx.example", true);
    let names = CustomExtension::from_oid_content(&[2, 5, 29, 17], names);
    params.custom_extensions.push(names);
    let key = KeyPair::generate().unwrap();
    params.self_signed(&key).unwrap().der().clone()
}

#[test]
fn the_worst_chain_fits_a_message() {
    for (character, count) in [
        ("\u{85}", 75),
        ("\\", 150),
        ("\u{1}", 150),
        ("\u{10ffff}", 37),
    ] {
        let name = character.repeat(count);
        let own = named(&[name.as_bytes(); 98]);
        assert!((15_000..16 * 1024).contains(&own.len()), "{}", own.len());
        let (trust, chain) = describe(&[], &vec![own; Chain::MAX]);
        assert!(!certificate(&chain, 9).names.is_empty());
        let event = SmtpEvent::Secured(TlsFact {
            version: "TLS 1.2".to_owned(),
            suite: String::new(),
            group: None,
            server_name: "mx.example".to_owned(),
            trust,
            chain: Some(Box::new(chain)),
        });
        let fact = Fact::Smtp(SmtpFact {
            address: [192, 0, 2, 1].into(),
            port: 25,
            dialogue: DialogueKind::StartTls,
            sequence: 1,
            secure: true,
            event,
            took: Millis(1),
        });
        let observed = Observation::new(Timestamp(1), fact);
        let message = encode(&ServerMessage::Observed(observed));
        assert!(message.len() <= MAX_SERVER_MESSAGE, "{}", message.len());
    }
}
