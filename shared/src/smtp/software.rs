//! Which software answers, by its own words: whoever mends it is then shown its own lines.

use super::{Extensions, Reply};

/// Mail servers that operators run themselves and have lines of configuration for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Software {
    /// Postfix.
    Postfix,
    /// Exim.
    Exim,
    /// OpenSMTPD.
    OpenSmtpd,
    /// Sendmail.
    Sendmail,
    /// Microsoft Exchange.
    Exchange,
}

/// How each names itself in its greeting, in lower case.
const NAMES: [(&str, Software); 5] = [
    ("postfix", Software::Postfix),
    ("exim", Software::Exim),
    ("opensmtpd", Software::OpenSmtpd),
    ("sendmail", Software::Sendmail),
    // "Microsoft ESMTP MAIL Service ready at …"
    ("microsoft", Software::Exchange),
];

/// Keywords that nobody else announces after EHLO.
const KEYWORDS: [(&str, Software); 8] = [
    ("X-ANONYMOUSTLS", Software::Exchange),
    ("X-EXPS", Software::Exchange),
    ("XEXCH50", Software::Exchange),
    ("XRDST", Software::Exchange),
    ("XSHADOW", Software::Exchange),
    ("XSHADOWREQUEST", Software::Exchange),
    ("PIPECONNECT", Software::Exim),
    ("X_PIPE_CONNECT", Software::Exim),
];

impl Software {
    /// What the software is by its greeting and by what it announces after EHLO; nothing where neither tells, or where
    /// they tell of two. The greeting begins with the host's name (RFC 5321 §4.2), which says nothing of it.
    #[must_use]
    pub fn guess(greeting: Option<&Reply>, ehlo: Option<&Reply>) -> Option<Self> {
        let announced = ehlo.map(Extensions::parse).unwrap_or_default();
        let announced = KEYWORDS.iter().filter(|(word, _)| announced.has(word));
        let mut told = greeting
            .into_iter()
            .flat_map(named)
            .chain(announced.map(|(_, software)| *software));
        let first = told.next()?;
        told.all(|other| other == first).then_some(first)
    }

    /// What people call it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Postfix => "Postfix",
            Self::Exim => "Exim",
            Self::OpenSmtpd => "OpenSMTPD",
            Self::Sendmail => "Sendmail",
            Self::Exchange => "Exchange",
        }
    }
}

/// The names in a greeting, behind that of the host.
fn named(greeting: &Reply) -> impl Iterator<Item = Software> + '_ {
    let lines = greeting.lines.iter();
    let behind = lines.filter_map(|line| Some(line.split_once(char::is_whitespace)?.1));
    let words = behind.flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
    words.filter_map(|word| {
        let known = NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(word))?;
        Some(known.1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(code: u16, lines: &[&str]) -> Reply {
        let lines = lines.iter().map(|&line| line.to_owned()).collect();
        Reply { code, lines }
    }

    fn guess(greeting: &str, ehlo: &[&str]) -> Option<Software> {
        Software::guess(Some(&reply(220, &[greeting])), Some(&reply(250, ehlo)))
    }

    #[test]
    fn the_greeting_names_it() {
        for (greeting, software) in [
            ("mx.example ESMTP Postfix (Debian/GNU)", Software::Postfix),
            (
                "mx.example ESMTP Exim 4.96 Sun, 22 Nov 2026 19:00:00 +0000",
                Software::Exim,
            ),
            ("mx.example ESMTP OpenSMTPD", Software::OpenSmtpd),
            (
                "mx.example ESMTP Sendmail 8.17.1/8.17.1; Sun, 22 Nov 2026",
                Software::Sendmail,
            ),
            (
                "mx.example Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026",
                Software::Exchange,
            ),
        ] {
            assert_eq!(
                guess(greeting, &["mx.example"]),
                Some(software),
                "{greeting}"
            );
        }
    }

    #[test]
    fn what_it_announces_names_it_where_the_greeting_does_not() {
        let quiet = "mx.example ESMTP ready";
        let exchange = ["mx.example Hello [192.0.2.1]", "SIZE", "x-anonymoustls"];
        assert_eq!(guess(quiet, &exchange), Some(Software::Exchange));
        let exim = ["mx.example Hello probe.example", "PIPECONNECT"];
        assert_eq!(guess(quiet, &exim), Some(Software::Exim));
        assert_eq!(guess(quiet, &["mx.example", "PIPELINING", "SIZE"]), None);
        assert_eq!(Software::guess(None, None), None);
    }

    #[test]
    fn a_host_may_be_called_as_it_likes() {
        assert_eq!(guess("postfix.example ESMTP", &["exim.example"]), None);
        assert_eq!(guess("postfix", &["XEXCH50 ESMTP"]), None);
        assert_eq!(
            guess("exim.example ESMTP Postfix", &["exim.example"]),
            Some(Software::Postfix)
        );
    }

    #[test]
    fn two_names_are_none() {
        assert_eq!(
            guess("mx.example Postfix", &["mx.example", "X-EXPS LOGIN"]),
            None
        );
        assert_eq!(guess("mx.example not Sendmail but Exim", &[]), None);
    }
}
