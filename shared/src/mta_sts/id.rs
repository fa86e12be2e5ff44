//! New values for `id`. Senders fetch the policy again when it changes (RFC 8461 §3.1), so all that counts is
//! that it does; what is made here needs no clock.

/// Characters of an `id`.
const MAX_ID: usize = 32;

/// An `id` other than `old`: its last number raised by one, or a number put behind it.
#[must_use]
pub fn next(old: &str) -> String {
    let mut characters: Vec<char> = old.chars().filter(char::is_ascii_alphanumeric).collect();
    characters.truncate(MAX_ID);
    let Some(last) = characters.iter().rposition(char::is_ascii_digit) else {
        characters.truncate(MAX_ID - 1);
        characters.push('1');
        return characters.into_iter().collect();
    };
    let mut place = last;
    loop {
        let here = characters.get(place).copied().filter(char::is_ascii_digit);
        match here.and_then(|c| c.to_digit(10)) {
            Some(9) => set(&mut characters, place, '0'),
            Some(digit) => {
                let raised = char::from_digit(digit + 1, 10).unwrap_or('0');
                set(&mut characters, place, raised);
                break;
            }
            // Every digit was a nine: the number grows by one place, or starts again where there is none.
            None => {
                if characters.len() < MAX_ID {
                    characters.insert(place + 1, '1');
                }
                break;
            }
        }
        match place.checked_sub(1) {
            Some(before) => place = before,
            None => {
                if characters.len() < MAX_ID {
                    characters.insert(0, '1');
                }
                break;
            }
        }
    }
    characters.into_iter().collect()
}

fn set(characters: &mut [char], place: usize, value: char) {
    if let Some(c) = characters.get_mut(place) {
        *c = value;
    }
}

/// An `id` made from a policy's text: sixteen hexadecimal digits of its FNV-1a digest. Two policies have two,
/// for all that is likely; nobody gains from making them collide.
#[must_use]
pub fn digest(policy: &str) -> String {
    let digest = policy.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, octet| {
        (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3_u64)
    });
    format!("{digest:016x}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_last_number_is_raised() {
        for (old, new) in [
            ("20240131000000", "20240131000001"),
            ("20241231235959Z", "20241231235960Z"),
            ("v9", "v10"),
            ("999", "1000"),
            ("a99z", "a100z"),
            ("first", "first1"),
            ("", "1"),
            (&"9".repeat(32), &*"0".repeat(32)),
            (&"x".repeat(32), &*format!("{}1", "x".repeat(31))),
        ] {
            assert_eq!(next(old), new, "{old}");
        }
    }

    proptest! {
        #[test]
        fn it_is_another_one_and_a_valid_one(old in "[0-9A-Za-z]{0,40}") {
            let new = next(&old);
            prop_assert_ne!(&new, &old);
            prop_assert!((1..=32).contains(&new.len()));
            prop_assert!(new.bytes().all(|octet| octet.is_ascii_alphanumeric()));
        }
    }

    #[test]
    fn a_digest_is_a_valid_id() {
        assert_eq!(digest(""), "cbf29ce484222325");
        assert_eq!(digest("a"), "af63dc4c8601ec8c");
    }
}
