//! How the rows are judged that the advice hangs on.

use postern_shared::checks::CheckId;
use postern_shared::lint::{RecordKind, lint};
use postern_shared::report::{ProfileName, Reason, Status};

use crate::domains::{DOMAIN, POLICY, STRICT, WELL, domain};
use crate::world::{Mail, World};

/// A consent that could not be learned is said; it weighs only where no other destination is certain.
#[test]
fn an_unknown_consent_is_no_silence() {
    let unknown = |rua| {
        domain(Mail::Exchange, &[STRICT, (POLICY, rua)])
            .failing("example.org._report._dmarc.silent.example")
            .report(ProfileName::Standards)
    };
    let is_said = |reason: &Reason| matches!(reason, Reason::DmarcReportsUnverified { host, .. } if host.to_string() == "silent.example");
    for (record, status) in [
        (
            "v=DMARC1; p=reject; rua=mailto:a@silent.example",
            Status::Warn,
        ),
        (
            "v=DMARC1; p=reject; rua=mailto:a@silent.example,mailto:a@example.org",
            Status::Pass,
        ),
    ] {
        let report = unknown(record);
        let finding = report.finding(CheckId::Dmarc).unwrap();
        assert_eq!(finding.status, status, "{record}");
        assert!(finding.reasons.iter().any(is_said), "{record}");
        assert_eq!(finding.mend, None, "{record}: nothing is known to be wrong");
    }
}

/// What decides by itself is not held up by what cannot be known.
#[test]
fn forgery_is_judged_as_soon_as_it_is_decided() {
    let status = |world: &World| {
        let report = world.report(ProfileName::Standards);
        report.finding(CheckId::Spoofing).unwrap().status
    };
    let no_policy = domain(Mail::Exchange, &[]).failing(DOMAIN);
    assert_eq!(
        status(&no_policy),
        Status::Fail,
        "no policy, whatever SPF says"
    );
    let open = domain(Mail::Exchange, &[(DOMAIN, "v=spf1 +all")]).failing(POLICY);
    assert_eq!(
        status(&open),
        Status::Fail,
        "everybody passes, whatever DMARC says"
    );
    let neither = domain(Mail::Exchange, &[WELL]).failing(DOMAIN);
    assert_eq!(status(&neither), Status::Unknown);
    let neither = domain(Mail::Exchange, &[STRICT]).failing(POLICY);
    assert_eq!(status(&neither), Status::Unknown);
}

/// SPF that is open by its ranges, or to one family alone, is open.
#[test]
fn spf_is_judged_by_the_stranger_who_gets_furthest() {
    let spf = |text| {
        let report = domain(Mail::Exchange, &[(DOMAIN, text), WELL]).report(ProfileName::Standards);
        let finding = report.finding(CheckId::Spf).unwrap().clone();
        let spoofing = report.finding(CheckId::Spoofing).unwrap().status;
        (finding.status, finding.reasons[0].clone(), spoofing)
    };
    for text in ["v=spf1 ip6:::/0 -all", "v=spf1 mx ip6:2000::/3 -all"] {
        let open = (Status::Fail, Reason::SpfOpenOverIpv6, Status::Fail);
        assert_eq!(spf(text), open, "{text}");
    }
    let five =
        "v=spf1 ip4:11.0.0.0/8 ip4:12.0.0.0/8 ip4:13.0.0.0/8 ip4:14.0.0.0/8 ip4:15.0.0.0/8 -all";
    let addresses = 5 << 24;
    let wide = (Status::Fail, Reason::SpfWide { addresses }, Status::Fail);
    assert_eq!(spf(five), wide);
    let addresses = 3 << 23;
    let wide = (Status::Fail, Reason::SpfWide { addresses }, Status::Fail);
    assert_eq!(
        spf("v=spf1 ip4:16.0.0.0/9 ip4:17.0.0.0/9 ip4:18.0.0.0/9 -all"),
        wide
    );
    for text in [
        "v=spf1 mx ip6:2600::/12 -all",
        "v=spf1 ip6:2600::/17 ip6:2600:8000::/17 ip6:2a00::/48 -all",
    ] {
        let wide = (Status::Fail, Reason::SpfWideOverIpv6, Status::Fail);
        assert_eq!(spf(text), wide, "{text}");
    }
    // A /8 of one's own is its holder's; a large provider has far less.
    for text in [
        "v=spf1 ip4:16.0.0.0/9 ip4:17.0.0.0/9 -all",
        "v=spf1 ip4:40.0.0.0/10 -all",
        "v=spf1 ip6:2600::/17 ip6:2600:8000::/17 -all",
        "v=spf1 mx ip6:fd00::/8 -all",
    ] {
        assert_eq!(spf(text).0, Status::Pass, "{text}");
    }
    // What shows in the text alone has the same word there.
    for (text, is_open) in [
        ("v=spf1 ip4:0.0.0.0/0 -all", true),
        ("v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all", true),
        ("v=spf1 ip6:::/0 -all", true),
        ("v=spf1 mx/0 -all", true),
        ("v=spf1 mx/7 -all", true),
        ("v=spf1 mx/9 -all", false),
        ("v=spf1 -ip4:0.0.0.0/0 mx ~all", false),
        (five, true),
        ("v=spf1 mx ip6:2600::/12 -all", true),
        ("v=spf1 ip6:2600::/17 ip6:2600:8000::/17 -all", false),
    ] {
        assert_eq!(spf(text).0 == Status::Fail, is_open, "{text}");
        assert_eq!(lint(RecordKind::Spf, text).has_errors, is_open, "{text}");
    }
    // Hosts without IPv6 are no fault in a world of IPv4.
    let voids = "v=spf1 a:mx.example.org a:mx.example.org/30 a:mx.example.org/29 -all";
    assert_eq!(spf(voids).0, Status::Pass);
}
