//! Real include trees, from the conformance data.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use postern_shared::dns::{Name, Question, RecordData, RecordType, Response, TxtRecord};
use postern_shared::spf::{Mechanism, TermKind, read};
use serde_json::Value;

use crate::place;

/// The records of one domain, and of all that they include and redirect to.
#[derive(Clone, Debug)]
pub struct RealTree {
    /// Whose tree it is.
    pub domain: Name,
    /// The one TXT record of each name; a name that is not here does not exist.
    pub records: BTreeMap<Name, String>,
    /// Terms that a full walk looks up.
    pub lookups: u64,
    /// Clients, and the result that another program gives to each.
    pub checks: Vec<(IpAddr, String)>,
}

/// All trees; nothing, after saying so loudly, where the data is not at hand.
///
/// # Panics
/// When the file is not as the data's own description says.
#[must_use]
pub fn real_trees() -> Option<Vec<RealTree>> {
    let text = place::conformance("records/spf-trees.jsonl")?;
    Some(text.lines().map(RealTree::of).collect())
}

impl RealTree {
    fn of(line: &str) -> Self {
        let tree: Value = serde_json::from_str(line).expect("JSON");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let name = |text: &str| Name::parse(text).expect("a name");
        let records = tree["records"].as_object().expect("records").iter();
        let checks = tree["checks"].as_array().into_iter().flatten();
        Self {
            domain: name(&text(&tree["domain"])),
            records: records
                .map(|(at, record)| (name(at), text(record)))
                .collect(),
            lookups: tree["lookups"].as_u64().expect("a count"),
            checks: checks
                .map(|check| {
                    let ip = text(&check["ip"]).parse().expect("an address");
                    (ip, text(&check["result"]))
                })
                .collect(),
        }
    }

    /// What a resolver says to `question`.
    #[must_use]
    pub fn respond(&self, question: &Question) -> Response {
        match self.records.get(&question.name) {
            Some(record) if question.record_type == RecordType::Txt => {
                Response::from_records(vec![RecordData::Txt(TxtRecord::single(record))])
            }
            Some(_) => Response::NoData,
            None => Response::NxDomain,
        }
    }

    /// Clients that try the tree: those with a known result, the last address of its last `ip4` and of its last `ip6`,
    /// and one of each family that nobody sends from.
    #[must_use]
    pub fn clients(&self) -> Vec<IpAddr> {
        let mut last: [Option<IpAddr>; 2] = [None, None];
        for record in self.records.values() {
            for term in read(record).record.terms {
                let TermKind::Directive(directive) = term.kind else {
                    continue;
                };
                match directive.mechanism {
                    Mechanism::Ip4(ip, prefix) => {
                        let host = u32::MAX
                            .checked_shr(prefix.unwrap_or(32).into())
                            .unwrap_or(0);
                        last[0] = Some(Ipv4Addr::from_bits(ip.to_bits() | host).into());
                    }
                    Mechanism::Ip6(ip, prefix) => {
                        let host = u128::MAX
                            .checked_shr(prefix.unwrap_or(128).into())
                            .unwrap_or(0);
                        last[1] = Some(Ipv6Addr::from_bits(ip.address.to_bits() | host).into());
                    }
                    _ => {}
                }
            }
        }
        let strangers = [
            Ipv4Addr::new(203, 0, 113, 77).into(),
            Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x77).into(),
        ];
        let known = self.checks.iter().map(|(ip, _)| *ip);
        known
            .chain(last.into_iter().flatten())
            .chain(strangers)
            .collect()
    }
}
