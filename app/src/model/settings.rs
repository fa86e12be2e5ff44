//! What a person chose, and how it is kept.

use postern_shared::report::ProfileName;
use postern_shared::wording::Language;
use postern_shared::{DomainName, DomainNameError};

use super::resolvers::ResolverChoice;

/// Everything that can be chosen.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Settings {
    /// The language; `None` follows the browser.
    pub language: Option<Language>,
    /// Light or dark.
    pub theme: Theme,
    /// How evidence is read.
    pub profile: ProfileName,
    /// Who is asked over DNS-over-HTTPS.
    pub resolver: ResolverChoice,
    /// Who does what a browser cannot.
    pub probe: ProbeChoice,
}

impl Settings {
    /// The keys that the settings are kept under.
    const KEYS: [&'static str; 5] = ["language", "theme", "profile", "resolver", "probe"];

    /// Reads what is kept under each key; what is missing or not known is as it is by default.
    #[must_use]
    pub fn load(read: impl Fn(&str) -> Option<String>) -> Self {
        let [language, theme, profile, resolver, probe] =
            Self::KEYS.map(|key| read(key).unwrap_or_default());
        Self {
            language: language.parse().ok(),
            theme: Theme::parse(&theme),
            profile: profile.parse().unwrap_or_default(),
            resolver: match ResolverChoice::parse(&resolver) {
                ResolverChoice::Custom(_) if HttpUrl::typed(&resolver).is_err() => {
                    ResolverChoice::default()
                }
                choice => choice,
            },
            probe: ProbeChoice::parse(&probe),
        }
    }

    /// What to keep under each key.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, String); 5] {
        let [language, theme, profile, resolver, probe] = Self::KEYS;
        [
            (
                language,
                self.language.map_or("", Language::as_str).to_owned(),
            ),
            (theme, self.theme.as_str().unwrap_or_default().to_owned()),
            (profile, self.profile.as_str().to_owned()),
            (resolver, self.resolver.to_string()),
            (probe, self.probe.to_string()),
        ]
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme` on the document's element; none follows the system.
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// Which probe server does what a browser cannot.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum ProbeChoice {
    /// The one that serves this page.
    #[default]
    SameOrigin,
    /// None: only what DNS tells is looked at.
    None,
    /// Another one, by its base address.
    Custom(HttpUrl),
}

impl ProbeChoice {
    fn parse(text: &str) -> Self {
        match text {
            "" | "same-origin" => Self::SameOrigin,
            "none" => Self::None,
            text => HttpUrl::typed(text).map_or(Self::SameOrigin, Self::Custom),
        }
    }
}

impl core::fmt::Display for ProbeChoice {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::SameOrigin => "same-origin",
            Self::None => "none",
            Self::Custom(url) => url.as_str(),
        })
    }
}

/// An address over HTTP: a scheme, a host, no query.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HttpUrl(String);

/// Why what a person typed is not taken as the address of a server.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BadUrl {
    /// Nothing, or characters that no address of a server has.
    Form,
    /// Another scheme than `https`; `http` leaves this machine open to be read by everybody between.
    Scheme,
    /// A name without a dot, or no name.
    Host,
    /// Something else than a number behind the colon.
    Port,
    /// A name or password before an `@`.
    User,
}

impl HttpUrl {
    /// Reads an address that need not be judged: the page's own, or one that is built in. A bare host is
    /// taken for `https`; `ws` and `wss` for what they stand on.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text).ok()
    }

    /// Reads an address that a person typed: it learns which domains they look at, so that it has to be whole,
    /// and nobody between may read along.
    ///
    /// # Errors
    /// Says which rule it breaks.
    pub fn typed(text: &str) -> Result<Self, BadUrl> {
        let url = Self::read(text)?;
        let authority = url.host();
        if authority.contains('@') {
            return Err(BadUrl::User);
        }
        // The colons of IPv6 stand in brackets.
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let is_number =
            |port: &str| matches!(port.len(), 1..=5) && port.bytes().all(|c| c.is_ascii_digit());
        if port.is_some_and(|port| !is_number(port)) {
            return Err(BadUrl::Port);
        }
        // What stays on this machine nobody reads along.
        let local = match DomainName::parse(host) {
            Ok(_) => false,
            // The browser judges the digits; IPv6 stands in brackets, and nothing else does.
            Err(DomainNameError::Address) if host.contains(':') == host.starts_with('[') => {
                host.starts_with("127.") || host == "[::1]"
            }
            Err(_) if host.eq_ignore_ascii_case("localhost") => true,
            Err(_) => return Err(BadUrl::Host),
        };
        if url.0.starts_with("http:") && !local {
            return Err(BadUrl::Scheme);
        }
        Ok(url)
    }

    fn read(text: &str) -> Result<Self, BadUrl> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
                "http" | "ws" => ("http", rest),
                "https" | "wss" => ("https", rest),
                _ => return Err(BadUrl::Scheme),
            },
            None => ("https", text),
        };
        let fits = !rest.is_empty()
            && !rest.starts_with('/')
            && text.len() <= 500
            && rest
                .bytes()
                .all(|c| c.is_ascii_graphic() && !b"\"<>\\^`{|}?#".contains(&c));
        if fits {
            Ok(Self(format!("{scheme}://{rest}")))
        } else {
            Err(BadUrl::Form)
        }
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, with its port if it has one: what the resolver or server is called in observations.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.split('/').nth(2).unwrap_or(&self.0)
    }

    /// The address of `path` below this one. That of the socket itself may have been typed: it is
    /// taken for its folder.
    #[must_use]
    pub fn join(&self, path: &str) -> Self {
        let folder = self.0.trim_end_matches('/');
        let folder = folder.strip_suffix("/ws").unwrap_or(folder);
        Self(format!("{folder}/{path}"))
    }

    /// The same address for a WebSocket (RFC 6455 §3).
    #[must_use]
    pub fn socket(&self) -> String {
        // `http` becomes `ws`, `https` becomes `wss`.
        self.0.replacen("http", "ws", 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_type_them() {
        let read = |text| HttpUrl::typed(text).map(|url| url.0);
        for (typed, taken) in [
            (" probe.example ", "https://probe.example"),
            ("WSS://probe.example/ws", "https://probe.example/ws"),
            ("https://192.0.2.1:8443/in", "https://192.0.2.1:8443/in"),
            ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
            ("localhost:8443", "https://localhost:8443"),
            // Only what never leaves this machine goes without TLS.
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
            ("ws://127.9.9.9", "http://127.9.9.9"),
            ("http://LOCALHOST:8080", "http://LOCALHOST:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(taken), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_server_is_told_by_the_rule_it_breaks() {
        let long = "a".repeat(501);
        for (typed, broken) in [
            ("", BadUrl::Form),
            ("  ", BadUrl::Form),
            ("https://", BadUrl::Form),
            ("https:///x", BadUrl::Form),
            ("a b.example", BadUrl::Form),
            ("https://h.example/?x", BadUrl::Form),
            ("https://h.example/#x", BadUrl::Form),
            ("بد.example", BadUrl::Form),
            (&long, BadUrl::Form),
            ("javascript://alert", BadUrl::Scheme),
            ("ftp://files.example", BadUrl::Scheme),
            ("http://evil.example", BadUrl::Scheme),
            ("ws://192.168.1.5", BadUrl::Scheme),
            ("foo", BadUrl::Host),
            ("https://foo:443", BadUrl::Host),
            ("https://-.example", BadUrl::Host),
            ("http://127.0.0.1.evil.example", BadUrl::Scheme),
            ("https://[1.2.3.4]", BadUrl::Host),
            ("https://2001:db8::1", BadUrl::Host),
            ("javascript:alert(1)", BadUrl::Port),
            ("https://h.example:", BadUrl::Port),
            ("https://h.example:+80", BadUrl::Port),
            ("https://h.example:700000", BadUrl::Port),
            ("https://user:pw@h/x", BadUrl::User),
            ("user@h.example", BadUrl::User),
        ] {
            assert_eq!(HttpUrl::typed(typed), Err(broken), "{typed:?}");
        }
    }

    /// Wherever the page comes from, a probe server may be there too.
    #[test]
    fn the_page_is_not_judged_for_where_it_is() {
        let own = HttpUrl::parse("http://mailhost:8080/postern/").unwrap();
        assert_eq!(own.join("ws").socket(), "ws://mailhost:8080/postern/ws");
    }

    #[test]
    fn the_doors_of_a_probe_server_are_found_from_its_base() {
        for base in [
            "https://h.example:8443/in",
            "https://h.example:8443/in/",
            "wss://h.example:8443/in/ws",
        ] {
            let base = HttpUrl::parse(base).unwrap();
            assert_eq!(base.join("ws").socket(), "wss://h.example:8443/in/ws");
            assert_eq!(
                base.join("dns-query").as_str(),
                "https://h.example:8443/in/dns-query"
            );
            assert_eq!(base.host(), "h.example:8443");
        }
    }

    #[test]
    fn settings_survive_being_kept() {
        let settings = Settings {
            language: Some(Language::Fa),
            theme: Theme::Dark,
            profile: ProfileName::Classic,
            resolver: ResolverChoice::parse("https://doh.example/dns-query"),
            probe: ProbeChoice::parse("https://probe.example"),
        };
        let kept = settings.pairs();
        let read = |key: &str| kept.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone());
        assert_eq!(Settings::load(read), settings);
        assert_eq!(Settings::load(|_| None), Settings::default());
        // What is not taken when it is typed is not taken when it comes back either.
        for nonsense in ["\u{0}<>", "http://evil.example", "https://foo"] {
            let loaded = Settings::load(|_| Some(nonsense.to_owned()));
            assert_eq!(loaded, Settings::default(), "{nonsense}");
        }
    }
}
