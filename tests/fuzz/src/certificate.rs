//! Certificates as servers show them (RFC 5280 §4.1).

use std::net::Ipv4Addr;
use std::sync::LazyLock;

use postern_shared::DomainName;
use postern_shared::dane::{self, Record};
use postern_shared::dns::{Name, Octets};
use postern_shared::evidence::{
    Certificate, Chain, DialogueKind, Evidence, Fact, Link, Observation, SmtpEvent, SmtpFact,
    TlsFact, Trust,
};
use postern_shared::protocol::{MAX_SERVER_MESSAGE, ServerMessage, encode};
use postern_shared::text::visible;
use postern_shared::time::{Millis, Timestamp};
use postern_shared::tls::Fault;
use postern_shared::wording::Language;
use probe_server::guard::{Guard, PublicAddr};
use probe_server::tls::Tls;

use super::evidence::observed;

/// What stands in for the roots of a machine: that of a chain among the seeds.
const ROOT: &[u8] = include_bytes!("../seeds/tls_certificate_reader/root");
/// A moment at which the certificates among the seeds are valid.
const NOW: Timestamp = Timestamp(1_800_000_000_000);
/// Whom the certificates are to be for.
const HOST: &str = "mx.example.org";
/// Characters that any text of a certificate may have, when what steers is written out: none is kept with more than 300.
const MAX_TEXT: usize = 8 * 301;

/// Characters of the name of an algorithm, or of its identifier.
const MAX_ALGORITHM: usize = 101;

static TLS: LazyLock<Tls> = LazyLock::new(|| Tls::trusting(&[ROOT]).expect("a root"));

/// A certificate by itself, and the certificates of a chain with a length of two octets before each: what is read of them
/// is bounded, safe to show, and the same after it was saved and loaded.
pub fn tls_certificate_reader(octets: &[u8]) {
    check(&[octets.to_vec()]);
    check(&members(octets));
}

/// The members of a chain; the last is what there is of it.
fn members(mut octets: &[u8]) -> Vec<Vec<u8>> {
    let mut members = Vec::new();
    while let Some((length, rest)) = octets.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes(*length));
        let (member, rest) = rest.split_at(length.min(rest.len()));
        members.push(member.to_vec());
        octets = rest;
    }
    members
}

fn check(shown: &[Vec<u8>]) {
    let (trust, chain) = TLS.read_chain(shown, HOST, target(), NOW);
    assert_eq!(chain.links.len(), shown.len().min(Chain::MAX));
    assert_eq!(chain.links.len() + chain.left_out as usize, shown.len());
    for (place, link) in chain.links.iter().enumerate() {
        match link {
            Link::Read(certificate) => read(certificate, &shown[place]),
            Link::Unreadable { octets } => assert_eq!(*octets as usize, shown[place].len()),
        }
    }
    let last = chain.links.len().wrapping_sub(1);
    assert!(chain.at(last).is_none_or(|it| it.signed_by_next.is_none()));
    assert!(chain.anchors.is_sorted_by(|one, other| one < other));
    let places = 1..chain.links.len();
    assert!(
        chain
            .anchors
            .iter()
            .all(|at| places.contains(&usize::from(*at)))
    );
    judge(&chain, shown);
    save(trust, chain);
}

/// One that could be read.
fn read(certificate: &Certificate, der: &[u8]) {
    let names = [&certificate.subject, &certificate.issuer];
    for text in names.into_iter().chain(&certificate.names) {
        assert!(text.chars().count() <= MAX_TEXT, "{text:?}");
        assert_eq!(visible(text), *text);
    }
    let algorithms = [&certificate.key, &certificate.signature];
    for text in algorithms.into_iter().chain(&certificate.curve) {
        assert!(text.chars().count() <= MAX_ALGORITHM, "{text:?}");
        assert_eq!(visible(text), *text);
    }
    assert!(certificate.names.len() <= Certificate::MAX_NAMES);
    assert!(!certificate.self_signed || certificate.subject == certificate.issuer);
    assert!(certificate.key_bits as usize <= 8 * der.len());
    let digests = &certificate.digests;
    assert_eq!(
        [64, 64],
        [&digests.whole_sha256, &digests.key_sha256].map(String::len)
    );
    assert_eq!(
        [128, 128],
        [&digests.whole_sha512, &digests.key_sha512].map(String::len)
    );
    let (start, length) = certificate.key_at;
    assert!((start + length) as usize <= der.len() && length > 0);
}

/// Everything that is concluded from a chain, long before it was made and long after.
fn judge(chain: &Chain, shown: &[Vec<u8>]) {
    let host = Name::parse(HOST).expect("a name");
    for at in [Timestamp(0), NOW, Timestamp(u64::MAX)] {
        let faults = chain.faults(&host, at);
        assert_eq!(faults.contains(&Fault::Unreadable), chain.leaf().is_none());
        let _ = chain.leaf().map(|leaf| leaf.days_left(at));
    }
    let _ = (chain.weaknesses(), chain.is_in_order(), chain.has_root());
    if let Some(leaf) = chain.leaf() {
        let (start, length) = leaf.key_at;
        let key = &shown[0][start as usize..][..length as usize];
        for (selector, part) in [&shown[0][..], key].into_iter().enumerate() {
            assert!(dane::fits(&[whole(selector, part)], chain, &[&host]));
        }
    }
}

/// A TLSA record that is the very octets of what it is about.
fn whole(selector: usize, octets: &[u8]) -> Record {
    Record {
        usage: 3,
        selector: u8::try_from(selector).expect("0 or 1"),
        matching: 0,
        data: Octets(octets.to_vec()),
    }
}

/// The fact fits a message, can be worded, and comes back as it was saved.
fn save(trust: Trust, chain: Chain) {
    let event = SmtpEvent::Secured(TlsFact {
        version: String::new(),
        suite: String::new(),
        group: None,
        server_name: HOST.to_owned(),
        trust,
        chain: Some(Box::new(chain)),
    });
    let fact = Fact::Smtp(SmtpFact {
        address: target().ip(),
        port: target().port(),
        dialogue: DialogueKind::StartTls,
        sequence: 0,
        secure: true,
        event,
        took: Millis(0),
    });
    for language in Language::ALL {
        observed(language, &fact);
    }
    let seen = Observation::new(NOW, fact);
    let message = encode(&ServerMessage::Observed(seen.clone()));
    assert!(message.len() <= MAX_SERVER_MESSAGE, "{}", message.len());
    let mut evidence = Evidence::new(DomainName::parse("example.org").expect("a domain"));
    evidence.apply(seen);
    assert_eq!(Evidence::from_json(&evidence.to_json()), Ok(evidence));
}

fn target() -> PublicAddr {
    let admitted = Guard::new(true).admit(Ipv4Addr::LOCALHOST.into());
    admitted.expect("an address")
}
