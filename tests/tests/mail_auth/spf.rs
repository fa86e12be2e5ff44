//! `check_host()` on both sides.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use postern_shared::dns::Name;
use postern_shared::spf::{Cause, Params, evaluate};
use postern_suite::{drive, judge};
use postern_tests::place;
use postern_tests::trees::real_trees;

use crate::anchor::Anchor;
use crate::table::{Right, Row, check};

/// Why the two differ on the community's suite, and on real trees. All sections are of RFC 7208.
const ROWS: &[Row] = &[
    Row {
        what: "reads octets that are not visible ASCII as text, and any white space as the space between terms",
        explains: &[
            "a-null",
            "badip4",
            "control-char-policy",
            "mx-null",
            "non-ascii-mech",
            "non-ascii-policy",
        ],
        count: 6,
        right: Right::Ours,
        rule: "§4.6, §12: terms are divided by SP alone and hold visible ASCII; a syntax error anywhere is permerror",
    },
    Row {
        what: "takes the first of several records",
        explains: &["multitxt1", "multitxt2"],
        count: 2,
        right: Right::Ours,
        rule: "§4.5: more than one record is permerror",
    },
    Row {
        what: "ends a name or value at a slash, and then refuses the record",
        explains: &[
            "a-colon-domain",
            "a-colon-domain-ip4mapped",
            "modifier-charset-good",
            "mx-colon-domain",
            "mx-colon-domain-ip4mapped",
            "redirect-after-mechanisms2",
        ],
        count: 6,
        right: Right::Ours,
        rule: "§7.1: macro-literal = %x21-24 / %x26-7E, which holds the slash",
    },
    Row {
        what: "accepts a name that ends in no top label",
        explains: &[
            "a-bad-domain",
            "a-bad-toplabel",
            "a-numeric",
            "a-numeric-toplabel",
            "a-only-toplabel",
            "a-only-toplabel-trailing-dot",
            "exp-syntax-error",
            "invalid-domain",
            "mx-bad-domain",
            "mx-bad-toplab",
            "mx-numeric-top-label",
            "redirect-syntax-error",
        ],
        count: 12,
        right: Right::Ours,
        rule: "§7.1: domain-end = ( \".\" toplabel [ \".\" ] ) / macro-expand, where a toplabel is not all digits",
    },
    Row {
        what: "accepts prefix lengths that are too long, have a leading zero or stand in the other family's place",
        explains: &[
            "a-bad-cidr4",
            "a-bad-cidr6",
            "a-dual-cidr-ip4-err",
            "cidr4-032",
            "cidr4-33",
            "cidr6-129",
            "mx-bad-cidr4",
            "mx-bad-cidr6",
        ],
        count: 8,
        right: Right::Ours,
        rule: "§5.6: \"/\" (\"0\" / %x31-39 0*1DIGIT), at most 32, and \"//\" for IPv6, at most 128",
    },
    Row {
        what: "shifts by all bits for a prefix length of 0: panics where overflow is checked, else matches one address",
        explains: &[
            "a-cidr4-0",
            "a-cidr4-0-ip6",
            "a-cidr6-0-ip4",
            "a-cidr6-0-ip4mapped",
            "a-cidr6-0-ip6",
            "a-cidr6-0-nxdomain",
            "a-nxdomain",
            "cidr4-0",
            "cidr6-0",
            "cidr6-0-ip4",
            "cidr6-ip4",
            "mx-cidr4-0",
            "mx-cidr4-0-ip6",
            "mx-cidr6-0-ip4",
            "mx-cidr6-0-ip4mapped",
            "mx-cidr6-0-ip6",
            "mx-cidr6-0-nxdomain",
            "mx-nxdomain",
        ],
        count: 18,
        right: Right::Ours,
        rule: "§5.6: a length of 0 is allowed, and means every address of the family",
    },
    Row {
        what: "takes a modifier's name that begins with a digit, or is empty, for a modifier",
        explains: &["empty-modifier-name", "invalid-modifier"],
        count: 2,
        right: Right::Ours,
        rule: "§12: name = ALPHA *( ALPHA / DIGIT / \"-\" / \"_\" / \".\" )",
    },
    Row {
        what: "compares the client's name, which ends in a dot, with a domain that does not",
        explains: &["ptr-match-implicit", "ptr-match-ip6"],
        count: 2,
        right: Right::Ours,
        rule: "§5.5: matches when a validated name is the target or ends in it",
    },
    Row {
        what: "expands %{p} to the first name of the client, validated or not",
        explains: &["p-macro-multiple"],
        count: 1,
        right: Right::Ours,
        rule: "§7.3: %{p} is the validated name, and one below the domain is preferred",
    },
    Row {
        what: "counts each name of the client against the ten look-ups, and stops in the middle",
        explains: &["ptr-limit"],
        count: 1,
        right: Right::Both,
        rule: "§4.6.4: the first ten names are used, in an order that nobody decides",
    },
    Row {
        what: "asks exists for IPv6 too",
        explains: &["exists-ip6only"],
        count: 1,
        right: Right::Ours,
        rule: "§5.7: \"The lookup type is A even when the connection type is IPv6.\"",
    },
    Row {
        what: "cannot be told from memory that a look-up of addresses fails",
        explains: &["exists-dnserr"],
        count: 1,
        right: Right::Unknown,
        rule: "§5: a failure is temperror",
    },
    Row {
        what: "keeps no limit of void look-ups",
        explains: &["void-over-limit", "real tree: void look-ups"],
        count: 170,
        right: Right::Ours,
        rule: "§4.6.4: void look-ups SHOULD be limited, to two by default; more are permerror",
    },
];

/// Its result, or that it gave none.
fn theirs(anchor: &Anchor, params: &Params) -> &'static str {
    static SILENCE: Once = Once::new();
    SILENCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let file = panic.location().map_or("", std::panic::Location::file);
            if !file.contains("mail-auth-") {
                usual(panic);
            }
        }));
    });
    catch_unwind(AssertUnwindSafe(|| anchor.check_host(params))).unwrap_or("panic")
}

#[test]
fn spf() {
    let Some(suite) = place::conformance("spf/rfc7208-tests.json") else {
        return;
    };
    let Some(trees) = real_trees() else { return };
    let (mut compared, mut differences) = (0, Vec::new());
    for case in postern_suite::cases(&suite) {
        let respond = |question: &_| case.zone.respond(question);
        let anchor = Anchor::of(case.zone.names(), &[case.params.ip], respond);
        compared += 1;
        if theirs(&anchor, &case.params) != judge(&case).outcome.result.as_str() {
            differences.push(case.id);
        }
    }
    for tree in &trees {
        let clients = tree.clients();
        let names = tree.records.keys().map(Name::as_str);
        let anchor = Anchor::of(names, &clients, |question| tree.respond(question));
        for ip in clients {
            let params = Params::for_domain(ip, tree.domain.as_str());
            let (ours, _) = drive(
                |question| tree.respond(question),
                |dns| evaluate(dns, &params),
            );
            let theirs = theirs(&anchor, &params);
            compared += 1;
            if theirs == ours.result.as_str() {
                continue;
            }
            let problem = ours.cause.as_ref().map(|problem| &problem.cause);
            let void = problem == Some(&Cause::TooManyVoidLookups)
                && ["pass", "fail", "softfail", "neutral"].contains(&theirs);
            differences.push(if void {
                "real tree: void look-ups".to_owned()
            } else {
                format!("{}, {ip}: {} or {theirs}", tree.domain, ours.result)
            });
        }
    }
    let title = format!("SPF beside mail-auth {}", crate::anchor::version());
    check(&title, ROWS, compared, &differences);
}
