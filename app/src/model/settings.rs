//! What a person chose, and how it is kept.

use postern_shared::report::ProfileName;
use postern_shared::wording::Language;

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
            resolver: ResolverChoice::parse(&resolver),
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
            text => HttpUrl::parse(text).map_or(Self::SameOrigin, Self::Custom),
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

/// An address that a person typed: `http` or `https`, a host, no query.
///
/// It is looked at only so far that no typing error stays unseen; the browser reads the rest when it goes there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HttpUrl(String);

impl HttpUrl {
    /// Reads an address. A bare host is taken for `https`; `ws` and `wss` for what they stand on.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
                "http" | "ws" => ("http", rest),
                "https" | "wss" => ("https", rest),
                _ => return None,
            },
            None => ("https", text),
        };
        let host = rest.split('/').next().unwrap_or_default();
        let fits = !host.is_empty()
            && text.len() <= 500
            && rest
                .bytes()
                .all(|c| c.is_ascii_graphic() && !b"\"<>\\^`{|}?#@".contains(&c));
        fits.then(|| Self(format!("{scheme}://{rest}")))
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
        let read = |text| HttpUrl::parse(text).map(|url| url.0);
        assert_eq!(
            read(" probe.example ").as_deref(),
            Some("https://probe.example")
        );
        assert_eq!(
            read("WSS://probe.example/ws").as_deref(),
            Some("https://probe.example/ws")
        );
        assert_eq!(
            read("http://127.0.0.1:8080/").as_deref(),
            Some("http://127.0.0.1:8080/")
        );
        for bad in [
            "",
            "https://",
            "javascript://alert",
            "a b.example",
            "https://u@h",
            "https://h/?x",
            "بد.example",
        ] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
        assert_eq!(read(&"a".repeat(501)), None);
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
        assert_eq!(
            Settings::load(|_| Some("\u{0}<>".to_owned())),
            Settings::default()
        );
    }
}
