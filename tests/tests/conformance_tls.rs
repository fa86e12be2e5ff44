//! TLS names, levels and weaknesses against other people's data.

// The whole file is a test: a file that is not as described stops it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use postern_shared::tls::{
    Authentication, Group, KeyExchange, Level, Suite, Version, Weakness, key_level, signature_level,
};
use postern_tests::place;
use serde_json::Value;

/// The file; nothing, loudly, where it is not at hand.
fn data() -> Option<Value> {
    let text = place::conformance("tls-suites.json")?;
    Some(serde_json::from_str(&text).expect("JSON"))
}

fn list(of: &Value) -> &[Value] {
    let list = of.as_array().expect("a list");
    assert!(!list.is_empty(), "it holds something");
    list
}

fn text(of: &Value) -> &str {
    of.as_str().unwrap_or_else(|| panic!("a text: {of}"))
}

fn code(of: &Value) -> u16 {
    u16::from_str_radix(text(&of["code"]), 16).expect("a code")
}

fn level(of: &Value) -> Level {
    match text(of) {
        "good" => Level::Good,
        "sufficient" => Level::Sufficient,
        "phase-out" => Level::PhaseOut,
        "insufficient" => Level::Insufficient,
        other => panic!("no level: {other}"),
    }
}

#[test]
fn versions() {
    let Some(data) = data() else { return };
    for entry in list(&data["versions"]) {
        let version = Version::named(text(&entry["name"])).expect("a version");
        let wire = u16::from_str_radix(text(&entry["wire"]), 16).expect("a number");
        assert_eq!(version.wire(), wire, "{entry}");
        assert_eq!(version.level(), level(&entry["level"]), "{entry}");
    }
}

#[test]
fn suites_have_their_names_levels_and_ages() {
    let Some(data) = data() else { return };
    let entries = list(&data["suites"]);
    assert!(Suite::all().eq(entries.iter().map(|entry| Suite(code(entry)))));
    for entry in entries {
        let suite = Suite(code(entry));
        assert_eq!(suite.to_string(), text(&entry["iana"]));
        assert_eq!(suite.level(), level(&entry["ncsc_nl_2025"]), "{entry}");
        let since = match text(&entry["since"]) {
            "TLSv1.3" => Version::Tls13,
            "TLSv1.2" => Version::Tls12,
            _ => Version::Ssl3,
        };
        assert_eq!(suite.since(), Some(since), "{entry}");
    }
}

#[test]
fn suites_have_their_weaknesses() {
    let Some(data) = data() else { return };
    for entry in list(&data["suites"]) {
        let suite = Suite(code(entry));
        let weak = entry["weak"].as_array().expect("a list");
        let mut expected: Vec<Weakness> = weak.iter().map(|word| weakness(text(word))).collect();
        expected.extend(left_out(suite, text(&entry["iana"])));
        expected.sort();
        let found: Vec<Weakness> = suite.weaknesses().collect();
        assert_eq!(found, expected, "{entry}");
    }
}

fn weakness(word: &str) -> Weakness {
    match word {
        "no encryption" => Weakness::NoEncryption,
        "no authentication" => Weakness::NoAuthentication,
        "export grade" => Weakness::Export,
        "old 64-bit block cipher" => Weakness::OldBlock,
        "3DES 64-bit block" => Weakness::TripleDes,
        "RC4 (RFC 7465)" => Weakness::Rc4,
        "MD5" => Weakness::Md5,
        "no forward secrecy (static DH)" | "no forward secrecy (RSA key exchange)" => {
            Weakness::NoForwardSecrecy
        }
        "CBC with SHA-1" => Weakness::CbcSha1,
        "CBC" => Weakness::Cbc,
        "short tag" => Weakness::ShortTag,
        "national algorithm" => Weakness::National,
        other => panic!("no weakness: {other}"),
    }
}

/// What the file does not say, and is so.
fn left_out(suite: Suite, name: &str) -> Vec<Weakness> {
    let mut more = Vec::new();
    // Of static keys it knows those of RSA and of Diffie-Hellman only. `TLS_NULL_WITH_NULL_NULL` has no keys at all.
    let unasked = matches!(
        suite.key_exchange(),
        KeyExchange::Shared | KeyExchange::Other
    );
    if unasked {
        more.push(Weakness::NoForwardSecrecy);
    }
    // RC2 has no other mode in TLS (draft-ietf-tls-56-bit-ciphersuites).
    if name.contains("RC2_56") {
        more.push(Weakness::Cbc);
    }
    if name == "TLS_AES_128_CCM_8_SHA256" {
        more.push(Weakness::ShortTag);
    }
    // RFC 9150: the records are sealed, and can be read by all.
    if matches!(name, "TLS_SHA256_SHA256" | "TLS_SHA384_SHA384") {
        more.push(Weakness::NoEncryption);
    }
    more
}

#[test]
fn suites_tell_how_the_server_proves_itself() {
    let Some(data) = data() else { return };
    for entry in list(&data["suites"]) {
        let found = Suite(code(entry)).authentication().expect("a known suite");
        let (exchange, _) = text(&entry["iana"])
            .split_once("_WITH_")
            .unwrap_or_default();
        let has = |word: &str| exchange.contains(word);
        let expected = match exchange {
            "" => Authentication::Apart,
            _ if has("anon") || has("NULL") => Authentication::None,
            _ if has("GOST") => Authentication::Gost,
            _ if has("ECDSA") => Authentication::Ecdsa,
            _ if has("DSS") => Authentication::Dss,
            _ if has("RSA") => Authentication::Rsa,
            _ => Authentication::Shared,
        };
        assert_eq!(found, expected, "{entry}");
    }
}

/// The file follows a program that calls the guideline's *sufficient* curves good. The guideline (table of checks for
/// the levels of 2025-05) calls good only what withstands quantum computers too.
#[test]
fn groups() {
    let Some(data) = data() else { return };
    for entry in list(&data["groups"]) {
        let group = Group(code(entry));
        assert_eq!(group.to_string(), text(&entry["name"]));
        let told = level(&entry["ncsc_nl_2025"]);
        let expected = match told {
            Level::Good if !group.is_hybrid() => Level::Sufficient,
            other => other,
        };
        assert_eq!(group.level(), expected, "{entry}");
    }
}

/// Of keys, as of groups, the guideline calls the best ones of today sufficient, where the file says good.
#[test]
fn certificates() {
    let Some(data) = data() else { return };
    let certificate = &data["certificate"];
    let bits = |level: &str| {
        let bits = certificate["rsa_bits"][level].as_u64();
        u32::try_from(bits.expect("a number")).expect("a small number")
    };
    let rsa = |bits| key_level("RSA", bits, None);
    assert_eq!(rsa(bits("good")), Level::Sufficient);
    assert_eq!(rsa(bits("good") - 1), Level::PhaseOut);
    assert_eq!(rsa(bits("phase_out")), Level::PhaseOut);
    assert_eq!(rsa(bits("phase_out") - 1), Level::Insufficient);
    for curve in list(&certificate["ec"]["good"]) {
        let found = match text(curve) {
            "ed25519" => key_level("Ed25519", 256, None),
            "ed448" => key_level("Ed448", 456, None),
            curve => key_level("EC", 256, Some(curve)),
        };
        assert_eq!(found, Level::Sufficient, "{curve}");
    }
    for curve in list(&certificate["ec"]["phase_out"]) {
        assert_eq!(key_level("EC", 224, Some(text(curve))), Level::PhaseOut);
    }
    let hashes = &certificate["signature_hash"];
    for (told, expected) in [
        ("sufficient", Level::Sufficient),
        ("phase_out", Level::PhaseOut),
        ("insufficient", Level::Insufficient),
    ] {
        for hash in list(&hashes[told]) {
            let name = format!("{}WithRSAEncryption", text(hash));
            assert_eq!(signature_level(&name), expected, "{name}");
        }
    }
}
