//! Who sends, as `check_host()` takes it (RFC 7208 §4.1).

use std::net::IpAddr;

use postern_shared::text::visible;
use postern_shared::wording;
use postern_shared::{DomainName, DomainNameError};

use crate::args::SpfArgs;
use crate::{Failed, unicode};

/// The reverse-path and the name in HELO, with domains in A-labels.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Sender {
    /// Without angle brackets; empty for the null reverse-path.
    pub(super) mail_from: String,
    /// A host name, or an address literal.
    pub(super) helo: String,
}

impl Sender {
    /// Reads what was typed.
    ///
    /// # Errors
    /// It is no address, no domain, or says nothing to go by.
    pub(super) fn read(args: &SpfArgs) -> Result<Self, Failed> {
        let refused = |option: &str, text: &str, error| {
            let why = wording::domain_name_error(args.lang, &error).plain(args.lang);
            Failed::Misuse(format!("{option} {}: {why}", visible(text)))
        };
        let (local_part, domain) = mailbox(&args.mail_from);
        let domain = match domain {
            "" if local_part.is_none() => None,
            domain => Some(
                domain_name(domain)
                    .map_err(|error| refused("--mail-from", &args.mail_from, error))?,
            ),
        };
        let helo = match args.helo.as_deref().map_or("", str::trim) {
            "" => domain.clone(),
            name => Some(host_name(name).map_err(|error| refused("--helo", name, error))?),
        };
        let nobody = || Failed::Misuse(wording::no_client_name(args.lang).plain(args.lang));
        Ok(Self {
            helo: helo.ok_or_else(nobody)?,
            mail_from: match (local_part, domain.unwrap_or_default()) {
                (Some(local_part), domain) => format!("{local_part}@{domain}"),
                (None, domain) => domain,
            },
        })
    }
}

/// Local part and domain of a reverse-path, with its angle brackets or without; a domain may stand alone.
fn mailbox(text: &str) -> (Option<&str>, &str) {
    let text = text.trim();
    let inner = text
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    let path = inner.unwrap_or(text).trim();
    match path.rsplit_once('@') {
        Some((local_part, domain)) => (Some(local_part), domain),
        None => (None, path),
    }
}

/// The domain of a mailbox. One label is a domain too, about which SPF says nothing.
fn domain_name(text: &str) -> Result<String, DomainNameError> {
    if is_literal(text) {
        return Ok(text.to_owned());
    }
    let ascii = match text.chars().find(|c| !c.is_ascii()) {
        None => text.to_owned(),
        Some(other) => unicode::to_ascii(text).ok_or(DomainNameError::Character(other))?,
    };
    // Host names have no underscores; DNS and so SPF have them.
    match DomainName::parse(&ascii.replace('_', "x")) {
        Ok(_) | Err(DomainNameError::SingleLabel) => Ok(ascii),
        Err(error) => Err(error),
    }
}

/// What a client calls itself: many say their address, without the brackets.
fn host_name(text: &str) -> Result<String, DomainNameError> {
    match text.parse::<IpAddr>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => domain_name(text),
    }
}

/// RFC 5321 §4.1.3.
fn is_literal(text: &str) -> bool {
    let inner = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| {
        let address = inner.strip_prefix("IPv6:").unwrap_or(inner);
        address.parse::<IpAddr>().is_ok()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]

    use clap::Parser as _;

    use super::*;
    use crate::args::{Cli, Command};

    /// `mail_from helo`, or why there are none.
    fn read(mail_from: &str, more: &[&str]) -> Result<String, String> {
        let fixed = [
            "postern",
            "spf",
            "--ip",
            "192.0.2.1",
            "--mail-from",
            mail_from,
        ];
        let Command::Spf(args) = Cli::parse_from(fixed.iter().chain(more)).command else {
            panic!("spf");
        };
        match Sender::read(&args) {
            Ok(sender) => Ok(format!("{} {}", sender.mail_from, sender.helo)),
            Err(Failed::Misuse(why)) => Err(why),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn senders_as_people_write_them() {
        for (mail_from, expected) in [
            ("ann@example.org", "ann@example.org example.org"),
            (" <ann@example.org> ", "ann@example.org example.org"),
            ("a@b@example.org", "a@b@example.org example.org"),
            ("example.org", "example.org example.org"),
            ("علی@نمونه.test", "علی@xn--hhbbbed.test xn--hhbbbed.test"),
            ("ann@localhost", "ann@localhost localhost"),
            ("ann@_x.example", "ann@_x.example _x.example"),
            ("ann@[192.0.2.1]", "ann@[192.0.2.1] [192.0.2.1]"),
        ] {
            assert_eq!(read(mail_from, &[]).as_deref(), Ok(expected), "{mail_from}");
        }
        for mail_from in ["", "<>", " < > "] {
            let expected = Ok(" mx.example.org");
            let read = read(mail_from, &["--helo", "mx.example.org"]);
            assert_eq!(read.as_deref(), expected, "{mail_from}");
        }
    }

    #[test]
    fn names_as_clients_say_them() {
        for (helo, expected) in [
            ("mx.example.org", "mx.example.org"),
            ("نمونه.test", "xn--hhbbbed.test"),
            ("[IPv6:2001:db8::1]", "[IPv6:2001:db8::1]"),
            ("192.0.2.1", "192.0.2.1"),
            ("WORKSTATION", "WORKSTATION"),
            ("", "example.org"),
        ] {
            let expected = format!("a@example.org {expected}");
            assert_eq!(read("a@example.org", &["--helo", helo]), Ok(expected));
        }
    }

    #[test]
    fn what_can_be_neither_is_refused_in_words() {
        for (mail_from, more, english, persian) in [
            ("a@b..test", &[][..], "Two dots", "نقطه"),
            ("a@", &[], "Type a domain", "دامنه"),
            ("@", &[], "Type a domain", "دامنه"),
            ("two words", &[], "no spaces", "فاصله"),
            ("a@192.0.2.1", &[], "IP address", "IP"),
            ("a@[x]", &[], "[", "["),
            ("", &[], "--helo", "--helo"),
            ("<>", &["--helo", ""], "--helo", "--helo"),
            ("a@example.org", &["--helo", "b..c"], "Two dots", "نقطه"),
        ] {
            for (language, words) in [("en", english), ("fa", persian)] {
                let more = [more, &["--lang", language]].concat();
                let why = read(mail_from, &more).unwrap_err();
                assert!(why.contains(words), "{mail_from}: {why}");
            }
        }
    }
}
