//! Who can be asked over DNS-over-HTTPS (RFC 8484) from a web page, and in which order.

use core::fmt;
use postern_shared::gather::Gather;

use super::fallback::Endpoint;
use super::settings::HttpUrl;

/// A public resolver that lets pages of other origins read its answers, validates DNSSEC and filters nothing.
#[derive(Debug, Eq, PartialEq)]
pub struct Resolver {
    /// Its id in the settings.
    pub id: &'static str,
    /// Its name for people, and in observations.
    pub name: &'static str,
    /// Where it is asked.
    pub url: &'static str,
}

impl Resolver {
    fn endpoint(&self) -> Endpoint {
        Endpoint {
            name: self.name.to_owned(),
            url: self.url.to_owned(),
        }
    }
}

/// The resolvers that are built in, in the order in which they are tried.
///
/// Quad9, AdGuard, Mullvad and many more do not let a page read their answers (no CORS header, or not
/// over HTTP/3); others filter, and a filtered name looks like one that does not exist.
pub const RESOLVERS: [Resolver; 4] = [
    Resolver {
        id: "cloudflare",
        name: "Cloudflare",
        url: "https://cloudflare-dns.com/dns-query",
    },
    Resolver {
        id: "google",
        name: "Google Public DNS",
        url: "https://dns.google/dns-query",
    },
    Resolver {
        id: "dnssb",
        name: "DNS.SB",
        url: "https://doh.dns.sb/dns-query",
    },
    Resolver {
        id: "odvr",
        name: "CZ.NIC ODVR",
        url: "https://odvr.nic.cz/doh",
    },
];

/// The name of the probe server's own resolver, in the browser's observations as in the server's.
pub const PROBE: &str = postern_shared::evidence::DnsFact::PROBE;

/// Who is asked first.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ResolverChoice {
    /// A built-in one.
    BuiltIn(&'static Resolver),
    /// Another one, by its address.
    Custom(HttpUrl),
    /// The probe server's own.
    Probe,
}

impl Default for ResolverChoice {
    fn default() -> Self {
        let [first, ..] = &RESOLVERS;
        Self::BuiltIn(first)
    }
}

impl ResolverChoice {
    /// Reads what [`fmt::Display`] writes; the default for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == PROBE {
            return Self::Probe;
        }
        if let Some(known) = RESOLVERS.iter().find(|known| known.id == text) {
            return Self::BuiltIn(known);
        }
        match HttpUrl::parse(text) {
            Some(url) if text.contains("://") => Self::Custom(url),
            _ => Self::default(),
        }
    }

    /// Its name for people: of a custom one the host.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::BuiltIn(resolver) => resolver.name,
            Self::Custom(url) => url.host(),
            Self::Probe => PROBE,
        }
    }

    /// Who is asked, in order: the chosen one, one more public one, and last the probe server's.
    ///
    /// Who names a resolver of their own may not want the domain told to another: then only the probe
    /// server, which learns it anyway, stands in.
    #[must_use]
    pub fn chain(&self, probe: Option<&HttpUrl>) -> Vec<Endpoint> {
        let mut chain = match self {
            Self::BuiltIn(first) => {
                let second = RESOLVERS.iter().find(|other| other.id != first.id);
                core::iter::once(*first)
                    .chain(second)
                    .map(Resolver::endpoint)
                    .gather()
            }
            Self::Custom(url) => {
                vec![Endpoint {
                    name: url.host().to_owned(),
                    url: url.as_str().to_owned(),
                }]
            }
            Self::Probe => Vec::new(),
        };
        chain.extend(probe.map(|base| Endpoint {
            name: PROBE.to_owned(),
            url: base.join("dns-query").as_str().to_owned(),
        }));
        chain
    }
}

impl fmt::Display for ResolverChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BuiltIn(resolver) => resolver.id,
            Self::Custom(url) => url.as_str(),
            Self::Probe => PROBE,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(choice: &str, probe: Option<&str>) -> Vec<String> {
        let probe = probe.and_then(HttpUrl::parse);
        let chain = ResolverChoice::parse(choice).chain(probe.as_ref());
        chain.into_iter().map(|endpoint| endpoint.name).collect()
    }

    #[test]
    fn the_chosen_one_is_asked_first_and_the_probe_last() {
        let probe = Some("https://probe.example");
        assert_eq!(names("", None), ["Cloudflare", "Google Public DNS"]);
        assert_eq!(
            names("google", probe),
            ["Google Public DNS", "Cloudflare", "probe"]
        );
        assert_eq!(names("probe", probe), ["probe"]);
        assert_eq!(names("probe", None), [""; 0]);
        assert_eq!(names("nonsense", None), names("cloudflare", None));
    }

    #[test]
    fn a_resolver_of_ones_own_is_not_followed_by_strangers() {
        assert_eq!(
            names("https://doh.example:8443/q", Some("https://probe.example")),
            ["doh.example:8443", "probe"]
        );
    }

    #[test]
    fn choices_survive_being_written() {
        for text in [
            "cloudflare",
            "google",
            "dnssb",
            "odvr",
            "probe",
            "https://doh.example/dns-query",
        ] {
            assert_eq!(ResolverChoice::parse(text).to_string(), text);
        }
    }

    #[test]
    fn the_built_in_ones_are_those_measured_to_work() {
        use std::io::Write as _;

        let folder = std::env::var("POSTERN_CONFORMANCE").unwrap_or_else(|_| {
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance").to_owned()
        });
        let Ok(list) = std::fs::read_to_string(format!("{folder}/doh-resolvers.json")) else {
            // Past the harness, which keeps what passing tests print to itself.
            let mut terminal = std::io::stderr();
            let _ = writeln!(
                terminal,
                "SKIPPED: no {folder}/doh-resolvers.json; $POSTERN_CONFORMANCE says where it is"
            );
            return;
        };
        let (usable, not_usable) = list.split_once("\"not_usable_from_browser\"").unwrap();
        for resolver in &RESOLVERS {
            assert!(usable.contains(resolver.url), "{}", resolver.name);
            assert!(!not_usable.contains(resolver.url), "{}", resolver.name);
        }
    }
}
