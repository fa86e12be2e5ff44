//! `sslscan`, by its XML.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use postern_shared::tls::{Group, Suite, Version};

use super::{Findings, target, xml};

pub(super) fn prepare(command: &mut Command, address: SocketAddr, name: &str, output: &Path) {
    command.args(["--starttls-smtp", "--no-colour", "--no-heartbleed"]);
    command.arg(format!("--sni-name={name}"));
    command.arg(format!("--xml={}", output.display()));
    command.arg(target(address));
}

pub(super) fn read(text: &str) -> Findings {
    let mut suites = BTreeMap::<Version, BTreeSet<Suite>>::new();
    let mut groups = BTreeSet::new();
    for tag in xml::tags(text) {
        let code = || {
            let code = tag.attribute("id").expect("a code");
            u32::from_str_radix(code.trim_start_matches("0x"), 16).expect("hexadecimal")
        };
        match tag.name {
            "protocol" if tag.attribute("enabled") == Some("1") => {
                let name = format!(
                    "{}v{}",
                    tag.attribute("type").unwrap_or_default().to_uppercase(),
                    tag.attribute("version").unwrap_or_default()
                );
                suites.entry(version(&name)).or_default();
            }
            "cipher" => {
                let version = version(tag.attribute("sslversion").expect("a version"));
                // Those of SSL 2 have three octets, and no code in the registry.
                suites
                    .entry(version)
                    .or_default()
                    .extend(u16::try_from(code()).ok().map(Suite));
            }
            "group" => groups.extend(u16::try_from(code()).ok().map(Group)),
            _ => {}
        }
    }
    Findings {
        suites: Some(suites),
        groups: Some(groups),
        // It shows one of several.
        certificates: None,
    }
}

/// `SSLv3`, `TLSv1.2`.
fn version(name: &str) -> Version {
    Version::named(&name.replace('v', " ")).unwrap_or_else(|| panic!("no version is named {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read() {
        let text = r#"<ssltest host="127.0.0.1" port="25">
<protocol type="ssl" version="3" enabled="1" /><protocol type="tls" version="1.0" enabled="0" />
<cipher status="preferred" sslversion="TLSv1.2" bits="256" cipher="ECDHE-RSA-AES256-GCM-SHA384" id="0xC030" />
<group sslversion="TLSv1.2" bits="128" name="x25519" id="0x001d" /></ssltest>"#;
        let found = read(text);
        let expected = BTreeMap::from([
            (Version::Ssl3, BTreeSet::new()),
            (Version::Tls12, BTreeSet::from([Suite(0xc030)])),
        ]);
        assert_eq!(found.suites, Some(expected));
        assert_eq!(found.groups, Some(BTreeSet::from([Group(0x1d)])));
    }
}
