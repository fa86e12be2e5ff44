//! Domains in all letters, by tables that a browser would bring along (UTS 46).

use std::borrow::Cow;

use postern_shared::DomainName;
use postern_shared::text::visible;

/// Maps a host name to A-labels; `None` when it cannot be one.
pub(crate) fn to_ascii(host: &str) -> Option<String> {
    idna::domain_to_ascii(host).ok()
}

/// The domain as its owner writes it, where that is another way than ours.
pub(crate) fn of(domain: &DomainName) -> Option<String> {
    let (unicode, sound) = idna::domain_to_unicode(domain.as_str());
    // What a stranger registered must not steer the terminal either.
    let harmless = matches!(visible(&unicode), Cow::Borrowed(_));
    (sound.is_ok() && harmless && unicode != domain.as_str()).then_some(unicode)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use postern_shared::input;

    use super::*;

    #[test]
    fn a_name_comes_back_as_it_was_typed() {
        for (typed, ascii) in [
            ("نمونه.test", "xn--hhbbbed.test"),
            ("می\u{200c}خواهم.test", "xn--mgbn2ecje63gr19l.test"),
            ("bücher.example", "xn--bcher-kva.example"),
        ] {
            let domain = input::parse(typed, to_ascii).unwrap();
            assert_eq!(domain.as_str(), ascii);
            assert_eq!(of(&domain).as_deref(), Some(typed));
        }
    }

    #[test]
    fn what_has_no_other_form_or_none_to_show_stays_as_it_is() {
        for text in ["example.org", "xn--a.example", "xn--abc-qn0b.example"] {
            assert_eq!(of(&DomainName::parse(text).unwrap()), None, "{text}");
        }
    }
}
