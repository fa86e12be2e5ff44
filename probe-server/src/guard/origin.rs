//! Which pages may open a socket here (RFC 6455 §10.2).

/// The pages that may: those that this server serves, and those on a list.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    allowed: Vec<String>,
}

impl Origins {
    /// A list of origins, as `https://scan.example`; `*` stands for all.
    #[must_use]
    pub fn new(allowed: impl IntoIterator<Item = String>) -> Self {
        let clean = |origin: String| origin.trim_end_matches('/').to_ascii_lowercase();
        Self {
            allowed: allowed.into_iter().map(clean).collect(),
        }
    }

    /// Whether a page of `origin` may open a socket at `host`, the `Host` header of its request.
    ///
    /// A client without an origin is no browser: nobody's page can have lent it a person's network.
    #[must_use]
    pub fn admit(&self, origin: Option<&str>, host: Option<&str>) -> bool {
        let Some(origin) = origin else {
            return true;
        };
        let origin = origin.to_ascii_lowercase();
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        let same = host.is_some() && authority == host.map(str::to_ascii_lowercase).as_deref();
        same || self
            .allowed
            .iter()
            .any(|allowed| allowed == "*" || *allowed == origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_origin_and_the_list() {
        let origins = Origins::new(["https://Scan.example/".to_owned()]);
        let host = Some("probe.example:8080");
        for (origin, admitted) in [
            (None, true),
            (Some("http://probe.example:8080"), true),
            (Some("https://PROBE.example:8080"), true),
            (Some("https://scan.example"), true),
            (Some("https://probe.example"), false),
            (Some("https://evil.example"), false),
            (Some("https://scan.example.evil.example"), false),
            (Some("null"), false),
            (Some(""), false),
        ] {
            assert_eq!(origins.admit(origin, host), admitted, "{origin:?}");
        }
        assert!(!origins.admit(Some("null"), None));
        assert!(Origins::new(["*".to_owned()]).admit(Some("https://any.example"), host));
    }
}
