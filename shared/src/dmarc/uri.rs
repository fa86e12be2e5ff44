//! The URI lists of `rua` and `ruf`.

use super::diagnostic::{Diagnostic, DiagnosticCode};
use super::record::{ReportTarget, ReportUri};
use super::tag::TagName;
use crate::dns::Name;
use crate::gather::Gather;
use crate::span::Span;
use crate::tag_list::Token;

/// Reads a list; what is wrong with one URI leaves the others alone (RFC 9990 §4).
pub(super) fn parse_list(
    tag: TagName,
    list: Token<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ReportUri> {
    let uris: Vec<_> = list
        .split(',')
        .map(|uri| parse_uri(uri, diagnostics))
        .gather();
    // RFC 7489 §6.2: receivers need not support more than two.
    if let [_, _, third, ..] = uris.as_slice() {
        diagnostics.push(Diagnostic {
            span: Span {
                start: third.span.start,
                end: list.span.end,
            },
            code: DiagnosticCode::ManyUris(tag),
        });
    }
    uris
}

fn parse_uri(token: Token<'_>, diagnostics: &mut Vec<Diagnostic>) -> ReportUri {
    let (uri, limit) = split_size_limit(token);
    if let Some(span) = limit {
        diagnostics.push(Diagnostic {
            span,
            code: DiagnosticCode::SizeLimit,
        });
    }
    let (target, remark) = target(uri.text);
    if let Some(code) = remark {
        diagnostics.push(Diagnostic {
            span: uri.span,
            code,
        });
    }
    ReportUri {
        text: uri.text.to_owned(),
        span: uri.span,
        target,
    }
}

/// Takes `!`, digits and an optional unit off the end: the size limit of RFC 7489 §6.4.
fn split_size_limit(token: Token<'_>) -> (Token<'_>, Option<Span>) {
    let Some((uri, limit)) = token.text.rsplit_once('!') else {
        return (token, None);
    };
    let digits = limit
        .strip_suffix(['k', 'm', 'g', 't', 'K', 'M', 'G', 'T'])
        .unwrap_or(limit);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return (token, None);
    }
    let uri = Token::new(uri, token.span.start as usize);
    let limit = Span {
        start: uri.span.end,
        end: token.span.end,
    };
    (uri, Some(limit))
}

fn target(uri: &str) -> (ReportTarget, Option<DiagnosticCode>) {
    let invalid = |code| (ReportTarget::Invalid, Some(code));
    if uri.is_empty() || !uri.bytes().all(|b| b.is_ascii_graphic()) {
        return invalid(DiagnosticCode::InvalidUri);
    }
    match uri.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => match mail_host(rest) {
            Some(host) => (ReportTarget::Mailto(host), None),
            None => invalid(DiagnosticCode::InvalidUri),
        },
        Some((scheme, rest)) if is_scheme(scheme) && !rest.is_empty() => (
            ReportTarget::Unsupported,
            Some(DiagnosticCode::UnsupportedScheme),
        ),
        None if mail_host(uri).is_some() => invalid(DiagnosticCode::MissingMailto),
        _ => invalid(DiagnosticCode::InvalidUri),
    }
}

/// RFC 3986 §3.1.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

/// The domain of a mail address in a URI (RFC 6068 §2), header fields behind `?` left aside.
pub(crate) fn mail_host(address: &str) -> Option<Name> {
    let (address, _) = address.split_once('?').unwrap_or((address, ""));
    let (local, domain) = address.rsplit_once('@')?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    if local.is_empty() || local.contains('@') || domain.is_empty() || !domain.bytes().all(plain) {
        return None;
    }
    // A final dot is no part of a mail address (RFC 5321 §4.1.2).
    if domain.ends_with('.') {
        return None;
    }
    Name::parse(domain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(uri: &str) -> (ReportUri, Vec<DiagnosticCode>) {
        let mut diagnostics = Vec::new();
        let uri = parse_uri(Token::new(uri, 0), &mut diagnostics);
        (uri, diagnostics.into_iter().map(|d| d.code).collect())
    }

    #[test]
    fn mail_addresses_and_what_is_none() {
        for (text, host, codes) in [
            ("mailto:a@example.org", Some("example.org"), vec![]),
            ("MAILTO:a@Example.ORG", Some("example.org"), vec![]),
            (
                "mailto:a@example.org?subject=x@y",
                Some("example.org"),
                vec![],
            ),
            ("mailto:a%40b@example.org", Some("example.org"), vec![]),
            ("a@example.org", None, vec![DiagnosticCode::MissingMailto]),
            ("mailto:example.org", None, vec![DiagnosticCode::InvalidUri]),
            (
                "mailto:@example.org",
                None,
                vec![DiagnosticCode::InvalidUri],
            ),
            ("mailto:a@", None, vec![DiagnosticCode::InvalidUri]),
            (
                "mailto:a@example..org",
                None,
                vec![DiagnosticCode::InvalidUri],
            ),
            (
                "mailto:a@example.org.",
                None,
                vec![DiagnosticCode::InvalidUri],
            ),
            (
                "mailto:a@b@example.org",
                None,
                vec![DiagnosticCode::InvalidUri],
            ),
            (
                "mailto: a@example.org",
                None,
                vec![DiagnosticCode::InvalidUri],
            ),
            (
                "mailto:ä@example.org",
                None,
                vec![DiagnosticCode::InvalidUri],
            ),
            ("", None, vec![DiagnosticCode::InvalidUri]),
            ("example.org", None, vec![DiagnosticCode::InvalidUri]),
        ] {
            let (uri, found) = read(text);
            assert_eq!(uri.host().map(Name::as_str), host, "{text}");
            assert_eq!(found, codes, "{text}");
            assert_eq!(uri.is_valid(), host.is_some(), "{text}");
        }
    }

    #[test]
    fn another_scheme_is_a_uri_that_nobody_uses() {
        let (uri, codes) = read("https://reports.example/dmarc");
        assert_eq!(uri.target, ReportTarget::Unsupported);
        assert!(uri.is_valid());
        assert_eq!(codes, [DiagnosticCode::UnsupportedScheme]);
    }

    #[test]
    fn a_size_limit_is_taken_off() {
        let (uri, codes) = read("mailto:a@example.org!10m");
        assert_eq!(
            (uri.text.as_str(), uri.span),
            ("mailto:a@example.org", Span::new(0, 20))
        );
        assert_eq!(codes, [DiagnosticCode::SizeLimit]);
        let (uri, codes) = read("mailto:a!b@example.org");
        assert_eq!(
            (uri.host().map(Name::as_str), codes),
            (Some("example.org"), vec![])
        );
        assert!(!read("mailto:a@example.org!10x").0.is_valid());
    }

    #[test]
    fn a_third_uri_is_noted() {
        let list = "mailto:a@b.example, mailto:c@d.example ,x,mailto:e@f.example";
        let mut diagnostics = Vec::new();
        let uris = parse_list(TagName::Rua, Token::new(list, 5), &mut diagnostics);
        assert_eq!(uris.len(), 4);
        assert_eq!(
            diagnostics,
            [
                Diagnostic {
                    span: Span::new(45, 46),
                    code: DiagnosticCode::InvalidUri
                },
                Diagnostic {
                    span: Span::new(45, 65),
                    code: DiagnosticCode::ManyUris(TagName::Rua)
                },
            ]
        );
    }
}
