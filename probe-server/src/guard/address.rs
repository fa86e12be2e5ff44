//! Which addresses can be dialed.

use std::io;
use std::net::{IpAddr, SocketAddr};

use postern_shared::address::is_public;
use tokio::net::TcpStream;

/// The port of mail exchanges (RFC 5321 §4.5.4.2).
const SMTP_PORT: u16 = 25;
/// The port of policy hosts: the URL is fixed, and names none (RFC 8461 §3.2).
const HTTPS_PORT: u16 = 443;
/// The ports where people hand in mail: TLS from the first octet (RFC 8314 §3.3), and STARTTLS (RFC 6409 §3.1).
const SUBMISSION_PORTS: [u16; 2] = [465, 587];

/// Makes [`PublicAddr`]s; nothing else can.
#[derive(Clone, Copy, Debug)]
pub struct Guard {
    allow_private: bool,
    port: u16,
    https_port: u16,
    submission_ports: [u16; 2],
}

impl Guard {
    /// A guard that lets through public addresses on port 25; with `allow_private` any address, for
    /// labs and intranets.
    #[must_use]
    pub const fn new(allow_private: bool) -> Self {
        Self {
            allow_private,
            port: SMTP_PORT,
            https_port: HTTPS_PORT,
            submission_ports: SUBMISSION_PORTS,
        }
    }

    /// The same guard for a lab whose servers cannot have port 25.
    #[must_use]
    pub const fn with_port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// The same guard for a lab whose policy hosts cannot have port 443.
    #[must_use]
    pub const fn with_https_port(self, https_port: u16) -> Self {
        Self { https_port, ..self }
    }

    /// The same guard for a lab whose servers cannot have ports 465 and 587.
    #[must_use]
    pub const fn with_submission_ports(self, submission_ports: [u16; 2]) -> Self {
        Self {
            submission_ports,
            ..self
        }
    }

    /// Whether addresses that are not public are let through too.
    #[must_use]
    pub const fn allows_private(&self) -> bool {
        self.allow_private
    }

    /// Lets an address through, or not.
    ///
    /// # Errors
    /// It is not public, so that no mail from outside can reach it, and we do not either.
    pub const fn admit(&self, address: IpAddr) -> Result<PublicAddr, NotPublic> {
        self.admit_to(address, self.port)
    }

    /// Lets the address of a policy host through, or not.
    ///
    /// # Errors
    /// As [`Guard::admit`].
    pub const fn admit_policy_host(&self, address: IpAddr) -> Result<PublicAddr, NotPublic> {
        self.admit_to(address, self.https_port)
    }

    /// Another port of an address that was let through: one of those where people hand in mail.
    #[must_use]
    pub(crate) const fn submission(&self, target: PublicAddr, at_once: bool) -> PublicAddr {
        let [submissions, submission] = self.submission_ports;
        PublicAddr(target.0, if at_once { submissions } else { submission })
    }

    const fn admit_to(&self, address: IpAddr, port: u16) -> Result<PublicAddr, NotPublic> {
        if self.allow_private || is_public(address) {
            Ok(PublicAddr(address, port))
        } else {
            Err(NotPublic)
        }
    }
}

/// An address that can be dialed: the guard has let it through.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PublicAddr(IpAddr, u16);

impl PublicAddr {
    /// The address.
    #[must_use]
    pub const fn ip(&self) -> IpAddr {
        self.0
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.1
    }

    /// Opens a TCP connection. The one place that dials a target.
    ///
    /// # Errors
    /// Those of the system.
    pub(crate) async fn dial(&self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect(SocketAddr::new(self.0, self.1)).await?;
        // Commands are short and each is waited for: collecting them would only add delay.
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}

/// The address is not public.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotPublic;

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn the_guard_alone_decides() {
        let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
        assert_eq!(Guard::new(false).admit(loopback), Err(NotPublic));
        let admitted = Guard::new(true).with_port(2525).admit(loopback).unwrap();
        assert_eq!((admitted.ip(), admitted.port()), (loopback, 2525));
        let address = "8.8.8.8".parse().unwrap();
        assert_eq!(Guard::new(false).admit(address).unwrap().port(), 25);
        let policy_host = Guard::new(false).admit_policy_host(address).unwrap();
        assert_eq!(policy_host.port(), 443);
        let inside = Guard::new(false).admit_policy_host(loopback);
        assert_eq!(inside, Err(NotPublic));
    }
}
