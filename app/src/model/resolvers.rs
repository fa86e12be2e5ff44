//! Who can be asked over DNS-over-HTTPS (RFC 8484) from a web page, and in which order.

use core::fmt;

use postern_shared::dns::{Failure, Response};

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

/// The resolvers that are built in, in the order in which they are tried.
///
/// Quad9, AdGuard, Mullvad and many more do not let a page read their answers (no CORS header, or not
/// over HTTP/3); others filter, and a filtered name looks like one that does not exist.
pub const RESOLVERS: [Resolver; 4] = [
    Resolver { id: "cloudflare", name: "Cloudflare", url: "https://cloudflare-dns.com/dns-query" },
    Resolver { id: "google", name: "Google Public DNS", url: "https://dns.google/dns-query" },
    Resolver { id: "dnssb", name: "DNS.SB", url: "https://doh.dns.sb/dns-query" },
    Resolver { id: "odvr", name: "CZ.NIC ODVR", url: "https://odvr.nic.cz/doh" },
];

/// The name of the probe server's own resolver, in the browser's observations as in the server's.
pub const PROBE: &str = "probe";

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
                core::iter::once(*first).chain(second).map(Endpoint::built_in).collect()
            }
            Self::Custom(url) => {
                vec![Endpoint { name: url.host().to_owned(), url: url.as_str().to_owned() }]
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

/// One place to ask.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Endpoint {
    /// Its name in observations.
    pub name: String,
    /// Where.
    pub url: String,
}

impl Endpoint {
    fn built_in(resolver: &Resolver) -> Self {
        Self { name: resolver.name.to_owned(), url: resolver.url.to_owned() }
    }
}

/// Failures in a row after which a resolver that had answered before is left alone.
const PATIENCE: u8 = 3;

/// Those who are asked in one scan, and who of them works.
#[derive(Clone, Debug, Default)]
pub struct Resolvers(Vec<Candidate>);

#[derive(Clone, Debug)]
struct Candidate {
    endpoint: Endpoint,
    answered: bool,
    failures: u8,
}

impl Resolvers {
    /// Whom to ask after those already `tried`, and its number. One that does not work is passed over;
    /// when none works, only the first is asked: a scan without a network is to end soon.
    #[must_use]
    pub fn next(&self, tried: &[usize]) -> Option<(usize, Endpoint)> {
        let first_of_the_broken = if tried.is_empty() { self.0.first().map(|first| (0, first)) } else { None };
        self.0
            .iter()
            .enumerate()
            .find(|(number, candidate)| !tried.contains(number) && !candidate.is_broken())
            .or(first_of_the_broken)
            .map(|(number, candidate)| (number, candidate.endpoint.clone()))
    }

    /// Takes note of what number `number` said.
    pub fn note(&mut self, number: usize, response: &Response) {
        let Some(candidate) = self.0.get_mut(number) else { return };
        match response {
            // The domain's fault, or that of its name servers: the resolver did its work.
            Response::Records(_) | Response::NoData | Response::NxDomain | Response::Failed(Failure::ServFail) => {
                candidate.answered = true;
                candidate.failures = 0;
            }
            Response::Failed(_) => candidate.failures = candidate.failures.saturating_add(1),
        }
    }
}

impl FromIterator<Endpoint> for Resolvers {
    fn from_iter<I: IntoIterator<Item = Endpoint>>(endpoints: I) -> Self {
        let candidate = |endpoint| Candidate { endpoint, answered: false, failures: 0 };
        Self(endpoints.into_iter().map(candidate).collect())
    }
}

impl Candidate {
    const fn is_broken(&self) -> bool {
        self.failures >= if self.answered { PATIENCE } else { 1 }
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
        assert_eq!(names("google", probe), ["Google Public DNS", "Cloudflare", "probe"]);
        assert_eq!(names("probe", probe), ["probe"]);
        assert_eq!(names("probe", None), [""; 0]);
        assert_eq!(names("nonsense", None), names("cloudflare", None));
    }

    #[test]
    fn a_resolver_of_ones_own_is_not_followed_by_strangers() {
        assert_eq!(names("https://doh.example:8443/q", Some("https://probe.example")), ["doh.example:8443", "probe"]);
    }

    /// Asks one question; `says` gives each resolver's word by its number. Who was asked.
    fn ask(resolvers: &mut Resolvers, says: &dyn Fn(usize) -> Response) -> Vec<usize> {
        let mut tried = Vec::new();
        while let Some((number, _)) = resolvers.next(&tried) {
            let response = says(number);
            resolvers.note(number, &response);
            tried.push(number);
            if response.is_definite() {
                break;
            }
        }
        tried
    }

    fn three() -> Resolvers {
        let probe = HttpUrl::parse("https://probe.example");
        ResolverChoice::default().chain(probe.as_ref()).into_iter().collect()
    }

    #[test]
    fn who_works_is_remembered() {
        let mut resolvers = three();
        let blocked = |number| if number == 0 { Response::Failed(Failure::Unreachable) } else { Response::NoData };
        assert_eq!(ask(&mut resolvers, &blocked), [0, 1]);
        assert_eq!(ask(&mut resolvers, &blocked), [1]);
    }

    #[test]
    fn a_broken_domain_does_not_break_its_resolver() {
        let mut resolvers = three();
        assert_eq!(ask(&mut resolvers, &|_| Response::Failed(Failure::ServFail)), [0, 1, 2]);
        assert_eq!(ask(&mut resolvers, &|_| Response::NxDomain), [0]);
        // One slow answer of a resolver that works is no reason to leave it; a row of them is.
        let slow = |number| if number == 0 { Response::Failed(Failure::TimedOut) } else { Response::NoData };
        for _ in 0..3 {
            assert_eq!(ask(&mut resolvers, &slow), [0, 1]);
        }
        assert_eq!(ask(&mut resolvers, &slow), [1]);
    }

    #[test]
    fn without_a_network_one_try_is_enough() {
        let mut resolvers = three();
        let offline = |_| Response::Failed(Failure::Unreachable);
        assert_eq!(ask(&mut resolvers, &offline), [0, 1, 2]);
        assert_eq!(ask(&mut resolvers, &offline), [0]);
        assert!(ask(&mut Resolvers::default(), &offline).is_empty());
    }

    #[test]
    fn choices_survive_being_written() {
        for text in ["cloudflare", "google", "dnssb", "odvr", "probe", "https://doh.example/dns-query"] {
            assert_eq!(ResolverChoice::parse(text).to_string(), text);
        }
    }

    #[test]
    fn the_built_in_ones_are_those_measured_to_work() {
        let folder = std::env::var("POSTERN_CONFORMANCE")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/conformance").to_owned());
        let Ok(list) = std::fs::read_to_string(format!("{folder}/doh-resolvers.json")) else {
            eprintln!("SKIPPED: no {folder}/doh-resolvers.json; set POSTERN_CONFORMANCE");
            return;
        };
        let (usable, not_usable) = list.split_once("\"not_usable_from_browser\"").unwrap();
        for resolver in &RESOLVERS {
            assert!(usable.contains(resolver.url), "{}", resolver.name);
            assert!(!not_usable.contains(resolver.url), "{}", resolver.name);
        }
    }
}
