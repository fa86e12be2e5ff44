//! Which pages may ask here (RFC 6455 §10.2), and under which names this server is known.
//!
//! A page's origin alone proves little: whoever owns a name can let it point at this machine once his page
//! is loaded (DNS rebinding), and then origin and `Host` are the same. So names count only when they
//! are ours. An address in the place of a name cannot be pointed elsewhere.

use std::net::IpAddr;

/// The pages that may: those that this server serves, and those on a list.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    allowed: Vec<String>,
    hosts: Vec<String>,
}

impl Origins {
    /// A list of origins, as `https://scan.example` (`*` stands for all), and the names of this server.
    #[must_use]
    pub fn new(
        allowed: impl IntoIterator<Item = String>,
        hosts: impl IntoIterator<Item = String>,
    ) -> Self {
        let clean = |origin: String| origin.trim_end_matches('/').to_ascii_lowercase();
        Self {
            allowed: allowed.into_iter().map(clean).collect(),
            hosts: hosts.into_iter().map(|host| name_of(&host)).collect(),
        }
    }

    /// Whether a page of `origin` may open a socket at `host`, the `Host` header of its request.
    ///
    /// A client without an origin is no browser: nobody's page can have lent it a person's network.
    #[must_use]
    pub fn admit(&self, origin: Option<&str>, host: Option<&str>) -> bool {
        origin.is_none_or(|origin| self.admit_page(origin, host))
    }

    /// Whether a plain request may be answered. Browsers send no origin with a page's requests to its own
    /// server, so without one the `Host` must be a name of ours.
    #[must_use]
    pub fn admit_request(&self, origin: Option<&str>, host: Option<&str>) -> bool {
        match origin {
            Some(origin) => self.admit_page(origin, host),
            None => self.opens_to_all() || host.is_none_or(|host| self.knows(&name_of(host))),
        }
    }

    fn admit_page(&self, origin: &str, host: Option<&str>) -> bool {
        let origin = origin.to_ascii_lowercase();
        if self.opens_to_all() || self.allowed.contains(&origin) {
            return true;
        }
        let Some((_, authority)) = origin.split_once("://") else {
            return false;
        };
        let name = name_of(authority);
        let same = host.is_some_and(|host| host.eq_ignore_ascii_case(authority));
        // A proxy may put another name into `Host`: a page of ours is one by its own name too.
        self.hosts.contains(&name) || same && self.knows(&name)
    }

    fn opens_to_all(&self) -> bool {
        self.allowed.iter().any(|allowed| allowed == "*")
    }

    /// Whether nobody but us can answer to this name.
    fn knows(&self, name: &str) -> bool {
        name.parse::<IpAddr>().is_ok()
            || name == "localhost"
            || name.ends_with(".localhost")
            || self.hosts.iter().any(|host| host == name)
    }
}

/// The name or address in an authority (RFC 3986 §3.2), without its port and brackets.
fn name_of(authority: &str) -> String {
    let name = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    name.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins() -> Origins {
        let allowed = ["https://Static.example/".to_owned()];
        Origins::new(allowed, ["Probe.example".to_owned()])
    }

    #[test]
    fn the_same_origin_and_the_list() {
        let origins = origins();
        let host = Some("probe.example:8080");
        for (origin, admitted) in [
            (None, true),
            (Some("http://probe.example:8080"), true),
            (Some("https://PROBE.example:8080"), true),
            (Some("https://static.example"), true),
            (Some("https://evil.example"), false),
            (Some("https://static.example.evil.example"), false),
            (Some("null"), false),
            (Some(""), false),
        ] {
            assert_eq!(origins.admit(origin, host), admitted, "{origin:?}");
        }
        assert!(!origins.admit(Some("null"), None));
        assert!(Origins::new(["*".to_owned()], []).admit(Some("https://any.example"), host));
    }

    #[test]
    fn a_name_that_was_pointed_at_us_is_not_ours() {
        let origins = origins();
        for (authority, admitted) in [
            ("evil.example:8080", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("127.0.0.1:8080", true),
            ("192.0.2.7", true),
            ("[::1]:8080", true),
            ("localhost:8080", true),
            ("postern.localhost", true),
            ("probe.example", true),
        ] {
            let origin = format!("http://{authority}");
            let seen = origins.admit(Some(&origin), Some(authority));
            assert_eq!(seen, admitted, "{authority}");
            // The same page's plain requests come without an origin.
            assert_eq!(origins.admit_request(None, Some(authority)), admitted);
        }
        // Behind a proxy that speaks to us by our address.
        assert!(origins.admit(Some("https://probe.example"), Some("127.0.0.1:8080")));
        assert!(!origins.admit(Some("https://evil.example"), Some("127.0.0.1:8080")));
        assert!(origins.admit_request(None, None));
        assert!(origins.admit_request(Some("https://static.example"), Some("evil.example")));
    }
}
