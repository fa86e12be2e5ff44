//! "Is this address allowed to send?": what a person types, read.

use std::net::IpAddr;

use postern_shared::DomainName;
use postern_shared::dns::Name;
use postern_shared::spf::Params;

use super::input;

/// Characters of a sender and of a name that are read (RFC 5321 §4.5.3.1).
const MAX_SENDER: usize = 320;

/// As typed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Typed {
    /// The address of the server.
    pub ip: String,
    /// The envelope's sender, with its angle brackets or without; nothing for the domain's postmaster.
    pub sender: String,
    /// What the server calls itself; nothing for the sender's domain.
    pub helo: String,
    /// What is wrong with it, since it was last handed in.
    pub wrong: Wrong,
}

/// Which of the fields cannot be read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Wrong {
    /// No IP address.
    pub ip: bool,
    /// Neither an e-mail address nor a domain.
    pub sender: bool,
    /// No host name.
    pub helo: bool,
}

/// The question to SPF about `domain`; `now` in seconds, `to_ascii` as the browser maps names of any script.
///
/// # Errors
/// Says which fields cannot be read.
pub fn read(
    typed: &Typed,
    domain: &DomainName,
    now: u64,
    to_ascii: fn(&str) -> Option<String>,
) -> Result<Params, Wrong> {
    let ip = typed.ip.trim().trim_matches(['[', ']']);
    let ip: Option<IpAddr> = ip.parse().ok();
    let sender = sender(typed.sender.trim(), domain, to_ascii);
    let helo = match (typed.helo.trim(), &sender) {
        ("", Some((_, domain))) => Some(domain.clone()),
        (name, _) => Name::parse(name)
            .ok()
            .filter(|_| !name.contains(' '))
            .map(|name| name.to_string()),
    };
    let wrong = Wrong {
        ip: ip.is_none(),
        sender: sender.is_none(),
        helo: helo.is_none() && !typed.helo.trim().is_empty(),
    };
    match (ip, sender, helo) {
        (Some(ip), Some((mail_from, _)), Some(helo)) => Ok(Params {
            ip,
            mail_from,
            helo,
            receiver: "unknown".to_owned(),
            now,
        }),
        _ => Err(wrong),
    }
}

/// The sender, and its domain. Logs write `<info@example.org>`, and `<>` where it is empty: the null reverse-path of
/// bounces (RFC 5321 §4.5.5).
fn sender(
    text: &str,
    domain: &DomainName,
    to_ascii: fn(&str) -> Option<String>,
) -> Option<(String, String)> {
    let inner = text.strip_prefix('<');
    let text = match inner.and_then(|rest| rest.strip_suffix('>')) {
        Some("") => return Some((String::new(), domain.to_string())),
        Some(inner) => inner,
        None if text.is_empty() => {
            return Some((format!("postmaster@{domain}"), domain.to_string()));
        }
        None => text,
    };
    // A bracket that is left stands alone.
    let is_odd = |c: char| c.is_control() || matches!(c, '<' | '>');
    if text.len() > MAX_SENDER || text.chars().any(is_odd) {
        return None;
    }
    let (local, host) = text.rsplit_once('@').unwrap_or(("postmaster", text));
    let host = input::parse(host, to_ascii).ok()?;
    let local = if local.is_empty() {
        "postmaster"
    } else {
        local
    };
    Some((format!("{local}@{host}"), host.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(ip: &str, sender: &str, helo: &str) -> Result<Params, Wrong> {
        let typed = Typed {
            ip: ip.to_owned(),
            sender: sender.to_owned(),
            helo: helo.to_owned(),
            wrong: Wrong::default(),
        };
        let domain = DomainName::parse("example.org").unwrap();
        read(&typed, &domain, 7, |name| Some(name.to_owned()))
    }

    #[test]
    fn an_address_alone_is_enough() {
        let params = ask(" 192.0.2.1 ", "", "").unwrap();
        assert_eq!(params.ip.to_string(), "192.0.2.1");
        assert_eq!(params.mail_from, "postmaster@example.org");
        assert_eq!(params.helo, "example.org");
    }

    #[test]
    fn sender_and_helo_are_taken_over() {
        let params = ask("[2001:db8::1]", "info@Example.net", "mail.example.net").unwrap();
        assert_eq!(params.ip.to_string(), "2001:db8::1");
        assert_eq!(params.mail_from, "info@example.net");
        assert_eq!(params.helo, "mail.example.net");
        assert_eq!(
            ask("192.0.2.1", "example.net", "").unwrap().mail_from,
            "postmaster@example.net"
        );
    }

    #[test]
    fn a_sender_is_read_as_logs_write_it() {
        let params = ask("192.0.2.1", " <info@example.net> ", "").unwrap();
        assert_eq!(params.mail_from, "info@example.net");
        // A bounce: SPF goes by what the server calls itself (RFC 7208 §2.4).
        let params = ask("192.0.2.1", "<>", "mail.example.net").unwrap();
        assert_eq!(
            (params.mail_from.as_str(), params.helo.as_str()),
            ("", "mail.example.net")
        );
        assert_eq!(ask("192.0.2.1", "<>", "").unwrap().helo, "example.org");
        assert!(
            ask("192.0.2.1", "<info@example.net", "")
                .unwrap_err()
                .sender
        );
    }

    #[test]
    fn every_field_that_cannot_be_read_is_named() {
        let wrong = |ip, sender, helo| ask(ip, sender, helo).unwrap_err();
        let (no, yes) = (false, true);
        let expected = |ip, sender, helo| Wrong { ip, sender, helo };
        assert_eq!(wrong("", "", ""), expected(yes, no, no));
        assert_eq!(wrong("192.0.2.300", "a b", "x y"), expected(yes, yes, yes));
        assert_eq!(wrong("192.0.2.1", "info@", ""), expected(no, yes, no));
        assert_eq!(
            wrong("192.0.2.1", "a\0@example.org", ""),
            expected(no, yes, no)
        );
        let long = "x".repeat(70_000);
        let refused = ask("192.0.2.1", &long, &long).unwrap_err();
        assert_eq!(refused, expected(no, yes, yes));
        assert_eq!(wrong("192.0.2.1", "", "ایران"), expected(no, no, yes));
    }
}
