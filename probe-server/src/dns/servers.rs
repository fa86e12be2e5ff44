//! The name servers that are asked, and how: over UDP, then over TCP where that was not enough.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hickory_resolver::config::{ConnectionConfig, ProtocolConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::tcp::TcpClientStream;
use hickory_resolver::net::udp::UdpClientStream;
use hickory_resolver::net::xfer::{DnsHandle as _, DnsRequestSender as _, FirstAnswer as _};
use hickory_resolver::proto::op::{DnsRequest, DnsResponse, ResponseCode};
use hickory_resolver::system_conf;
use postern_shared::dns::Failure;

/// Name servers, the first of them first; after one has failed where another answered, that other one.
#[derive(Debug)]
pub(super) struct Servers {
    addresses: Vec<SocketAddr>,
    /// For one try at one server.
    patience: Duration,
    /// The place of the one that answered last.
    first: AtomicUsize,
}

impl Servers {
    /// Those at `addresses`.
    pub(super) const fn new(addresses: Vec<SocketAddr>, patience: Duration) -> Self {
        Self {
            addresses,
            patience,
            first: AtomicUsize::new(0),
        }
    }

    /// The whole message with which a server answered, whatever it says: the AD bit and the aliases of "does not
    /// exist" are in it.
    ///
    /// SERVFAIL is an answer too, and not asked about elsewhere: from a resolver that validates it may mean that
    /// signatures are wrong, and one that does not would hide that.
    ///
    /// # Errors
    /// Why no server answered: what the first one did.
    pub(super) async fn ask(&self, request: &DnsRequest) -> Result<DnsResponse, Failure> {
        let first = self.first.load(Ordering::Relaxed);
        let mut failed = None;
        for turn in 0..self.addresses.len() {
            let place = (first + turn) % self.addresses.len();
            let Some(&address) = self.addresses.get(place) else {
                continue;
            };
            match self.ask_one(address, request).await {
                Ok(response) if response.response_code == ResponseCode::Refused => {
                    failed.get_or_insert(Failure::Refused);
                }
                Ok(response) => {
                    self.first.store(place, Ordering::Relaxed);
                    return Ok(response);
                }
                Err(error) => {
                    failed.get_or_insert_with(|| failure(&error));
                }
            }
        }
        Err(failed.unwrap_or(Failure::Unreachable))
    }

    /// Asks one server: over TCP where UDP brings half an answer, or one that cannot be read.
    async fn ask_one(
        &self,
        server: SocketAddr,
        request: &DnsRequest,
    ) -> Result<DnsResponse, NetError> {
        let provider = TokioRuntimeProvider::new();
        // A socket for each question, with a port of its own: nobody can guess both it and the ID.
        let mut udp = UdpClientStream::builder(server, provider.clone())
            .with_timeout(Some(self.patience))
            .build();
        match udp.send_message(request.clone()).first_answer().await {
            Ok(response) if !response.truncation => return Ok(response),
            Ok(_) | Err(NetError::Proto(_)) => {}
            Err(error) => return Err(error),
        }
        let ask = async {
            let tcp =
                TcpClientStream::exchange(server, None, self.patience, None, provider).await?;
            tcp.send(request.clone()).first_answer().await
        };
        tokio::time::timeout(self.patience, ask)
            .await
            .unwrap_or(Err(NetError::Timeout))
    }
}

/// Those that the system is set up with.
///
/// # Errors
/// The set-up cannot be read.
pub(super) fn of_system() -> Result<Vec<SocketAddr>, String> {
    let (config, _) =
        system_conf::read_system_conf().map_err(|e| format!("the system's resolver: {e}"))?;
    let (_, _, servers) = config.into_parts();
    let mut addresses = Vec::new();
    for server in servers {
        let plain = |connection: &&ConnectionConfig| connection.protocol == ProtocolConfig::Udp;
        let connection = server.connections.iter().find(plain);
        let address = connection.map(|connection| SocketAddr::new(server.ip, connection.port));
        addresses.extend(address.filter(|address| !addresses.contains(address)));
    }
    Ok(addresses)
}

/// Why there is no message.
const fn failure(error: &NetError) -> Failure {
    match error {
        NetError::Timeout => Failure::TimedOut,
        NetError::Io(_) | NetError::NoConnections | NetError::Busy => Failure::Unreachable,
        _ => Failure::Malformed,
    }
}
