//! Between our names and those of a message.

use domain::base::name::{Name as WireName, NameBuilder, PushError, ToLabelIter};

use crate::dns::Name;

/// Our name as a message holds it. Labels are taken as they are: a backslash is a backslash.
pub(super) fn encode(name: &Name) -> Result<WireName<Vec<u8>>, PushError> {
    let mut builder = NameBuilder::new_vec();
    for label in name.labels() {
        builder.append_label(label.as_bytes())?;
    }
    builder.into_name()
}

/// A message's name as ours; `None` for labels that hold a dot, a space, or anything not printable.
pub(super) fn decode(name: &impl ToLabelIter) -> Option<Name> {
    let mut text = String::new();
    for label in name.iter_labels().filter(|label| !label.is_empty()) {
        if !text.is_empty() {
            text.push('.');
        }
        let octets: &[u8] = label.as_ref();
        for &octet in octets {
            if octet == b'.' || !octet.is_ascii_graphic() {
                return None;
            }
            text.push(char::from(octet));
        }
    }
    Name::parse(&text).ok()
}

/// What two names must share to be one name: the lower-cased labels, each behind its length.
///
/// Unlike [`decode`] this takes every name, so that a CNAME chain may pass through one that we cannot ask for.
pub(super) fn key(name: &impl ToLabelIter) -> Vec<u8> {
    let mut key = Vec::new();
    for label in name.iter_labels() {
        let octets: &[u8] = label.as_ref();
        // A label is at most 63 octets, so its length always fits.
        key.push(u8::try_from(octets.len()).unwrap_or(u8::MAX));
        key.extend(octets.iter().map(u8::to_ascii_lowercase));
    }
    key
}

/// The name of a [`key`]; `None` as in [`decode`].
pub(super) fn from_key(key: &[u8]) -> Option<Name> {
    let mut text = String::new();
    let mut rest = key;
    while let Some((&length, behind)) = rest.split_first() {
        let (label, behind) = behind.split_at_checked(usize::from(length))?;
        rest = behind;
        if label.is_empty() {
            break;
        }
        if label
            .iter()
            .any(|&octet| octet == b'.' || !octet.is_ascii_graphic())
        {
            return None;
        }
        if !text.is_empty() {
            text.push('.');
        }
        text.extend(label.iter().map(|&octet| char::from(octet)));
    }
    Name::parse(&text).ok()
}
