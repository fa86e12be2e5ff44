//! A small internet on loopback addresses: one DNS server, and mail servers that follow scripts.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use postern_shared::DomainName;
use postern_shared::dns::{
    Answer, DnsView as _, Name, Question, RecordData, RecordType, Response, Zone, wire,
};
use postern_shared::evidence::{Fact, SmtpEvent, SmtpFact, Step};
use probe_server::etiquette::Etiquette;
use probe_server::guard::{Guard, OptOuts};
use probe_server::scan::{self, Depth, ScanEvent, Sink};
use probe_server::{Context, Settings};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};

/// What a scripted server does after a line; the empty line is the connection itself.
#[derive(Clone)]
pub(crate) enum Act {
    Say(Vec<u8>),
    SayLater(Duration, Vec<u8>),
    SayThenHangUp(Vec<u8>),
    /// Says nothing, but goes on listening.
    Silence(Vec<u8>),
    /// Says these octets again and again, so many times.
    Flood(Vec<u8>, usize),
    /// 220, a handshake, and on inside it.
    Secure(Arc<rustls::ServerConfig>),
}

/// What a server does, by the line it was sent; `inside` TLS or not.
pub(crate) type Script = Arc<dyn Fn(&str, bool) -> Act + Send + Sync>;

/// What a server saw of one connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visit {
    pub(crate) lines: Vec<String>,
    /// Octets came before the greeting.
    pub(crate) early: bool,
    /// A line came before the one before it was answered.
    pub(crate) pipelined: bool,
    /// A command that does nothing came right behind STARTTLS: the one thing that is said out of turn.
    pub(crate) smuggled: bool,
    /// TLS was begun and not completed, so that nothing can be said in it.
    pub(crate) hello: bool,
    /// The server hung up, or fell silent, so that no QUIT can be asked for.
    pub(crate) spoiled: bool,
    /// Octets that a flood got rid of.
    pub(crate) flooded: usize,
    /// How many other connections to the same server were open when it came.
    pub(crate) others: usize,
    /// The server knows that it is over.
    pub(crate) ended: bool,
}

pub(crate) type Log = Arc<Mutex<Vec<Visit>>>;

/// The polite server of most scripts: refuses all it may, and announces STARTTLS without having it.
pub(crate) fn polite(line: &str) -> Act {
    let reply = match line.split(' ').next().unwrap_or_default() {
        "" => "220 mx.example ESMTP",
        "EHLO" => "250-mx.example\r\n250-STARTTLS\r\n250 SIZE 1000",
        "HELP" | "EXPN" => "502 5.5.2 Error: command not recognized",
        "VRFY" => "252 2.0.0 perhaps",
        "RCPT" => "554 5.7.1 Relay access denied",
        "STARTTLS" => "454 4.7.0 TLS not available",
        "QUIT" => return Act::SayThenHangUp(b"221 2.0.0 Bye\r\n".to_vec()),
        "MAIL" | "RSET" | "HELO" => "250 2.0.0 Ok",
        _ => "500 5.5.2 what?",
    };
    Act::Say(format!("{reply}\r\n").into_bytes())
}

/// Who asked not to be probed.
const OPTED_OUT: &str = "leave.example\n127.0.8.0/24\n";

/// The world.
pub(crate) struct World {
    pub(crate) context: Arc<Context>,
    pub(crate) dns_server: SocketAddr,
    pub(crate) port: u16,
    zone: Arc<Mutex<Answers>>,
    next: Mutex<u8>,
    logs: Mutex<Vec<(String, Log)>>,
}

/// What must come has come within this time, on the busiest machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Ready when `done` is.
pub(crate) async fn until(what: &str, mut done: impl FnMut() -> bool) {
    let poll = async {
        while !done() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, poll).await;
    waited.unwrap_or_else(|_| panic!("never: {what}"));
}

/// What the DNS server says, and how often it was asked.
#[derive(Default)]
pub(crate) struct Answers {
    pub(crate) zone: Zone,
    pub(crate) authenticated: bool,
    pub(crate) special: BTreeMap<Question, Option<Answer>>,
    pub(crate) asked: BTreeMap<Question, usize>,
}

/// Deadlines for tests: a server that never answers is not waited for long, and one on a busy machine is.
pub(crate) fn hasty() -> Etiquette {
    let short = Duration::from_secs(3);
    Etiquette {
        spacing: Duration::from_millis(40),
        connect: short,
        greeting: short,
        reply: short,
        handshake: Duration::from_secs(10),
        policy_head: short,
        policy_body: short,
        name_server: Duration::from_secs(5),
        ..Etiquette::default()
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(hasty(), true, None).await
    }

    pub(crate) async fn with(etiquette: Etiquette, lab: bool, ca_file: Option<PathBuf>) -> Self {
        let answers = Answers {
            zone: Zone::new(),
            ..Answers::default()
        };
        let zone = Arc::new(Mutex::new(answers));
        let (socket, listener) = dns_sockets().await;
        let dns_server = socket.local_addr().unwrap();
        tokio::spawn(serve_dns(socket, Arc::clone(&zone)));
        tokio::spawn(serve_dns_over_tcp(listener, Arc::clone(&zone)));
        // A port that is free now; mail servers get it on addresses of their own.
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = free.local_addr().unwrap().port();
        let settings = Settings {
            dns_server: Some(dns_server),
            ca_file,
            ehlo_name: Some("probe.example".to_owned()),
            relay_domain: "elsewhere.example".to_owned(),
            guard: Guard::new(lab).with_port(port).with_https_port(port),
            opt_outs: OptOuts::parse(OPTED_OUT).unwrap(),
            public_names_only: !lab,
            etiquette,
        };
        Self {
            context: Arc::new(Context::new(settings).unwrap()),
            dns_server,
            port,
            zone,
            next: Mutex::new(1),
            logs: Mutex::default(),
        }
    }

    pub(crate) fn answers<T>(&self, change: impl FnOnce(&mut Answers) -> T) -> T {
        change(&mut self.zone.lock().unwrap())
    }

    pub(crate) fn record(&self, name: &str, record_type: RecordType, data: RecordData) {
        let name = Name::parse(name).unwrap();
        self.answers(|answers| answers.zone.add(&name, record_type, data));
    }

    /// Publishes `address` as that of the mail exchange of `domain`.
    pub(crate) fn publish(&self, domain: &str, exchange: &str, address: IpAddr) {
        let mx = RecordData::Mx {
            preference: 10,
            exchange: Name::parse(exchange).unwrap(),
        };
        self.record(domain, RecordType::Mx, mx);
        match address {
            IpAddr::V4(v4) => self.record(exchange, RecordType::A, RecordData::A(v4)),
            IpAddr::V6(v6) => self.record(exchange, RecordType::Aaaa, RecordData::Aaaa(v6)),
        }
    }

    /// Starts a mail server for `domain`, and publishes it.
    pub(crate) async fn mail_server(
        &self,
        domain: &str,
        script: impl Fn(&str, bool) -> Act + Send + Sync + 'static,
    ) -> Log {
        let address = {
            let mut next = self.next.lock().unwrap();
            *next += 1;
            Ipv4Addr::new(127, 0, 5, *next)
        };
        let listener = TcpListener::bind((address, self.port)).await.unwrap();
        let log = Log::default();
        let kept = (domain.to_owned(), Arc::clone(&log));
        self.logs.lock().unwrap().push(kept);
        tokio::spawn(serve_mail(listener, Arc::new(script), Arc::clone(&log)));
        self.publish(domain, &format!("mx.{domain}"), address.into());
        log
    }

    /// Scans, and gives all facts in their order, when the servers of the domain know that the scan has left.
    pub(crate) async fn scan(&self, domain: &str) -> Vec<Fact> {
        let facts = self.facts(domain).await;
        let logs: Vec<_> = {
            let logs = self.logs.lock().unwrap();
            let own = logs.iter().filter(|(of, _)| of == domain);
            own.map(|(_, log)| Arc::clone(log)).collect()
        };
        for log in logs {
            left(&log).await;
        }
        facts
    }

    /// Scans until `when`, and stops there.
    pub(crate) async fn scan_until(&self, domain: &str, when: impl Future<Output = ()>) {
        let (sink, mut events) = Sink::new();
        let domain = DomainName::parse(domain).unwrap();
        tokio::select! {
            _ = scan::run(&domain, Depth::Verdict, &self.context, &sink) => panic!("it ended by itself"),
            () = async { while events.recv().await.is_some() {} } => panic!("the sink is gone"),
            () = when => {}
        }
    }

    async fn facts(&self, domain: &str) -> Vec<Fact> {
        let domain = DomainName::parse(domain).unwrap();
        let (sink, mut events) = Sink::new();
        let context = Arc::clone(&self.context);
        let scan = tokio::spawn(async move {
            let _ = scan::run(&domain, Depth::Verdict, &context, &sink).await;
        });
        let mut facts = Vec::new();
        while let Some(event) = events.recv().await {
            if let ScanEvent::Observed(observation) = event {
                facts.push(observation.fact);
            }
        }
        scan.await.expect("a scan never panics");
        facts
    }
}

/// Ready when every connection is over, and the server has read all that it was sent.
pub(crate) async fn left(log: &Log) {
    let over = || log.lock().unwrap().iter().all(|visit| visit.ended);
    until("that the scan leaves", over).await;
}

/// The SMTP facts among all.
pub(crate) fn smtp(facts: &[Fact]) -> Vec<&SmtpFact> {
    facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::Smtp(fact) => Some(fact),
            _ => None,
        })
        .collect()
}

/// The step of an event, if it has one.
pub(crate) const fn step(event: &SmtpEvent) -> Option<&Step> {
    match event {
        SmtpEvent::Replied { step, .. } | SmtpEvent::NotReplied { step, .. } => Some(step),
        _ => None,
    }
}

/// The same free port for UDP and TCP.
async fn dns_sockets() -> (UdpSocket, TcpListener) {
    loop {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = socket.local_addr().unwrap();
        if let Ok(listener) = TcpListener::bind(address).await {
            return (socket, listener);
        }
    }
}

/// What one datagram holds, as the resolver asks for it.
const UDP_PAYLOAD: usize = 1232;

/// Answers over UDP; what is too long is cut off, and TC says so (RFC 1035 §4.1.1).
async fn serve_dns(socket: UdpSocket, answers: Arc<Mutex<Answers>>) {
    let mut buffer = [0; 2048];
    while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
        let Some((id, question, answer)) = answer(&buffer[..length], &answers) else {
            continue;
        };
        let mut response = wire::encode_response(id, &question, &answer);
        if response.len() > UDP_PAYLOAD {
            response = wire::encode_response(id, &question, &Answer::new(Response::NoData));
            response[2] |= 2;
        }
        socket.send_to(&response, from).await.unwrap();
    }
}

/// Answers over TCP, one question a connection.
async fn serve_dns_over_tcp(listener: TcpListener, answers: Arc<Mutex<Answers>>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let length = stream.read_u16().await.unwrap();
        let mut query = vec![0; length.into()];
        stream.read_exact(&mut query).await.unwrap();
        let Some((id, question, answer)) = answer(&query, &answers) else {
            continue;
        };
        let response = wire::encode_response(id, &question, &answer);
        let length = u16::try_from(response.len()).unwrap();
        stream.write_u16(length).await.unwrap();
        stream.write_all(&response).await.unwrap();
    }
}

/// The answer to a query; nothing for what is no query, or is not answered.
fn answer(query: &[u8], answers: &Mutex<Answers>) -> Option<(u16, Question, Answer)> {
    let (id, question) = wire::decode_query(query).ok()?;
    let mut answers = answers.lock().unwrap();
    *answers.asked.entry(question.clone()).or_default() += 1;
    let special = answers.special.get(&question).cloned();
    let usual = || {
        Some(Answer {
            authenticated: answers.authenticated,
            ..answers.zone.get(&question).unwrap().clone()
        })
    };
    let answer = special.unwrap_or_else(usual)?;
    Some((id, question, answer))
}

async fn serve_mail(listener: TcpListener, script: Script, log: Log) {
    let address = listener.local_addr().unwrap();
    while let Ok((stream, client)) = listener.accept().await {
        let index = {
            let mut log = log.lock().unwrap();
            log.push(Visit {
                others: other_connections(address, client),
                ..Visit::default()
            });
            log.len() - 1
        };
        let (script, log) = (Arc::clone(&script), Arc::clone(&log));
        tokio::spawn(async move {
            let note = |change: &dyn Fn(&mut Visit)| change(&mut log.lock().unwrap()[index]);
            converse(Box::new(stream), &script, &note).await;
            note(&|visit| visit.ended = true);
        });
    }
}

/// How many connections clients have open to `server`, beside the one of `client`, as the kernel counts: it knows at
/// once that one is closed, while the server's task may not have had its turn.
fn other_connections(server: SocketAddr, client: SocketAddr) -> usize {
    const ESTABLISHED: &str = "01";
    const CLOSE_WAIT: &str = "08";
    let (server, client) = (in_kernel_table(server), in_kernel_table(client));
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let open = table.lines().filter_map(|line| {
        let mut fields = line.split_whitespace().skip(1);
        let (local, remote, state) = (fields.next()?, fields.next()?, fields.next()?);
        let is_open = remote == server && matches!(state, ESTABLISHED | CLOSE_WAIT);
        (is_open && local != client).then_some(local)
    });
    // A table that changes while it is read may name a connection twice.
    open.collect::<BTreeSet<_>>().len()
}

/// An IPv4 address and a port as `/proc/net/tcp` writes them.
fn in_kernel_table(address: SocketAddr) -> String {
    let IpAddr::V4(ip) = address.ip() else {
        panic!("servers have IPv4 addresses here")
    };
    let octets = u32::from_ne_bytes(ip.octets());
    format!("{octets:08X}:{:04X}", address.port())
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

type Note<'a> = &'a (dyn Fn(&dyn Fn(&mut Visit)) + Sync);

/// What a client's octets begin with after it was told to begin TLS (RFC 8446 §5.1), by a server that does not mean it.
const TLS_HANDSHAKE: u8 = 22;

async fn converse(mut stream: Box<dyn Stream>, script: &Script, note: Note<'_>) {
    let mut pending = Vec::new();
    let mut inside = false;
    // Who speaks before the greeting does so at once.
    let early = tokio::time::timeout(Duration::from_millis(30), read(&mut stream, &mut pending));
    match early.await {
        Ok(Some(())) => note(&|visit| visit.early = true),
        Ok(None) => return,
        Err(_) => {}
    }
    let mut line = String::new();
    loop {
        if line == "STARTTLS" && pending == b"NOOP\r\n" {
            note(&|visit| visit.smuggled = true);
            pending.clear();
        }
        if !pending.is_empty() {
            note(&|visit| visit.pipelined = true);
        }
        match script(&line, inside) {
            Act::Say(octets) => drop(stream.write_all(&octets).await),
            Act::SayLater(wait, octets) => {
                tokio::time::sleep(wait).await;
                let _ = stream.write_all(&octets).await;
            }
            Act::SayThenHangUp(octets) => {
                let _ = stream.write_all(&octets).await;
                note(&|visit| visit.spoiled = true);
                // What is still unread would make the system reset instead of close.
                let _ = stream.shutdown().await;
                while read(&mut stream, &mut Vec::new()).await.is_some() {}
                return;
            }
            Act::Silence(half) => {
                let _ = stream.write_all(&half).await;
                note(&|visit| visit.spoiled = true);
            }
            Act::Flood(piece, times) => {
                note(&|visit| visit.spoiled = true);
                for _ in 0..times {
                    if stream.write_all(&piece).await.is_err() {
                        break;
                    }
                    note(&|visit| visit.flooded += piece.len());
                }
            }
            Act::Secure(config) => {
                let _ = stream.write_all(b"220 2.0.0 Ready\r\n").await;
                let acceptor = tokio_rustls::TlsAcceptor::from(config);
                let Ok(secured) = acceptor.accept(stream).await else {
                    note(&|visit| visit.hello = true);
                    return;
                };
                (stream, inside) = (Box::new(secured), true);
            }
        }
        while !pending.contains(&b'\n') {
            if read(&mut stream, &mut pending).await.is_none() {
                return;
            }
        }
        let end = pending.iter().position(|octet| *octet == b'\n').unwrap();
        let octets: Vec<_> = pending.drain(..=end).collect();
        if octets.first() == Some(&TLS_HANDSHAKE) {
            return;
        }
        line = String::from_utf8(octets).unwrap();
        assert!(line.ends_with("\r\n"), "{line:?}");
        line.truncate(line.len() - 2);
        note(&|visit| visit.lines.push(line.clone()));
    }
}

async fn read(stream: &mut Box<dyn Stream>, pending: &mut Vec<u8>) -> Option<()> {
    let mut buffer = [0; 1024];
    let length = stream.read(&mut buffer).await.ok().filter(|n| *n > 0)?;
    pending.extend_from_slice(&buffer[..length]);
    Some(())
}

/// A response that is no answer, for the special cases of [`Answers`].
pub(crate) fn failed(failure: postern_shared::dns::Failure) -> Option<Answer> {
    Some(Answer::new(Response::Failed(failure)))
}

/// An address that nothing listens at.
pub(crate) fn nobody(world: &World) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::new(127, 0, 6, 1), world.port))
}
