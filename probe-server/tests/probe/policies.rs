//! MTA-STS policies, fetched from servers that serve them well, badly, or not at all.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use postern_shared::dns::{Name, Question, RecordData, RecordType, TxtRecord};
use postern_shared::evidence::{
    ConnectFailure, Fact, NoPolicy, PolicyFact, PolicyOutcome, ProbeOutcome,
};
use rcgen::{CertificateParams, Issuer, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::tls::{self_signed, server};
use crate::world::{PATIENCE, World, hasty};

const POLICY: &str = "version: STSv1\r\nmode: enforce\r\nmx: mx.example\r\nmax_age: 604800\r\n";

/// An authority of our own, in a file.
struct Authority {
    file: PathBuf,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        static MADE: AtomicU8 = AtomicU8::new(0);
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let root = params.self_signed(&key).unwrap();
        let pem = format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            data_encoding::BASE64.encode(root.der())
        );
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("postern-policy-{}-{number}.pem", std::process::id());
        let file = std::env::temp_dir().join(name);
        std::fs::write(&file, pem).unwrap();
        let issuer = Issuer::new(params, key);
        Self { file, issuer }
    }

    /// A server with a certificate for `name`; one that has ended with `expired`.
    fn vouch(&self, name: &str, expired: bool) -> Arc<rustls::ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        if expired {
            params.not_before = rcgen::date_time_ymd(2020, 1, 1);
            params.not_after = rcgen::date_time_ymd(2021, 1, 1);
        }
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        server(certificate.der().clone(), key)
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.file);
    }
}

/// What a policy host does once it was asked.
#[derive(Clone)]
enum Act {
    /// Says this and closes.
    Say(String),
    /// Says this, then the piece again and again until nobody listens.
    Flood(String, String),
    /// Says this, then one octet after another.
    Drip(String),
}

/// What it was asked, request by request.
type Asked = Arc<Mutex<Vec<String>>>;

fn ok(body: &str) -> Act {
    let length = body.len();
    Act::Say(format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{body}"
    ))
}

/// Publishes a record for `domain`, and the address of its policy host.
fn publish(world: &World, domain: &str, address: IpAddr) {
    let record = RecordData::Txt(TxtRecord::single("v=STSv1; id=1"));
    world.record(&format!("_mta-sts.{domain}"), RecordType::Txt, record);
    let mx = RecordData::Mx {
        preference: 10,
        exchange: Name::parse(&format!("mx.{domain}")).unwrap(),
    };
    world.record(domain, RecordType::Mx, mx);
    let (kind, data) = match address {
        IpAddr::V4(v4) => (RecordType::A, RecordData::A(v4)),
        IpAddr::V6(v6) => (RecordType::Aaaa, RecordData::Aaaa(v6)),
    };
    world.record(&format!("mta-sts.{domain}"), kind, data);
}

/// Starts a policy host for `domain` and publishes it; in clear where it has no `config`.
async fn host(
    world: &World,
    domain: &str,
    octet: u8,
    config: Option<Arc<rustls::ServerConfig>>,
    act: Act,
) -> Asked {
    let address = Ipv4Addr::new(127, 0, 7, octet);
    let listener = TcpListener::bind((address, world.port)).await.unwrap();
    let asked = Asked::default();
    publish(world, domain, address.into());
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (config, act, log) = (config.clone(), act.clone(), Arc::clone(&log));
            tokio::spawn(async move {
                match config {
                    None => serve(stream, act, &log).await,
                    Some(config) => {
                        if let Ok(stream) = TlsAcceptor::from(config).accept(stream).await {
                            serve(stream, act, &log).await;
                        }
                    }
                }
            });
        }
    });
    asked
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, act: Act, log: &Asked) {
    let mut request = Vec::new();
    // Who speaks no HTTP is answered as well.
    while !request.ends_with(b"\r\n\r\n") && request.first() != Some(&0x16) {
        match stream.read_u8().await {
            Ok(octet) => request.push(octet),
            Err(_) => return,
        }
    }
    log.lock()
        .unwrap()
        .push(String::from_utf8_lossy(&request).into_owned());
    let (begin, piece, pause) = match act {
        Act::Say(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
            let _ = stream.shutdown().await;
            return;
        }
        Act::Flood(begin, piece) => (begin, piece, Duration::ZERO),
        Act::Drip(begin) => (begin, "x".to_owned(), Duration::from_millis(20)),
    };
    let _ = stream.write_all(begin.as_bytes()).await;
    while stream.write_all(piece.as_bytes()).await.is_ok() && stream.flush().await.is_ok() {
        tokio::time::sleep(pause).await;
    }
}

fn policy(facts: &[Fact]) -> Option<&PolicyFact> {
    facts.iter().find_map(|fact| match fact {
        Fact::Policy(fact) => Some(fact),
        _ => None,
    })
}

/// What came of fetching the policy of `domain`.
async fn outcome(world: &World, domain: &str) -> PolicyOutcome {
    let facts = world.scan(domain).await;
    let finished = matches!(
        facts.last(),
        Some(Fact::Probe(ProbeOutcome::Finished { .. }))
    );
    assert!(finished, "{domain}: {facts:?}");
    policy(&facts)
        .unwrap_or_else(|| panic!("{domain}: {facts:?}"))
        .outcome
        .clone()
}

fn why(outcome: PolicyOutcome) -> NoPolicy {
    match outcome {
        PolicyOutcome::NotFetched(why) => why,
        PolicyOutcome::Fetched(file) => panic!("{file:?}"),
    }
}

#[tokio::test]
async fn a_policy_is_fetched_as_senders_fetch_it() {
    let authority = Authority::new();
    let world = World::with(hasty(), true, Some(authority.file.clone())).await;
    let config = authority.vouch("mta-sts.good.example", false);
    let asked = host(&world, "good.example", 1, Some(config), ok(POLICY)).await;
    let facts = world.scan("good.example").await;
    let fact = policy(&facts).unwrap();
    assert_eq!(fact.domain, Name::parse("good.example").unwrap());
    assert_eq!(fact.address, Some(Ipv4Addr::new(127, 0, 7, 1).into()));
    let PolicyOutcome::Fetched(file) = &fact.outcome else {
        panic!("{fact:?}");
    };
    assert_eq!(file.media_type.as_deref(), Some("text/plain"));
    assert_eq!(file.body, POLICY);
    let asked = asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 1, "{asked:?}");
    let head = "GET /.well-known/mta-sts.txt HTTP/1.1\r\nhost: mta-sts.good.example\r\n";
    assert!(asked[0].starts_with(head), "{asked:?}");
}

#[tokio::test]
async fn what_is_chunked_or_ends_with_the_connection_is_whole_too() {
    let authority = Authority::new();
    let world = World::with(hasty(), true, Some(authority.file.clone())).await;
    let chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nversi\r\n2\r\non\r\n0\r\n\r\n";
    let open = "HTTP/1.0 200 OK\r\n\r\nversion";
    for (octet, domain, answer) in [(2, "chunks.example", chunked), (3, "open.example", open)] {
        let config = authority.vouch(&format!("mta-sts.{domain}"), false);
        host(
            &world,
            domain,
            octet,
            Some(config),
            Act::Say(answer.to_owned()),
        )
        .await;
        match outcome(&world, domain).await {
            PolicyOutcome::Fetched(file) => assert_eq!(file.body, "version", "{domain}"),
            PolicyOutcome::NotFetched(why) => panic!("{domain}: {why:?}"),
        }
    }
}

#[tokio::test]
async fn answers_that_are_no_policy() {
    let authority = Authority::new();
    let world = World::with(hasty(), true, Some(authority.file.clone())).await;
    let say = |text: &str| Act::Say(text.to_owned());
    let moved =
        "HTTP/1.1 302 Found\r\nLocation: https://mta-sts.moved.example/policy\u{202e}\r\n\r\n";
    let large = ok(&"x".repeat(65_537));
    let endless = Act::Flood(
        "HTTP/1.1 200 OK\r\n\r\n".into(),
        "mx: a.example\r\n".repeat(64),
    );
    let bomb = Act::Flood("HTTP/1.1 200 OK\r\n".into(), "A: b\r\n".repeat(64));
    let long = Act::Flood("HTTP/1.1 200 OK\r\nA: ".into(), "b".repeat(1024));
    let cut = say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nversion");
    let slow_head = Act::Drip("HTTP/1.1 200 OK\r\nA: ".into());
    let slow_body = Act::Drip("HTTP/1.1 200 OK\r\n\r\n".into());
    for (octet, domain, act, is_expected) in [
        (
            10,
            "moved",
            say(moved),
            &(|why: &NoPolicy| matches!(why, NoPolicy::Status { status: 302, location: Some(to) } if to.starts_with("https://mta-sts.moved.example/policy")))
                as &dyn Fn(&NoPolicy) -> bool,
        ),
        (
            11,
            "missing",
            say("HTTP/1.1 404 Not Found\r\nLocation: /x\r\n\r\n"),
            &|why| {
                *why == NoPolicy::Status {
                    status: 404,
                    location: None,
                }
            },
        ),
        (12, "large", large, &|why| *why == NoPolicy::TooLarge),
        (13, "endless", endless, &|why| *why == NoPolicy::TooLarge),
        (14, "bomb", bomb, &|why| {
            matches!(why, NoPolicy::NotHttp { .. })
        }),
        (15, "long", long, &|why| {
            matches!(why, NoPolicy::NotHttp { .. })
        }),
        (16, "cut", cut, &|why| {
            matches!(why, NoPolicy::NotHttp { .. })
        }),
        (17, "slow-head", slow_head, &|why| {
            *why == NoPolicy::TimedOut
        }),
        (18, "slow-body", slow_body, &|why| {
            *why == NoPolicy::TimedOut
        }),
        (19, "smtp", say("220 mx.example ESMTP\r\n"), &|why| {
            matches!(why, NoPolicy::NotHttp { .. })
        }),
        (20, "silent", say(""), &|why| {
            matches!(why, NoPolicy::NotHttp { .. })
        }),
    ] {
        let domain = format!("{domain}.example");
        let config = authority.vouch(&format!("mta-sts.{domain}"), false);
        let asked = host(&world, &domain, octet, Some(config), act).await;
        let began = Instant::now();
        let why = why(outcome(&world, &domain).await);
        assert!(is_expected(&why), "{domain}: {why:?}");
        assert!(began.elapsed() < PATIENCE, "{domain}");
        assert_eq!(
            asked.lock().unwrap().len(),
            1,
            "{domain}: asked once, and nothing followed"
        );
        if let NoPolicy::NotHttp { detail } = why {
            assert!(!detail.is_empty() && !detail.chars().any(char::is_control));
        }
    }
}

#[tokio::test]
async fn a_certificate_must_be_valid_for_the_policy_host() {
    let authority = Authority::new();
    let world = World::with(hasty(), true, Some(authority.file.clone())).await;
    let stranger = Authority::new();
    for (octet, domain, config, word) in [
        (
            30,
            "name.example",
            authority.vouch("name.example", false),
            "not valid for name",
        ),
        (
            31,
            "expired.example",
            authority.vouch("mta-sts.expired.example", true),
            "xpired",
        ),
        (32, "self.example", self_signed("mta-sts.self.example"), ""),
        (
            33,
            "foreign.example",
            stranger.vouch("mta-sts.foreign.example", false),
            "invalid peer certificate",
        ),
    ] {
        let asked = host(&world, domain, octet, Some(config), ok(POLICY)).await;
        match why(outcome(&world, domain).await) {
            NoPolicy::Untrusted { detail } => assert!(detail.contains(word), "{domain}: {detail}"),
            other => panic!("{domain}: {other:?}"),
        }
        assert!(
            asked.lock().unwrap().is_empty(),
            "{domain}: nothing is asked of who is not trusted"
        );
    }
    host(&world, "clear.example", 34, None, ok(POLICY)).await;
    let why = why(outcome(&world, "clear.example").await);
    assert!(
        matches!(&why, NoPolicy::NotSecured { detail } if !detail.is_empty()),
        "{why:?}"
    );
}

#[tokio::test]
async fn who_is_not_asked() {
    let authority = Authority::new();
    let world = World::with(hasty(), true, Some(authority.file.clone())).await;
    // Without a record, or without mail exchanges, nobody looks for a policy.
    world.publish("none.example", "mx.none.example", [127, 0, 6, 9].into());
    world.record(
        "_mta-sts.deaf.example",
        RecordType::Txt,
        RecordData::Txt(TxtRecord::single("v=STSv1; id=1")),
    );
    for domain in ["none.example", "deaf.example"] {
        let facts = world.scan(domain).await;
        assert_eq!(policy(&facts), None, "{domain}");
    }
    let host_name = Name::parse("mta-sts.none.example").unwrap();
    let question = Question::new(host_name, RecordType::A);
    assert_eq!(
        world.answers(|answers| answers.asked.get(&question).copied()),
        None
    );
    let record = RecordData::Txt(TxtRecord::single("v=STSv1; id=1"));
    world.record("_mta-sts.nowhere.example", RecordType::Txt, record);
    world.publish(
        "nowhere.example",
        "mx.nowhere.example",
        [127, 0, 6, 9].into(),
    );
    assert_eq!(
        why(outcome(&world, "nowhere.example").await),
        NoPolicy::NoAddress
    );
    publish(&world, "shut.example", Ipv4Addr::new(127, 0, 7, 99).into());
    let refused = NoPolicy::NotConnected(ConnectFailure::Refused);
    assert_eq!(why(outcome(&world, "shut.example").await), refused);
    // By its network, then by its name: both stand on the list of those who asked to be left alone.
    publish(
        &world,
        "network.example",
        Ipv4Addr::new(127, 0, 8, 1).into(),
    );
    assert_eq!(
        why(outcome(&world, "network.example").await),
        NoPolicy::OptedOut
    );
    publish(&world, "leave.example", Ipv4Addr::new(127, 0, 7, 98).into());
    assert_eq!(
        why(outcome(&world, "leave.example").await),
        NoPolicy::OptedOut
    );
}

#[tokio::test]
async fn an_address_that_is_not_public_is_never_dialed() {
    let authority = Authority::new();
    let world = World::with(hasty(), false, Some(authority.file.clone())).await;
    let config = authority.vouch("mta-sts.inside.example", false);
    let asked = host(&world, "inside.example", 40, Some(config), ok(POLICY)).await;
    let facts = world.scan("inside.example").await;
    let fact = policy(&facts).unwrap();
    assert_eq!(
        (fact.address, why(fact.outcome.clone())),
        (None, NoPolicy::NotPublic)
    );
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_host_of_many_domains_is_left_alone_in_between() {
    let authority = Authority::new();
    let mut etiquette = hasty();
    etiquette.scans_per_address = 2;
    let world = World::with(etiquette, true, Some(authority.file.clone())).await;
    let address = IpAddr::from([127, 0, 7, 97]);
    for (domain, expected) in [
        ("a.example", NoPolicy::NotConnected(ConnectFailure::Refused)),
        ("b.example", NoPolicy::NotConnected(ConnectFailure::Refused)),
        ("c.example", NoPolicy::Resting),
    ] {
        publish(&world, domain, address);
        assert_eq!(why(outcome(&world, domain).await), expected, "{domain}");
    }
}
