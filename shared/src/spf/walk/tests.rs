//! Trees, their counts, and what is said of them.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::dns::{Answer, DnsView, RecordData, Zone};
use crate::spf::SyntaxCode;

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn walked(zone: &Zone, domain: &str) -> Tree {
    walk(&Wanting::new(zone), &name(domain)).unwrap()
}

/// The codes of the notes with the text that each is about; empty for the whole record.
fn notes(zone: &Zone, domain: &str) -> Vec<(NoteCode, String)> {
    let tree = walked(zone, domain);
    let text = tree.root.record.clone().unwrap_or_default();
    let about = |span: Span| text[span.start as usize..span.end as usize].to_owned();
    let own = tree.notes.into_iter().filter(|note| note.domain == domain);
    own.map(|note| (note.code, note.span.map(about).unwrap_or_default()))
        .collect()
}

fn notes_of(record: &str) -> Vec<(NoteCode, String)> {
    notes(&Zone::new().txt("d.example", record), "d.example")
}

fn add_address(zone: &mut Zone, host: &str, ip: &str) {
    let data = RecordData::A(ip.parse().unwrap());
    zone.add(&name(host), RecordType::A, data);
}

#[test]
fn the_include_without_a_record_is_listed_as_in_an_evaluation() {
    let record =
        "v=spf1 include:mailgun.example include:zoho.example include:spf.postal.quera.example -all";
    let zone = Zone::new()
        .txt("quera.example", record)
        .txt(
            "mailgun.example",
            "v=spf1 include:a.example include:b.example ~all",
        )
        .txt("a.example", "v=spf1 ip4:192.0.2.0/24")
        .txt("b.example", "v=spf1 ip4:198.51.100.0/24")
        .txt("zoho.example", "v=spf1 ip4:203.0.113.0/24 -all");
    let tree = walked(&zone, "quera.example");
    let target = "spf.postal.quera.example".to_owned();
    let hole = Problem::at(
        "quera.example",
        Span::new(52, 84),
        Cause::IncludeWithoutRecord { target },
    );
    assert_eq!(tree.problems, [hole]);
    assert_eq!(tree.lookups, 5);
    assert_eq!((tree.void_lookups_ipv4, tree.void_lookups_ipv6), (1, 1));
    assert_eq!(tree.all, Some(Qualifier::Fail));
    assert_eq!(tree.ipv4_addresses, 3 * 256);
    let costs: Vec<_> = tree
        .root
        .terms
        .iter()
        .map(|t| (t.text.as_str(), t.lookups))
        .collect();
    assert_eq!(
        costs,
        [
            ("include:mailgun.example", 3),
            ("include:zoho.example", 1),
            ("include:spf.postal.quera.example", 1),
            ("-all", 0),
        ]
    );
    let status = tree.root.terms[2].child.as_ref().map(|child| child.status);
    assert_eq!(status, Some(RecordStatus::NxDomain));
}

#[test]
fn the_count_goes_on_behind_the_limit() {
    let zone = Zone::new()
        .txt(
            "d.example",
            "v=spf1 include:a.example include:a.example mx ptr -all",
        )
        .txt(
            "a.example",
            "v=spf1 exists:%{i}.a.example exists:%{i}.b.example ptr ptr ptr",
        );
    let tree = walked(&zone, "d.example");
    assert_eq!(tree.lookups, 14);
    let place = Place {
        domain: "a.example".to_owned(),
        span: Span::new(55, 58),
    };
    assert_eq!(tree.limit_at, Some(place));
    let over = Problem::at("a.example", Span::new(55, 58), Cause::TooManyLookups);
    assert_eq!(tree.problems, [over]);
    let again = NoteCode::RepeatedInclude {
        target: "a.example".to_owned(),
    };
    assert!(tree.notes.iter().any(|note| note.code == again));
}

#[test]
fn only_the_domain_macro_is_resolved() {
    let zone = Zone::new()
        .txt(
            "d.example",
            "v=spf1 include:%{l}.d.example redirect=_spf.%{d}",
        )
        .txt("_spf.d.example", "v=spf1 ?all");
    let tree = walked(&zone, "d.example");
    let targets: Vec<_> = tree
        .root
        .terms
        .iter()
        .map(|term| term.target.clone())
        .collect();
    assert_eq!(
        targets,
        [
            Target::DependsOnMessage("%{l}.d.example".to_owned()),
            Target::Name("_spf.d.example".to_owned()),
        ]
    );
    assert_eq!((tree.lookups, tree.all), (2, Some(Qualifier::Neutral)));
    assert!(
        tree.notes
            .iter()
            .any(|note| note.code == NoteCode::NeutralAll)
    );
    assert_eq!(tree.problems, []);
}

#[test]
fn loops_end() {
    let zone = Zone::new()
        .txt(
            "d.example",
            "v=spf1 include:e.example include:d.example -all",
        )
        .txt("e.example", "v=spf1 redirect=d.example");
    let tree = walked(&zone, "d.example");
    let around = |domain, start, end| {
        let target = "d.example".to_owned();
        Problem::at(domain, Span::new(start, end), Cause::Loop { target })
    };
    assert_eq!(
        tree.problems,
        [around("e.example", 7, 25), around("d.example", 25, 42)]
    );
    assert_eq!(tree.lookups, 3);
}

#[test]
fn a_root_without_a_record_says_why() {
    let zone = Zone::new()
        .txt("none.example", "hello")
        .txt("two.example", "v=spf1 -all")
        .txt("two.example", "v=spf1 +all");
    for (domain, status, cause) in [
        ("none.example", RecordStatus::None, Cause::NoRecord),
        (
            "missing.example",
            RecordStatus::NxDomain,
            Cause::DomainMissing,
        ),
        (
            "two.example",
            RecordStatus::Several(2),
            Cause::SeveralRecords { count: 2 },
        ),
    ] {
        let tree = walked(&zone, domain);
        assert_eq!(tree.root.status, status);
        assert_eq!(tree.problems, [Problem::of(domain, cause)]);
    }
}

#[test]
fn voids_are_counted_for_each_family() {
    let mut zone = Zone::new().txt(
        "d.example",
        "v=spf1 a:x.example a:y.example mx a:z.example -all",
    );
    for host in ["x.example", "y.example", "m.example"] {
        add_address(&mut zone, host, "192.0.2.1");
    }
    let exchange = name("m.example");
    let mx = RecordData::Mx {
        preference: 10,
        exchange,
    };
    zone.add(&name("d.example"), RecordType::Mx, mx);
    let tree = walked(&zone, "d.example");
    assert_eq!((tree.void_lookups_ipv4, tree.void_lookups_ipv6), (1, 4));
    assert_eq!(tree.problems, []);
    let codes: Vec<_> = tree.notes.iter().map(|note| note.code.clone()).collect();
    assert_eq!(
        codes,
        [NoteCode::TooManyVoidLookupsIpv6, NoteCode::VoidLookup]
    );
    assert_eq!(tree.ipv4_addresses, 1);
}

#[test]
fn a_broken_record_is_shown_with_all_its_terms() {
    let tree = walked(
        &Zone::new().txt("d.example", "v=spf1 a ipv4:1.2.3.4 \u{93}mx -all x"),
        "d.example",
    );
    let texts: Vec<_> = tree
        .root
        .terms
        .iter()
        .map(|term| term.text.as_str())
        .collect();
    assert_eq!(texts, ["a", "ipv4:1.2.3.4", "\u{93}mx", "-all", "x"]);
    let codes: Vec<_> = tree
        .problems
        .iter()
        .map(|problem| problem.cause.clone())
        .collect();
    let syntax = |code| Cause::Syntax { code };
    assert_eq!(
        codes,
        [
            syntax(SyntaxCode::UnknownMechanism),
            syntax(SyntaxCode::Character),
            syntax(SyntaxCode::UnknownMechanism),
        ]
    );
}

#[test]
fn what_is_allowed_and_unwise_is_noted() {
    let long = format!("v=spf1 ip6:2a00::{} -all", "/64 ip6:2a01::".repeat(40));
    let octets = u32::try_from(long.len()).unwrap();
    assert_eq!(
        notes_of(&long)[0],
        (NoteCode::OversizeRecord { octets }, String::new())
    );
    let padded = format!("v=spf1{} -all", " ".repeat(440));
    assert_eq!(
        notes_of(&padded),
        [(NoteCode::LongRecord { octets: 451 }, String::new())]
    );
    let padded = format!("v=spf1{} -all", " ".repeat(439));
    assert_eq!(notes_of(&padded), []);
    for (record, expected) in [
        ("v=spf1 +all", (NoteCode::PassAll, "+all")),
        ("v=spf1 ?all", (NoteCode::NeutralAll, "?all")),
        ("v=spf1 ip4:8.8.8.8", (NoteCode::NoAll, "")),
        (
            "v=spf1 -all ip4:8.8.8.8",
            (NoteCode::TermAfterAll, "ip4:8.8.8.8"),
        ),
        (
            "v=spf1 -all redirect=x.example",
            (NoteCode::RedirectWithAll, "redirect=x.example"),
        ),
        (
            "v=spf1 ip4:8.8.8.8 +IP4:8.8.8.8 -all",
            (NoteCode::RepeatedTerm, "+IP4:8.8.8.8"),
        ),
        ("v=spf1 v=spf1 -all", (NoteCode::RepeatedVersion, "v=spf1")),
        ("v=spf1 ptr -all", (NoteCode::Ptr, "ptr")),
        (
            "v=spf1 ip4=8.8.8.8 -all",
            (
                NoteCode::UnknownModifier {
                    name: "ip4".to_owned(),
                },
                "ip4=8.8.8.8",
            ),
        ),
        (
            "v=spf1 ip4:8.8.8.8/24 -all",
            (NoteCode::HostBitsSet, "ip4:8.8.8.8/24"),
        ),
        (
            "v=spf1 ip6:2a00::1/64 -all",
            (NoteCode::HostBitsSet, "ip6:2a00::1/64"),
        ),
        (
            "v=spf1 ip4:10.1.2.3 -all",
            (NoteCode::SpecialPurposeRange, "ip4:10.1.2.3"),
        ),
        (
            "v=spf1 ip6:2001:db8::/48 -all",
            (NoteCode::SpecialPurposeRange, "ip6:2001:db8::/48"),
        ),
        (
            "v=spf1 ip6:::ffff:8.8.8.8 -all",
            (NoteCode::SpecialPurposeRange, "ip6:::ffff:8.8.8.8"),
        ),
        (
            "v=spf1 ip4:8.0.0.0/7 -all",
            (NoteCode::OpenRanges, "ip4:8.0.0.0/7"),
        ),
        (
            "v=spf1 ip4:8.0.0.0/8 -all",
            (NoteCode::WideRange { prefix: 8 }, "ip4:8.0.0.0/8"),
        ),
        (
            "v=spf1 ip6:2a00::/16 -all",
            (NoteCode::WideRange { prefix: 16 }, "ip6:2a00::/16"),
        ),
        (
            "v=spf1 ip4:1.0.0.0/9 ip4:1.128.0.0/9 ip4:2.0.0.0/16 -all",
            (NoteCode::OpenRanges, "ip4:1.0.0.0/9"),
        ),
        (
            "v=spf1 exists:%{i}.%{p2}.b.example -all",
            (NoteCode::PtrMacro, "exists:%{i}.%{p2}.b.example"),
        ),
        (
            "v=spf1 redirect=%{P}.example",
            (NoteCode::PtrMacro, "redirect=%{P}.example"),
        ),
        ("v=spf1 ip6:::/0 -all", (NoteCode::OpenRanges, "ip6:::/0")),
        (
            "v=spf1 exists:a..example -all",
            (
                NoteCode::TargetMalformed {
                    target: "a..example".to_owned(),
                },
                "exists:a..example",
            ),
        ),
    ] {
        let (code, about) = expected;
        assert_eq!(notes_of(record), [(code, about.to_owned())], "{record}");
    }
    assert_eq!(
        notes_of("v=spf1 ip4:8.8.8.0/24 ip6:2a00:1450::/32 ~all"),
        []
    );
    // Whom a range keeps out, or what is never reached, opens nothing.
    assert_eq!(notes_of("v=spf1 -ip4:0.0.0.0/0 ?ip6:::/0 ~all"), []);
    let behind = notes_of("v=spf1 -all ip4:0.0.0.0/0");
    assert_eq!(behind[0].0, NoteCode::TermAfterAll);
    assert_eq!(behind.len(), 1);
    // Wherever the hosts are: nobody is asked.
    for (term, code) in [
        ("a/0", NoteCode::OpenRanges),
        ("mx//0", NoteCode::OpenRanges),
        ("+mx:b.example/7//64", NoteCode::OpenRanges),
        ("mx:b.example/8//64", NoteCode::WideRange { prefix: 8 }),
        ("a/24//16", NoteCode::WideRange { prefix: 16 }),
    ] {
        let record = format!("v=spf1 {term} -all");
        let noted = crate::spf::notes(&record, &read(&record).record);
        assert_eq!(noted, [(Some(Span::new(7, 7 + term.len())), code)]);
    }
    // Two halves are the whole, whichever is named first.
    let halves = notes_of("v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all");
    let codes: Vec<_> = halves.into_iter().map(|(code, _)| code).collect();
    assert_eq!(
        codes,
        [NoteCode::OpenRanges, NoteCode::WideRange { prefix: 1 }]
    );
}

#[test]
fn coverage_follows_includes_and_stops_at_all() {
    let zone = Zone::new()
        .txt(
            "d.example",
            "v=spf1 include:i.example -ip4:8.8.8.0/24 ?include:j.example ~all",
        )
        .txt("i.example", "v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all")
        .txt("j.example", "v=spf1 +all")
        .txt("k.example", "v=spf1 -all ip4:8.8.8.0/24")
        .txt("l.example", "v=spf1 redirect=j.example");
    assert_eq!(walked(&zone, "d.example").ipv4_addresses, 1 << 32);
    assert_eq!(walked(&zone, "j.example").ipv4_addresses, 1 << 32);
    assert_eq!(walked(&zone, "k.example").ipv4_addresses, 0);
    let redirected = walked(&zone, "l.example");
    assert_eq!(redirected.ipv4_addresses, 1 << 32);
    assert_eq!(redirected.all, Some(Qualifier::Pass));
}

#[test]
fn each_term_says_how_many_pass_through_it() {
    let mut zone = Zone::new()
        .txt(
            "d.example",
            "v=spf1 include:host.example ip4:192.0.2.0/24 -ip4:192.0.2.7 ip6:2001:db8::/48 a ?mx -all",
        )
        .txt("host.example", "v=spf1 ip4:192.0.2.0/25 ip4:198.51.100.0/24 include:deep.example ~all")
        .txt("deep.example", "v=spf1 ip6:2001:db8:1::/56 ip4:198.51.100.9");
    add_address(&mut zone, "d.example", "203.0.113.1");
    let six = RecordData::Aaaa("2001:db8:2::1".parse().unwrap());
    zone.add(&name("d.example"), RecordType::Aaaa, six);
    let tree = walked(&zone, "d.example");
    let through: Vec<_> = tree
        .root
        .terms
        .iter()
        .map(|t| (t.ipv4_addresses, t.ipv6_networks))
        .collect();
    assert_eq!(
        through,
        [
            (384, 256),
            (256, 0),
            (0, 0),
            (0, 1 << 16),
            (1, 1),
            (0, 0),
            (0, 0)
        ]
    );
    // What passes through two of them is there once.
    assert_eq!(tree.ipv4_addresses, 256 + 256 + 1);
    assert_eq!(tree.ipv6_networks, (1 << 16) + 256 + 1);
}

/// Answers as they have arrived.
#[derive(Default)]
struct Known(BTreeMap<Question, Answer>);

impl DnsView for Known {
    fn get(&self, question: &Question) -> Option<&Answer> {
        self.0.get(question)
    }
}

/// Walks in rounds; gives the tree, the rounds, and the questions of the largest round.
fn drive(zone: &Zone, domain: &str, mut arrives: impl FnMut() -> bool) -> (Tree, usize, usize) {
    let mut known = Known::default();
    let mut most = 0;
    for rounds in 0..1_000 {
        let dns = Wanting::new(&known);
        let tree = walk(&dns, &name(domain));
        let wants = dns.into_wants();
        if let Some(tree) = tree {
            assert!(wants.is_empty(), "done, and yet wanting");
            return (tree, rounds, most);
        }
        most = most.max(wants.len());
        assert!(
            wants.iter().all(|question| known.get(question).is_none()),
            "asked again"
        );
        for (at, question) in wants.iter().enumerate() {
            if at == 0 || arrives() {
                let answer = zone.get(question).unwrap().clone();
                known.0.insert(question.clone(), answer);
            }
        }
    }
    panic!("no end");
}

#[test]
fn a_tree_takes_as_many_rounds_as_it_is_deep() {
    let zone = Zone::new()
        .txt("flat.example", "v=spf1 ip4:192.0.2.1 -all")
        .txt(
            "d.example",
            "v=spf1 include:a.example include:flat.example -all",
        )
        .txt(
            "a.example",
            "v=spf1 include:b.example redirect=flat.example",
        )
        .txt("b.example", "v=spf1 include:c.example ?all")
        .txt("c.example", "v=spf1 ip4:192.0.2.1")
        .txt(
            "host.example",
            "v=spf1 include:d.example a:c.example mx:c.example",
        );
    for (domain, depth) in [
        ("flat.example", 0),
        ("a.example", 2),
        ("d.example", 3),
        ("host.example", 4),
    ] {
        let (_, rounds, _) = drive(&zone, domain, || true);
        assert_eq!(rounds, depth + 1, "{domain}");
    }
}

#[test]
fn a_hostile_tree_is_bounded() {
    let mut zone = Zone::new();
    let includes: String = (0..2_000)
        .map(|n| format!(" include:i{n}.example"))
        .collect();
    zone = zone.txt("d.example", &format!("v=spf1{includes}"));
    for n in 0..120 {
        // Each includes all: the full tree has 120! records.
        zone = zone.txt(&format!("i{n}.example"), &format!("v=spf1{includes} x"));
    }
    let (tree, rounds, most) = drive(&zone, "d.example", || true);
    assert!(tree.truncated);
    assert!(rounds <= 2 * DEPTH_LIMIT, "{rounds} rounds");
    assert!(most <= RESOLVED_LIMIT as usize, "{most} questions");
    assert!(tree.problems.len() <= LIST_LIMIT && tree.notes.len() <= LIST_LIMIT);
}

#[test]
fn a_record_of_many_addresses_is_bounded() {
    let terms: String = (0..10_000).map(|n| format!(" a:h{n}.example")).collect();
    let zone = Zone::new().txt("d.example", &format!("v=spf1{terms}"));
    let (tree, _, most) = drive(&zone, "d.example", || true);
    assert!(tree.truncated);
    assert_eq!(tree.root.terms.len(), TERM_LIMIT as usize);
    assert_eq!(most, 2 * RESOLVED_LIMIT as usize);
}

proptest! {
    #[test]
    fn the_order_of_answers_changes_nothing(
        terms in prop::collection::vec(
            prop::collection::vec((0..8_usize, 0..6_u8), 0..5), 6),
        luck in prop::collection::vec(any::<bool>(), 64),
    ) {
        let kinds = ["include:n{}.example", "include:n{}.example", "a:n{}.example", "mx:n{}.example",
            "?exists:n{}.example", "redirect=n{}.example", "-all", "ptr"];
        let mut zone = Zone::new();
        for (n, terms) in terms.iter().enumerate() {
            let text: String = terms.iter()
                .map(|(kind, n)| format!(" {}", kinds[*kind].replace("{}", &n.to_string())))
                .collect();
            zone = zone.txt(&format!("n{n}.example"), &format!("v=spf1{text}"));
        }
        add_address(&mut zone, "n1.example", "192.0.2.1");
        let whole = walked(&zone, "n0.example");
        let mut luck = luck.into_iter().cycle();
        let (partly, ..) = drive(&zone, "n0.example", || luck.next().unwrap_or(true));
        prop_assert_eq!(&partly, &whole);
    }
}
