//! Sessions over real sockets.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::http::{StatusCode, header};
use futures_util::{SinkExt as _, StreamExt as _};
use postern_shared::DomainName;
use postern_shared::evidence::{Fact, ProbeOutcome};
use postern_shared::protocol::{self, RefusalCode, SUBPROTOCOL, ServerMessage};
use probe_server::etiquette::Etiquette;
use probe_server::guard::Allowance;
use probe_server::http::PageSource;
use probe_server::session::Pace;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::stage::{plain, stage};
use crate::world::{Act, PATIENCE, World, hasty, polite, until};

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub(crate) async fn open(address: SocketAddr, headers: &[(&str, &str)]) -> Result<Socket, Error> {
    let mut request = format!("ws://{address}/ws").into_client_request().unwrap();
    for (name, value) in headers {
        let name = header::HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

pub(crate) const OURS: (&str, &str) = ("sec-websocket-protocol", SUBPROTOCOL);

pub(crate) async fn ask(socket: &mut Socket, domain: &str) {
    let domain = DomainName::parse(domain).unwrap();
    let scan = protocol::ClientMessage::Scan {
        domain,
        deep: false,
    };
    socket
        .send(Message::text(protocol::encode(&scan)))
        .await
        .unwrap();
}

/// The next message; `None` when the server has closed.
pub(crate) async fn hear(socket: &mut Socket) -> Option<ServerMessage> {
    loop {
        let next = tokio::time::timeout(PATIENCE, socket.next()).await;
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
    let greeting = 2 * PATIENCE;
    let etiquette = Etiquette {
        greeting,
        ..hasty()
    };
    let world = World::with(etiquette, true, None).await;
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
    until("a free place", || {
        stage.state.sessions.available_permits() == 2
    })
    .await;
    // Its place was given back with it: the domain cools down instead of running.
    let domain = DomainName::parse("patient.example").unwrap();
    let client = "192.0.2.1".parse().unwrap();
    let denial = stage
        .state
        .limits
        .admit_scan(client, &domain, Instant::now());
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
    let free = || stage.state.sessions.available_permits() > 0;
    until("a free place", free).await;
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
    let dropped = || stage.state.sessions.available_permits() == 2;
    until("that it is dropped", dropped).await;
}
