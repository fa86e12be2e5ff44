//! A domain as its owner writes it: the Unicode form of A-labels (RFC 3492).

/// The Unicode form of `domain`; `None` when it has none, a label cannot be read, or one has letters of
/// another script beside Latin ones and so may look like a name that it is not.
pub fn of(domain: &str) -> Option<String> {
    let mut foreign = false;
    let labels: Option<Vec<String>> = domain
        .split('.')
        .map(|label| match label.strip_prefix("xn--") {
            Some(encoded) => {
                foreign = true;
                decode(encoded)
            }
            None => Some(label.to_owned()),
        })
        .collect();
    labels.filter(|_| foreign).map(|labels| labels.join("."))
}

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const FIRST_BIAS: u32 = 72;

/// RFC 3492 §6.2. Characters that steer or show nothing are no part of a domain: with one, it is not shown.
fn decode(encoded: &str) -> Option<String> {
    let (basic, extended) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    // Of hyphen, digits and letters, the letters come last.
    let latin = basic.bytes().any(|octet| octet > b'9');
    let mut decoded: Vec<char> = basic.chars().collect();
    let (mut code, mut place, mut bias) = (128_u32, 0_u32, FIRST_BIAS);
    let mut digits = extended.chars();
    while !digits.as_str().is_empty() {
        let before = place;
        let (mut weight, mut k) = (1_u32, BASE);
        loop {
            let digit = digit(digits.next()?)?;
            place = place.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            k += BASE;
        }
        let length = u32::try_from(decoded.len()).ok()? + 1;
        bias = adapt(place - before, length, before == 0);
        code = code.checked_add(place / length)?;
        place %= length;
        decoded.insert(
            usize::try_from(place).ok()?,
            char::from_u32(code).filter(|c| {
                (c.is_alphanumeric() || is_joiner(*c)) && (!latin || is_with_latin(*c))
            })?,
        );
        place += 1;
    }
    Some(decoded.into_iter().collect())
}

/// Letters and marks that stand beside plain Latin ones, in Europe and in Vietnam.
const fn is_with_latin(c: char) -> bool {
    matches!(c, '\0'..'\u{0370}' | '\u{1e00}'..='\u{1eff}')
}

/// Marks and joiners that Persian, Hindi and others write with (RFC 5892 §2.8, appendix A).
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{065f}' | '\u{0900}'..='\u{0d7f}')
}

fn digit(c: char) -> Option<u32> {
    match c {
        'a'..='z' => Some(u32::from(c) - u32::from('a')),
        '0'..='9' => Some(u32::from(c) - u32::from('0') + 26),
        _ => None,
    }
}

/// RFC 3492 §6.1.
const fn adapt(delta: u32, length: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / length;
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn labels_are_read_as_browsers_read_them() {
        assert_eq!(
            of("xn--ngbsai97e.xn--mgba3a4f16a").as_deref(),
            Some("بررسی.ایران")
        );
        assert_eq!(
            of("xn--bcher-kva.example").as_deref(),
            Some("bücher.example")
        );
        assert_eq!(of("example.org"), None);
    }

    /// "paypal" with two Cyrillic letters in front, and "example" with one.
    #[test]
    fn what_looks_like_another_name_stays_as_dns_has_it() {
        assert_eq!(of("xn--ypal-43d9g.com"), None);
        assert_eq!(of("xn--xample-2of.com"), None);
        // One script is one script, wherever its letters stand.
        assert_eq!(of("xn--e1afmkfd.xn--p1ai").as_deref(), Some("пример.рф"));
    }

    #[test]
    fn what_cannot_be_read_is_not_shown() {
        for broken in [
            "xn--a.example",
            "xn--99999999999.example",
            "xn--\u{fc}.example",
            "xn--.example",
        ] {
            assert!(
                of(broken).is_none_or(|shown| !shown.contains("xn--")),
                "{broken}"
            );
        }
        // U+202E, which turns the text around it.
        assert_eq!(
            of("xn--abc-qn0b.example").filter(|shown| shown.contains('\u{202e}')),
            None
        );
    }
}
