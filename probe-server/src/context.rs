//! What every scan shares: settings, resolver, roots, and the books.

use std::fmt;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use postern_shared::DomainName;
use postern_shared::evidence::Vantage;

use crate::blocklist::Tests;
use crate::dns::Resolver;
use crate::etiquette::{Doorsteps, Etiquette};
use crate::guard::{Guard, OptOuts};
use crate::smtp;
use crate::tls::Tls;
use crate::visits::Visits;

/// Addresses in a row that did not answer before we say that our network holds port 25 shut.
const SILENT_ADDRESSES: u32 = 8;

/// What can be set about scans.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The resolver to ask; the system's where `None`.
    pub dns_server: Option<SocketAddr>,
    /// Roots to trust beside the platform's, as a PEM file.
    pub ca_file: Option<PathBuf>,
    /// What to say in EHLO: a host name that resolves to us. Found out where `None`.
    pub ehlo_name: Option<String>,
    /// The domain of the recipient of relay tests.
    pub relay_domain: String,
    /// Who may be dialed.
    pub guard: Guard,
    /// Who asked not to be probed.
    pub opt_outs: OptOuts,
    /// Whether strangers ask here, who must not learn the names of our own network.
    pub public_names_only: bool,
    /// How servers are treated.
    pub etiquette: Etiquette,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            dns_server: None,
            ca_file: None,
            ehlo_name: None,
            relay_domain: crate::config::RELAY_DOMAIN.to_owned(),
            guard: Guard::new(false),
            opt_outs: OptOuts::default(),
            public_names_only: false,
            etiquette: Etiquette::default(),
        }
    }
}

/// What every scan shares. One for a process.
#[derive(Debug)]
pub struct Context {
    pub(crate) resolver: Resolver,
    pub(crate) tls: Tls,
    pub(crate) guard: Guard,
    pub(crate) etiquette: Etiquette,
    pub(crate) ehlo_name: String,
    pub(crate) relay_domain: DomainName,
    pub(crate) opt_outs: OptOuts,
    pub(crate) doorsteps: Doorsteps,
    pub(crate) visits: Visits,
    pub(crate) partings: smtp::Partings,
    pub(crate) blocklist_tests: Tests,
    pub(crate) reach: Reach,
}

impl Context {
    /// Sets everything up: reads roots and the resolver's configuration, opens no connection.
    ///
    /// # Errors
    /// Says which setting cannot be used.
    pub fn new(settings: Settings) -> Result<Self, SetupError> {
        let ehlo_name = match settings.ehlo_name {
            Some(name) if is_ehlo_name(&name) => name,
            Some(name) => return Err(SetupError(format!("no name for EHLO: {name:?}"))),
            None => own_name(),
        };
        let relay_domain = DomainName::parse(&settings.relay_domain)
            .map_err(|e| SetupError(format!("relay domain {:?}: {e}", settings.relay_domain)))?;
        let patience = settings.etiquette.name_server;
        let mut resolver =
            Resolver::with_patience(settings.dns_server, patience).map_err(SetupError)?;
        if settings.public_names_only {
            resolver = resolver.for_strangers();
        }
        Ok(Self {
            resolver,
            tls: Tls::new(settings.ca_file.as_deref()).map_err(SetupError)?,
            guard: settings.guard,
            etiquette: settings.etiquette,
            ehlo_name,
            relay_domain,
            opt_outs: settings.opt_outs,
            doorsteps: Doorsteps::default(),
            visits: Visits::default(),
            partings: smtp::Partings::default(),
            blocklist_tests: Tests::default(),
            reach: Reach::new(),
        })
    }

    /// The resolver.
    #[must_use]
    pub const fn resolver(&self) -> &Resolver {
        &self.resolver
    }

    /// Waits until the servers that were spoken to by scans that were stopped have been told QUIT: a moment,
    /// and never long.
    pub async fn take_leave(&self) {
        self.partings.over().await;
    }

    /// How servers are treated.
    #[must_use]
    pub const fn etiquette(&self) -> &Etiquette {
        &self.etiquette
    }

    /// From where we look.
    #[must_use]
    pub fn vantage(&self) -> Vantage {
        Vantage {
            software: concat!("Postern ", env!("CARGO_PKG_VERSION")).to_owned(),
            ehlo_name: self.ehlo_name.clone(),
            port25: self.reach.port25(),
            ipv6: Some(self.reach.ipv6),
        }
    }
}

/// A setting that cannot be used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SetupError(pub String);

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for SetupError {}

/// What our own network lets us do.
#[derive(Debug)]
pub(crate) struct Reach {
    pub(crate) ipv6: bool,
    answered: AtomicU32,
    silent: AtomicU32,
}

impl Reach {
    fn new() -> Self {
        let anywhere = SocketAddr::from((Ipv6Addr::new(0x2001, 0x500, 2, 0, 0, 0, 0, 0xc), 53));
        Self {
            ipv6: source_for(anywhere).is_some(),
            answered: AtomicU32::new(0),
            silent: AtomicU32::new(0),
        }
    }

    /// Notes whether a public address answered a connection in any way.
    pub(crate) fn note(&self, answered: bool) {
        let counter = if answered {
            &self.answered
        } else {
            &self.silent
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether port 25 is open to us: so after one answer, not so after much silence and no answer.
    fn port25(&self) -> Option<bool> {
        if self.answered.load(Ordering::Relaxed) > 0 {
            return Some(true);
        }
        (self.silent.load(Ordering::Relaxed) >= SILENT_ADDRESSES).then_some(false)
    }
}

/// The addresses that we send from, of each family that leads out.
pub(crate) fn outward() -> Vec<IpAddr> {
    let v4 = SocketAddr::from((Ipv4Addr::new(198, 41, 0, 4), 53));
    let v6 = SocketAddr::from((Ipv6Addr::new(0x2001, 0x500, 2, 0, 0, 0, 0, 0xc), 53));
    [v4, v6].into_iter().filter_map(source_for).collect()
}

/// The address that the system would send from; nothing is sent.
fn source_for(destination: SocketAddr) -> Option<IpAddr> {
    let any: IpAddr = match destination {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect(destination).ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

/// The host's name when it has a dot, else its address as a literal (RFC 5321 §4.1.1.1).
fn own_name() -> String {
    let named = ["/proc/sys/kernel/hostname", "/etc/hostname"]
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .map(|name| name.trim().to_ascii_lowercase())
        .find(|name| DomainName::parse(name).is_ok());
    named.unwrap_or_else(|| {
        let anywhere = SocketAddr::from((Ipv4Addr::new(198, 41, 0, 4), 53));
        let address = source_for(anywhere).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        smtp::address_literal(address)
    })
}

/// A host name with a dot, or an address literal: nothing that could end a command early.
#[must_use]
pub fn is_ehlo_name(name: &str) -> bool {
    let literal = name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .map(|inner| inner.strip_prefix("IPv6:").unwrap_or(inner));
    literal.map_or_else(
        || DomainName::parse(name).is_ok(),
        |address| address.parse::<IpAddr>().is_ok(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ehlo_name_cannot_smuggle_a_command() {
        for name in ["probe.example", "[192.0.2.1]", "[IPv6:2001:db8::1]"] {
            assert!(is_ehlo_name(name), "{name}");
        }
        for name in [
            "",
            "probe",
            "a.example\r\nRSET",
            "a b.example",
            "[x]",
            "192.0.2.1",
        ] {
            assert!(!is_ehlo_name(name), "{name}");
        }
        assert!(is_ehlo_name(&own_name()), "{}", own_name());
    }
}
