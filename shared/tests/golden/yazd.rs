//! yazd.ir: a server of its own, a strict DMARC policy, no SPF.

use postern_shared::dns::RecordType;
use postern_shared::evidence::{DialogueKind, Evidence, Step};

use crate::build::{Builder, vrfy};

const ADDRESS: &str = "85.9.67.4";
const GREETING: &str = "220 mail.yazd.ir ESMTP Postfix";

pub(crate) fn evidence() -> Evidence {
    let mut seen = Builder::new("yazd.ir");
    seen.mx("yazd.ir", &[(10, "mail.yazd.ir")])
        .a("mail.yazd.ir", &[ADDRESS])
        .ptr(ADDRESS, &["mail.yazd.ir"])
        .dns("yazd.ir", RecordType::Txt, vec![])
        .txt("_dmarc.yazd.ir", "v=DMARC1; p=reject; pct=100; ruf=mailto:dmarc@yazd.ir; rua=mailto:dmarc@yazd.ir; adkim=s; aspf=s")
        .nothing_at("_dmarc.ir", RecordType::Txt)
        .target("mail.yazd.ir", ADDRESS)
        .clean(ADDRESS)
        .dialogue(ADDRESS, DialogueKind::Survey, survey())
        .relay_refused(ADDRESS, GREETING, "554 5.7.1 <t@example.net>: Relay access denied");
    seen.build()
}

fn survey() -> Vec<(Step, &'static str, &'static str)> {
    let not_recognized = "502 5.5.2 Error: command not recognized";
    vec![
        (Step::Greeting, "", GREETING),
        (
            Step::Ehlo,
            "EHLO probe.example.net",
            // The report shows no word on TLS: that it is offered is supposed.
            "250-mail.yazd.ir\n250-PIPELINING\n250-STARTTLS\n250-AUTH LOGIN PLAIN\n250 8BITMIME",
        ),
        (Step::Help, "HELP", not_recognized),
        (vrfy("info"), "VRFY info", "252 2.0.0 info"),
        (vrfy("admin"), "VRFY admin", "252 2.0.0 admin"),
        (vrfy("root"), "VRFY root", "252 2.0.0 root"),
        (
            vrfy("postmaster"),
            "VRFY postmaster",
            "252 2.0.0 postmaster",
        ),
        (
            vrfy("hostmaster"),
            "VRFY hostmaster",
            "550 5.1.1 <hostmaster>: Recipient address rejected: User unknown in local recipient table",
        ),
        (
            Step::Expn {
                list: "postmaster".into(),
            },
            "EXPN postmaster",
            not_recognized,
        ),
        (Step::Quit, "QUIT", "221 2.0.0 Bye"),
    ]
}
