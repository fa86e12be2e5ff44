//! Macro strings: text with `%{…}` in it (RFC 7208 §7.1).

mod segment;

use core::fmt;

use serde::{Serialize, Serializer};

use self::segment::Segments;
pub use self::segment::{Letter, Macro, Segment};

/// A text that follows the grammar of `macro-string`; it is kept as written.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MacroString(Box<str>);

impl MacroString {
    /// Reads the value of a modifier: visible ASCII, macros well-formed.
    ///
    /// # Errors
    /// With the place in `text` of what is wrong.
    pub fn parse(text: &str) -> Result<Self, MacroError> {
        check(text, Purpose::Value)?;
        Ok(Self(text.into()))
    }

    /// Reads the text of an explanation (RFC 7208 §6.2), which may also hold spaces.
    ///
    /// # Errors
    /// With the place in `text` of what is wrong.
    pub fn parse_explanation(text: &str) -> Result<Self, MacroError> {
        check(text, Purpose::Explanation)?;
        Ok(Self(text.into()))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether what it stands for depends on the message.
    #[must_use]
    pub fn has_macros(&self) -> bool {
        self.segments()
            .any(|segment| matches!(segment, Segment::Macro(_)))
    }

    /// Whether it asks for the client's own name (`%{p}`), which costs look-ups.
    #[must_use]
    pub fn wants_validated_name(&self) -> bool {
        self.segments().any(
            |segment| matches!(segment, Segment::Macro(m) if m.letter == Letter::ValidatedName),
        )
    }

    /// Its parts in order.
    pub fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        // A `MacroString` is valid by existing, so the reader never meets an error here.
        Segments::new(&self.0).map_while(|segment| segment.ok().map(|(_, segment)| segment))
    }
}

impl fmt::Display for MacroString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for MacroString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A macro string that can become a name: it ends in a macro or in a dot and a top label
/// (RFC 7208 §7.1, `domain-spec`).
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct DomainSpec(MacroString);

impl DomainSpec {
    /// Reads the argument of a mechanism or of `redirect=` and `exp=`.
    ///
    /// # Errors
    /// With the place in `text` of what is wrong.
    pub fn parse(text: &str) -> Result<Self, MacroError> {
        let ends_in_macro = check(text, Purpose::Domain)?;
        if !ends_in_macro && !ends_in_top_label(text) {
            return Err(MacroError {
                start: 0,
                end: text.len(),
                kind: MacroErrorKind::DomainEnd,
            });
        }
        Ok(Self(MacroString(text.into())))
    }

    /// The macro string that it is.
    #[must_use]
    pub const fn as_macro_string(&self) -> &MacroString {
        &self.0
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for DomainSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// `domain-end = ( "." toplabel [ "." ] )`, where a top label is not all digits (RFC 7208 §7.1).
fn ends_in_top_label(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    text.rsplit_once('.').is_some_and(|(_, label)| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|c| c.is_ascii_alphanumeric() || c == b'-')
            && !label.bytes().all(|c| c.is_ascii_digit())
    })
}

/// What is wrong with a macro string, and where: character offsets from its start.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MacroError {
    /// The first character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it is.
    pub kind: MacroErrorKind,
}

/// What can be wrong with a macro string.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MacroErrorKind {
    /// A character outside visible ASCII.
    Character,
    /// A domain-spec that ends in neither a macro nor a top label.
    DomainEnd,
    /// A letter that stands for nothing, no closing brace, keeping no part, or `%` by itself.
    Malformed,
    /// `c`, `r` or `t` outside of an explanation.
    OnlyInExplanation,
}

#[derive(Clone, Copy, PartialEq)]
enum Purpose {
    Domain,
    Explanation,
    Value,
}

/// Checks all of `text`; gives whether its last part is a macro or an escape.
fn check(text: &str, purpose: Purpose) -> Result<bool, MacroError> {
    check_characters(text, purpose)?;
    // Most names hold no macro at all.
    if !text.bytes().any(|c| c == b'%') {
        return Ok(false);
    }
    let mut ends_in_macro = false;
    for segment in Segments::new(text) {
        let (range, segment) = segment?;
        ends_in_macro = text.as_bytes().get(range.0) == Some(&b'%');
        let Segment::Macro(found) = segment else {
            continue;
        };
        if found.letter.only_in_explanation() && purpose == Purpose::Domain {
            return Err(MacroError {
                start: range.0,
                end: range.1,
                kind: MacroErrorKind::OnlyInExplanation,
            });
        }
    }
    Ok(ends_in_macro)
}

fn check_characters(text: &str, purpose: Purpose) -> Result<(), MacroError> {
    let space = purpose == Purpose::Explanation;
    if text
        .bytes()
        .all(|c| c.is_ascii_graphic() || (space && c == b' '))
    {
        return Ok(());
    }
    let good = |c: &char| c.is_ascii_graphic() || (space && *c == ' ');
    let at = text.chars().take_while(good).count();
    Err(MacroError {
        start: at,
        end: at + 1,
        kind: MacroErrorKind::Character,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<MacroErrorKind> {
        DomainSpec::parse(text).err().map(|error| error.kind)
    }

    #[test]
    fn a_domain_spec_ends_in_a_macro_or_a_top_label() {
        for good in [
            "example.org",
            "example.org.",
            ".org",
            "%{d}",
            "a.%{d2r-}",
            "foo%%",
            "foo:bar/baz.example.com",
            "1.xn--p1ai",
            "a.1-2",
        ] {
            assert_eq!(kind(good), None, "{good}");
        }
        for bad in [
            "localhost",
            "",
            "example.123",
            "example.-a",
            "example.a-",
            "example..",
            "%{d}x",
            "a.b_c",
        ] {
            assert_eq!(kind(bad), Some(MacroErrorKind::DomainEnd), "{bad}");
        }
    }

    #[test]
    fn errors_say_where() {
        let error = DomainSpec::parse("a.%{x}.b").unwrap_err();
        assert_eq!((error.start, error.end), (2, 6));
        assert_eq!(error.kind, MacroErrorKind::Malformed);
        assert_eq!(kind("%{c}.b"), Some(MacroErrorKind::OnlyInExplanation));
        for bad in [
            "%", "%a.b", "%{", "%{d", "%{d0}", "%{dx}", "%{}", "100%.b", "%{l;}",
        ] {
            assert_eq!(kind(bad), Some(MacroErrorKind::Malformed), "{bad}");
        }
        assert_eq!(kind("a b.c"), Some(MacroErrorKind::Character));
        assert!(MacroString::parse_explanation("not %{c} at %{t}").is_ok());
    }

    #[test]
    fn a_macro_is_read_to_its_last_delimiter() {
        let spec = DomainSpec::parse("%{L99999999999999999999R+-}").unwrap();
        let Some(Segment::Macro(found)) = spec.as_macro_string().segments().next() else {
            panic!("no macro");
        };
        assert_eq!(found.letter, Letter::SenderLocalPart);
        assert!(found.escaped && found.reversed);
        assert_eq!(found.keep, Some(usize::MAX));
        assert_eq!(found.delimiters, "+-");
    }
}
