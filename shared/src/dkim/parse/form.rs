//! What makes a text a key record, and a stretch of it a tag (RFC 6376 §3.2, §3.6.1).

use crate::dkim::record::TagName;
use crate::tag_list::{self, Element};

/// Whether it says so, or holds a key: `v` may be left out, but not another standard's version put there.
pub(super) fn is_dkim(text: &str) -> bool {
    let mut has_key = false;
    for (index, element) in tag_list::elements(text).enumerate() {
        let Element::Tag(tag) = element else { continue };
        match tag.name.text {
            // In capitals it is no version, but was meant so.
            "v" | "V" if is_version(tag.value.text) => return true,
            "v" if index == 0 => return false,
            "p" => has_key = true,
            _ => {}
        }
    }
    has_key
}

/// `tag-name = ALPHA *ALNUMPUNC` (RFC 6376 §3.2).
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether another tag stands in a value, behind white space. The end of a key may look like one, but for what
/// stands behind the equals sign.
pub(super) fn holds_a_tag(value: &str) -> bool {
    let mut words = value.split_ascii_whitespace().skip(1);
    words.any(|word| {
        word.split_once('=').is_some_and(|(name, value)| {
            TagName::parse(name).is_some() && !value.is_empty() && !value.starts_with('=')
        })
    })
}

/// `DKIM1`, or something that was meant so.
fn is_version(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("DKIM"))
}
