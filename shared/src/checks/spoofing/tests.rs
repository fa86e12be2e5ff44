use super::*;
use crate::dns::{Failure, Name, Question, Response, Wanting, Zone};

const STRANGERS: [Option<Stranger>; 7] = [
    Some(Stranger::Fail),
    Some(Stranger::SoftFail),
    Some(Stranger::Neutral),
    Some(Stranger::None),
    Some(Stranger::PermError),
    Some(Stranger::Pass),
    None,
];

const POLICIES: [Policy; 5] = [
    Policy::Reject,
    Policy::Quarantine,
    Policy::None,
    Policy::Absent,
    Policy::Unknown,
];

/// One letter a cell: protected, by DMARC alone, open, not known.
fn cells(identity: Identity, policy: Policy, relaxed: Option<bool>) -> String {
    let cell = |stranger| match Row::judge(identity, policy, stranger, relaxed).protection {
        Some(Protection::Protected) => 'P',
        Some(Protection::DmarcOnly) => 'D',
        Some(Protection::Open) => 'O',
        None => '?',
    };
    STRANGERS.into_iter().map(cell).collect()
}

#[test]
fn every_cell_of_the_table() {
    use Identity::{Exact, ExistingSubdomain as Existing, NonExistentSubdomain as NonExistent};
    // fail, softfail, neutral, none, permerror, pass, not known; reject, quarantine, none, absent, not known.
    let exact = ["PPDDDO?", "PPDDDO?", "OOOOOOO", "OOOOOOO", "?????O?"];
    let relaxed = ["PPPPPO?", "PPPPPO?", "OOOOOOO", "OOOOOOO", "?????O?"];
    let strict = ["PPPPPPP", "PPPPPPP", "OOOOOOO", "OOOOOOO", "???????"];
    let neither = ["PPPPP??", "PPPPP??", "OOOOOOO", "OOOOOOO", "???????"];
    for (identities, alignment, table) in [
        ([Exact, Exact], Some(true), exact),
        ([Exact, Exact], Some(false), exact),
        ([Exact, Exact], None, exact),
        ([Existing, NonExistent], Some(true), relaxed),
        ([Existing, NonExistent], Some(false), strict),
        ([Existing, NonExistent], None, neither),
    ] {
        for identity in identities {
            for (policy, expected) in POLICIES.into_iter().zip(table) {
                let found = cells(identity, policy, alignment);
                assert_eq!(found, expected, "{identity:?} {policy:?} {alignment:?}");
            }
        }
    }
}

#[test]
fn only_the_exact_domain_has_a_word_from_spf() {
    let stranger = |identity| {
        let row = Row::judge(identity, Policy::Reject, Some(Stranger::Fail), Some(true));
        row.stranger
    };
    assert_eq!(stranger(Identity::Exact), Some(Stranger::Fail));
    assert_eq!(stranger(Identity::ExistingSubdomain), None);
    assert_eq!(stranger(Identity::NonExistentSubdomain), None);
}

/// What DMARC asks for the three kinds of name of `domain`, as letters, and for what RFC 7489 reads otherwise
/// the percentage with it.
fn policies(domain: &str, records: &[(&str, &str)]) -> (String, Option<bool>, Vec<String>) {
    let mut zone = Zone::new();
    for (name, record) in records.iter().filter(|(_, record)| !record.is_empty()) {
        zone = zone.txt(name, record);
    }
    let discovery = discover(&zone, domain);
    let policies = dmarc::effective_policies(&discovery, true);
    let letter = |policy: Policy| match policy {
        Policy::Unknown => '?',
        Policy::Absent => '-',
        Policy::None => 'n',
        Policy::Quarantine => 'q',
        Policy::Reject => 'r',
    };
    let asked = IDENTITIES.map(|identity| match of(&policies, identity) {
        Determination::Known(policy) => {
            let disposition = policy.as_ref().and_then(|policy| policy.disposition);
            letter(crate::checks::dmarc::policy_of(disposition))
        }
        Determination::Failed(..) => '?',
    });
    let older = older(&discovery).into_iter().map(|reason| match reason {
        Reason::SpoofingOlder {
            identity,
            policy,
            percentage,
        } => format!("{identity:?} {} {percentage}", letter(policy)),
        other => panic!("{other:?}"),
    });
    (
        asked.into_iter().collect(),
        relaxed(&discovery),
        older.collect(),
    )
}

fn discover(zone: &Zone, domain: &str) -> Discovery {
    let domain = Name::parse(domain).unwrap();
    dmarc::discover(&Wanting::new(zone), &domain).unwrap()
}

#[test]
fn what_each_record_asks_for_each_kind_of_name() {
    for (tags, asked, relaxed, older) in [
        ("", "---", true, vec![]),
        ("p=reject", "rrr", true, vec![]),
        ("p=quarantine", "qqq", true, vec![]),
        ("p=none", "nnn", true, vec![]),
        ("p=reject; sp=none", "rnn", true, vec![]),
        ("p=none; sp=reject", "nrr", true, vec![]),
        (
            "p=reject; sp=quarantine; np=none",
            "rqn",
            true,
            vec!["NonExistentSubdomain q 100"],
        ),
        (
            "p=none; np=reject",
            "nnr",
            true,
            vec!["NonExistentSubdomain n 100"],
        ),
        ("p=reject; t=y", "qqq", true, vec!["Exact r 100"]),
        ("p=quarantine; t=y", "nnn", true, vec!["Exact q 100"]),
        (
            "p=reject; sp=quarantine; t=y",
            "qnn",
            true,
            vec!["Exact r 100", "ExistingSubdomain q 100"],
        ),
        ("p=none; t=y", "nnn", true, vec![]),
        ("p=reject; pct=30", "rrr", true, vec!["Exact r 30"]),
        ("p=reject; sp=none; pct=30", "rnn", true, vec!["Exact r 30"]),
        ("p=none; pct=30", "nnn", true, vec![]),
        ("p=reject; pct=0; t=y", "qqq", true, vec!["Exact r 0"]),
        ("p=reject; aspf=s", "rrr", false, vec![]),
        ("p=reject; aspf=x", "rrr", true, vec![]),
        ("p=reject; psd=n", "rrr", true, vec![]),
        ("p=reject; psd=y", "rrr", false, vec![]),
        ("p=rejct", "---", true, vec![]),
        ("p=rejct; rua=mailto:a@example.org", "nnn", true, vec![]),
        ("rua=mailto:a@example.org", "nnn", true, vec![]),
        ("p=reject; sp=nono", "---", true, vec![]),
        (
            "p=reject; np=nono; rua=mailto:a@example.org",
            "nnn",
            true,
            vec!["Exact r 100"],
        ),
    ] {
        let record = match tags {
            "" => String::new(),
            tags => format!("v=DMARC1; {tags}"),
        };
        let found = policies("example.org", &[("_dmarc.example.org", &record)]);
        let older = older.into_iter().map(str::to_owned).collect();
        assert_eq!(found, (asked.to_owned(), Some(relaxed), older), "{tags}");
    }
}

#[test]
fn names_below_a_subdomain_follow_the_organizational_domain() {
    let parent = "v=DMARC1; p=none; sp=reject; aspf=s";
    let own = "v=DMARC1; p=quarantine; aspf=r";
    let records = [
        ("_dmarc.example.org", parent),
        ("_dmarc.news.example.org", own),
    ];
    let found = policies("news.example.org", &records);
    assert_eq!(found, ("qrr".to_owned(), Some(false), vec![]));
    // Without a record of its own it is a subdomain itself.
    let found = policies("news.example.org", &records[..1]);
    assert_eq!(found, ("rrr".to_owned(), Some(false), vec![]));
    // Several records at one name are discarded, and older receivers stop there.
    let several = [
        records[0],
        records[1],
        records[1],
        ("_dmarc.news.example.org", "v=DMARC1; p=none"),
    ];
    let (asked, _, older) = policies("news.example.org", &several);
    assert_eq!(
        (asked.as_str(), older),
        ("rrr", vec!["Exact - 100".to_owned()])
    );
}

#[test]
fn a_policy_that_nobody_knows_is_never_absent() {
    let mut zone = Zone::new();
    let name = Name::parse("_dmarc.example.org").unwrap();
    let question = Question::new(name, RecordType::Txt);
    zone.insert(question, Response::Failed(Failure::ServFail));
    let discovery = discover(&zone, "example.org");
    assert_eq!(relaxed(&discovery), None);
    let policies = dmarc::effective_policies(&discovery, true);
    for identity in IDENTITIES {
        assert_eq!(of(&policies, identity).known(), None, "{identity:?}");
    }
}
