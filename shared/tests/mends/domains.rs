//! Domains of many kinds, and what is advised to them.

use postern_shared::checks::CheckId;

use crate::world::{Mail, World};

pub(crate) const DOMAIN: &str = "example.org";
pub(crate) const POLICY: &str = "_dmarc.example.org";
pub(crate) const WELL: (&str, &str) = (POLICY, "v=DMARC1; p=reject; rua=mailto:a@example.org");
pub(crate) const STRICT: (&str, &str) = (DOMAIN, "v=spf1 mx -all");

/// Where the key of a domain that signs stands.
pub(crate) const SIGNER: &str = "default._domainkey.example.org";
/// A key of 2048 bits that nobody has the other half of.
const KEY: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmR5SgFVAYEXgjsEk1mKuQOSlUIUMitusbmr48orL070Sun2Wuqp7PFV07x4iAL6ZhUgj8kYZyxcag4XpmwnxIvn5PUjvN5Uw/w0k0cDBCJDtKgVO+7ggI4yob1SP5vB2IxAjmWlNmZHOusKgmw+notYn1BbcXXMtv11INGeYopllbgDyt44/I7rFEU5iu6vQEVdV8q9l4ql+qWDrwS5tBwYoC/wtGubFjPNz7Co6WxHd1MgyysOoKQb7qoLMd+CQY2MdMkwlS6K06aveY/Iu1zU1H1rmQhyCXd4eGMhf+zc6yayByvh+9ksj8Znioz2DzYvUcMTvidg/4AII2aES4wIDAQAB";
/// Tags that can be put right.
pub(crate) const KEY_TAGS: &[&str] = &[
    "v=DKIM1; t=y; ",
    "v=DKIM1; k=rsa; t=s:y; ",
    "v=DKIM1; h=sha1; ",
    "k=rsa; v=DKIM1; ",
    "v=DKIM1;; ",
    "v=DKIM1; oops; ",
];

/// SPF records of a domain with mail, and the record that is advised; `""` for advice without a record.
pub(crate) const SPF: &[(&str, &str, &str)] = &[
    ("", "publish_spf", "v=spf1 mx ~all"),
    ("v=spf1 +all", "close_spf", "v=spf1 mx ~all"),
    ("v=spf1 ?all", "close_spf", "v=spf1 mx ~all"),
    ("v=spf1 mx", "close_spf", "v=spf1 mx ~all"),
    (
        "v=spf1 a:b.example.org ?all",
        "close_spf",
        "v=spf1 a:b.example.org ~all",
    ),
    (
        "v=spf1 ip4:192.0.2.0/24 +all",
        "close_spf",
        "v=spf1 ip4:192.0.2.0/24 ~all",
    ),
    ("v=spf1 ip4:0.0.0.0/0 ?all", "close_spf", "v=spf1 mx ~all"),
    ("v=spf1 ip4:0.0.0.0/0 -all", "narrow_spf", "v=spf1 mx ~all"),
    ("v=spf1 mx ip6:::/0 -all", "narrow_spf", "v=spf1 mx ~all"),
    ("v=spf1 include:open.example -all", "narrow_spf", ""),
    (
        "v=spf1 mx ip6:2600::/12 -all",
        "narrow_spf",
        "v=spf1 mx ~all",
    ),
    (
        "v=spf1 ip6:2600::/17 ip6:2602::/15 -all",
        "narrow_spf",
        "v=spf1 ip6:2600::/17 ~all",
    ),
    (
        "v=spf1 ip6:2600::/17 ip6:2600:8000::/17 ip6:2a00::/48 -all",
        "narrow_spf",
        "",
    ),
    (
        "v=spf1 mx ip4:16.0.0.0/7 -all",
        "narrow_spf",
        "v=spf1 mx ~all",
    ),
    (
        "v=spf1 mx ip4:10.0.0.0/8 -all",
        "narrow_spf",
        "v=spf1 mx -all",
    ),
    ("v=spf1 ip4:16.0.0.0/8 -all", "narrow_spf", ""),
    ("v=spf1 mx ptr -all", "correct_spf", "v=spf1 mx ~all"),
    ("v=spf1 ptr -all", "correct_spf", "v=spf1 mx ~all"),
    (
        "v=spf1 mx include:gone.example -all",
        "correct_spf",
        "v=spf1 mx -all",
    ),
    (
        "v=spf1 include:gone.example -all",
        "correct_spf",
        "v=spf1 mx ~all",
    ),
    ("v=spf1 mx inclde:x.example -all", "correct_spf", ""),
    (
        "v=spf1 mx inclde:good.example -all",
        "correct_spf",
        "v=spf1 mx include:good.example -all",
    ),
    (
        "v=spf1 ipv4:198.51.100.7 v=spf1 -all",
        "correct_spf",
        "v=spf1 ip4:198.51.100.7 -all",
    ),
    (
        "v=spf1 ipv4:1.0.0.1 mx MX +mx v=spf1 -all",
        "correct_spf",
        "v=spf1 ip4:1.0.0.1 mx -all",
    ),
    (
        "v=spf1 ~all mx -redirect=good.example",
        "correct_spf",
        "v=spf1 mx ~all",
    ),
    (
        "v=spf1 mx -all ip4:1.0.0.1 ~al",
        "correct_spf",
        "v=spf1 mx ip4:1.0.0.1 -all",
    ),
    (
        "v=spf1 -redirect=good.example",
        "correct_spf",
        "v=spf1 redirect=good.example",
    ),
    (
        "v=spf1 mx redirect=gone.example",
        "correct_spf",
        "v=spf1 mx",
    ),
    (
        "v=spf1 mx include:example.org -all",
        "correct_spf",
        "v=spf1 mx -all",
    ),
    (
        "v=spf1 mx a:v1.example.org a:v2.example.org mx:v3.example.org ip4:10.0.0.0/8 ip4:192.168.1.1 -all",
        "correct_spf",
        "v=spf1 mx -all",
    ),
    (
        "v=spf1 mx a:v1.example.org include:six.example include:six.example include:six.example -all",
        "correct_spf",
        "v=spf1 mx include:six.example -all",
    ),
    (
        "v=spf1 mx include:six.example include:seven.example -all",
        "save_spf_lookups",
        "",
    ),
    (
        "v=spf10 include:good.example -all",
        "repair_spf",
        "v=spf1 include:good.example -all",
    ),
    ("\"v=spf1 a mx ~all\"", "repair_spf", "v=spf1 a mx ~all"),
    ("v=spf1;a;mx;-all", "repair_spf", "v=spf1 a mx -all"),
];

/// DMARC records of a domain with mail, what is advised, and the record; `""` as above.
pub(crate) const DMARC: &[(&str, &str, &str)] = &[
    (
        "",
        "publish_dmarc",
        "v=DMARC1; p=none; rua=mailto:postmaster@example.org",
    ),
    (
        "v=DMARC1; p=none",
        "request_reports",
        "v=DMARC1; p=none; rua=mailto:postmaster@example.org",
    ),
    (
        "v=DMARC1; p=none;",
        "request_reports",
        "v=DMARC1; p=none; rua=mailto:postmaster@example.org",
    ),
    (
        "v=DMARC1; p=none; rua=mailto:a@example.org",
        "enforce_dmarc",
        "v=DMARC1; p=quarantine; rua=mailto:a@example.org",
    ),
    (
        "v=DMARC1; p=none; t=y; rua=mailto:a@example.org",
        "enforce_dmarc",
        "v=DMARC1; p=quarantine; t=n; rua=mailto:a@example.org",
    ),
    (
        "v=DMARC1; p=quarantine; t=y; rua=mailto:a@example.org",
        "end_dmarc_testing",
        "v=DMARC1; p=quarantine; t=n; rua=mailto:a@example.org",
    ),
    (
        "v=DMARC1; p=reject; t=y",
        "request_reports",
        "v=DMARC1; p=reject; t=y; rua=mailto:postmaster@example.org",
    ),
    (
        "v=DMARC1; p=reject",
        "request_reports",
        "v=DMARC1; p=reject; rua=mailto:postmaster@example.org",
    ),
    (
        "v=DMARC1; p=reject; rua=a@example.org; adkim=s",
        "request_reports",
        "v=DMARC1; p=reject; rua=mailto:a@example.org; adkim=s",
    ),
    (
        "v=DMARC1; p=reject; rua=; adkim=s",
        "request_reports",
        "v=DMARC1; p=reject; rua=mailto:postmaster@example.org; adkim=s",
    ),
    (
        "v=DMARC1; p=rejct; rua=mailto:a@example.org",
        "enforce_dmarc",
        "v=DMARC1; p=quarantine; rua=mailto:a@example.org",
    ),
    (
        "v=DMARC1; p=rejct",
        "correct_dmarc",
        "v=DMARC1; p=none; rua=mailto:postmaster@example.org",
    ),
    (
        "v=DMARC1; rua=mailto:a@example.org",
        "enforce_dmarc",
        "v=DMARC1; p=quarantine; rua=mailto:a@example.org",
    ),
    (
        "v=dmarc1; p=reject; rua=mailto:a@example.org",
        "repair_dmarc",
        "v=DMARC1; p=reject; rua=mailto:a@example.org",
    ),
    (
        "v=DMARC1 p=quarantine rua=mailto:a@example.org",
        "repair_dmarc",
        "v=DMARC1; p=quarantine; rua=mailto:a@example.org",
    ),
    (
        "v=DMARC1; p=reject; adkim=strict; rf=afrf; ri=60; rua=mailto:a@example.org!5m",
        "correct_dmarc",
        "v=DMARC1; p=reject; rua=mailto:a@example.org",
    ),
    (
        "v=DMARC1; p=reject; p=none; rua=a@example.org,mailto:b@example.org; fo=0:1; ruf=mailto:a@example.org; mailto",
        "correct_dmarc",
        "v=DMARC1; p=reject; rua=mailto:a@example.org,mailto:b@example.org; fo=1; ruf=mailto:a@example.org",
    ),
    (
        "v=DMARC1; p=reject; rua=https://example.org/,mailto:a@example.org; pct=30",
        "correct_dmarc",
        "v=DMARC1; p=reject; rua=mailto:a@example.org; pct=30",
    ),
    (
        "v=DMARC1; p=reject; rua=mailto:a@closed.example",
        "authorize_reports",
        "v=DMARC1",
    ),
    (
        "v=DMARC1; p=none; rua=mailto:a@closed.example",
        "authorize_reports",
        "v=DMARC1",
    ),
];

/// TXT records, a row, what is advised there, and the record.
type Case = (
    &'static [(&'static str, &'static str)],
    CheckId,
    &'static str,
    &'static str,
);

/// Records of a domain with mail that stand at the wrong name, and the row that lacks them.
pub(crate) const MISPLACED: &[Case] = &[
    (
        &[(POLICY, "v=spf1 mx include:good.example -all")],
        CheckId::Spf,
        "move_spf",
        "v=spf1 mx include:good.example -all",
    ),
    (
        &[
            STRICT,
            (DOMAIN, "v=DMARC1; p=none; rua=mailto:a@example.org"),
        ],
        CheckId::Dmarc,
        "move_dmarc",
        "v=DMARC1; p=none; rua=mailto:a@example.org",
    ),
    (
        &[(DOMAIN, WELL.1), (POLICY, STRICT.1)],
        CheckId::Dmarc,
        "move_dmarc",
        WELL.1,
    ),
    (
        &[(DOMAIN, WELL.1), (POLICY, STRICT.1)],
        CheckId::Spf,
        "move_spf",
        STRICT.1,
    ),
    // It would open the domain, or disown its mail.
    (
        &[(POLICY, "v=spf1 +all")],
        CheckId::Spf,
        "publish_spf",
        "v=spf1 mx ~all",
    ),
    (
        &[(POLICY, "v=spf1 -all")],
        CheckId::Spf,
        "publish_spf",
        "v=spf1 mx ~all",
    ),
];

fn around(records: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut texts = vec![
        ("open.example", "v=spf1 +all"),
        ("good.example", "v=spf1 ip4:198.51.100.0/24 -all"),
        (
            "six.example",
            "v=spf1 a:mx.example.org a:mx.example.org/31 a:mx.example.org/30 a:mx.example.org/29 a:mx.example.org/28 -all",
        ),
        (
            "seven.example",
            "v=spf1 a:mx.example.org/27 a:mx.example.org/26 a:mx.example.org/25 a:mx.example.org/24 a:mx.example.org/23 -all",
        ),
        ("agreed.example", "hello"),
        ("example.org._report._dmarc.agreed.example", "v=DMARC1"),
    ];
    texts.extend(records.iter().filter(|(_, text)| !text.is_empty()));
    texts
}

pub(crate) fn domain(mail: Mail, records: &[(&'static str, &'static str)]) -> World {
    World::new(DOMAIN, mail, &around(records))
}

pub(crate) fn subdomain(records: &[(&'static str, &'static str)]) -> World {
    World::new("sub.example.org", Mail::Exchange, &around(records))
}

/// Every kind of domain of this file.
pub(crate) fn worlds() -> Vec<World> {
    let mut worlds = followed();
    for tags in KEY_TAGS {
        for spf in ["", STRICT.1] {
            worlds.push(signing(tags, spf));
        }
    }
    for (dmarc, ..) in DMARC {
        worlds.push(subdomain(&[(POLICY, dmarc)]));
    }
    for mail in [
        Mail::Exchange,
        Mail::Hosted,
        Mail::Null,
        Mail::None,
        Mail::Failed,
    ] {
        for (spf, ..) in SPF {
            for dmarc in ["", WELL.1] {
                worlds.push(domain(mail, &[(DOMAIN, spf), (POLICY, dmarc)]));
            }
        }
        for (records, ..) in MISPLACED {
            worlds.push(domain(mail, records));
        }
        for (dmarc, ..) in DMARC {
            for spf in ["", STRICT.1] {
                worlds.push(domain(mail, &[(POLICY, dmarc), (DOMAIN, spf)]));
            }
        }
    }
    worlds
}

/// A domain that signs, with these tags in front of its key.
pub(crate) fn signing(tags: &str, spf: &str) -> World {
    let key = format!("{tags}p={KEY}");
    let mut texts = vec![
        WELL,
        // Without it the name above that of the key would not exist in this world.
        ("_domainkey.example.org", "something"),
        (SIGNER, &key),
    ];
    texts.extend((!spf.is_empty()).then_some((DOMAIN, spf)));
    World::new(DOMAIN, Mail::Exchange, &texts)
}

/// Those in which every row can be put right by the records that are handed over.
pub(crate) fn followed() -> Vec<World> {
    let mut worlds = Vec::new();
    for (spf, ..) in SPF.iter().filter(|(.., advised)| !advised.is_empty()) {
        worlds.push(domain(Mail::Exchange, &[(DOMAIN, spf)]));
    }
    for (records, ..) in MISPLACED {
        worlds.push(domain(Mail::Exchange, records));
    }
    for (dmarc, ..) in DMARC {
        worlds.push(domain(Mail::Exchange, &[(POLICY, dmarc)]));
        // Whether a parent can have reports, when it has tested enough, and what its unreadable policy was
        // meant to say, only its own people know.
        let sound = dmarc.starts_with("v=DMARC1; p=")
            && !dmarc.contains("p=rejct")
            && !dmarc.contains("t=y");
        if dmarc.is_empty() || sound && dmarc.contains("rua=mailto:") {
            worlds.push(subdomain(&[(POLICY, dmarc)]));
        }
    }
    for dmarc in [
        "",
        "v=DMARC1; p=none",
        "v=DMARC1; p=rejct",
        "v=DMARC1; p=reject; sp=none; t=y",
    ] {
        worlds.push(domain(
            Mail::Null,
            &[(POLICY, dmarc), (DOMAIN, "v=spf1 -all")],
        ));
        worlds.push(domain(Mail::Null, &[(POLICY, dmarc)]));
    }
    // Who says that nobody sends is told to say that nobody receives; a logo waits for DMARC.
    worlds.push(domain(Mail::None, &[(DOMAIN, "v=spf1 -all"), WELL]));
    let logo = (
        "default._bimi.example.org",
        "v=bimi1; l=http://example.org/logo.svg",
    );
    let watching = (POLICY, "v=DMARC1; p=none; rua=mailto:a@example.org");
    worlds.push(domain(Mail::Exchange, &[STRICT, watching, logo]));
    let uncovered = (
        POLICY,
        "v=DMARC1; p=reject; sp=none; rua=mailto:a@example.org",
    );
    worlds.push(domain(Mail::Exchange, &[STRICT, uncovered, logo]));
    for sub in [
        "sp=none",
        "np=none",
        "t=y; sp=quarantine",
        "sp=none; np=none",
        "sp=none; t=y",
    ] {
        let record: &'static str =
            Box::leak(format!("v=DMARC1; p=reject; {sub}; rua=mailto:a@example.org").into());
        worlds.push(domain(Mail::Exchange, &[STRICT, (POLICY, record)]));
        if !record.contains("t=y") {
            worlds.push(subdomain(&[(POLICY, record)]));
        }
    }
    worlds
}
