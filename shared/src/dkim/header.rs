//! The signatures of a message: which domain signed, and under which selector its key stands.
//!
//! A header is pasted from wherever a person found it, so this reads what mail programs show, not what RFC 5322
//! allows: folding may be lost, line ends may be of any kind, and the name of the field may be missing.

use super::Selector;
use crate::dns::Name;
use crate::evidence::{SelectorFact, SelectorSource};
use crate::input::ToAscii;
use crate::tag_list::{self, Element};

/// Octets of a header that are looked at.
const MAX_HEADER: usize = 64 * 1024;
/// Signatures of one message that are read.
const MAX_SIGNATURES: usize = 20;
/// Characters of an algorithm's name.
const MAX_ALGORITHM: usize = 40;

/// One `DKIM-Signature` field (RFC 6376 §3.5), as far as it leads to a key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Signature {
    /// `d=`: the domain that signs.
    pub domain: Name,
    /// `s=`: the selector of its key.
    pub selector: Selector,
    /// `a=`: how it was made, such as `rsa-sha256`; empty where that is not said.
    pub algorithm: String,
}

impl Signature {
    /// What the signature tells about `domain`: nothing where a stranger signed, such as a provider in its own name.
    /// A signature of a domain above or below is about the same owner, as far as names tell.
    #[must_use]
    pub fn fact_about(&self, domain: &Name) -> Option<SelectorFact> {
        is_kin(&self.domain, domain).then(|| SelectorFact {
            domain: self.domain.clone(),
            selector: self.selector.clone(),
            source: SelectorSource::Message,
        })
    }
}

/// Whether one of the domains is the other, or stands below it; no top-level domain is anybody's kin.
pub(super) fn is_kin(one: &Name, other: &Name) -> bool {
    let is_domain = |name: &Name| name.labels().count() > 1;
    is_domain(one) && is_domain(other) && (one.is_within(other) || other.is_within(one))
}

/// Reads the signatures of a message, of its header alone, or of what stands behind `DKIM-Signature:`; the body
/// is not looked at. Those that lead to no key are passed over, and each key is named once.
#[must_use]
pub fn read(text: &str, to_ascii: ToAscii) -> Vec<Signature> {
    let mut signatures: Vec<Signature> = Vec::new();
    for field in fields(beginning(text)) {
        if signatures.len() == MAX_SIGNATURES {
            break;
        }
        if let Some(found) = signature(&field, to_ascii)
            && !signatures
                .iter()
                .any(|known| known.domain == found.domain && known.selector == found.selector)
        {
            signatures.push(found);
        }
    }
    signatures
}

/// As much of the text as is looked at.
fn beginning(text: &str) -> &str {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let mut end = text.len().min(MAX_HEADER);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// The values of the `DKIM-Signature` fields, unfolded.
fn fields(header: &str) -> Vec<String> {
    // What stands in front of the first field name may be a value by itself.
    let mut values = vec![String::new()];
    let mut is_ours = true;
    // Lines may end in LF, CRLF, or CR alone.
    for line in header
        .split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
    {
        if line.trim().is_empty() {
            break;
        }
        let folded = line.starts_with([' ', '\t']);
        match line
            .split_once(':')
            .filter(|(name, _)| !folded && is_field_name(name))
        {
            Some((name, value)) => {
                is_ours = name.trim_end().eq_ignore_ascii_case("DKIM-Signature");
                if is_ours {
                    values.push(value.to_owned());
                }
            }
            None if is_ours => {
                if let Some(value) = values.last_mut() {
                    value.push(' ');
                    value.push_str(line);
                }
            }
            None => {}
        }
    }
    values
}

/// Whether a line begins a field. `=` may stand in a field's name (RFC 5322 §3.6.8), but nobody has such a field:
/// it is a line of tags that lost the space in front.
fn is_field_name(text: &str) -> bool {
    let text = text.trim_end_matches([' ', '\t']);
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_graphic() && b != b'=' && b != b';')
}

fn signature(value: &str, to_ascii: ToAscii) -> Option<Signature> {
    let (mut domain, mut selector, mut algorithm) = (None, None, "");
    for element in tag_list::elements(value) {
        let Element::Tag(tag) = element else { continue };
        match tag.name.text {
            "d" => domain = domain.or(Some(tag.value.text)),
            "s" => selector = selector.or(Some(tag.value.text)),
            "a" if algorithm.is_empty() => algorithm = tag.value.text,
            _ => {}
        }
    }
    let domain = Name::parse(&ascii(domain?, to_ascii)?).ok()?;
    let selector = Selector::parse(&ascii(selector?, to_ascii)?).ok()?;
    (!domain.is_root()).then(|| Signature {
        domain,
        selector,
        algorithm: algorithm.chars().take(MAX_ALGORITHM).collect(),
    })
}

/// U-labels, which stand in the header of internationalized mail (RFC 8616 §5), as A-labels.
fn ascii(text: &str, to_ascii: ToAscii) -> Option<String> {
    if text.is_ascii() {
        Some(text.to_owned())
    } else {
        to_ascii(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn to_ascii(text: &str) -> Option<String> {
        (text == "نمونه.example").then(|| "xn--mgbbbbb.example".to_owned())
    }

    fn found(text: &str) -> Vec<(String, String, String)> {
        read(text, to_ascii)
            .into_iter()
            .map(|s| (s.domain.to_string(), s.selector.to_string(), s.algorithm))
            .collect()
    }

    fn one(domain: &str, selector: &str, algorithm: &str) -> Vec<(String, String, String)> {
        vec![(domain.into(), selector.into(), algorithm.into())]
    }

    /// RFC 6376 A.2, with the line ends of the wire.
    const MESSAGE: &str = "DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;\r\n      \
        c=simple/simple; q=dns/txt; i=joe@football.example.com;\r\n      \
        h=Received : From : To : Subject : Date : Message-ID;\r\n      \
        bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n      \
        b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB\r\n      \
        4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut\r\n      \
        KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV\r\n      \
        4bmp/YzhwvcubU4=;\r\nReceived: from client1.football.example.com  [192.0.2.1]\r\n      \
        by submitserver.example.com with SUBMISSION;\r\n      \
        Fri, 11 Jul 2003 21:01:54 -0700 (PDT)\r\nFrom: Joe SixPack <joe@football.example.com>\r\n\r\n\
        DKIM-Signature: d=body.example; s=body\r\n";

    #[test]
    fn the_example_of_the_standard() {
        let expected = one("example.com", "brisbane", "rsa-sha256");
        assert_eq!(found(MESSAGE), expected);
        assert_eq!(found(&MESSAGE.replace('\r', "")), expected, "LF alone");
        assert_eq!(found(&MESSAGE.replace('\n', "")), expected, "CR alone");
        assert_eq!(
            found(&MESSAGE.replace("\r\n      ", "\n")),
            expected,
            "folding lost"
        );
        assert_eq!(found(&format!("\u{feff}\r\n{MESSAGE}")), expected);
        let value = MESSAGE.strip_prefix("DKIM-Signature:").unwrap();
        assert_eq!(found(value), expected, "without its name");
    }

    #[test]
    fn names_of_fields_are_read_in_any_case() {
        let text = "From x@y.example Mon Jan 1\ndkim-SIGNATURE : S=wrong;d=A.Example.; s=One;\n\td=b.example\nX-DKIM-Signature: d=c.example; s=c\nSubject: d=e.example; s=e";
        assert_eq!(found(text), one("a.example", "one", ""));
    }

    #[test]
    fn several_signatures_are_each_named_once() {
        let text = "DKIM-Signature: d=a.example; s=s1\nDKIM-Signature: d=b.example; s=s1\nDKIM-Signature: d=a.example; s=s1; a=x";
        let domains: Vec<_> = found(text).into_iter().map(|(domain, ..)| domain).collect();
        assert_eq!(domains, ["a.example", "b.example"]);
    }

    #[test]
    fn other_scripts_are_mapped() {
        assert_eq!(
            found("d=نمونه.example; s=s1"),
            one("xn--mgbbbbb.example", "s1", "")
        );
        assert_eq!(found("d=ناشناخته.example; s=s1"), []);
    }

    #[test]
    fn what_leads_to_no_key_is_passed_over() {
        for text in [
            "",
            "\r\n\r\n",
            "hello",
            "s=a",
            "d=a.example",
            "d=a..b; s=x",
            "d=.; s=x",
            "d=a.example; s=a b",
            "d=a.example; s=",
            "\u{202e}: d=a.example; s=x",
        ] {
            assert_eq!(found(text), [], "{text:?}");
        }
    }

    #[test]
    fn a_header_without_end_is_bounded() {
        let many: String = (0..1000)
            .map(|n| format!("DKIM-Signature: d=a.example; s=s{n}\n"))
            .collect();
        assert_eq!(found(&many).len(), MAX_SIGNATURES);
        let far = format!(
            "X: {}\nDKIM-Signature: d=a.example; s=s\n",
            "é".repeat(MAX_HEADER)
        );
        assert_eq!(found(&far), []);
        let long = format!("d=a.example; s=s; a={}", "x".repeat(1000));
        assert_eq!(found(&long)[0].2.len(), MAX_ALGORITHM);
    }

    #[test]
    fn only_kin_sign_for_a_domain() {
        let about = |signer: &str, domain: &str| {
            let text = format!("d={signer}; s=s");
            read(&text, to_ascii)[0]
                .fact_about(&Name::parse(domain).unwrap())
                .is_some()
        };
        for (signer, domain, expected) in [
            ("example.org", "example.org", true),
            ("mail.example.org", "example.org", true),
            ("example.org", "news.example.org", true),
            ("other.org", "example.org", false),
            ("badexample.org", "example.org", false),
            ("a.example.org", "b.example.org", false),
            ("org", "example.org", false),
        ] {
            assert_eq!(about(signer, domain), expected, "{signer} {domain}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(DKIM-Signature|[ -~é\r\n\t]|d=|s=|;|:){0,300}") {
            prop_assert!(read(&text, |_| None).len() <= MAX_SIGNATURES);
        }
    }
}
