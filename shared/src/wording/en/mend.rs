//! What to do, and who can.

use super::numbers::{list, number};
use crate::report::{Action, Owner};
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// What to do.
pub(in crate::wording) fn action(action: &Action) -> Sentence {
    match action {
        Action::CloseRelay => say!("Let the server take strangers' mail for its own domains only."),
        Action::Delist { zones } => {
            say!(
                "Find what got the address listed and end it; then ask {0} to remove it.",
                list(zones)
            )
        }
        Action::LeavePolicyRange => say!(
            "Send through your provider's mail server, or have the address taken out of the `PBL` by whoever it belongs to."
        ),
        Action::PublishDmarc => say!(
            "As a first step, publish a DMARC policy that watches and has reports sent to you. When they show that your own mail passes, raise it to `p=quarantine`, then to `p=reject`."
        ),
        Action::DisownDmarc => say!(
            "The domain takes no mail. If it sends none either, let its DMARC policy have all mail in its name refused."
        ),
        Action::RepairDmarc => {
            say!(
                "Write the DMARC record so that receivers read it: it begins with `v=DMARC1;`. It counts from then on: where you have not seen any reports yet, begin with `p=none`."
            )
        }
        Action::KeepOneDmarc => say!(
            "Delete all DMARC records but one. None of them counted so far; the one you keep does from then on."
        ),
        Action::CorrectDmarc => say!("Correct the DMARC record at the place shown."),
        Action::EnforceDmarc => {
            say!(
                "When the reports show that your own mail passes, raise the policy to `p=quarantine`, then to `p=reject`."
            )
        }
        Action::EndDmarcTesting => {
            say!("When the reports show that your own mail passes, end the test mode (`t=n`).")
        }
        Action::RequestReports => {
            say!("Ask for reports: add `rua=mailto:` with a mailbox that somebody reads.")
        }
        Action::AuthorizeReports { host } => {
            say!(
                "Ask whoever runs {0} to publish the record by which it agrees to receive your reports.",
                host
            )
        }
        Action::PublishSpf => {
            say!(
                "Publish an SPF record that names every server and service that sends for you, and disowns all others."
            )
        }
        Action::PublishProviderSpf { provider } => say!(
            "Your mail goes to {0}: publish an SPF record that lets its servers send for you. Add whatever else sends in your name, such as your website or your newsletters.",
            *provider
        ),
        Action::SaveSpfLookups { costly } => say!(
            "Save look-ups: {0}. Take out what no longer sends for you, or let a service send from a subdomain of its own.",
            list(
                costly
                    .iter()
                    .map(|cost| say!("{0} needs {1}", &cost.term, number(cost.lookups)))
            )
        ),
        Action::DisownSpf => say!(
            "The domain takes no mail. If it sends none either, publish an SPF record that disowns every server."
        ),
        Action::RepairSpf => {
            say!(
                "Write the SPF record so that receivers read it: it begins with `v=spf1` and a space."
            )
        }
        Action::KeepOneSpf => say!("Merge your SPF records into one."),
        Action::CorrectSpf => {
            say!("Take the broken term out of the SPF record, or mend what it leads to.")
        }
        Action::CloseSpf => say!("End the SPF record in `~all` or `-all`."),
        Action::NarrowSpf => say!(
            "Find the term of the SPF record that lets nearly everybody pass, and take it out or narrow it."
        ),
        Action::NameAddress { addresses } => {
            say!(
                "Have {0} given a name in reverse DNS, and let that name lead back.",
                list(addresses)
            )
        }
        Action::PruneNames { addresses } => say!(
            "Remove the names of {0} that do not lead back.",
            list(addresses)
        ),
        Action::PointExchange { exchange } => say!(
            "Replace {0} in the MX record by the name of a host that has an address.",
            exchange
        ),
        Action::CorrectBimi => say!(
            "Let there be one BIMI record, `v=BIMI1; l=` and the `https` address of your logo as an SVG image."
        ),
        Action::CorrectMx => say!(
            "Let the MX records name only hosts that have public addresses, each by its real name."
        ),
        Action::PublishNullMx => say!("If the domain takes no mail, say so with a null MX."),
        Action::DecideMx => say!(
            "Decide whether the domain takes mail. If it does, name its server in an MX record; if not, publish a null MX (`0 .`), and send nothing in its name."
        ),
        Action::AddIpv4 => say!("Give a mail server of the domain an IPv4 address too."),
        Action::CoverSubdomains => {
            say!(
                "When the reports show that honest mail from your subdomains passes, let the DMARC policy cover them too (`sp` and `np`)."
            )
        }
        Action::AuthOnlyInTls => say!("Offer login only after `STARTTLS`."),
        Action::OfferAuth => {
            say!(
                "Offer `AUTH` on port `25`, inside TLS. Only the classic reading asks for it; the standards do not."
            )
        }
        Action::ReplaceMechanisms => {
            say!(
                "Offer `PLAIN` inside TLS, or `SCRAM-SHA-256`, in place of the obsolete mechanisms."
            )
        }
        Action::SilenceHelp => {
            say!("Refuse `HELP`, or answer it without commands, name or version.")
        }
        Action::LevelVrfy => say!("Let `VRFY` give every name the same answer."),
        Action::RefuseExpn => say!("Switch `EXPN` off."),
    }
}

/// Who can do it.
pub(in crate::wording) const fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::Dns => "in your DNS",
        Owner::ServerOperator => "on the mail server",
        Owner::Provider => "with the provider of the address",
        Owner::ReportReceiver => "with whoever receives your reports",
    }
}

/// What a mend would win.
pub(in crate::wording) fn gain(points: u32) -> String {
    match points {
        1 => "+1 point".to_owned(),
        _ => format!("+{points} points"),
    }
}
