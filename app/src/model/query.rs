//! What the page's address says: the best place for state, because it can be sent to somebody.

use core::fmt;

use postern_shared::report::ProfileName;
use postern_shared::wording::Language;

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum View {
    /// The form, and the report when there is one.
    #[default]
    Scan,
    /// The scans made in this browser.
    History,
    /// The settings.
    Settings,
    /// What a change of a record would come to.
    Try,
}

/// The query of the page's address, without its `?`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Query {
    /// The domain to scan, as somebody wrote it.
    pub domain: Option<String>,
    /// The saved scan to open: goes before `domain`.
    pub saved: Option<String>,
    /// What to show.
    pub view: View,
    /// The language to show it in.
    pub language: Option<Language>,
    /// The profile to read it with.
    pub profile: Option<ProfileName>,
}

impl Query {
    /// Reads `domain=example.org&lang=fa`, with or without a leading `?`. What is not known is passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for pair in text.trim_start_matches('?').split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value);
            match key {
                "domain" if !value.is_empty() => query.domain = Some(value),
                "saved" if !value.is_empty() => query.saved = Some(value),
                "view" => query.view = View::parse(&value),
                "lang" => query.language = value.parse().ok(),
                "profile" => query.profile = value.parse().ok(),
                _ => {}
            }
        }
        query
    }
}

/// With its `?` when there is anything to say, so that it can be pushed as it is.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = [
            ("domain", self.domain.as_deref()),
            ("saved", self.saved.as_deref()),
            ("view", self.view.as_str()),
            ("lang", self.language.map(Language::as_str)),
            ("profile", self.profile.map(ProfileName::as_str)),
        ];
        let mut separator = '?';
        for (key, value) in pairs {
            if let Some(value) = value {
                write!(f, "{separator}{key}=")?;
                encode(value, f)?;
                separator = '&';
            }
        }
        Ok(())
    }
}

impl View {
    fn parse(text: &str) -> Self {
        match text {
            "history" => Self::History,
            "settings" => Self::Settings,
            "try" => Self::Try,
            _ => Self::Scan,
        }
    }

    /// As the address spells it; the scan needs no word.
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Scan => None,
            Self::History => Some("history"),
            Self::Settings => Some("settings"),
            Self::Try => Some("try"),
        }
    }
}

/// `%41` and `+` as forms write them; octets that are no UTF-8 are replaced.
fn decode(text: &str) -> String {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&octet, behind)) = rest.split_first() {
        rest = behind;
        octets.push(match (octet, escaped(behind)) {
            (b'%', Some((octet, behind))) => {
                rest = behind;
                octet
            }
            (b'+', _) => b' ',
            _ => octet,
        });
    }
    String::from_utf8_lossy(&octets).into_owned()
}

/// The octet that two hexadecimal digits stand for, and what follows them.
fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    let (&[high, low], behind) = text.split_first_chunk()?;
    let digit = |c: u8| char::from(c).to_digit(16);
    let octet = u8::try_from(digit(high)? * 16 + digit(low)?).ok()?;
    Some((octet, behind))
}

fn encode(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for octet in text.bytes() {
        if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) {
            write!(f, "{}", char::from(octet))?;
        } else {
            write!(f, "%{octet:02X}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_and_written() {
        let query = Query::parse("?domain=Example.org&lang=fa&profile=classic&utm=x&&=");
        assert_eq!(query.domain.as_deref(), Some("Example.org"));
        assert_eq!(
            (query.language, query.profile),
            (Some(Language::Fa), Some(ProfileName::Classic))
        );
        assert_eq!(
            query.to_string(),
            "?domain=Example.org&lang=fa&profile=classic"
        );
        for view in [View::Scan, View::History, View::Settings, View::Try] {
            let query = Query {
                view,
                ..Query::default()
            };
            assert_eq!(Query::parse(&query.to_string()).view, view);
        }
        assert_eq!(Query::default().to_string(), "");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let query = Query {
            domain: Some("بررسی.ایران & co=1?".to_owned()),
            saved: Some("0000000000005-a.example".to_owned()),
            view: View::Settings,
            ..Query::default()
        };
        assert_eq!(Query::parse(&query.to_string()), query);
    }

    #[test]
    fn rubbish_is_no_harm() {
        assert_eq!(
            Query::parse("domain=%zz%4&lang=xx&profile=no&view=zz")
                .domain
                .as_deref(),
            Some("%zz%4")
        );
        assert_eq!(
            Query::parse("domain=a+b%ff").domain.as_deref(),
            Some("a b\u{fffd}")
        );
        assert_eq!(Query::parse("domain=&saved="), Query::default());
    }
}
