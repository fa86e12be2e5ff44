//! quera.org: mail at a large provider, SPF broken by an include that leads nowhere, DMARC without reports.

use postern_shared::dns::RecordType;
use postern_shared::evidence::{DialogueKind, Evidence, Step};

use crate::build::{Builder, vrfy};

const MX: &str = "mx.zoho.com";
const ADDRESSES: [&str; 2] = ["204.141.43.44", "204.141.33.44"];
const GREETING: &str = "220 mx.zoho.com SMTP Server ready";
/// The names of both addresses, and where each leads: five lead to both, three to the second alone, one to neither.
const NAMES: [(&str, &[&str]); 13] = [
    ("mx.zoho.com", &ADDRESSES),
    ("mx2.zoho.com", &ADDRESSES),
    ("mx3.zoho.com", &ADDRESSES),
    ("mx.zohomail.com", &ADDRESSES),
    ("smtpin.zoho.com", &ADDRESSES),
    ("mx1.zoho.example", &["204.141.33.44"]),
    ("mx2.zoho.example", &["204.141.33.44"]),
    ("mx3.zoho.example", &["204.141.33.44"]),
    ("mx4.zoho.example", &["136.143.183.44"]),
    ("mx5.zoho.example", &["204.141.43.44"]),
    ("mx6.zoho.example", &["204.141.43.44"]),
    ("mx7.zoho.example", &["204.141.43.44"]),
    ("mx8.zoho.example", &["136.143.183.44"]),
];

pub(crate) fn evidence() -> Evidence {
    let mut seen = Builder::new("quera.org");
    seen.mx("quera.org", &[(10, MX)])
        .a(MX, &ADDRESSES)
        .txt(
            "quera.org",
            "v=spf1 include:mailgun.org include:zoho.com include:spf.postal.quera.org -all",
        )
        .txt("mailgun.org", "v=spf1 ip4:198.51.100.0/24 ~all")
        .txt("zoho.com", "v=spf1 ip4:203.0.113.0/24 ~all")
        .nothing_at("spf.postal.quera.org", RecordType::Txt)
        .txt("_dmarc.quera.org", "v=DMARC1; p=reject")
        .nothing_at("_dmarc.org", RecordType::Txt);
    for (name, addresses) in NAMES {
        seen.a(name, addresses);
    }
    // Nine names each: the five that lead to both, and four that lead elsewhere from there.
    let names = |from: usize| -> Vec<&str> {
        NAMES[..5]
            .iter()
            .chain(&NAMES[from..from + 4])
            .map(|(name, _)| *name)
            .collect()
    };
    seen.ptr(ADDRESSES[0], &names(5))
        .ptr(ADDRESSES[1], &names(9));
    for address in ADDRESSES {
        seen.target(MX, address)
            .clean(address)
            .dialogue(address, DialogueKind::Survey, survey())
            .announced_in_tls(address, "250-mx.zoho.com\n250-8BITMIME\n250 SIZE 53477376")
            .relay_refused(address, GREETING, "553 Relaying disallowed. Invalid domain");
    }
    seen.build()
}

fn survey() -> Vec<(Step, &'static str, &'static str)> {
    let no_vrfy = "502 5.3.3 VRFY not implemented";
    vec![
        (Step::Greeting, "", GREETING),
        (
            Step::Ehlo,
            "EHLO probe.example.net",
            // Of TLS the report says nothing: that it is offered is supposed, and that the list is the same inside it.
            "250-mx.zoho.com\n250-STARTTLS\n250-8BITMIME\n250 SIZE 53477376",
        ),
        (
            Step::Help,
            "HELP",
            "214-Topics:\n214-HELO EHLO MAIL RCPT DATA\n214 End of HELP info",
        ),
        (vrfy("info"), "VRFY info", no_vrfy),
        (vrfy("admin"), "VRFY admin", no_vrfy),
        (vrfy("root"), "VRFY root", no_vrfy),
        (vrfy("postmaster"), "VRFY postmaster", no_vrfy),
        (vrfy("hostmaster"), "VRFY hostmaster", no_vrfy),
        (
            Step::Expn {
                list: "postmaster".into(),
            },
            "EXPN postmaster",
            "503 Must issue a EHLO/HELO command first.",
        ),
        (Step::Quit, "QUIT", "221 2.0.0 Bye"),
    ]
}
