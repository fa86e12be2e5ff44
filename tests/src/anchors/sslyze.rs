//! `sslyze`, by its JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use postern_shared::tls::{Suite, Version};
use serde_json::Value;

use super::{Asked, Findings, Leaf, group, minutes, signature, suite, target, word};

const VERSIONS: [(Version, &str, &str); 6] = [
    (Version::Ssl2, "--sslv2", "ssl_2_0_cipher_suites"),
    (Version::Ssl3, "--sslv3", "ssl_3_0_cipher_suites"),
    (Version::Tls10, "--tlsv1", "tls_1_0_cipher_suites"),
    (Version::Tls11, "--tlsv1_1", "tls_1_1_cipher_suites"),
    (Version::Tls12, "--tlsv1_2", "tls_1_2_cipher_suites"),
    (Version::Tls13, "--tlsv1_3", "tls_1_3_cipher_suites"),
];

pub(super) fn prepare(
    command: &mut Command,
    address: SocketAddr,
    name: &str,
    asked: Asked,
    output: &Path,
) {
    command.args(["--starttls", "smtp", "--sni", name, "--certinfo"]);
    if asked != Asked::Certificates {
        command.args(VERSIONS.map(|(_, option, _)| option));
        command.arg("--elliptic_curves");
    }
    command.args(["--json_out", word(output), &target(address)]);
}

pub(super) fn read(text: &str, asked: Asked) -> Findings {
    let whole: Value = serde_json::from_str(&short_numbers(text)).expect("JSON of sslyze");
    let result = &whole["server_scan_results"][0]["scan_result"];
    let scanned = asked != Asked::Certificates && !result.is_null();
    Findings {
        suites: scanned.then(|| suites(result)),
        groups: scanned.then(|| {
            let curves = list(&result["elliptic_curves"]["result"]["supported_curves"]);
            curves
                .iter()
                .filter_map(|curve| group(curve["name"].as_str()?))
                .collect()
        }),
        certificates: (result["certificate_info"]["status"] == "COMPLETED")
            .then(|| certificates(&result["certificate_info"]["result"])),
    }
}

/// Without the numbers that keys are made of, which no number of JSON's reader holds: of each run of digits the first
/// eighteen.
fn short_numbers(text: &str) -> String {
    let mut run = 0;
    text.chars()
        .filter(|character| {
            run = if character.is_ascii_digit() {
                run + 1
            } else {
                0
            };
            run <= 18
        })
        .collect()
}

fn suites(result: &Value) -> BTreeMap<Version, BTreeSet<Suite>> {
    let mut suites = BTreeMap::new();
    for (version, _, key) in VERSIONS {
        let accepted = list(&result[key]["result"]["accepted_cipher_suites"]);
        if !accepted.is_empty() {
            let names = accepted
                .iter()
                .map(|suite| suite["cipher_suite"]["name"].as_str());
            suites.insert(
                version,
                names.map(|name| suite(name.expect("a name"))).collect(),
            );
        }
    }
    suites
}

fn certificates(info: &Value) -> BTreeSet<Leaf> {
    let chains = list(&info["certificate_deployments"]).iter();
    chains
        .map(|deployment| {
            let chain = list(&deployment["received_certificate_chain"]);
            let own = &chain[0];
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let key = &own["public_key"];
            let kind = match key["algorithm"].as_str() {
                Some("ECPublicKey" | "EllipticCurvePublicKey") => "EC",
                Some("RSAPublicKey") => "RSA",
                other => other.unwrap_or_default(),
            };
            Leaf {
                names: list(&own["subject_alternative_name"]["dns_names"])
                    .iter()
                    .map(text)
                    .collect(),
                not_before: minutes(&text(&own["not_valid_before"])),
                not_after: minutes(&text(&own["not_valid_after"])),
                key: format!("{kind} {}", key["key_size"]),
                signature: signature(&text(&own["signature_algorithm_oid"]["name"])),
                chain: chain.len(),
            }
        })
        .collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_keys_do_not_keep_a_result_from_being_read() {
        let text = format!(r#"{{"rsa_n": {}, "key_size": 2048}}"#, "7".repeat(617));
        let value: Value = serde_json::from_str(&short_numbers(&text)).expect("JSON");
        assert_eq!(value["key_size"], 2048);
    }

    #[test]
    fn a_result_is_read() {
        let text = r#"{"server_scan_results": [{"scan_result": {
"tls_1_2_cipher_suites": {"result": {"accepted_cipher_suites": [
    {"cipher_suite": {"name": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}}]}},
"tls_1_1_cipher_suites": {"result": {"accepted_cipher_suites": []}},
"elliptic_curves": {"result": {"supported_curves": [{"name": "X25519"}, {"name": "prime256v1"}, {"name": "wap-wsg-idm"}]}},
"certificate_info": {"status": "COMPLETED", "result": {"certificate_deployments": [{"received_certificate_chain": [
    {"public_key": {"algorithm": "RSAPublicKey", "key_size": 2048}, "not_valid_before": "2026-11-21T19:46:05Z",
     "not_valid_after": "2026-12-12T19:46:05Z", "signature_algorithm_oid": {"name": "ecdsa-with-SHA256"},
     "subject_alternative_name": {"dns_names": ["a.test"]}}]}]}}}}]}"#;
        let found = read(text, Asked::Everything);
        assert_eq!(
            found.suites.expect("suites"),
            BTreeMap::from([(Version::Tls12, BTreeSet::from([Suite(0xc02f)]))])
        );
        assert_eq!(found.groups.expect("groups").len(), 2);
        let leaves = found.certificates.expect("certificates");
        let leaf = leaves.first().expect("one");
        assert_eq!((leaf.key.as_str(), leaf.chain), ("RSA 2048", 1));
    }
}
