//! Base64 (RFC 4648 §4), as keys are written in it.

/// What a text holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Decoded {
    /// The octets.
    pub(crate) octets: Vec<u8>,
    /// Whether the text ends as base64 must: in whole groups of four characters.
    pub(crate) is_whole: bool,
}

/// Decodes `text`; white space inside is ignored (RFC 6376 §2.10). One pass.
///
/// # Errors
/// The place of the first character that base64 has not, or not there, in characters.
pub(crate) fn decode(text: &str) -> Result<Decoded, usize> {
    let mut octets = Vec::new();
    let (mut group, mut sextets, mut padding) = (0_u32, 0_u8, 0_u8);
    for (place, c) in text.chars().enumerate() {
        match (c, value(c)) {
            (' ' | '\t' | '\r' | '\n', _) => {}
            ('=', _) if sextets >= 2 && sextets + padding < 4 => padding += 1,
            (_, Some(value)) if padding == 0 => {
                group = group << 6 | value;
                sextets += 1;
                if sextets == 4 {
                    octets.extend(group.to_be_bytes().into_iter().skip(1));
                    (group, sextets) = (0, 0);
                }
            }
            _ => return Err(place),
        }
    }
    // Two characters hold one octet, three hold two; one alone holds none.
    let left = group.wrapping_shl(6 * u32::from(4 - sextets)).to_be_bytes();
    octets.extend(
        left.into_iter()
            .skip(1)
            .take(usize::from(sextets.saturating_sub(1))),
    );
    Ok(Decoded {
        octets,
        is_whole: (sextets + padding) % 4 == 0,
    })
}

const fn value(c: char) -> Option<u32> {
    let (first, base) = match c {
        'A'..='Z' => ('A', 0),
        'a'..='z' => ('a', 26),
        '0'..='9' => ('0', 52),
        '+' => ('+', 62),
        '/' => ('/', 63),
        _ => return None,
    };
    Some(c as u32 - first as u32 + base)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn octets(text: &str) -> (Vec<u8>, bool) {
        let decoded = decode(text).unwrap();
        (decoded.octets, decoded.is_whole)
    }

    /// RFC 4648 §10.
    #[test]
    fn the_vectors_of_the_standard() {
        for (text, plain) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
            ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert_eq!(octets(text), (plain.as_bytes().to_vec(), true), "{text}");
        }
        assert_eq!(octets(" Zm\t9v\r\nYg = ="), (b"foob".to_vec(), true));
        assert_eq!(octets("+/+/"), (vec![0xfb, 0xff, 0xbf], true));
    }

    #[test]
    fn what_is_cut_is_told() {
        assert_eq!(octets("Zm9vY"), (b"foo".to_vec(), false));
        assert_eq!(octets("Zm9vYg"), (b"foob".to_vec(), false));
        assert_eq!(octets("Zm9vYg="), (b"foob".to_vec(), false));
        assert_eq!(octets("Zm9vYmE"), (b"fooba".to_vec(), false));
    }

    #[test]
    fn strange_characters_have_a_place() {
        for (text, place) in [
            ("Zm-v", 2),
            ("=", 0),
            ("Zm9v=", 4),
            ("Zg==Zg", 4),
            ("Zg===", 4),
            ("é", 0),
        ] {
            assert_eq!(decode(text), Err(place), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_decoded_or_told_where_not(text in ".{0,80}") {
            match decode(&text) {
                Ok(decoded) => prop_assert!(decoded.octets.len() <= text.len()),
                Err(place) => prop_assert!(place < text.chars().count()),
            }
        }
    }
}
