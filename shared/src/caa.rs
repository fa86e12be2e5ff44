//! Certification authority authorization (RFC 8659): who may issue certificates for a name.

use crate::dns::{Answer, Failure, Name, Question, RecordData, RecordType, Response, Wanting};

/// Climbing ends here: what a registry publishes is not the domain's word.
const FEWEST_LABELS: usize = 2;
/// Issuers that are named; honest sets have one or two.
const MAX_ISSUERS: usize = 10;
/// Characters of an issuer's name: as many as a domain name has.
const MAX_ISSUER: usize = 253;
/// The bit of [`RecordData::Caa`]'s flags that forbids issuance to whoever does not know the tag (RFC 8659 §4.1).
const CRITICAL: u8 = 128;
/// The tags that an authority knows, or may pass over (RFC 8659 §4, RFC 9495).
const KNOWN_TAGS: [&str; 6] = [
    "issue",
    "issuewild",
    "issuemail",
    "issuevmc",
    "iodef",
    "contactemail",
];

/// The set that counts for a name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Authorization {
    /// Where it stands: the name itself, or the nearest above it that has one.
    pub at: Name,
    /// Who may issue, each once; nobody where it is empty and [`Authorization::restricts`].
    pub issuers: Vec<String>,
    /// Whether it says anything about issuance: a set of `iodef` alone does not.
    pub restricts: bool,
    /// A tag that is critical and unknown: no authority may issue (RFC 8659 §4.1).
    pub critical: Option<String>,
}

/// What is known about a name's set.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Relevant {
    /// Answers are wanted.
    Pending,
    /// Cannot be known now. Authorities may not issue either then (RFC 8659 §3).
    Failed(Question, Failure),
    /// There is none.
    Absent,
    /// This one.
    Set(Authorization),
}

/// Climbs from `name` to the nearest set (RFC 8659 §3), asking at every name on the way at once.
#[must_use]
pub fn relevant(dns: &Wanting<'_>, name: &Name) -> Relevant {
    let mut answers: Vec<(Name, Option<&Answer>)> = Vec::new();
    let mut next = Some(name.clone());
    while let Some(at) = next.filter(|at| at.labels().count() >= FEWEST_LABELS) {
        next = at.parent();
        let answer = dns.ask(&at, RecordType::Caa);
        answers.push((at, answer));
    }
    for (at, answer) in answers {
        match answer.map(|answer| &answer.response) {
            None => return Relevant::Pending,
            Some(Response::Failed(failure)) => {
                return Relevant::Failed(Question::new(at, RecordType::Caa), *failure);
            }
            Some(Response::Records(records)) => {
                return Relevant::Set(Authorization::read(at, records));
            }
            Some(Response::NoData | Response::NxDomain) => {}
        }
    }
    Relevant::Absent
}

impl Authorization {
    fn read(at: Name, records: &[RecordData]) -> Self {
        let mut read = Self {
            at,
            issuers: Vec::new(),
            restricts: false,
            critical: None,
        };
        for record in records {
            let RecordData::Caa { flags, tag, value } = record else {
                continue;
            };
            if tag == "issue" {
                read.restricts = true;
                read.name(value);
            } else if flags & CRITICAL != 0 && !KNOWN_TAGS.contains(&tag.as_str()) {
                read.critical.get_or_insert_with(|| tag.clone());
            }
        }
        read
    }

    /// Takes the issuer of an `issue` property; a value without one names nobody (RFC 8659 §4.2).
    fn name(&mut self, value: &str) {
        let issuer = value.split(';').next().unwrap_or_default();
        let issuer: String = issuer.trim().chars().take(MAX_ISSUER).collect();
        let known = self
            .issuers
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&issuer));
        if !issuer.is_empty() && !known && self.issuers.len() < MAX_ISSUERS {
            self.issuers.push(issuer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::Zone;

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    fn zone(records: &[(&str, u8, &str, &str)]) -> Zone {
        let mut zone = Zone::new();
        for (owner, flags, tag, value) in records {
            let data = RecordData::Caa {
                flags: *flags,
                tag: (*tag).to_owned(),
                value: (*value).to_owned(),
            };
            zone.add(&name(owner), RecordType::Caa, data);
        }
        zone
    }

    fn set(zone: &Zone) -> Authorization {
        match relevant(&Wanting::new(zone), &name("mx.mail.example.org")) {
            Relevant::Set(set) => set,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_nearest_set_counts_alone() {
        let found = set(&zone(&[
            ("example.org", 0, "issue", "far.example"),
            (
                "mail.example.org",
                0,
                "issue",
                "near.example; validationmethods=dns-01",
            ),
            ("mail.example.org", 0, "issue", " NEAR.example "),
            ("mail.example.org", 0, "issuewild", "wild.example"),
        ]));
        assert_eq!(found.at, name("mail.example.org"));
        assert_eq!(found.issuers, ["NEAR.example"]);
        assert!(found.restricts);
    }

    #[test]
    fn nobody_and_everybody_are_told_apart() {
        let nobody = set(&zone(&[("example.org", 0, "issue", ";")]));
        assert!(nobody.restricts && nobody.issuers.is_empty());
        let anybody = set(&zone(&[(
            "example.org",
            0,
            "iodef",
            "mailto:a@example.org",
        )]));
        assert!(!anybody.restricts);
        let empty = Relevant::Absent;
        assert_eq!(
            relevant(&Wanting::new(&Zone::new()), &name("mx.example.org")),
            empty
        );
        // What stands at the top-level domain is not asked for.
        let registry = zone(&[("org", 0, "issue", "registry.example")]);
        assert_eq!(
            relevant(&Wanting::new(&registry), &name("mx.example.org")),
            empty
        );
    }

    #[test]
    fn a_critical_tag_that_nobody_knows_stops_all() {
        let found = set(&zone(&[
            ("example.org", 128, "issue", "ca.example"),
            ("example.org", 128, "tbs", "unknown"),
            ("example.org", 0, "note", "harmless"),
        ]));
        assert_eq!(found.critical.as_deref(), Some("tbs"));
    }

    #[test]
    fn every_name_on_the_way_is_asked_at_once_and_a_failure_hides_what_is_above() {
        struct Nothing;
        impl crate::dns::DnsView for Nothing {
            fn get(&self, _: &Question) -> Option<&Answer> {
                None
            }
        }
        let dns = Wanting::new(&Nothing);
        assert_eq!(
            relevant(&dns, &name("mx.mail.example.org")),
            Relevant::Pending
        );
        assert_eq!(dns.into_wants().len(), 3);
        let mut zone = zone(&[("example.org", 0, "issue", "ca.example")]);
        let question = Question::new(name("mail.example.org"), RecordType::Caa);
        let failed = Response::Failed(Failure::ServFail);
        zone.insert(
            Question::new(name("mx.mail.example.org"), RecordType::Caa),
            Response::NoData,
        );
        zone.insert(question.clone(), failed);
        assert_eq!(
            relevant(&Wanting::new(&zone), &name("mx.mail.example.org")),
            Relevant::Failed(question, Failure::ServFail)
        );
    }

    #[test]
    fn a_hostile_set_is_bounded() {
        let mut zone = Zone::new();
        for n in 0..500 {
            let value = format!("{}{n}.example", "x".repeat(2000));
            let data = RecordData::Caa {
                flags: 0,
                tag: "issue".to_owned(),
                value: format!("{n}{value}"),
            };
            zone.add(&name("example.org"), RecordType::Caa, data);
        }
        let found = set(&zone);
        assert_eq!(found.issuers.len(), MAX_ISSUERS);
        assert!(
            found
                .issuers
                .iter()
                .all(|issuer| issuer.len() <= MAX_ISSUER)
        );
    }
}
