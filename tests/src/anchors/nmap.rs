//! `nmap --script ssl-enum-ciphers`, by its XML.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use postern_shared::tls::{Suite, Version};

use super::{Findings, suite, word, xml};

pub(super) fn prepare(command: &mut Command, address: SocketAddr, output: &Path) {
    let port = address.port().to_string();
    // It says STARTTLS to ports that it takes for SMTP's. With a list of its own it scans what stands there.
    let services = output.with_file_name(format!("nmap.services.{port}"));
    std::fs::write(
        &services,
        format!(
            "smtp {port}/tcp 0.5
"
        ),
    )
    .expect("a file written");
    command.args(["-Pn", "-n", "-sT", "--servicedb", word(&services)]);
    command.args(["--script", "ssl-enum-ciphers", "-oX", word(output)]);
    command.arg(address.ip().to_string());
}

/// A table per version, in it a table of suites, each with its name.
pub(super) fn read(text: &str) -> Findings {
    let mut suites = BTreeMap::<Version, BTreeSet<Suite>>::new();
    let mut version = None;
    for tag in xml::tags(text) {
        match (tag.name, tag.attribute("key")) {
            ("table", Some(key)) => {
                version = Version::named(&name(key)).or(version);
                if let Some(version) = version {
                    suites.entry(version).or_default();
                }
            }
            ("elem", Some("name")) => {
                let version = version.expect("suites stand under their version");
                // Its own name for those of TLS 1.3.
                let name = tag.text.replace("TLS_AKE_WITH_", "TLS_");
                suites.entry(version).or_default().insert(suite(&name));
            }
            _ => {}
        }
    }
    Findings {
        suites: Some(suites),
        groups: None,
        certificates: None,
    }
}

/// `TLSv1.2` as `TLS 1.2`.
fn name(key: &str) -> String {
    key.replace('v', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read() {
        let text = r#"<script id="ssl-enum-ciphers"><table key="TLSv1.2"><table key="ciphers"><table>
<elem key="name">TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384</elem><elem key="kex_info">ecdh_x25519</elem></table></table>
<table key="compressors"><elem>NULL</elem></table></table>
<table key="TLSv1.3"><table key="ciphers"><table><elem key="name">TLS_AKE_WITH_AES_128_GCM_SHA256</elem></table>
</table></table></script>"#;
        let expected = BTreeMap::from([
            (Version::Tls12, BTreeSet::from([Suite(0xc030)])),
            (Version::Tls13, BTreeSet::from([Suite(0x1301)])),
        ]);
        assert_eq!(read(text).suites, Some(expected));
    }
}
