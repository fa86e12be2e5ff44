//! The readers of records: what they print is what they read, and places are places of the text.

use postern_shared::bimi;
use postern_shared::dane;
use postern_shared::dkim::{self, Algorithm, Selector, header, key};
use postern_shared::dmarc::{self, Parsed};
use postern_shared::dns::{Name, RecordData, Response, TxtRecord};
use postern_shared::lint::{Lint, RecordKind, lint};
use postern_shared::mta_sts::{self, MAX_POLICY};
use postern_shared::mx;
use postern_shared::spf::{self, Record};
use postern_shared::tls_rpt;
use postern_shared::wording::{self, Language};

use super::input::{assert_within, text};

/// An SPF record (RFC 7208 §4.6.1).
pub fn spf_record(octets: &[u8]) {
    let text = text(octets);
    let reading = spf::read(&text);
    assert_within(&text, reading.record.terms.iter().map(|term| term.span));
    let errors = reading.errors.iter();
    assert_within(&text, errors.flat_map(|error| [error.term, error.span]));
    for error in &reading.errors {
        assert!(
            error.term.start <= error.span.start && error.span.end <= error.term.end,
            "{error:?} is outside of its term"
        );
    }
    match Record::parse(&text) {
        Ok(record) => {
            assert_eq!(record.to_string(), text);
            assert_eq!(reading.errors, []);
            assert_eq!(Record::parse(&record.to_string()), Ok(record));
        }
        Err(error) => assert_eq!(reading.errors.first(), Some(&error)),
    }
    let found = linted(RecordKind::Spf, &text);
    assert!(found.has_errors || reading.errors.is_empty());
    let response = Response::from_records(vec![RecordData::Txt(TxtRecord::single(&text))]);
    let is_record = matches!(spf::select(&response), spf::Selection::One(_));
    assert!(!is_record || spf::near_misses(&response).is_empty());
    if let Some(repaired) = spf::repaired(&text) {
        Record::parse(&repaired).expect("a repaired record is a record");
    }
}

/// What stands at a `_dmarc` name (RFC 9989 §4.7).
pub fn dmarc_record(octets: &[u8]) {
    let text = text(octets);
    let found = linted(RecordKind::Dmarc, &text);
    assert!(found.has_errors || matches!(dmarc::parse(&text), Parsed::Record(_)));
    if let Parsed::Record(published) = dmarc::parse(&text) {
        let record = &published.record;
        assert_eq!(record.to_string(), text);
        assert_within(
            &text,
            published.diagnostics.iter().map(|remark| remark.span),
        );
        let uris = record.rua.iter().chain(&record.ruf);
        assert_within(&text, uris.map(|uri| uri.span));
        let tags = record.tags.iter();
        assert_within(&text, tags.flat_map(|tag| [tag.name_span, tag.value_span]));
        let _ = record.processing();
    }
    if let Some(repaired) = dmarc::repaired(&text) {
        assert!(
            matches!(dmarc::parse(&repaired), Parsed::Record(_)),
            "{repaired:?} is no record"
        );
    }
}

/// A DKIM key record (RFC 6376 §3.6.1), and the text as a key by itself.
pub fn dkim_record(octets: &[u8]) {
    let text = text(octets);
    let found = linted(RecordKind::Dkim, &text);
    for algorithm in [Algorithm::Rsa, Algorithm::Ed25519] {
        if let Ok(read) = key::read(algorithm, &text) {
            assert_eq!(read.key.algorithm, algorithm);
            // No key has more bits than its text has room for.
            assert!(read.key.bits as usize <= 6 * text.len());
        }
    }
    let dkim::Parsed::Record(published) = dkim::parse(&text) else {
        assert!(found.has_errors);
        return;
    };
    let record = &published.record;
    assert_eq!(record.to_string(), text);
    assert_within(
        &text,
        published.diagnostics.iter().map(|remark| remark.span),
    );
    let tags = record.tags.iter();
    assert_within(&text, tags.flat_map(|tag| [tag.name_span, tag.value_span]));
    let is_revoked = record.key == Err(dkim::NoKey::Revoked);
    assert!(
        found.has_errors || is_revoked || record.is_usable(),
        "{text:?}"
    );
}

/// A message, of which the signatures are read (RFC 6376 §3.5).
pub fn dkim_header(octets: &[u8]) {
    let text = text(octets);
    let to_ascii = |host: &str| host.is_ascii().then(|| host.to_owned());
    let signatures = header::read(&text, to_ascii);
    for (index, signature) in signatures.iter().enumerate() {
        let selector = Selector::parse(signature.selector.as_str());
        assert_eq!(selector.as_ref(), Ok(&signature.selector));
        let again = |other: &header::Signature| {
            (&other.domain, &other.selector) == (&signature.domain, &signature.selector)
        };
        assert!(!signatures[..index].iter().any(again), "named twice");
        let fact = signature.fact_about(&signature.domain);
        assert!(fact.is_none_or(|fact| fact.selector == signature.selector));
    }
}

/// What stands at an `_mta-sts` name (RFC 8461 §3.1).
pub fn mta_sts_record(octets: &[u8]) {
    let text = text(octets);
    let found = linted(RecordKind::MtaSts, &text);
    if let Ok(published) = mta_sts::read(&text) {
        assert_eq!(published.record.to_string(), text);
        assert_within(
            &text,
            published.diagnostics.iter().map(|remark| remark.span),
        );
        assert_eq!(published.is_valid(), !found.has_errors);
    } else {
        assert!(found.has_errors);
    }
}

/// A policy as a web server gives it (RFC 8461 §3.2).
pub fn mta_sts_policy(octets: &[u8]) {
    let text = text(octets);
    let found = linted(RecordKind::MtaStsPolicy, &text);
    let read = mta_sts::read_policy(&text);
    let printed = read.policy.to_string();
    assert!(text.starts_with(&printed) && (printed == text || text.len() > MAX_POLICY));
    assert_eq!(read.is_valid(), !found.has_errors);
    let name = Name::parse("mx.example.org").expect("a name");
    let _ = read.policy.covers(&name);
}

/// What stands at an `_smtp._tls` name (RFC 8460 §3).
pub fn tls_rpt(octets: &[u8]) {
    let text = text(octets);
    let found = linted(RecordKind::TlsRpt, &text);
    if let Ok(published) = tls_rpt::read(&text) {
        assert_eq!(published.record.to_string(), text);
        assert_within(&text, published.record.rua.iter().map(|uri| uri.span));
        assert_within(
            &text,
            published.diagnostics.iter().map(|remark| remark.span),
        );
        assert_eq!(published.is_valid(), !found.has_errors);
    } else {
        assert!(found.has_errors);
    }
}

/// A TLSA record as zone files write it (RFC 6698 §2.2).
pub fn tlsa(octets: &[u8]) {
    let text = text(octets);
    let found = linted(RecordKind::Tlsa, &text);
    let parsed = dane::parse(&text);
    assert_within(&text, parsed.diagnostics.iter().map(|remark| remark.span));
    if let Some(record) = &parsed.record {
        assert_eq!(
            dane::parse(&record.to_string()).record.as_ref(),
            Some(record)
        );
    }
    // The parser reads the data of one record; the rest of a zone file is not its own.
    let is_data = !text.contains(['\n', '(', ')', ';']);
    if is_data && !text.to_ascii_uppercase().contains("TLSA") {
        let unusable = |record: &dane::Record| record.unusable().is_some();
        let expected = parsed.record.as_ref().is_none_or(unusable);
        assert_eq!(found.has_errors, expected);
    }
}

/// What stands at a `_bimi` name (draft-brand-indicators-for-message-identification §4.3).
pub fn bimi_record(octets: &[u8]) {
    let text = text(octets);
    let found = linted(RecordKind::Bimi, &text);
    match bimi::parse(&text) {
        bimi::Parsed::Record(published) => {
            assert_eq!(published.record.to_string(), text);
            assert_within(
                &text,
                published.diagnostics.iter().map(|remark| remark.span),
            );
        }
        bimi::Parsed::NearMiss | bimi::Parsed::NotBimi => assert!(found.has_errors),
    }
    if let Some(repaired) = bimi::repaired(&text) {
        assert!(
            !linted(RecordKind::Bimi, &repaired).has_errors,
            "{repaired:?} is no sound record"
        );
    }
}

/// MX records as people write them, one a line (RFC 1035 §3.3.9).
pub fn mx_records(octets: &[u8]) {
    let text = text(octets);
    let found = linted(RecordKind::Mx, &text);
    let reading = mx::parse(&text);
    assert_within(&text, reading.diagnostics.iter().map(|remark| remark.span));
    assert_within(&text, reading.records.iter().map(|record| record.span));
    assert!(found.has_errors || !reading.records.is_empty());
    let again = mx::parse(&reading.to_string());
    assert_eq!(again.response(), reading.response());
}

/// Lints `text`: every remark has its place in it, and words.
fn linted(kind: RecordKind, text: &str) -> Lint {
    let found = lint(kind, text);
    assert_within(text, found.remarks.iter().map(|remark| remark.span));
    assert!(found.remarks.is_sorted_by_key(|remark| remark.span));
    for remark in found.remarks.iter().take(16) {
        for language in Language::ALL {
            let said = wording::remark(language, text, remark.span, &remark.code);
            assert!(!said.plain(language).is_empty(), "{remark:?}");
        }
    }
    found
}
