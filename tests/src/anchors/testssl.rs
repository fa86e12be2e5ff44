//! `testssl.sh`, by its flat JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use postern_shared::tls::{Suite, Version};
use serde_json::Value;

use super::{Asked, Findings, Leaf, group, minutes, signature, target, word};

pub(super) fn prepare(command: &mut Command, address: SocketAddr, asked: Asked, output: &Path) {
    // Protocols, each version's suites, groups, certificates: the sections that tell of these, and no others.
    let sections: &[&str] = match asked {
        Asked::Whole => &[],
        Asked::Everything => &["-p", "-E", "-f", "-S"],
        Asked::Quickly => &["-p", "-S"],
        Asked::Certificates => &["-S"],
    };
    command.args(sections).args([
        "--quiet",
        "--color",
        "0",
        "--warnings",
        "off",
        "--nodns",
        "min",
        "-t",
        "smtp",
        "--jsonfile",
        word(output),
    ]);
    if let Some(openssl) = super::on_path("openssl") {
        command.args(["--openssl", word(&openssl)]);
    }
    command.arg(target(address));
}

pub(super) fn read(text: &str, asked: Asked) -> Findings {
    let lines: Value = serde_json::from_str(text).expect("JSON of testssl.sh");
    let lines: Vec<(&str, &str)> = lines
        .as_array()
        .expect("a list")
        .iter()
        .map(|line| {
            let text = |key| line[key].as_str().expect("a text");
            (text("id"), text("finding"))
        })
        .collect();
    Findings {
        suites: (asked != Asked::Certificates).then(|| suites(&lines)),
        groups: matches!(asked, Asked::Whole | Asked::Everything).then(|| {
            let curves = finding(&lines, "PFS_ECDHE_curves").unwrap_or_default();
            curves.split(' ').filter_map(group).collect()
        }),
        certificates: Some(certificates(&lines)),
    }
}

const VERSIONS: [(Version, &str, &str); 6] = [
    (Version::Ssl2, "SSLv2", "cipher-ssl2_"),
    (Version::Ssl3, "SSLv3", "cipher-ssl3_"),
    (Version::Tls10, "TLS1", "cipher-tls1_x"),
    (Version::Tls11, "TLS1_1", "cipher-tls1_1_"),
    (Version::Tls12, "TLS1_2", "cipher-tls1_2_"),
    (Version::Tls13, "TLS1_3", "cipher-tls1_3_"),
];

/// `TLS1_2: offered`, and `cipher-tls1_2_xc030` for each suite.
fn suites(lines: &[(&str, &str)]) -> BTreeMap<Version, BTreeSet<Suite>> {
    let mut suites = BTreeMap::new();
    for (version, id, prefix) in VERSIONS {
        if finding(lines, id).is_some_and(|said| said.starts_with("offered")) {
            let codes = lines
                .iter()
                .filter_map(|(id, _)| id.strip_prefix(prefix))
                .filter_map(|code| u16::from_str_radix(code.trim_start_matches('x'), 16).ok());
            suites.insert(version, codes.map(Suite).collect());
        }
    }
    suites
}

/// With one certificate its lines are `cert_keySize`; with several, `cert_keySize <cert#1>`.
fn certificates(lines: &[(&str, &str)]) -> BTreeSet<Leaf> {
    let count: usize = finding(lines, "cert_numbers")
        .and_then(|number| number.parse().ok())
        .unwrap_or_default();
    (1..=count)
        .map(|number| {
            let suffix = if count > 1 {
                format!(" <cert#{number}>")
            } else {
                String::new()
            };
            let said = |id: &str| finding(lines, &format!("{id}{suffix}")).unwrap_or_default();
            Leaf {
                names: said("cert_subjectAltName")
                    .split(' ')
                    .map(str::to_owned)
                    .collect(),
                not_before: minutes(said("cert_notBefore")),
                not_after: minutes(said("cert_notAfter")),
                key: said("cert_keySize").trim_end_matches(" bits").to_owned(),
                signature: signature(said("cert_signatureAlgorithm")),
                chain: said("certs_countServer").parse().unwrap_or_default(),
            }
        })
        .collect()
}

fn finding<'a>(lines: &[(&str, &'a str)], id: &str) -> Option<&'a str> {
    lines.iter().find(|line| line.0 == id).map(|line| line.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_json_is_read() {
        let text = r#"[
{"id":"TLS1","finding":"not offered"}, {"id":"TLS1_2","finding":"offered"}, {"id":"TLS1_3","finding":"offered with final"},
{"id":"cipher-tls1_2_xc030","finding":"TLS 1.2 xc030"}, {"id":"cipher-tls1_3_x1302","finding":"TLS 1.3 x1302"},
{"id":"PFS_ECDHE_curves","finding":"prime256v1 X25519"}, {"id":"cert_numbers","finding":"1"},
{"id":"cert_subjectAltName","finding":"a.test b.test"}, {"id":"cert_notBefore","finding":"2026-11-21 19:46"},
{"id":"cert_notAfter","finding":"2026-12-12 19:46"}, {"id":"cert_keySize","finding":"EC 256 bits"},
{"id":"cert_signatureAlgorithm","finding":"ECDSA with SHA256"}, {"id":"certs_countServer","finding":"2"}]"#;
        let found = read(text, Asked::Everything);
        let suites = found.suites.expect("suites");
        assert_eq!(
            suites.keys().copied().collect::<Vec<_>>(),
            [Version::Tls12, Version::Tls13]
        );
        assert_eq!(suites[&Version::Tls12], BTreeSet::from([Suite(0xc030)]));
        assert_eq!(found.groups.expect("groups").len(), 2);
        let leaves = found.certificates.expect("certificates");
        let leaf = leaves.first().expect("one");
        assert_eq!(
            (leaf.key.as_str(), leaf.chain, leaf.names.len()),
            ("EC 256", 2, 2)
        );
    }
}
