//! Which server is meant.

use std::net::IpAddr;
use std::num::NonZeroU16;

use postern_shared::dns::{Question, RecordData, RecordType};
use postern_shared::wording::{self, Language};
use postern_shared::{DomainName, input};
use probe_server::dns::Resolver;
use probe_server::scan::Server;

use crate::args::TlsArgs;
use crate::{Failed, unicode};

/// The port of mail between servers (RFC 5321 §4.5.4.2).
const SMTP: u16 = 25;
/// The port where TLS begins at once (RFC 8314 §3.3).
const SUBMISSIONS: u16 = 465;

/// A server as it was typed.
#[derive(Debug)]
pub(super) struct Named {
    host: Host,
    /// The name for SNI.
    name: DomainName,
    /// Its port.
    pub(super) port: u16,
}

#[derive(Debug)]
enum Host {
    Address(IpAddr),
    Name(DomainName),
}

impl Named {
    /// Reads what was typed.
    ///
    /// # Errors
    /// It names no server, or an address without a name for its certificate.
    pub(super) fn read(args: &TlsArgs) -> Result<Self, Failed> {
        let language = args.lang;
        let (host, port) = split(&args.server)
            .map_err(|text| Failed::Misuse(wording::no_port(language, text).plain(language)))?;
        let domain = |text: &str| {
            input::parse(text, unicode::to_ascii).map_err(|error| {
                Failed::Misuse(wording::domain_name_error(language, &error).plain(language))
            })
        };
        let host = match host.parse() {
            Ok(address) => Host::Address(address),
            Err(_) => Host::Name(domain(host)?),
        };
        let name = match (&args.name, &host) {
            (Some(name), _) => domain(name)?,
            (None, Host::Name(name)) => name.clone(),
            (None, Host::Address(_)) => {
                let words = wording::no_server_name(language);
                return Err(Failed::Misuse(words.plain(language)));
            }
        };
        Ok(Self { host, name, port })
    }

    /// The server with its address: the first of a name, IPv4 first.
    ///
    /// # Errors
    /// The name has none.
    pub(super) async fn find(
        &self,
        resolver: &Resolver,
        language: Language,
    ) -> Result<Server, Failed> {
        let address = match &self.host {
            Host::Address(address) => Some(*address),
            Host::Name(name) => look_up(name, resolver).await,
        };
        let address = address.ok_or_else(|| {
            let words = wording::no_server_address(language, self.name.as_str());
            Failed::NotDone(words.plain(language))
        })?;
        Ok(Server {
            name: self.name.clone(),
            address,
            at_once: self.port == SUBMISSIONS,
        })
    }
}

/// An address without the brackets around it; nothing where there are none.
fn bare(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}

/// `host`, `host:port`, `192.0.2.1:25`, `2001:db8::1` or `[2001:db8::1]:25`.
///
/// # Errors
/// What stands in the place of the port and is none.
fn split(server: &str) -> Result<(&str, u16), &str> {
    if server.parse::<IpAddr>().is_ok() {
        return Ok((server, SMTP));
    }
    // Without brackets, only the last colon may be there.
    let parts = server.rsplit_once(':');
    match parts.filter(|(host, _)| bare(host).is_some() || !host.contains(':')) {
        Some((host, port)) => {
            let number: NonZeroU16 = port.parse().map_err(|_| port)?;
            Ok((bare(host).unwrap_or(host), number.get()))
        }
        None => Ok((bare(server).unwrap_or(server), SMTP)),
    }
}

async fn look_up(name: &DomainName, resolver: &Resolver) -> Option<IpAddr> {
    for family in [RecordType::A, RecordType::Aaaa] {
        let question = Question::new(name.name().clone(), family);
        let answer = resolver.lookup(&question).await.answer;
        let address = answer
            .response
            .records()
            .iter()
            .find_map(|data| match data {
                RecordData::A(v4) => Some(IpAddr::V4(*v4)),
                RecordData::Aaaa(v6) => Some(IpAddr::V6(*v6)),
                _ => None,
            });
        if address.is_some() {
            return address;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_as_people_write_them() {
        for (typed, host, port) in [
            ("mx.example.org", "mx.example.org", 25),
            ("mx.example.org:465", "mx.example.org", 465),
            ("192.0.2.25", "192.0.2.25", 25),
            ("192.0.2.25:587", "192.0.2.25", 587),
            ("2001:db8::25", "2001:db8::25", 25),
            ("[2001:db8::25]", "2001:db8::25", 25),
            ("[2001:db8::25]:465", "2001:db8::25", 465),
        ] {
            assert_eq!(split(typed), Ok((host, port)));
        }
        for (typed, port) in [
            ("mx.example.org:smtp", "smtp"),
            ("mx.example.org:", ""),
            ("mx.example.org:0", "0"),
            ("[2001:db8::25]:65536", "65536"),
        ] {
            assert_eq!(split(typed), Err(port));
        }
    }
}
