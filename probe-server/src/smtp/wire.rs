//! A connection to a mail server, in clear or not.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::client::TlsStream;

use super::dialogue::Input;

/// Octets read at once.
pub(super) const READ_BUFFER: usize = 4096;

/// The connection.
pub(super) enum Wire {
    Clear(TcpStream),
    Secure(Box<TlsStream<TcpStream>>),
}

impl Wire {
    /// Sends until `deadline`; what goes wrong shows when the answer is read.
    pub(super) async fn send(&mut self, octets: &[u8], deadline: Instant) {
        let _ = timeout_at(deadline, self.write(octets)).await;
    }

    /// What comes until `deadline`.
    pub(super) async fn receive<'b>(
        &mut self,
        buffer: &'b mut [u8],
        deadline: Instant,
    ) -> Input<'b> {
        match timeout_at(deadline, self.read(buffer)).await {
            Ok(Ok(length)) if length > 0 => Input::Bytes(buffer.get(..length).unwrap_or_default()),
            Ok(_) => Input::Eof,
            Err(_) => Input::TimedOut,
        }
    }

    async fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        match self {
            Self::Clear(stream) => stream.write_all(octets).await,
            Self::Secure(stream) => {
                stream.write_all(octets).await?;
                stream.flush().await
            }
        }
    }

    async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Clear(stream) => stream.read(buffer).await,
            Self::Secure(stream) => stream.read(buffer).await,
        }
    }
}
