//! What does HELP give away? (RFC 5321 §4.1.1.8)

use crate::gather::Gather;
use std::net::IpAddr;

use super::dialogue::Dialogues;
use super::host::{Word, fold, unheard};
use super::refusal::demands_tls;
use super::{Check, CheckId, Scene};
use crate::evidence::{DialogueKind, Step};
use crate::report::{Action, Finding, Mend, Owner, Reason, Status};
use crate::smtp::Reply;

/// See the module.
pub(super) struct Help;

impl Check for Help {
    fn id(&self) -> CheckId {
        CheckId::Help
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let dialogues = Dialogues::with(scene, address);
            let Some(answered) = dialogues
                .replies(|step| *step == Step::Help)
                .into_iter()
                .next()
            else {
                return unheard(scene, &dialogues, DialogueKind::Survey, exchange, address);
            };
            let (status, reason) = read(answered.reply);
            Word::new(status, reason).proven_by([answered.id])
        });
        // No configuration line: Sendmail without a help file names its version in the refusal itself.
        let mend = matches!(finding.status, Status::Fail | Status::Warn)
            .then(|| Mend::new(Action::SilenceHelp, Owner::ServerOperator));
        finding.mended_by(mend)
    }
}

/// Classifies by content: a code alone misleads.
fn read(reply: &Reply) -> (Status, Reason) {
    let reply_code = reply.code;
    let text = reply.text().to_owned();
    match reply_code {
        500 | 502 | 504 => match names_software(reply) {
            Some(software) => (Status::Fail, Reason::HelpVersion { software }),
            None => (Status::Pass, Reason::HelpRefused { reply_code }),
        },
        _ if demands_tls(reply) => (Status::Unknown, Reason::NeedsTls),
        200..=299 => {
            if let Some(software) = names_software(reply) {
                (Status::Fail, Reason::HelpVersion { software })
            } else if text.to_ascii_lowercase().contains("not implemented") {
                // Seen in the field: 250 with words that refuse.
                (Status::Pass, Reason::HelpRefused { reply_code })
            } else if reply.lines.len() == 1 && text.contains("://") {
                (Status::Warn, Reason::HelpPointer { text })
            } else {
                (Status::Warn, Reason::HelpList { text })
            }
        }
        // 503, 554 "too many", 4xx: about something else than HELP.
        _ => (Status::Unknown, Reason::HelpInconclusive { reply_code }),
    }
}

/// Names of mail servers, as their greetings and help texts spell them.
const PRODUCTS: [&str; 25] = [
    "axigen",
    "cgpro",
    "communigate",
    "courier",
    "domino",
    "exchange",
    "exim",
    "groupwise",
    "haraka",
    "hmailserver",
    "icewarp",
    "james",
    "kerio",
    "mailenable",
    "mdaemon",
    "microsoft",
    "opensmtpd",
    "postfix",
    "qmail",
    "sendmail",
    "smartermail",
    "stalwart",
    "surgemail",
    "xmail",
    "zimbra",
];

/// Words that stand between a product and its version.
const BETWEEN: [&str; 10] = [
    "connect", "email", "esmtp", "mail", "mta", "pro", "server", "service", "smtp", "version",
];

/// The words that name a server's software with its version, as `Sendmail 8.14.4`.
fn names_software(reply: &Reply) -> Option<String> {
    reply.lines.iter().find_map(|line| {
        let words: Vec<&str> = line
            .split(|c: char| c.is_ascii_whitespace() || c == '/')
            .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
            .gather();
        (0..words.len()).find_map(|start| {
            let (product, rest) = words.get(start..)?.split_first()?;
            let version = rest.iter().find(|word| !is_one_of(word, &BETWEEN))?;
            (is_one_of(product, &PRODUCTS) && is_version(version))
                .then(|| format!("{product} {version}"))
        })
    })
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a word reads as a version: figures and points, and no IP address.
fn is_version(word: &str) -> bool {
    let figures = word.strip_prefix(['v', 'V']).unwrap_or(word);
    figures.starts_with(|c: char| c.is_ascii_digit())
        && figures.contains('.')
        && figures.parse::<IpAddr>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(code: u16, lines: &[&str]) -> Status {
        read(&Reply {
            code,
            lines: lines.iter().map(|&line| line.to_owned()).collect(),
        })
        .0
    }

    #[test]
    fn a_version_is_found_behind_the_words_between() {
        for (line, software) in [
            ("This is sendmail version 8.15.2", "sendmail 8.15.2"),
            ("2.0.0 Sendmail 8.14.4/8.14.4", "Sendmail 8.14.4"),
            (
                "Microsoft ESMTP MAIL Service, Version: 10.0.14393.4169 ready",
                "Microsoft 10.0.14393.4169",
            ),
            ("Exim/4.94.2", "Exim 4.94.2"),
            ("MDaemon Email Server (v20.0.1)", "MDaemon v20.0.1"),
        ] {
            let lines = vec!["first".to_owned(), line.to_owned()];
            let found = names_software(&Reply { code: 214, lines });
            assert_eq!(found.as_deref(), Some(software), "{line}");
        }
    }

    #[test]
    fn the_content_decides_not_the_code() {
        assert_eq!(
            status(502, &["5.5.2 Error: command not recognized"]),
            Status::Pass
        );
        assert_eq!(
            status(502, &["5.3.0 Sendmail 8.15.2 -- HELP not implemented"]),
            Status::Fail,
            "a refusal that names its version"
        );
        assert_eq!(status(250, &["Not implemented"]), Status::Pass);
        assert_eq!(status(214, &["Topics:", "HELO EHLO MAIL"]), Status::Warn);
        assert_eq!(
            status(214, &["2.0.0 https://www.rfc-editor.org/"]),
            Status::Warn
        );
        assert_eq!(
            status(
                214,
                &["2.0.0 This is Sendmail version", "2.0.0 Sendmail 8.14.4"]
            ),
            Status::Fail
        );
        assert_eq!(status(214, &["see section 4.1 of RFC 5321"]), Status::Warn);
        assert_eq!(status(214, &["Postfix at 192.0.2.1"]), Status::Warn);
        assert_eq!(status(214, &["Postfix 192.0.2.1"]), Status::Warn);
        assert_eq!(status(421, &["too many"]), Status::Unknown);
        assert_eq!(status(503, &["EHLO first"]), Status::Unknown);
        assert_eq!(
            status(530, &["Must issue a STARTTLS command first"]),
            Status::Unknown
        );
    }
}
