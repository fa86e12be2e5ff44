//! The server as a process.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use postern_shared::protocol::{RefusalCode, ServerMessage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::sessions::{OURS, ask, hear, open};
use crate::world::{Act, World, left, polite, until};

/// A running server; killed if the test forgets it.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a server has logged since it listens.
type Log = Arc<Mutex<Vec<String>>>;

/// Waits until the log has a line with these words, and counts such lines.
async fn logged(log: &Log, words: &str) -> usize {
    let count = || {
        log.lock()
            .unwrap()
            .iter()
            .filter(|l| l.contains(words))
            .count()
    };
    until(words, || count() > 0).await;
    count()
}

/// What the server answers to this request.
async fn request(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// Starts a server with these settings, all from the environment, and waits until it listens.
fn start(settings: &[(&str, &str)]) -> (Process, SocketAddr, Log) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_probe-server"));
    command
        .arg("serve")
        .env("POSTERN_LISTEN", "127.0.0.1:0")
        .env("POSTERN_DNS_SERVER", "127.0.0.1:1")
        .envs(settings.iter().copied())
        .stderr(Stdio::piped());
    let mut process = Process(command.spawn().unwrap());
    let mut lines = BufReader::new(process.0.stderr.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let address = line.split("address=").nth(1).unwrap();
    let address = address.split(' ').next().unwrap().parse().unwrap();
    // What it logs later must not fill the pipe.
    let log = Log::default();
    let kept = Arc::clone(&log);
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            kept.lock().unwrap().push(line);
        }
    });
    (process, address, log)
}

/// Asks it to stop, and says how it did.
async fn signal(process: &mut Process, signal: &str) -> ExitStatus {
    let id = process.0.id().to_string();
    let kill = Command::new("kill").args([signal, &id]).status();
    assert!(kill.unwrap().success());
    let mut status = None;
    let over = || {
        status = process.0.try_wait().unwrap();
        status.is_some()
    };
    until("that it stops", over).await;
    status.unwrap()
}

#[tokio::test]
async fn it_starts_from_its_environment_and_stops_when_it_is_asked_to() {
    let settings = [
        ("POSTERN_EHLO_NAME", "probe.example"),
        ("POSTERN_ALLOW_PRIVATE_TARGETS", "yes"),
        ("POSTERN_SMTP_PORT", "2525"),
        ("POSTERN_COOL_DOWN", "7"),
    ];
    let (mut process, address, _) = start(&settings);
    let answer = request(address, "GET /healthz HTTP/1.0\r\n\r\n").await;
    assert!(
        answer.starts_with("HTTP/1.0 200 OK") && answer.ends_with("\r\n\r\nok\n"),
        "{answer}"
    );

    let mut socket = open(address, &[OURS]).await.unwrap();
    let Some(ServerMessage::Welcome { vantage, limits }) = hear(&mut socket).await else {
        panic!("no welcome")
    };
    assert_eq!(
        (vantage.ehlo_name.as_str(), limits.cool_down),
        ("probe.example", 7)
    );

    let status = signal(&mut process, "-TERM").await;
    assert!(status.success(), "{status}");
    let Some(ServerMessage::Refused { code, .. }) = hear(&mut socket).await else {
        panic!("not told")
    };
    assert_eq!(code, RefusalCode::ShuttingDown);
}

#[tokio::test]
async fn a_client_header_that_anybody_can_write_is_warned_of() {
    let open = ("POSTERN_LISTEN", "0.0.0.0:0");
    let header = ("POSTERN_CLIENT_HEADER", "x-forwarded-for");
    let (_process, _, log) = start(&[open, header]);
    assert_eq!(logged(&log, "--client-header").await, 1);
}

#[tokio::test]
async fn a_client_has_its_share_of_connections_and_a_proxy_more() {
    let header = ("POSTERN_CLIENT_HEADER", "x-forwarded-for");
    for (settings, answered) in [(&[][..], false), (&[header][..], true)] {
        let (_process, address, _) = start(settings);
        let mut silent = Vec::new();
        for _ in 0..100 {
            silent.push(TcpStream::connect(address).await.unwrap());
        }
        let mut stream = TcpStream::connect(address).await.unwrap();
        let mut answer = Vec::new();
        // Whom nobody attends is closed, however much was said.
        let _ = stream.write_all(b"GET /healthz HTTP/1.0\r\n\r\n").await;
        let _ = stream.read_to_end(&mut answer).await;
        assert_eq!(answer.starts_with(b"HTTP/1.0 200"), answered);
    }
}

#[tokio::test]
async fn a_proxy_whose_clients_nobody_counts_is_warned_of_once() {
    let (_process, address, log) = start(&[]);
    let query = "GET /dns-query HTTP/1.0\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n";
    for _ in 0..3 {
        request(address, query).await;
    }
    assert_eq!(logged(&log, "--client-header").await, 1);
    let log = log.lock().unwrap();
    assert!(
        !log.iter().any(|line| line.contains("192.0.2.1")),
        "{log:?}"
    );
}

#[tokio::test]
async fn a_server_that_goes_down_leaves_politely() {
    let world = World::new().await;
    let log = world
        .mail_server("down.example", |line, _| match line {
            "HELP" => Act::SayLater(Duration::from_secs(1), b"502 5.5.2 no\r\n".to_vec()),
            line => polite(line),
        })
        .await;
    let (dns_server, port) = (world.dns_server.to_string(), world.port.to_string());
    let (mut process, address, _) = start(&[
        ("POSTERN_DNS_SERVER", dns_server.as_str()),
        ("POSTERN_SMTP_PORT", port.as_str()),
        ("POSTERN_ALLOW_PRIVATE_TARGETS", "yes"),
    ]);
    let mut socket = open(address, &[OURS]).await.unwrap();
    hear(&mut socket).await.unwrap();
    ask(&mut socket, "down.example").await;
    let asked = || {
        log.lock()
            .unwrap()
            .last()
            .is_some_and(|visit| visit.lines.iter().any(|line| line == "HELP"))
    };
    until("a scan", asked).await;
    assert!(signal(&mut process, "-TERM").await.success());
    left(&log).await;
    let visits = log.lock().unwrap();
    assert_eq!(visits.len(), 2);
    assert_eq!(visits[1].lines[1..], ["HELP", "QUIT"]);
}

/// The command line knows no port but 25, so that here it only scans through a server, which says nothing.
#[tokio::test]
async fn the_command_line_stops_when_it_is_asked_to_and_not_at_once() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let probe = format!("ws://{}", silent.local_addr().unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_postern"));
    command
        .args(["scan", "left.example", "--dns-server", "127.0.0.1:1"])
        .args(["--probe", &probe, "--lang", "fa"])
        .stderr(Stdio::piped());
    let mut process = Process(command.spawn().unwrap());
    let _asked = silent.accept().await.unwrap();
    let status = signal(&mut process, "-INT").await;
    // It ended by itself, and was not ended in the middle of a word.
    assert_eq!(status.code(), Some(3), "{status}");
    let words = std::io::read_to_string(process.0.stderr.take().unwrap()).unwrap();
    assert!(words.contains("متوقف"), "{words}");
}

#[test]
fn settings_that_cannot_be_used_are_named() {
    for (name, value, word) in [
        ("POSTERN_EHLO_NAME", "no dot", "EHLO"),
        ("POSTERN_RELAY_DOMAIN", "localhost", "--relay-domain"),
        ("POSTERN_CA_FILE", "no/such.pem", "no/such.pem"),
        ("POSTERN_PAGE_DIR", "no/such/folder", "no/such/folder"),
        ("POSTERN_OPT_OUT_FILE", "no/such/list", "no/such/list"),
        ("POSTERN_SMTP_PORT", "2525", "--allow-private-targets"),
        ("POSTERN_LISTEN", "nowhere", "--listen"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_probe-server"))
            .arg("serve")
            .env("POSTERN_LISTEN", "127.0.0.1:0")
            .env("POSTERN_DNS_SERVER", "127.0.0.1:1")
            .env(name, value)
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {words}");
        assert!(words.contains(word), "{name}: {words}");
    }
}
