//! Held against `serde_json`: what it writes is read, and what is read it reads the same.

use std::net::IpAddr;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::read;

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Whole {
    text: String,
    #[serde(default)]
    flag: bool,
    small: u8,
    large: u64,
    signed: i32,
    initial: char,
    maybe: Option<Box<Self>>,
    pair: (u16, String),
    address: IpAddr,
    kinds: Vec<Kind>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Bare,
    Newtype(Inner),
    Tuple(u8, String),
    Named { one: Option<u32>, two: Vec<String> },
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Inner(Vec<u32>);

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    a: u8,
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Bare),
        prop::collection::vec(any::<u32>(), 0..3).prop_map(|list| Kind::Newtype(Inner(list))),
        any::<(u8, String)>().prop_map(|(number, text)| Kind::Tuple(number, text)),
        any::<(Option<u32>, Vec<String>)>().prop_map(|(one, two)| Kind::Named { one, two }),
    ]
}

fn whole() -> impl Strategy<Value = Whole> {
    let numbers = (any::<u8>(), any::<u64>(), any::<i32>());
    let rest = (any::<char>(), any::<(u16, String)>(), any::<IpAddr>());
    (
        any::<String>(),
        any::<bool>(),
        numbers,
        rest,
        prop::collection::vec(kind(), 0..4),
    )
        .prop_map(
            |(text, flag, (small, large, signed), (initial, pair, address), kinds)| Whole {
                text,
                flag,
                small,
                large,
                signed,
                initial,
                maybe: None,
                pair,
                address,
                kinds,
            },
        )
}

proptest! {
    #[test]
    fn what_is_written_is_read(outer in whole(), inner in whole()) {
        let value = Whole { maybe: Some(Box::new(inner)), ..outer };
        let compact = serde_json::to_string(&value).unwrap();
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(read::<Whole>(&compact), Ok(value.clone()));
        prop_assert_eq!(read::<Whole>(&pretty), Ok(value));
    }

    /// Whatever one octet does to a text, the two agree on it.
    #[test]
    fn a_damaged_text_is_read_as_the_other_reads_it(
        value in whole(),
        place in any::<prop::sample::Index>(),
        octet in prop::sample::select(b"\"\\{}[],:0-1.eE+ntu \n\x01".to_vec()),
        insert in any::<bool>(),
    ) {
        let mut octets = serde_json::to_string(&value).unwrap().into_bytes();
        let place = place.index(octets.len());
        if insert { octets.insert(place, octet) } else { octets[place] = octet }
        if let Ok(text) = String::from_utf8(octets) {
            prop_assert_eq!(read::<Whole>(&text).ok(), serde_json::from_str(&text).ok(), "{}", text);
        }
    }

    #[test]
    fn rubbish_stops(text in "[\\[\\]{}\",:0-9a-z\\\\ ]{0,40}") {
        prop_assert_eq!(read::<Vec<Kind>>(&text).ok(), serde_json::from_str(&text).ok());
    }
}

#[test]
fn strings_numbers_and_words_as_the_standard_has_them() {
    for text in [
        r#""""#,
        r#""a\u00e9\n\/\"""#,
        r#""\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ud83d\u0041""#,
        r#""\ude00""#,
        r#""\u+123""#,
        r#""\x""#,
        "\"a\nb\"",
        "\"open",
        r#" "سلام" "#,
        r#""a" x"#,
        "",
    ] {
        assert_eq!(
            read::<String>(text).ok(),
            serde_json::from_str(text).ok(),
            "{text:?}"
        );
    }
    for text in [
        "0",
        "-0",
        "07",
        "7",
        "255",
        "256",
        "-1",
        "1.0",
        "1e2",
        "+1",
        "",
        "0x1",
        " 12 ",
        "1 2",
        "18446744073709551616",
    ] {
        assert_eq!(
            read::<u8>(text).ok(),
            serde_json::from_str(text).ok(),
            "{text:?}"
        );
    }
    for text in ["0.5", "-0.5e3", "1.", ".5", "1e", "1e+", "01.5", "12"] {
        assert_eq!(
            read::<f64>(text).ok(),
            serde_json::from_str(text).ok(),
            "{text:?}"
        );
    }
    for text in ["true", "false", "null", "tru", "truefalse"] {
        assert_eq!(
            read::<bool>(text).ok(),
            serde_json::from_str(text).ok(),
            "{text:?}"
        );
        assert_eq!(
            read::<Option<bool>>(text).ok(),
            serde_json::from_str(text).ok(),
            "{text:?}"
        );
    }
}

#[test]
fn names_that_are_not_known_are_passed_over_or_denied() {
    let extra = r#"{"b":[1,{"c":null},"\u0041",true,-1.5e3,{}],"a":7,"d":{"e":[]}}"#;
    #[derive(Debug, Deserialize, PartialEq)]
    struct Lenient {
        a: u8,
        missing: Option<u8>,
    }
    assert_eq!(
        read(extra),
        Ok(Lenient {
            a: 7,
            missing: None
        })
    );
    assert!(read::<Strict>(extra).is_err());
    assert_eq!(read(r#"{ "a" : 7 }"#), Ok(Strict { a: 7 }));
    for text in [
        r#"{"a":1,"a":2}"#,
        "{}",
        r#"{"a":1,}"#,
        r#"{"a":1"#,
        r#"{"a" 1}"#,
        "[1]",
        r#"{a:1}"#,
    ] {
        assert!(read::<Strict>(text).is_err(), "{text:?}");
    }
}

#[test]
fn depth_is_bounded_also_in_what_is_passed_over() {
    #[derive(Debug, Deserialize)]
    struct Lenient {}
    let nested = |depth: usize| format!(r#"{{"x":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
    assert!(read::<Lenient>(&nested(60)).is_ok());
    assert!(read::<Lenient>(&nested(100_000)).is_err());
}

#[test]
fn an_error_says_where() {
    assert_eq!(read::<Strict>(r#"{"a": x}"#).unwrap_err(), 6);
    assert_eq!(read::<Strict>(r#"{"a": 1} x"#).unwrap_err(), 9);
}
