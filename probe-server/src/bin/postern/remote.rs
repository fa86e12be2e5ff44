//! A probe server that does the raw work, over its WebSocket.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use postern_shared::DomainName;
use postern_shared::evidence::{ConnectFailure, Fact, ProbeOutcome};
use postern_shared::protocol::{self, ClientMessage, SUBPROTOCOL, ServerMessage};
use postern_shared::wording::{self, Language, NoProbe};
use probe_server::scan::{Depth, ScanEvent, Sink};
use probe_server::tls::roots;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Uri, header};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// To reach the server and to hear the next word from it; it pings more often than that.
const PATIENCE: Duration = Duration::from_secs(60);
/// For the whole scan. A server's own bound is shorter; one that goes on forever must not be believed.
const WHOLE: Duration = Duration::from_secs(600);

/// Where the server is.
pub(crate) struct Target {
    uri: Uri,
    host: String,
    port: u16,
    tls: Option<TlsConnector>,
}

impl Target {
    /// Reads a URL; `ca_file` adds roots for `wss://`.
    ///
    /// # Errors
    /// Says what the text is instead.
    pub(crate) fn parse(
        url: &str,
        ca_file: Option<&Path>,
        language: Language,
    ) -> Result<Self, String> {
        let wrong = || wording::no_probe_url(language, url).plain(language);
        let uri: Uri = url.parse().map_err(|_| wrong())?;
        let secure = match uri.scheme_str() {
            Some("ws") => false,
            Some("wss") => true,
            _ => return Err(wrong()),
        };
        let host = uri.host().ok_or_else(wrong)?.to_owned();
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let tls = if secure {
            Some(connector(ca_file)?)
        } else {
            None
        };
        Ok(Self {
            uri: with_path(uri)?,
            host,
            port,
            tls,
        })
    }
}

/// The server's socket is at `/ws` unless the URL says otherwise.
fn with_path(uri: Uri) -> Result<Uri, String> {
    if uri.path() != "/" {
        return Ok(uri);
    }
    let mut parts = uri.into_parts();
    parts.path_and_query =
        Some(tokio_tungstenite::tungstenite::http::uri::PathAndQuery::from_static("/ws"));
    Uri::from_parts(parts).map_err(|error| error.to_string())
}

fn connector(ca_file: Option<&Path>) -> Result<TlsConnector, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots(ca_file)?)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// What the command line says of a server beyond the evidence.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Remark {
    /// After how many seconds a server that refused may be asked again, where it says so.
    pub(crate) retry_after: Option<u32>,
    /// Where there was nobody to ask, and why.
    pub(crate) no_probe: Option<(String, NoProbe)>,
}

/// Has the server scan `domain`; tells `sink` what it says, with how it ended as the last fact.
pub(crate) async fn run(target: &Target, domain: &DomainName, depth: Depth, sink: &Sink) -> Remark {
    let connected = timeout(PATIENCE, connect(target)).await;
    let mut remark = Remark::default();
    let outcome = match connected.unwrap_or(Err(NoProbe::Connection(ConnectFailure::TimedOut))) {
        Ok(connection) => {
            let (outcome, retry_after) = listen(connection, domain, depth, sink).await;
            remark.retry_after = retry_after;
            outcome
        }
        Err(why) => {
            remark.no_probe = Some((target.uri.to_string(), why));
            ProbeOutcome::Unreachable
        }
    };
    sink.fact(Fact::Probe(outcome)).await;
    remark
}

/// Anything that octets go through.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

type Connection = WebSocketStream<Box<dyn Stream>>;

async fn connect(target: &Target) -> Result<Connection, NoProbe> {
    let host = target.host.trim_matches(['[', ']']);
    let addresses: Vec<_> = match lookup_host((host, target.port)).await {
        Ok(addresses) => addresses.collect(),
        Err(_) => return Err(NoProbe::Name),
    };
    let tcp = TcpStream::connect(addresses.as_slice());
    let tcp = tcp.await.map_err(not_connected)?;
    let stream: Box<dyn Stream> = match &target.tls {
        None => Box::new(tcp),
        Some(tls) => {
            let no_tls = |error: &dyn std::error::Error| NoProbe::Tls(error.to_string());
            let name = ServerName::try_from(host.to_owned()).map_err(|error| no_tls(&error))?;
            let stream = tls.connect(name, tcp).await;
            Box::new(stream.map_err(|error| no_tls(&error))?)
        }
    };
    let request = target.uri.clone().into_client_request();
    let mut request = request.map_err(not_opened)?;
    request.headers_mut().insert(
        header::SEC_WEBSOCKET_PROTOCOL,
        HeaderValue::from_static(SUBPROTOCOL),
    );
    let config = WebSocketConfig::default()
        .max_message_size(Some(protocol::MAX_SERVER_MESSAGE))
        .max_frame_size(Some(protocol::MAX_SERVER_MESSAGE));
    let opened = client_async_with_config(request, stream, Some(config)).await;
    opened.map(|(connection, _)| connection).map_err(not_opened)
}

fn not_connected(error: io::Error) -> NoProbe {
    NoProbe::Connection(match error.kind() {
        ErrorKind::ConnectionRefused => ConnectFailure::Refused,
        ErrorKind::TimedOut => ConnectFailure::TimedOut,
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => ConnectFailure::Unreachable,
        _ => ConnectFailure::Local,
    })
}

fn not_opened(error: tungstenite::Error) -> NoProbe {
    match error {
        tungstenite::Error::Http(response) => NoProbe::Status(response.status().as_u16()),
        _ => NoProbe::Stranger,
    }
}

/// [`converse`], but not forever.
async fn listen(
    connection: Connection,
    domain: &DomainName,
    depth: Depth,
    sink: &Sink,
) -> (ProbeOutcome, Option<u32>) {
    timeout(WHOLE, converse(connection, domain, depth, sink))
        .await
        .unwrap_or((ProbeOutcome::Cut, None))
}

/// Takes the server's words until its last: how it ended, and when to come back after a refusal.
async fn converse(
    mut connection: Connection,
    domain: &DomainName,
    depth: Depth,
    sink: &Sink,
) -> (ProbeOutcome, Option<u32>) {
    const CUT: (ProbeOutcome, Option<u32>) = (ProbeOutcome::Cut, None);
    let request = protocol::encode(&ClientMessage::Scan {
        domain: domain.clone(),
        deep: depth == Depth::Deep,
    });
    if connection.send(Message::text(request)).await.is_err() {
        return CUT;
    }
    loop {
        let Ok(Some(Ok(message))) = timeout(PATIENCE, connection.next()).await else {
            return CUT;
        };
        let Message::Text(text) = message else {
            continue;
        };
        match protocol::decode::<ServerMessage>(&text) {
            Ok(ServerMessage::Welcome { .. }) => {}
            Ok(ServerMessage::Observed(observation)) => {
                sink.tell(ScanEvent::Observed(observation)).await
            }
            Ok(ServerMessage::Progress(progress)) => sink.tell(ScanEvent::Progress(progress)).await,
            Ok(ServerMessage::Finished { took }) => return (ProbeOutcome::Finished { took }, None),
            Ok(ServerMessage::Refused { code, retry_after }) => {
                return (ProbeOutcome::Refused(code), retry_after);
            }
            Err(_) => return CUT,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use postern_shared::protocol::{Progress, RefusalCode};
    use tokio_tungstenite::tungstenite::protocol::Role;

    use super::*;

    /// Both ends of a WebSocket, without a network.
    async fn pair() -> (Connection, Connection) {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let end = async |stream, role| {
            let stream: Box<dyn Stream> = Box::new(stream);
            WebSocketStream::from_raw_socket(stream, role, None).await
        };
        (
            end(ours, Role::Client).await,
            end(theirs, Role::Server).await,
        )
    }

    async fn listen_to(connection: Connection) -> (ProbeOutcome, Option<u32>) {
        let (sink, mut events) = Sink::new();
        tokio::spawn(async move { while events.recv().await.is_some() {} });
        listen(
            connection,
            &DomainName::parse("example.org").unwrap(),
            Depth::Verdict,
            &sink,
        )
        .await
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_goes_on_forever_is_not_listened_to_forever() {
        let (client, mut server) = pair().await;
        tokio::spawn(async move {
            let word = protocol::encode(&ServerMessage::Progress(Progress::Resolving));
            while server.send(Message::text(word.clone())).await.is_ok() {
                tokio::time::sleep(PATIENCE / 2).await;
            }
        });
        let began = tokio::time::Instant::now();
        assert_eq!(listen_to(client).await, (ProbeOutcome::Cut, None));
        assert!(began.elapsed() < WHOLE + PATIENCE, "{:?}", began.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_says_nothing_is_not_waited_for_forever() {
        // The connection is taken by the system, and nobody reads it.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        let (sink, mut events) = Sink::new();
        tokio::spawn(async move { while events.recv().await.is_some() {} });
        let target = Target::parse(&url, None, Language::En).unwrap();
        let remark = run(
            &target,
            &DomainName::parse("example.org").unwrap(),
            Depth::Verdict,
            &sink,
        )
        .await;
        let late = NoProbe::Connection(ConnectFailure::TimedOut);
        assert_eq!(remark.no_probe, Some((format!("{url}/ws"), late)));
    }

    #[tokio::test]
    async fn a_refusal_says_when_to_come_back() {
        let (client, mut server) = pair().await;
        let code = RefusalCode::CoolingDown;
        let refused = ServerMessage::Refused {
            code,
            retry_after: Some(42),
        };
        server
            .send(Message::text(protocol::encode(&refused)))
            .await
            .unwrap();
        let ended = listen_to(client).await;
        assert_eq!(ended, (ProbeOutcome::Refused(code), Some(42)));
    }
}
