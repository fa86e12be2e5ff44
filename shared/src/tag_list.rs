//! The `tag=value; tag=value` lists that DMARC, DKIM, BIMI and TLS-RPT share (RFC 6376 §3.2).
//!
//! This finds the bounds of things and judges nothing: what a tag may be called, whether letter case
//! counts, and what two tags of one name mean is for each standard to say.

use crate::span::Span;

/// One stretch between semicolons, in the order of the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Element<'a> {
    /// `name = value`, white space around both taken off.
    Tag(Tag<'a>),
    /// Text without an equals sign.
    NotATag(Token<'a>),
    /// Nothing but white space, where something should stand: not behind the last semicolon.
    Empty(Span),
}

/// A tag; either part may be empty.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Tag<'a> {
    /// In front of the first equals sign.
    pub(crate) name: Token<'a>,
    /// Behind it, up to the semicolon.
    pub(crate) value: Token<'a>,
}

impl Tag<'_> {
    /// From the first character of the name to the last of the value.
    pub(crate) const fn span(&self) -> Span {
        Span {
            start: self.name.span.start,
            end: self.value.span.end,
        }
    }
}

/// A piece of the text, and where it stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Token<'a> {
    /// The piece.
    pub(crate) text: &'a str,
    /// Its place, in characters.
    pub(crate) span: Span,
}

impl<'a> Token<'a> {
    /// `text`, which begins at character `start`.
    pub(crate) fn new(text: &'a str, start: usize) -> Self {
        Self {
            text,
            span: Span::new(start, start + text.chars().count()),
        }
    }

    /// Without white space at either end (FWS of RFC 6376 §2.8, and nothing wider).
    pub(crate) fn trim(self) -> Self {
        let behind = self.text.trim_start_matches(WHITE_SPACE);
        let skipped = self.text.len() - behind.len();
        // White space is ASCII, so octets are characters here.
        Self::new(
            behind.trim_end_matches(WHITE_SPACE),
            self.span.start as usize + skipped,
        )
    }

    /// The pieces between separators, in one pass, white space around them taken off.
    pub(crate) fn split(self, separator: char) -> impl Iterator<Item = Self> {
        let mut start = self.span.start as usize;
        self.text.split(separator).map(move |piece| {
            let token = Self::new(piece, start);
            start = token.span.end as usize + 1;
            token.trim()
        })
    }

    /// The parts in front of and behind the first separator.
    fn split_once(self, separator: char) -> Option<(Self, Self)> {
        let (front, behind) = self.text.split_once(separator)?;
        let front = Self::new(front, self.span.start as usize);
        Some((
            front.trim(),
            Self::new(behind, front.span.end as usize + 1).trim(),
        ))
    }
}

const WHITE_SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The elements of a tag list, in one pass over the text.
pub(crate) fn elements(text: &str) -> impl Iterator<Item = Element<'_>> {
    let mut pieces = Token::new(text, 0).split(';').peekable();
    core::iter::from_fn(move || {
        let piece = pieces.next()?;
        // RFC 6376 §3.2: a tag list may end in a semicolon.
        if piece.text.is_empty() && pieces.peek().is_none() {
            return None;
        }
        Some(element(piece))
    })
}

fn element(piece: Token<'_>) -> Element<'_> {
    if piece.text.is_empty() {
        return Element::Empty(piece.span);
    }
    match piece.split_once('=') {
        Some((name, value)) => Element::Tag(Tag { name, value }),
        None => Element::NotATag(piece),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(text: &str, start: usize) -> Token<'_> {
        Token::new(text, start)
    }

    #[test]
    fn elements_and_their_places() {
        let found: Vec<_> = elements("v=DMARC1 ;\tp = no ne;;é; rua=a=b;").collect();
        assert_eq!(
            found,
            [
                Element::Tag(Tag {
                    name: token("v", 0),
                    value: token("DMARC1", 2)
                }),
                Element::Tag(Tag {
                    name: token("p", 11),
                    value: token("no ne", 15)
                }),
                Element::Empty(Span::new(21, 21)),
                Element::NotATag(token("é", 22)),
                Element::Tag(Tag {
                    name: token("rua", 25),
                    value: token("a=b", 29)
                }),
            ]
        );
    }

    #[test]
    fn only_the_last_element_may_be_empty() {
        assert_eq!(elements("").count(), 0);
        assert_eq!(elements("a=1;").count(), 1);
        assert_eq!(elements("a=1; ").count(), 1);
        assert_eq!(elements("a=1;;").count(), 2);
        assert_eq!(elements(";a=1").count(), 2);
    }

    #[test]
    fn empty_names_and_values_are_tags() {
        let found: Vec<_> = elements(" = ;p=").collect();
        assert_eq!(
            found,
            [
                Element::Tag(Tag {
                    name: token("", 1),
                    value: token("", 2)
                }),
                Element::Tag(Tag {
                    name: token("p", 4),
                    value: token("", 6)
                }),
            ]
        );
    }

    proptest! {
        #[test]
        fn every_span_covers_its_text(text in "[a-zé=;: \t]{0,60}") {
            let characters: Vec<char> = text.chars().collect();
            let covered = |span: Span| -> String {
                characters[span.start as usize..span.end as usize].iter().collect()
            };
            for element in elements(&text) {
                match element {
                    Element::Tag(tag) => {
                        prop_assert_eq!(covered(tag.name.span), tag.name.text);
                        prop_assert_eq!(covered(tag.value.span), tag.value.text);
                        for piece in tag.value.split(':') {
                            prop_assert_eq!(covered(piece.span), piece.text);
                        }
                    }
                    Element::NotATag(piece) => prop_assert_eq!(covered(piece.span), piece.text),
                    Element::Empty(span) => prop_assert_eq!(span.start, span.end),
                }
            }
        }
    }
}
