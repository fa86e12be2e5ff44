//! What a refusal is about, by the server's own words: codes alone do not tell.

use crate::smtp::Reply;

/// RFC 4954 §6: "Authentication required"; RFC 3207 §4: "Must issue a STARTTLS command first".
pub(super) const DEMANDS_TLS_OR_AUTH: u16 = 530;

/// Whether a reply says that TLS comes first.
pub(super) fn demands_tls(reply: &Reply) -> bool {
    reply.code == DEMANDS_TLS_OR_AUTH && says_any(reply, &["tls", "ssl", "encrypt"])
}

/// Whether a reply refuses us, whatever was asked: it answers no question. What is said of the command
/// itself (RFC 5321 §4.2.1: x0z is syntax) may well name HELO.
pub(super) fn turns_us_away(reply: &Reply) -> bool {
    matches!(reply.code, 550..=559) && is_about_us(reply)
}

/// Whether the words are about who asks: our address, its names, our sender, or what is thought of them.
pub(super) fn is_about_us(reply: &Reply) -> bool {
    says_any(
        reply,
        &[
            "block",
            "black",
            "listed",
            "dnsbl",
            "rbl",
            "banned",
            "client host",
            "reverse",
            "ptr record",
            "helo",
            "ehlo",
            "sender address",
            "sender domain",
            "sender verify",
            "sender rejected",
            "greylist",
            "graylist",
            "reputation",
            "your ip",
            "spam",
            "spf",
        ],
    )
}

/// Whether the server's own words, in lower case, hold any of these.
pub(super) fn says_any(reply: &Reply, phrases: &[&str]) -> bool {
    let words = own_words(reply);
    phrases.iter().any(|phrase| words.contains(phrase))
}

/// What a reply says in its own words, in lower case: an address that it repeats could hold any.
fn own_words(reply: &Reply) -> String {
    let mut words = String::new();
    for line in &reply.lines {
        let mut depth = 0_u32;
        for c in line.chars() {
            match c {
                '<' => depth += 1,
                '>' => depth = depth.saturating_sub(1),
                _ if depth == 0 => words.push(c.to_ascii_lowercase()),
                _ => {}
            }
        }
        words.push(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(code: u16, line: &str) -> Reply {
        let lines = vec![line.to_owned()];
        Reply { code, lines }
    }

    #[test]
    fn a_password_asked_for_is_no_demand_for_tls() {
        assert!(demands_tls(&reply(
            530,
            "5.7.0 Must issue a STARTTLS command first"
        )));
        assert!(!demands_tls(&reply(530, "5.7.0 Authentication required")));
        assert!(!demands_tls(&reply(550, "5.7.0 TLS please")));
    }

    #[test]
    fn an_address_that_is_repeated_is_no_word_of_the_servers() {
        assert!(is_about_us(&reply(
            550,
            "5.7.1 Client host rejected: no PTR record"
        )));
        assert!(!is_about_us(&reply(
            550,
            "5.1.1 <spam@blocked.example>: unknown user"
        )));
    }
}
