//! Octets as the texts that the core is handed.

use postern_shared::dns::TxtRecord;
use postern_shared::span::Span;

/// As typed by a person where it is UTF-8, else as it comes out of a TXT record: each octet a character.
pub(super) fn text(octets: &[u8]) -> String {
    std::str::from_utf8(octets)
        .map_or_else(|_| TxtRecord::from_octets([octets]).text(), str::to_owned)
}

/// Fails for a place that is not in `text`.
pub(super) fn assert_within(text: &str, spans: impl IntoIterator<Item = Span>) {
    let length = u32::try_from(text.chars().count()).expect("a short input");
    for span in spans {
        assert!(
            span.start <= span.end && span.end <= length,
            "{span:?} is not within 0..{length} of {text:?}"
        );
    }
}
