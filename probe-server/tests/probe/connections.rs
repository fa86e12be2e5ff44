//! Connections of clients that are slow, silent, or too many.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ConnectInfo;
use axum::routing::{get, post};
use probe_server::http::{self, Bounds};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::sessions::{OURS, hear, open};
use crate::stage::plain;
use crate::world::{PATIENCE, World};

/// Bounds that a test can wait for.
const TIGHT: Bounds = Bounds {
    connections: 100,
    per_client: Some(50),
    head: Duration::from_secs(1),
    requests: Duration::from_secs(2),
    last: Duration::from_secs(2),
};

/// A server, and what to stop it with.
struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    over: JoinHandle<()>,
}

async fn serve(app: Router, bounds: Bounds) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let stopped = async { drop(stopped.await) };
    let over = tokio::spawn(http::serve(listener, app, bounds, stopped));
    Served {
        address,
        stop,
        over,
    }
}

/// Says who asks; takes a body; answers late.
fn routes() -> Router {
    let late = async || {
        sleep(TIGHT.head).await;
        "late"
    };
    Router::new()
        .route(
            "/",
            get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.ip().to_string()),
        )
        .route("/body", post(async |body: Bytes| body))
        .route("/late", get(late))
}

async fn say(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.unwrap();
}

/// Everything until the server closes; a reset is an end too.
async fn rest(stream: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    let read = timeout(PATIENCE, stream.read_to_end(&mut heard)).await;
    drop(read.expect("the server does not close"));
    String::from_utf8(heard).unwrap()
}

const LAST: &str = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

/// What one request on a connection of its own is answered.
async fn ask(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // It may be closed at once.
    let _ = stream.write_all(LAST.as_bytes()).await;
    rest(&mut stream).await
}

#[tokio::test]
async fn who_says_nothing_or_only_half_is_closed() {
    let served = serve(routes(), TIGHT).await;
    for half in [
        "",
        "GET / HT",
        "GET / HTTP/1.1\r\nHost: a\r\n",
        "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
    ] {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        say(&mut stream, half).await;
        let heard = rest(&mut stream).await;
        assert!(!heard.contains("200 OK"), "{half:?}: {heard}");
    }
    // Between two requests it is the same.
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    say(&mut stream, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(rest(&mut stream).await.ends_with("127.0.0.1"));
}

#[tokio::test]
async fn a_connection_takes_requests_for_a_while_only() {
    let bounds = Bounds {
        head: PATIENCE,
        ..TIGHT
    };
    let served = serve(routes(), bounds).await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let asking = async {
        let mut octets = [0; 1024];
        let mut answers = 0;
        loop {
            let asked = stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            match (asked.await, stream.read(&mut octets).await) {
                (Ok(()), Ok(length)) if length > 0 => answers += 1,
                _ => return answers,
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    let answers = timeout(PATIENCE, asking).await.unwrap();
    assert!(answers > 1, "{answers}");
}

#[tokio::test]
async fn a_client_has_so_many_connections_and_others_have_theirs() {
    let bounds = Bounds {
        per_client: Some(2),
        head: PATIENCE,
        requests: PATIENCE,
        ..TIGHT
    };
    let served = serve(routes(), bounds).await;
    let first = TcpStream::connect(served.address).await.unwrap();
    let _second = TcpStream::connect(served.address).await.unwrap();
    assert_eq!(ask(served.address).await, "");
    let other = TcpSocket::new_v4().unwrap();
    other.bind((Ipv4Addr::new(127, 0, 0, 9), 0).into()).unwrap();
    let mut other = other.connect(served.address).await.unwrap();
    say(&mut other, LAST).await;
    assert!(rest(&mut other).await.ends_with("127.0.0.9"));
    drop(first);
    let room = async {
        while !ask(served.address).await.contains("200 OK") {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, room).await.unwrap();
    // A proxy has as many as it likes.
    let bounds = Bounds {
        per_client: None,
        ..bounds
    };
    let served = serve(routes(), bounds).await;
    let mut proxied = Vec::new();
    for _ in 0..10 {
        proxied.push(TcpStream::connect(served.address).await.unwrap());
    }
    assert!(ask(served.address).await.contains("200 OK"));
}

#[tokio::test]
async fn beyond_all_places_a_connection_waits_and_is_not_lost() {
    let bounds = Bounds {
        connections: 2,
        ..TIGHT
    };
    let served = serve(routes(), bounds).await;
    let silent = [
        TcpStream::connect(served.address).await.unwrap(),
        TcpStream::connect(served.address).await.unwrap(),
    ];
    let began = tokio::time::Instant::now();
    assert!(ask(served.address).await.contains("200 OK"));
    let waited = began.elapsed();
    assert!(waited > TIGHT.head / 2, "{waited:?}");
    drop(silent);
}

#[tokio::test]
async fn a_socket_takes_no_place_and_has_no_deadline() {
    let world = World::new().await;
    let stage = plain(&world);
    let bounds = Bounds {
        connections: 1,
        ..TIGHT
    };
    let served = serve(http::app(stage.state.clone()), bounds).await;
    let mut socket = open(served.address, &[OURS]).await.unwrap();
    hear(&mut socket).await.unwrap();
    assert!(ask(served.address).await.starts_with("HTTP/1.1 "));
    sleep(TIGHT.requests + TIGHT.last).await;
    crate::sessions::ask(&mut socket, "nowhere.example").await;
    assert!(hear(&mut socket).await.is_some());
}

#[tokio::test]
async fn going_down_answers_what_was_asked() {
    let bounds = Bounds {
        head: PATIENCE,
        requests: PATIENCE,
        ..TIGHT
    };
    let served = serve(routes(), bounds).await;
    let mut idle = TcpStream::connect(served.address).await.unwrap();
    say(&mut idle, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let mut octets = [0; 1024];
    assert!(idle.read(&mut octets).await.unwrap() > 0);
    let mut busy = TcpStream::connect(served.address).await.unwrap();
    say(&mut busy, "GET /late HTTP/1.1\r\nHost: a\r\n\r\n").await;
    sleep(TIGHT.head / 4).await;
    served.stop.send(()).unwrap();
    assert_eq!(rest(&mut idle).await, "");
    assert!(rest(&mut busy).await.ends_with("late"));
    timeout(PATIENCE, served.over).await.unwrap().unwrap();
    assert!(TcpStream::connect(served.address).await.is_err());
}
