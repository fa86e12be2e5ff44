//! The server as clients see it: over real sockets, and through its routes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use futures_util::{SinkExt as _, StreamExt as _};
use postern_shared::DomainName;
use postern_shared::dns::{Name, Question, RecordType, Response as DnsResponse, wire};
use postern_shared::evidence::{Fact, ProbeOutcome};
use postern_shared::protocol::{self, RefusalCode, SUBPROTOCOL, ServerMessage};
use probe_server::guard::{Allowance, Limits, OptOuts, Origins};
use probe_server::http::{self, Page, PageSource, Server};
use probe_server::session::Pace;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use tower::ServiceExt as _;

use crate::world::{Act, World, polite};

/// A server and what to stop it with.
struct Stage {
    state: http::AppState,
    down: watch::Sender<bool>,
}

fn stage(world: &World, allowance: Allowance, pace: Pace, page: PageSource) -> Stage {
    let (down, shutdown) = watch::channel(false);
    let state = Arc::new(Server {
        context: Arc::clone(&world.context),
        limits: Limits::new(allowance, OptOuts::default()),
        origins: Origins::new(["https://scan.example".to_owned()]),
        page: Page::open(page).unwrap(),
        contact: Some("postmaster@<example>".to_owned()),
        client_header: Some(header::HeaderName::from_static("x-client")),
        shutdown,
        sessions: Arc::new(Semaphore::new(2)),
        pace,
    });
    Stage { state, down }
}

fn plain(world: &World) -> Stage {
    stage(
        world,
        Allowance::default(),
        Pace::default(),
        PageSource::Own,
    )
}

impl Stage {
    async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app =
            http::app(Arc::clone(&self.state)).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, app).await });
        address
    }

    async fn request(&self, request: Request<Body>) -> Response {
        http::app(Arc::clone(&self.state))
            .oneshot(request)
            .await
            .unwrap()
    }
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn open(address: SocketAddr, headers: &[(&str, &str)]) -> Result<Socket, Error> {
    let mut request = format!("ws://{address}/ws").into_client_request().unwrap();
    for (name, value) in headers {
        let name = header::HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

const OURS: (&str, &str) = ("sec-websocket-protocol", SUBPROTOCOL);

async fn ask(socket: &mut Socket, domain: &str) {
    let domain = DomainName::parse(domain).unwrap();
    let scan = protocol::ClientMessage::Scan { domain };
    socket
        .send(Message::text(protocol::encode(&scan)))
        .await
        .unwrap();
}

/// The next message; `None` when the server has closed.
async fn hear(socket: &mut Socket) -> Option<ServerMessage> {
    loop {
        let next = tokio::time::timeout(Duration::from_secs(10), socket.next()).await;
        match next.expect("the server fell silent")? {
            Ok(Message::Text(text)) => return Some(protocol::decode(&text).unwrap()),
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// Everything up to the last message of a scan, which comes last.
async fn hear_all(socket: &mut Socket) -> Vec<ServerMessage> {
    let mut heard = Vec::new();
    while let Some(message) = hear(socket).await {
        let last = matches!(
            message,
            ServerMessage::Finished { .. } | ServerMessage::Refused { .. }
        );
        heard.push(message);
        if last {
            break;
        }
    }
    heard
}

#[tokio::test]
async fn a_scan_over_the_socket_and_a_domain_that_cools_down() {
    let world = World::new().await;
    let _log = world
        .mail_server("ws.example", |line, _| polite(line))
        .await;
    let stage = plain(&world);
    let address = stage.listen().await;
    let mut socket = open(address, &[OURS]).await.unwrap();
    let Some(ServerMessage::Welcome { vantage, limits }) = hear(&mut socket).await else {
        panic!("no welcome")
    };
    assert_eq!(vantage.ehlo_name, "probe.example");
    assert_eq!((limits.connections_per_address, limits.cool_down), (8, 60));
    ask(&mut socket, "ws.example").await;
    let heard = hear_all(&mut socket).await;
    assert!(matches!(heard.last(), Some(ServerMessage::Finished { .. })));
    let facts: Vec<_> = heard
        .iter()
        .filter_map(|message| match message {
            ServerMessage::Observed(observation) => Some(&observation.fact),
            _ => None,
        })
        .collect();
    let smtp = facts
        .iter()
        .filter(|fact| matches!(fact, Fact::Smtp(_)))
        .count();
    assert!(smtp > 30, "{smtp}");
    let finished = Fact::Probe(ProbeOutcome::Finished {
        took: postern_shared::time::Millis(0),
    });
    assert_eq!(facts.last().unwrap().id(), finished.id());
    // The same socket may ask again, but not for the same domain.
    ask(&mut socket, "ws.example").await;
    let Some(ServerMessage::Refused { code, retry_after }) = hear(&mut socket).await else {
        panic!("not refused")
    };
    assert_eq!(code, RefusalCode::CoolingDown);
    assert!(retry_after.is_some_and(|wait| (50..=60).contains(&wait)));
    ask(&mut socket, "nowhere.example").await;
    assert!(matches!(
        hear_all(&mut socket).await.last(),
        Some(ServerMessage::Finished { .. })
    ));
}

#[tokio::test]
async fn closing_the_socket_stops_the_scan() {
    let world = World::new().await;
    let _log = world
        .mail_server("patient.example", |_, _| {
            Act::SayLater(Duration::from_millis(300), b"220-wait\r\n".to_vec())
        })
        .await;
    let stage = plain(&world);
    let address = stage.listen().await;
    let mut socket = open(address, &[OURS]).await.unwrap();
    hear(&mut socket).await.unwrap();
    ask(&mut socket, "patient.example").await;
    hear(&mut socket).await.unwrap();
    socket.close(None).await.unwrap();
    let back = async {
        while stage.state.sessions.available_permits() < 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(1), back)
        .await
        .unwrap();
    // Its place was given back with it: the domain cools down instead of running.
    let domain = DomainName::parse("patient.example").unwrap();
    let client = "192.0.2.1".parse().unwrap();
    let denial = stage
        .state
        .limits
        .admit_scan(client, &domain, std::time::Instant::now());
    assert_eq!(denial.map(drop).unwrap_err().code, RefusalCode::CoolingDown);
}

#[tokio::test]
async fn strangers_are_told_why() {
    let world = World::new().await;
    let stage = plain(&world);
    let address = stage.listen().await;
    let same = format!("http://{address}");
    for (headers, expected) in [
        (vec![OURS], None),
        (vec![OURS, ("origin", same.as_str())], None),
        (vec![OURS, ("origin", "https://scan.example")], None),
        (
            vec![OURS, ("origin", "https://evil.example")],
            Some(RefusalCode::ForeignOrigin),
        ),
        (
            vec![("sec-websocket-protocol", "postern.v9")],
            Some(RefusalCode::UnknownVersion),
        ),
        (vec![], Some(RefusalCode::UnknownVersion)),
    ] {
        let mut socket = open(address, &headers).await.unwrap();
        match (hear(&mut socket).await, expected) {
            (Some(ServerMessage::Welcome { .. }), None) => {}
            (Some(ServerMessage::Refused { code, .. }), Some(expected)) => {
                assert_eq!(code, expected);
                assert_eq!(hear(&mut socket).await, None);
            }
            (message, _) => panic!("{headers:?}: {message:?}"),
        }
    }
}

#[tokio::test]
async fn rubbish_and_floods_end_the_session() {
    let world = World::new().await;
    let stage = plain(&world);
    let address = stage.listen().await;
    for message in [
        Message::text("scan example.org"),
        Message::binary(vec![1, 2, 3]),
    ] {
        let mut socket = open(address, &[OURS]).await.unwrap();
        hear(&mut socket).await.unwrap();
        socket.send(message).await.unwrap();
        let refused = hear(&mut socket).await;
        let bad = ServerMessage::Refused {
            code: RefusalCode::BadMessage,
            retry_after: None,
        };
        assert_eq!(refused, Some(bad));
        assert_eq!(hear(&mut socket).await, None);
    }
    let mut socket = open(address, &[OURS]).await.unwrap();
    hear(&mut socket).await.unwrap();
    let _ = socket.send(Message::text("x".repeat(5000))).await;
    assert_eq!(hear(&mut socket).await, None);
}

#[tokio::test]
async fn silence_is_ended_and_so_is_everything_when_the_server_goes_down() {
    let world = World::new().await;
    let pace = Pace {
        idle: Duration::from_millis(200),
        ..Pace::default()
    };
    let idle = stage(&world, Allowance::default(), pace, PageSource::Own);
    let address = idle.listen().await;
    let mut socket = open(address, &[OURS]).await.unwrap();
    hear(&mut socket).await.unwrap();
    let told = |message| match message {
        Some(ServerMessage::Refused { code, .. }) => code,
        other => panic!("{other:?}"),
    };
    assert_eq!(told(hear(&mut socket).await), RefusalCode::IdleTooLong);
    assert_eq!(hear(&mut socket).await, None);

    let stage = plain(&world);
    let address = stage.listen().await;
    let mut socket = open(address, &[OURS]).await.unwrap();
    hear(&mut socket).await.unwrap();
    stage.down.send(true).unwrap();
    assert_eq!(told(hear(&mut socket).await), RefusalCode::ShuttingDown);
    let mut late = open(address, &[OURS]).await.unwrap();
    assert_eq!(told(hear(&mut late).await), RefusalCode::ShuttingDown);
}

#[tokio::test]
async fn open_sockets_are_bounded() {
    let world = World::new().await;
    let stage = plain(&world);
    let address = stage.listen().await;
    let mut first = open(address, &[OURS]).await.unwrap();
    let _second = open(address, &[OURS]).await.unwrap();
    let Err(Error::Http(response)) = open(address, &[OURS]).await else {
        panic!("a third socket")
    };
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    first.close(None).await.unwrap();
    while first.next().await.is_some() {}
    tokio::time::sleep(Duration::from_millis(100)).await;
    open(address, &[OURS]).await.unwrap();
}

#[tokio::test]
async fn a_client_that_does_not_read_is_dropped() {
    let world = World::new().await;
    let mut greeting = Vec::new();
    for _ in 0..100 {
        greeting.extend_from_slice(format!("220-{}\r\n", "x".repeat(1000)).as_bytes());
    }
    greeting.extend_from_slice(b"220 end\r\n");
    // Answers so long that they fill what the system keeps for a socket.
    // Ten servers: together they say more than the system keeps for a socket.
    for _ in 0..10 {
        let long = greeting.clone();
        let _log = world
            .mail_server("loud.example", move |line, _| match line {
                "" => Act::Say(long.clone()),
                "QUIT" => polite(line),
                _ => Act::Say(
                    String::from_utf8_lossy(&long)
                        .replace("220", "250")
                        .into_bytes(),
                ),
            })
            .await;
    }
    let pace = Pace {
        write: Duration::from_millis(300),
        ..Pace::default()
    };
    let stage = stage(&world, Allowance::default(), pace, PageSource::Own);
    let address = stage.listen().await;
    let mut socket = open(address, &[OURS]).await.unwrap();
    hear(&mut socket).await.unwrap();
    ask(&mut socket, "loud.example").await;
    let dropped = async {
        while stage.state.sessions.available_permits() < 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), dropped)
        .await
        .unwrap();
}

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
        let open_to_all = request.method() == axum::http::Method::GET;
        let response = stage.request(request).await;
        assert_eq!(response.status(), StatusCode::OK);
        let headers = response.headers();
        assert_eq!(headers[header::CONTENT_TYPE], "application/dns-message");
        assert_eq!(headers[header::CACHE_CONTROL], "max-age=60");
        let cors = headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        assert_eq!(cors, open_to_all);
        let answer = wire::decode_response(&question, &body(response).await);
        assert_eq!(answer.response.records().len(), 1);
    }
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
    assert!(policy.contains("'sha256-"), "{policy}");
    assert_eq!(policy.matches("'sha256-").count(), 2);
    assert!(policy.contains("connect-src 'self' https: wss: ws:;"));
    assert!(body(response).await.starts_with(b"<!doctype"));

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
    assert_eq!(
        response.headers()[header::CACHE_CONTROL],
        "public, max-age=3600"
    );

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
