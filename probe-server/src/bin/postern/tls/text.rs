//! What a server takes, for people.

use postern_shared::evidence::{Certificate, Link};
use postern_shared::text::visible;
use postern_shared::wording::{self, Language, TlsLabel};
use time::OffsetDateTime;

use super::found::{Found, Row, Shown};

/// DNS names of a certificate that are shown.
const NAMES: usize = 4;

/// The whole table.
pub(super) fn text(language: Language, found: &Found) -> String {
    let word = |label| wording::tls_label(language, label);
    let mut lines = vec![format!(
        "{} ({}, {})",
        found.name, found.address, found.port
    )];
    let mut section = |label, rows: Vec<String>| {
        if !rows.is_empty() {
            lines.push(String::new());
            lines.push(word(label).to_owned());
            lines.extend(rows.into_iter().map(|row| format!("  {row}")));
        }
    };
    let rows = |rows: &[Row]| rows.iter().map(|row| self::row(language, row)).collect();
    section(TlsLabel::Versions, rows(&found.versions));
    section(TlsLabel::Suites, rows(&found.suites));
    section(TlsLabel::Groups, rows(&found.groups));
    let chains = found.chains.iter().flat_map(|shown| chain(language, shown));
    section(TlsLabel::Certificates, chains.collect());
    lines.push(String::new());
    let order = found.order.map(|order| match order {
        "server" => word(TlsLabel::Server),
        _ => word(TlsLabel::Client),
    });
    let yes_or_no = |answer: Option<bool>| {
        answer.map(|yes| word(if yes { TlsLabel::Yes } else { TlsLabel::No }))
    };
    let connections = found.connections.to_string();
    for (label, answer) in [
        (TlsLabel::Order, order),
        (TlsLabel::Compression, yes_or_no(found.compression)),
        (
            TlsLabel::SecureRenegotiation,
            yes_or_no(found.secure_renegotiation),
        ),
        (
            TlsLabel::ExtendedMasterSecret,
            yes_or_no(found.extended_master_secret),
        ),
        (TlsLabel::Injection, yes_or_no(found.injection)),
        (TlsLabel::Connections, Some(connections.as_str())),
    ] {
        if let Some(answer) = answer {
            lines.push(format!("{}: {answer}", word(label)));
        }
    }
    lines.join("\n")
}

/// A version, with what it is about where that is not the version itself, and the words on it.
fn row(language: Language, row: &Row) -> String {
    let level = wording::tls_level(language, row.level);
    match &row.name {
        Some(name) => format!("{:<8} {name:<50} {level}", row.version.name()),
        None => {
            let taken = wording::tls_taken(language, row.taken);
            format!("{:<8} {taken:<12} {level}", row.version.name())
        }
    }
}

/// The certificates of a chain, numbered as they came, and the word on it.
fn chain(language: Language, shown: &Shown) -> Vec<String> {
    let chain = &shown.chain;
    let links = (1..).zip(&chain.links);
    let mut lines: Vec<String> = links
        .map(|(place, link)| match link {
            Link::Read(certificate) => {
                format!("{place}  {}", self::certificate(language, certificate))
            }
            Link::Unreadable { .. } => {
                let unreadable = wording::tls_label(language, TlsLabel::Unreadable);
                format!("{place}  {unreadable}")
            }
        })
        .collect();
    if chain.left_out > 0 {
        lines.push(format!("+{}", chain.left_out));
    }
    let status = wording::status(language, shown.status);
    let mut words = shown
        .reasons
        .iter()
        .map(|reason| wording::reason(language, reason).plain(language));
    lines.extend(words.next().map(|first| format!("{status}: {first}")));
    lines.extend(words);
    lines
}

fn certificate(language: Language, certificate: &Certificate) -> String {
    let Certificate {
        subject,
        names,
        key,
        key_bits,
        signature,
        not_after,
        ..
    } = certificate;
    let valid_to = wording::tls_label(language, TlsLabel::ValidTo);
    let day = OffsetDateTime::from_unix_timestamp(*not_after)
        .map_or_else(|_| not_after.to_string(), |at| at.date().to_string());
    let shown = names.iter().take(NAMES).map(|name| visible(name));
    let mut shown: Vec<_> = shown.collect();
    if names.len() > NAMES {
        shown.push(format!("+{}", names.len() - NAMES).into());
    }
    let names = match shown.is_empty() {
        true => String::new(),
        false => format!(" [{}]", shown.join(" ")),
    };
    format!(
        "{}{names}, {key} {key_bits}, {signature}, {valid_to} {day}",
        visible(subject)
    )
}
