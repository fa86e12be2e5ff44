//! The fields behind the version, in the one grammar of both standards (RFC 8461 §3.1, RFC 8460 §3).

use serde::Serialize;

use super::{NearMiss, begins, near_miss};
use crate::diagnostic::{Level, Remarks};
use crate::tag_list::{Element, Tag, elements};

/// What can be wrong with a field whatever its standard.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldFault {
    /// Text between semicolons that has no equals sign.
    NotAField,
    /// A name or a value that no extension can have.
    InvalidField,
    /// White space beside an equals sign, where the grammar has none.
    SpaceAtEquals,
    /// Two semicolons with nothing between them, where the grammar wants a field.
    EmptyField,
    /// A second version: ignored (RFC 8461 §3.2; to RFC 8460 §3 it is an unknown field).
    RepeatedVersion,
    /// A field that the standard does not define: ignored.
    UnknownField,
}

impl FieldFault {
    /// How much it matters.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::NotAField | Self::InvalidField => Level::Error,
            Self::SpaceAtEquals | Self::EmptyField => Level::Warning,
            Self::RepeatedVersion | Self::UnknownField => Level::Note,
        }
    }
}

/// The fields of a record that are called `name`; the others are remarked upon. One pass, whatever the length.
///
/// # Errors
/// How a text that does not begin with `version` and a semicolon comes close to a record, if it does.
pub(crate) fn fields<'a, Code: Copy + From<FieldFault>>(
    text: &'a str,
    version: &str,
    name: &str,
    remarks: &mut Remarks<Code>,
) -> Result<Vec<Tag<'a>>, Option<NearMiss>> {
    if !begins(text, version) {
        return Err(near_miss(text, version));
    }
    let mut named = Vec::new();
    // The first element is the version.
    for element in elements(text).skip(1) {
        let tag = match element {
            Element::Empty(span) => {
                remarks.add(span, FieldFault::EmptyField.into());
                continue;
            }
            Element::NotATag(piece) => {
                remarks.add(piece.span, FieldFault::NotAField.into());
                continue;
            }
            Element::Tag(tag) => tag,
        };
        if is_spaced(&tag) {
            remarks.add(tag.span(), FieldFault::SpaceAtEquals.into());
        }
        if tag.name.text == name {
            named.push(tag);
        } else if tag.name.text == "v" && is_extension_value(tag.value.text) {
            remarks.add(tag.span(), FieldFault::RepeatedVersion.into());
        } else if is_extension_name(tag.name.text) && is_extension_value(tag.value.text) {
            remarks.add(tag.span(), FieldFault::UnknownField.into());
        } else {
            remarks.add(tag.span(), FieldFault::InvalidField.into());
        }
    }
    Ok(named)
}

/// Whether an extension may be called so (RFC 8461 §3.1, RFC 8460 §3).
fn is_extension_name(name: &str) -> bool {
    (1..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

/// Whether an extension may hold this: printable ASCII without an equals sign, a semicolon or a space.
fn is_extension_value(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_graphic() && b != b'=')
}

/// Whether white space stands beside the equals sign of a tag, where these grammars have none.
const fn is_spaced(tag: &Tag<'_>) -> bool {
    tag.name.span.end + 1 < tag.value.span.start
}
