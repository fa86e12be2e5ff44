//! What to do, and who can.

use super::dnssec::tags;
use super::numbers::{agree, list, number};
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
        Action::MoveDmarc { from } => say!(
            "Publish the DMARC record under its right name, and take it away at {0}. It counts from then on: where you have not seen any reports yet, begin with `p=none`.",
            from
        ),
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
        Action::MoveSpf { from } => say!(
            "Publish the SPF record at the domain itself, and take it away at {0}.",
            from
        ),
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
        Action::SetUpDkim => say!(
            "Switch DKIM signing on wherever your mail is sent from, and publish the key that you are given there."
        ),
        Action::ReplaceDkimKey { name } => say!(
            "Make a new RSA key of `2048` bits under a new selector, publish it, then sign with it. Leave {0} for a week, until the last mail signed with it has arrived.",
            name
        ),
        Action::RevokeDkimKey { name } => say!(
            "Make a new RSA key of `2048` bits under a new selector, sign with it, and take {0} out at once: strangers may be able to sign with it.",
            name
        ),
        Action::RestoreDkimKey { name } => say!(
            "Publish the key at {0} again, just as the server or service that signs gives it to you: whole, without quotation marks inside, and in strings of at most `255` characters each.",
            name
        ),
        Action::CorrectDkim { name } => say!(
            "Correct the record at {0}, and let your mail be signed with `sha256`.",
            name
        ),
        Action::KeepOneDkim { name } => say!(
            "Leave the key at {0} that your mail is signed with, and delete the others.",
            name
        ),
        Action::EndDkimTesting { name } => say!(
            "When your signed mail passes elsewhere, end the test mode of {0}: take `t=y` out. Where the record is longer than `255` characters, publish it in several strings.",
            name
        ),
        Action::ResolveDkimAlias { name } => say!(
            "Switch DKIM on at the service that {0} leads to. If you no longer use it, delete the alias.",
            name
        ),
        Action::PublishMtaSts => say!(
            "As a first step, serve a policy on trial on a web server of this name, over HTTPS with a valid certificate; then publish the record. When the reports show that mail arrives over TLS, let it enforce."
        ),
        Action::RepairMtaSts => {
            say!(
                "Write the MTA-STS record so that senders read it. The policy counts from then on."
            )
        }
        Action::KeepOneMtaSts => say!(
            "Delete all MTA-STS records but one. None of them counted so far; the policy does from then on."
        ),
        Action::ServeMtaSts { host } => say!(
            "Serve a policy on {0} itself, over HTTPS and without a redirect; then publish the record, whose `id` is a new one. It begins on trial.",
            host
        ),
        Action::SecurePolicyHost { host } => say!(
            "Let {0} answer over HTTPS with a certificate that is valid for this very name.",
            host
        ),
        Action::CorrectMtaSts => say!(
            "Serve the policy as shown; then publish the record, whose `id` is a new one, so that senders fetch it again."
        ),
        Action::ServeAsText => say!("Let the web server serve the policy as `text/plain`."),
        Action::CoverExchanges { exchanges } => say!(
            "If {0} should take your mail, name it in the policy; then publish the record, whose `id` is a new one.",
            list(exchanges)
        ),
        Action::EnforceMtaSts => say!(
            "When the reports show for some weeks that mail arrives over TLS, let the policy enforce; then publish the record, whose `id` is a new one."
        ),
        Action::PublishTlsRpt => {
            say!("Ask senders to report to a mailbox that somebody reads.")
        }
        Action::RepairTlsRpt => say!("Write the TLS-RPT record so that senders read it."),
        Action::KeepOneTlsRpt => say!("Delete all TLS-RPT records but one."),
        Action::OfferStartTls => {
            say!("Give the mail server a certificate, and switch `STARTTLS` on.")
        }
        Action::RepairStartTls => say!(
            "Look into the TLS of the mail server: is its certificate there, does the key fit it, are `TLS 1.2` and `TLS 1.3` switched on?"
        ),
        Action::LetStartTlsPass => say!(
            "Switch off the inspection of mail in the firewall before the mail server: it hides `STARTTLS`. If the server shows it everywhere else, the firewall is one on our way there."
        ),
        Action::UpdateServer => {
            say!("Update the software of the mail server: this flaw was mended years ago.")
        }
        Action::SecureSubmission => say!(
            "Serve port `465` with TLS from the start and port `587` with `STARTTLS`, and offer login only inside TLS."
        ),
        Action::AddIpv6 => say!(
            "If your network has IPv6, let the mail server listen there and give the address a name in reverse DNS; then publish its `AAAA` record."
        ),
        Action::OpenIpv6 => say!(
            "Let the mail server and its firewall answer on port `25` at the IPv6 address, or take the `AAAA` record out."
        ),
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
        Action::SignZone => say!(
            "Switch DNSSEC on where your DNS is hosted. When the zone is signed, and not before, give your registrar the `DS` record that is shown there."
        ),
        Action::PublishDs { key_tags } => say!(
            "Give your registrar the `DS` record of {0} {1}: it is shown where your DNS is hosted.",
            agree(key_tags, "key", "the keys"),
            tags(key_tags)
        ),
        Action::ReplaceDs { key_tags } => say!(
            "Let your registrar replace the `DS` records by those of {0} {1}, which are shown where your DNS is hosted. If that takes long, have the old ones deleted: without them mail arrives again, unsigned.",
            agree(key_tags, "key", "the keys"),
            tags(key_tags)
        ),
        Action::RepairSignatures => say!(
            "Have the zone signed anew where your DNS is hosted. If that takes long, let your registrar delete the `DS` records: without them mail arrives again, unsigned."
        ),
        Action::RenewKeys => say!(
            "Go over to keys of algorithm `13` and `DS` records with `SHA-256`, by a key rollover where your DNS is hosted."
        ),
        Action::SignExchanges { hosts } => say!(
            "Ask whoever runs {0} to have {1} signed with DNSSEC.",
            list(hosts),
            agree(hosts, "its zone", "their zones")
        ),
        Action::RepairExchanges { hosts } => say!(
            "Tell whoever runs {0} that the DNSSEC signatures do not validate.",
            list(hosts)
        ),
        Action::EndOldTls => say!(
            "Let the server take TLS `1.2` and newer alone. The few senders that know nothing newer then send in clear text."
        ),
        Action::OfferNewTls => say!(
            "Go over to a mail server, or a TLS library of it, that takes TLS `1.2` and `1.3` with suites of today."
        ),
        Action::LimitSuites => say!(
            "Let the server take only suites that make a key of their own for each connection and encrypt with authentication (`ECDHE` with `AES-GCM` or `ChaCha20`)."
        ),
        Action::LimitGroups => say!(
            "Let the server take only the groups `X25519MLKEM768`, `x25519`, `secp256r1` and `secp384r1`."
        ),
        Action::EndCompression => say!("Switch the compression of TLS off."),
        Action::RenewTlsLibrary => {
            say!("Go over to a TLS library of today: all since 2010 renegotiate securely.")
        }
        Action::RenewCertificate { hosts } => say!(
            "Renew the certificate of {0} and let the server load it, best by itself each time. Where TLSA records name its key, keep the key.",
            list(hosts)
        ),
        Action::ReplaceCertificate { hosts } => say!(
            "Let {0} show a certificate that a public authority issued for this very name. Where TLSA records name the old key, publish that of the new one beside it first.",
            list(hosts)
        ),
        Action::MatchKey { hosts } => say!(
            "Let {0} use the key that belongs to its certificate: for both, `openssl` prints the same digest.",
            list(hosts)
        ),
        Action::SendIssuers { hosts } => say!(
            "Let {0} send the certificates of the issuers along, each behind the one that it vouches for: most authorities hand them out as `fullchain.pem`.",
            list(hosts)
        ),
        Action::CorrectTlsa { names } => say!(
            "Compare with the key on the server first; if it is yours, replace the TLSA records at {0} by those of the keys that it uses.",
            list(names)
        ),
        Action::OfferTlsForDane { hosts } => say!(
            "Let {0} offer `STARTTLS` on port `25`, or take its TLSA records away.",
            list(hosts)
        ),
        Action::PublishTlsa { names } => say!(
            "Publish at {0} a TLSA record of `3 1 1` and the digest of the key that the mail server there uses. Keep that key when the certificate is renewed; before you change it, publish the digest of the next one beside it.",
            list(names)
        ),
        Action::ReplaceTlsa { names } => say!(
            "Replace the TLSA records at {0} by `3 1 1` and the digest of the key that the mail server there uses.",
            list(names)
        ),
        Action::AnswerTlsa { names } => say!(
            "Let the name servers answer TLSA questions for {0}, if only by a signed \"does not exist\".",
            list(names)
        ),
    }
}

/// Who can do it.
pub(in crate::wording) const fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::Dns => "in your DNS",
        Owner::ServerOperator => "on the mail server",
        Owner::Provider => "with the provider of the address",
        Owner::Signer => "with whoever sends your mail",
        Owner::MailProvider => "with whoever runs the mail servers",
        Owner::ReportReceiver => "with whoever receives your reports",
        Owner::WebServer => "on the web server of the policy",
        Owner::Firewall => "on the firewall",
    }
}

/// What a mend would win.
pub(in crate::wording) fn gain(points: u32) -> String {
    match points {
        1 => "+1 point".to_owned(),
        _ => format!("+{points} points"),
    }
}
