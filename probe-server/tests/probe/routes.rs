//! The routes, without a socket.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use postern_shared::dns::{
    Failure, Name, Question, RecordData, RecordType, Response as DnsResponse, wire,
};
use probe_server::guard::{Allowance, QUESTIONS_PER_CLIENT};
use probe_server::http::{Page, PageSource};
use probe_server::session::Pace;
use tokio::time::timeout;

use crate::stage::{plain, stage};
use crate::world::{World, hasty};

fn query(name: &str, record_type: RecordType) -> Vec<u8> {
    wire::encode_query(&Question::new(Name::parse(name).unwrap(), record_type))
}

async fn body(response: Response) -> Vec<u8> {
    to_bytes(response.into_body(), 1 << 20)
        .await
        .unwrap()
        .to_vec()
}

#[tokio::test]
async fn dns_over_https_both_ways() {
    let world = World::new().await;
    world.publish("doh.example", "mx.doh.example", [192, 0, 2, 7].into());
    let stage = plain(&world);
    let question = Question::new(Name::parse("mx.doh.example").unwrap(), RecordType::A);
    let octets = query("mx.doh.example", RecordType::A);
    let get = format!("/dns-query?dns={}", BASE64URL_NOPAD.encode(&octets));
    let get = Request::get(get).body(Body::empty()).unwrap();
    let post = Request::post("/dns-query")
        .header(header::CONTENT_TYPE, "application/dns-message")
        .body(Body::from(octets.clone()))
        .unwrap();
    for request in [get, post] {
        let response = stage.request(request).await;
        assert_eq!(response.status(), StatusCode::OK);
        let headers = response.headers();
        assert_eq!(headers[header::CONTENT_TYPE], "application/dns-message");
        assert_eq!(headers[header::CACHE_CONTROL], "max-age=60");
        assert!(!headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
        let answer = wire::decode_response(&question, &body(response).await);
        assert_eq!(answer.response.records().len(), 1);
    }
}

/// Asks for the A records of a name with these headers.
fn question(name: &str, headers: &[(header::HeaderName, &str)]) -> Request<Body> {
    let dns = BASE64URL_NOPAD.encode(&query(name, RecordType::A));
    let mut request = Request::get(format!("/dns-query?dns={dns}"));
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn dns_is_for_pages_that_are_known() {
    let world = World::new().await;
    let stage = plain(&world);
    let (origin, host) = (header::ORIGIN, header::HOST);
    for (headers, answered) in [
        (vec![(origin.clone(), "https://scan.example")], true),
        (vec![(origin.clone(), "https://evil.example")], false),
        (vec![(host.clone(), "127.0.0.1:8080")], true),
        (vec![(host.clone(), "ours.example")], true),
        // A page whose name was pointed at this machine.
        (vec![(host.clone(), "evil.example")], false),
        (
            vec![(host, "evil.example"), (origin, "http://evil.example")],
            false,
        ),
    ] {
        let response = stage.request(question("any.example", &headers)).await;
        let status = response.status();
        assert_eq!(status == StatusCode::OK, answered, "{headers:?}: {status}");
        let readable = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        let named = headers.iter().find(|(name, _)| *name == header::ORIGIN);
        let expected = named.filter(|_| answered).map(|(_, value)| *value);
        assert_eq!(readable.map(|value| value.to_str().unwrap()), expected);
        if answered {
            assert_eq!(response.headers()[header::VARY], "origin");
        }
    }
}

#[tokio::test]
async fn dns_for_strangers_is_the_public_dns() {
    let world = World::with(hasty(), false, None).await;
    for (name, address) in [
        ("db.internal", [10, 0, 0, 5]),
        ("rebound.example", [192, 168, 0, 1]),
        ("both.example", [10, 0, 0, 1]),
        ("both.example", [8, 8, 8, 8]),
    ] {
        world.record(name, RecordType::A, RecordData::A(address.into()));
    }
    let stage = plain(&world);
    let refused = DnsResponse::Failed(Failure::Refused);
    let public = DnsResponse::from_records(vec![RecordData::A([8, 8, 8, 8].into())]);
    for (name, expected) in [
        ("db.internal", &refused),
        ("rebound.example", &refused),
        ("both.example", &public),
        ("nowhere.example", &DnsResponse::NxDomain),
    ] {
        let response = body(stage.request(question(name, &[])).await).await;
        let asked = Question::new(Name::parse(name).unwrap(), RecordType::A);
        let answer = wire::decode_response(&asked, &response);
        assert_eq!(answer.response, *expected, "{name}");
    }
    assert_eq!(world.answers(|answers| answers.asked.len()), 3);
    // In a lab all of it is there to be seen.
    let lab = World::new().await;
    lab.record(
        "db.internal",
        RecordType::A,
        RecordData::A([10, 0, 0, 5].into()),
    );
    let response = body(plain(&lab).request(question("db.internal", &[])).await).await;
    let asked = Question::new(Name::parse("db.internal").unwrap(), RecordType::A);
    assert_eq!(
        wire::decode_response(&asked, &response)
            .response
            .records()
            .len(),
        1
    );
}

#[tokio::test]
async fn dns_queries_that_are_none() {
    let world = World::new().await;
    let stage = plain(&world);
    let get = |dns: &str| {
        Request::get(format!("/dns-query{dns}"))
            .body(Body::empty())
            .unwrap()
    };
    for dns in ["", "?dns=", "?dns=!!!", "?dns=AAA"] {
        let status = stage.request(get(dns)).await.status();
        assert_eq!(status, StatusCode::BAD_REQUEST, "{dns:?}");
    }
    let long = format!("?dns={}", "A".repeat(4000));
    assert_eq!(
        stage.request(get(&long)).await.status(),
        StatusCode::BAD_REQUEST
    );
    // A type that is not answered gets a DNS error, which is no HTTP error (RFC 8484 §4.2.1).
    let mut octets = query("doh.example", RecordType::A);
    let at = octets.windows(4).rposition(|w| w == [0, 1, 0, 1]).unwrap();
    octets[at + 1] = 252;
    let response = stage
        .request(get(&format!("?dns={}", BASE64URL_NOPAD.encode(&octets))))
        .await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(body(response).await[3] & 15, 4);
    let post = |kind: &str, length: usize| {
        Request::post("/dns-query")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(vec![0; length]))
            .unwrap()
    };
    let status = stage.request(post("text/plain", 40)).await.status();
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let status = stage
        .request(post("application/dns-message", 4000))
        .await
        .status();
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.answers(|answers| answers.asked.len()), 0);
}

#[tokio::test]
async fn dns_questions_are_counted_by_client() {
    let world = World::new().await;
    let allowance = Allowance {
        dns_per_minute: 2,
        ..Allowance::default()
    };
    let stage = stage(&world, allowance, Pace::default(), PageSource::Own);
    let ask = |client: &str| {
        let octets = query("any.example", RecordType::Txt);
        Request::get(format!(
            "/dns-query?dns={}",
            BASE64URL_NOPAD.encode(&octets)
        ))
        .header("x-client", format!("203.0.113.9, {client}"))
        .body(Body::empty())
        .unwrap()
    };
    for (client, expected) in [
        ("192.0.2.1", StatusCode::OK),
        ("192.0.2.1", StatusCode::OK),
        ("192.0.2.1", StatusCode::TOO_MANY_REQUESTS),
        ("192.0.2.2", StatusCode::OK),
    ] {
        let response = stage.request(ask(client)).await;
        assert_eq!(response.status(), expected, "{client}");
        assert_eq!(
            response.headers().contains_key(header::RETRY_AFTER),
            expected != StatusCode::OK
        );
    }
    let question = Question::new(Name::parse("any.example").unwrap(), RecordType::Txt);
    let response = body(stage.request(ask("192.0.2.3")).await).await;
    assert_eq!(
        wire::decode_response(&question, &response).response,
        DnsResponse::NxDomain
    );
}

#[tokio::test]
async fn dns_questions_that_nobody_answers_are_bounded_by_client() {
    let world = World::new().await;
    let dead = Question::new(Name::parse("dead.example").unwrap(), RecordType::A);
    world.answers(|answers| answers.special.insert(dead, None));
    let stage = plain(&world);
    let ask = |client| {
        let client = (header::HeaderName::from_static("x-client"), client);
        stage.request(question("dead.example", &[client]))
    };
    let mut waiting: FuturesUnordered<_> = (0..QUESTIONS_PER_CLIENT)
        .map(|_| ask("192.0.2.1"))
        .collect();
    let soon = Duration::from_millis(200);
    // Not all of them need have had their turn after one wait.
    for _ in 0..5 {
        assert!(timeout(soon, waiting.next()).await.is_err());
    }
    let response = ask("192.0.2.1").await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()[header::RETRY_AFTER], "1");
    // Another client's waits like all others did; the place of who goes away is free.
    assert!(timeout(soon, ask("192.0.2.2")).await.is_err());
    drop(waiting);
    assert!(timeout(soon, ask("192.0.2.1")).await.is_err());
}

/// A folder with a page, gone with the value.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("postern-{name}-{}", std::process::id()));
        std::fs::create_dir_all(path.join("sub")).unwrap();
        let index = "<!doctype html><style>a{}</style><script type=\"module\">go()</script>";
        for (name, content) in [
            ("index.html", index),
            ("index.html.br", "brotli"),
            ("app-0123456789abcdef_bg.wasm", "wasm"),
            ("app-0123456789abcdef_bg.wasm.gz", "gzip"),
            ("sub/icon.svg", "svg"),
            (".secret", "secret"),
        ] {
            std::fs::write(path.join(name), content).unwrap();
        }
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn the_page_and_its_assets() {
    let world = World::new().await;
    let folder = Folder::new("page");
    let source = PageSource::Folder(folder.0.clone());
    let stage = stage(&world, Allowance::default(), Pace::default(), source);
    let get = async |path: &str, accepted: &str| {
        let request = Request::get(path)
            .header(header::ACCEPT_ENCODING, accepted)
            .body(Body::empty())
            .unwrap();
        stage.request(request).await
    };
    let response = get("/?domain=example.org", "identity").await;
    let headers = response.headers().clone();
    assert_eq!(headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert_eq!(headers[header::CACHE_CONTROL], "no-cache");
    assert_eq!(headers[header::VARY], "accept-encoding");
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    // printf 'go()' | openssl dgst -sha256 -binary | base64, and the same of 'a{}'.
    for (directive, hash) in [
        ("script-src 'self' 'wasm-unsafe-eval'", GO),
        ("style-src 'self'", A),
    ] {
        assert!(
            policy.contains(&format!("{directive} 'sha256-{hash}';")),
            "{policy}"
        );
    }
    assert!(policy.contains("connect-src 'self' https: http: wss: ws:;"));
    assert!(body(response).await.starts_with(b"<!doctype"));

    // Whoever has it already is told so.
    let known = Request::get("/").header(header::IF_NONE_MATCH, &headers[header::ETAG]);
    let response = stage.request(known.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    assert!(body(response).await.is_empty());

    let response = get("/", "gzip, br;q=0.9").await;
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
    assert_eq!(body(response).await, b"brotli");
    let response = get("/", "br;q=0, gzip").await;
    assert!(!response.headers().contains_key(header::CONTENT_ENCODING));

    let response = get("/app-0123456789abcdef_bg.wasm", "gzip").await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/wasm");
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
    let kept = response.headers()[header::CACHE_CONTROL].to_str().unwrap();
    assert!(kept.ends_with("immutable"));
    let response = get("/sub/icon.svg", "br").await;
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-cache");

    for path in [
        "/.secret",
        "/sub/../index.html",
        "/sub",
        "/none",
        "/sub/%2e%2e/x",
        "//etc/hosts",
    ] {
        assert_eq!(
            get(path, "br").await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let post = Request::post("/").body(Body::empty()).unwrap();
    assert_eq!(
        stage.request(post).await.status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn the_page_inside_the_binary_or_a_word_about_its_absence() {
    let world = World::new().await;
    let stage = plain(&world);
    let request = Request::get("/").body(Body::empty()).unwrap();
    let response = stage.request(request).await;
    if cfg!(feature = "embed") {
        assert_eq!(response.status(), StatusCode::OK);
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].clone();
        assert!(policy.to_str().unwrap().contains("'wasm-unsafe-eval'"));
        assert!(body(response).await.starts_with(b"<!"));
    } else {
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert!(body(response).await.ends_with(b"without the page.\n"));
    }
}

#[tokio::test]
async fn health_and_who_we_are() {
    let world = World::new().await;
    let stage = plain(&world);
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let response = stage.request(get("/healthz")).await;
    assert_eq!(response.status(), StatusCode::OK);
    let response = stage.request(get("/about-probe")).await;
    let text = String::from_utf8(body(response).await).unwrap();
    assert!(text.contains("probe.example") && text.contains("postmaster@&lt;example&gt;"));
    let missing = Page::open(PageSource::Folder("no/such/folder".into()));
    assert!(missing.is_err());
}

/// The hash of the inline script of the test page.
const GO: &str = "5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw=";
/// The hash of its inline style.
const A: &str = "X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk=";
