//! A delay line: TCP to one server as if over a path of a given round trip, and the connections counted.
//!
//! In user space, as not every kernel can delay and not every test is root's. A client's connection is accepted at once
//! by the kernel, so the way there and back is made up for afterwards: the server is dialled 1.5 round trips later, and
//! each direction is held back by half of one. A greeting so arrives two round trips after the client dialled.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};

/// Octets that are read at once; what a reading finds travels together.
const SEGMENT: usize = 16 * 1024;
/// Segments under way in one direction; then the sender waits, as for a window.
const UNDER_WAY: usize = 256;

/// A running delay line; it ends with this value.
#[derive(Debug)]
pub struct DelayLine {
    address: SocketAddr,
    connections: Arc<AtomicU32>,
    // Its threads carry the octets; dropped, it closes every connection.
    _runtime: Runtime,
}

impl DelayLine {
    /// A line to `server`, on a free port of `host`; with no round trip at all it only counts.
    #[must_use]
    pub fn start(host: &str, server: SocketAddr, round_trip: Duration) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(TcpListener::bind((host, 0)))
            .expect("a free port");
        let address = listener.local_addr().expect("an address");
        let connections = Arc::new(AtomicU32::new(0));
        runtime.spawn(serve(
            listener,
            server,
            round_trip,
            Arc::clone(&connections),
        ));
        Self {
            address,
            connections,
            _runtime: runtime,
        }
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Connections that were opened since the last call.
    #[must_use]
    pub fn take_count(&self) -> u32 {
        self.connections.swap(0, Ordering::SeqCst)
    }
}

async fn serve(
    listener: TcpListener,
    server: SocketAddr,
    round_trip: Duration,
    connections: Arc<AtomicU32>,
) {
    while let Ok((client, _)) = listener.accept().await {
        connections.fetch_add(1, Ordering::SeqCst);
        tokio::spawn(async move {
            sleep(round_trip * 3 / 2).await;
            let Ok(upstream) = TcpStream::connect(server).await else {
                return;
            };
            // Small writes travel as they were made.
            let _ = client.set_nodelay(true);
            let _ = upstream.set_nodelay(true);
            let (from_client, to_client) = client.into_split();
            let (from_server, to_server) = upstream.into_split();
            tokio::join!(
                carry(from_client, to_server, round_trip / 2),
                carry(from_server, to_client, round_trip / 2),
            );
        });
    }
}

/// Carries one direction: every segment `delay` after it came, in order; the end too.
async fn carry<R, W>(mut from: R, mut to: W, delay: Duration)
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let (sender, mut under_way) = mpsc::channel::<(Instant, Vec<u8>)>(UNDER_WAY);
    let take = async move {
        loop {
            let mut segment = vec![0; SEGMENT];
            let length = from.read(&mut segment).await.unwrap_or_default();
            segment.truncate(length);
            let due = Instant::now() + delay;
            // An empty one says that there is no more.
            if sender.send((due, segment)).await.is_err() || length == 0 {
                return;
            }
        }
    };
    let give = async move {
        while let Some((due, segment)) = under_way.recv().await {
            sleep_until(due).await;
            if segment.is_empty() || to.write_all(&segment).await.is_err() {
                break;
            }
        }
        let _ = to.shutdown().await;
    };
    tokio::join!(take, give);
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::time::Instant;

    use super::*;

    /// A server that greets, says back what comes, and says farewell at the client's end.
    fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let mut connection = connection.expect("a connection");
                connection.write_all(b"220").expect("a greeting");
                let mut buffer = [0; 4096];
                while let Ok(length @ 1..) = connection.read(&mut buffer) {
                    connection.write_all(&buffer[..length]).expect("an echo");
                }
                let _ = connection.write_all(b"221");
            }
        });
        address
    }

    /// Never early. How late is the machine's affair: a busy one delays by itself.
    #[test]
    fn what_is_sent_arrives_whole_in_order_and_not_early() {
        let round_trip = Duration::from_millis(60);
        let line = DelayLine::start("127.0.0.1", echo(), round_trip);
        let began = Instant::now();
        let mut client = TcpStream::connect(line.address()).expect("a connection");
        let mut greeting = [0; 3];
        client.read_exact(&mut greeting).expect("a greeting");
        assert_eq!(&greeting, b"220");
        assert!(began.elapsed() >= round_trip * 2, "{:?}", began.elapsed());

        let began = Instant::now();
        let sent: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let mut writer = client.try_clone().expect("a second handle");
        let copy = sent.clone();
        let writing = std::thread::spawn(move || {
            writer.write_all(&copy).expect("all written");
            writer
                .shutdown(std::net::Shutdown::Write)
                .expect("an end of it");
        });
        let mut came = Vec::new();
        client
            .read_to_end(&mut came)
            .expect("all of it, and an end");
        writing.join().expect("a writer");
        assert!(began.elapsed() >= round_trip, "{:?}", began.elapsed());
        assert_eq!(came, [sent.as_slice(), b"221"].concat());
    }

    #[test]
    fn connections_are_counted_and_a_dead_server_is_a_closed_connection() {
        let line = DelayLine::start("127.0.0.1", echo(), Duration::ZERO);
        for _ in 0..3 {
            let mut client = TcpStream::connect(line.address()).expect("a connection");
            client.read_exact(&mut [0; 3]).expect("a greeting");
        }
        assert_eq!((line.take_count(), line.take_count()), (3, 0));

        let nobody = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = nobody.local_addr().expect("an address");
        drop(nobody);
        let line = DelayLine::start("127.0.0.1", address, Duration::ZERO);
        let mut client = TcpStream::connect(line.address()).expect("a connection");
        assert_eq!(client.read(&mut [0; 1]).expect("an end"), 0);
    }
}
