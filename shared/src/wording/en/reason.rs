//! Why a finding has its status.

use super::cause::{note, problem};
use super::diagnostic::{diagnostic, near_miss};
use super::numbers::{agree, count, list, number, reply, share};
use super::scan::{connect_failure, dns_failure, refusal};
use super::spoofing::{policy, spoofing, stranger, whose};
use super::step::{relay_forms, step};
use crate::report::{OwnKey, Policy, Reason};
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// One table of them all: the compiler asks here for what a new reason says.
pub(in crate::wording) fn reason(reason: &Reason) -> Sentence {
    match reason {
        Reason::Pending => say!("Not looked at yet."),
        Reason::NeedsProbe => say!("Only a probe server can look at this, and none is set."),
        Reason::ProbeUnreachable => {
            say!("The probe server could not be reached, so this could not be looked at.")
        }
        Reason::ProbeRefused { refusal: code } => {
            say!("We could not look. {0}", refusal(*code, None))
        }
        Reason::ProbeCut => {
            say!("The connection to the probe server was lost before it came to this.")
        }
        Reason::ProbeStopped => say!("The scan was stopped before it came to this."),
        Reason::NotAsked => {
            say!("The probe ended without coming to this, so we could not look.")
        }
        Reason::DnsFailed { question, failure } => say!(
            "We could not look: asked for {0} of {1}, {2}.",
            &question.record_type,
            &question.name,
            dns_failure(*failure)
        ),
        Reason::NotConnected { port, failure } => say!(
            "We could not connect to port {0}: {1}.",
            Sentence::code(port),
            connect_failure(*failure)
        ),
        Reason::Throttled { reply_code, text } => say!(
            "The server said to come back later ({0}). That is about its load or about us, not about this question.",
            reply(*reply_code, text)
        ),
        Reason::TurnedAway { reply_code, text } => say!(
            "The server will not speak to our probe ({0}), so we could not look. It may well speak to others.",
            reply(*reply_code, text)
        ),
        Reason::Silent { step: at } => {
            say!("We could not look: the server was silent at {0}.", step(at))
        }
        Reason::HungUp { step: at } => {
            say!(
                "We could not look: the server closed the connection at {0}.",
                step(at)
            )
        }
        Reason::NotSmtp { step: at } => {
            say!(
                "We could not look: what came at {0} is not SMTP, or has no end.",
                step(at)
            )
        }
        Reason::NeedsTls => {
            say!(
                "The server answers this only inside TLS, and no TLS connection came about, so we could not look."
            )
        }
        Reason::NotPublic { address } => {
            say!(
                "{0} is not a public address: nobody outside can deliver mail there.",
                address
            )
        }
        Reason::ProbeWithoutIpv6 => {
            say!("The probe server has no IPv6, so it could not reach this address.")
        }
        Reason::NotAllProbed => {
            say!("The domain has more addresses than one scan looks at; this one was left out.")
        }
        Reason::ServerOptedOut => {
            say!("The people of this mail server asked not to be probed, so it was left alone.")
        }
        Reason::ServerResting => {
            say!(
                "This mail server was visited often, or asked for quiet, a moment ago, so it was left alone. Scan again in some minutes."
            )
        }

        Reason::NoSuchDomain => say!("The domain does not exist in DNS."),
        Reason::NullMx => {
            say!("The domain says that it takes no mail (null MX), so there is no server to ask.")
        }
        Reason::NoMx => say!("The domain names no mail server: it has no MX record."),
        Reason::ImplicitMx => {
            say!(
                "The domain has no MX record. Senders then try the domain's own address; we do not probe that, as it need not be a mail server."
            )
        }
        Reason::ExchangesLeftOut { exchanges } => say!(
            "The domain has {0} more than one scan looks at.",
            count(*exchanges, "mail server", "mail servers")
        ),
        Reason::AddressesLeftOut {
            exchange,
            addresses,
        } => say!(
            "{0} has {1} more than one scan looks at.",
            exchange,
            count(*addresses, "address", "addresses")
        ),
        Reason::ExchangeWithoutAddress { exchange } => {
            say!(
                "{0} has no address, so mail cannot be delivered there.",
                exchange
            )
        }
        Reason::ExchangeIsAddress { exchange } => {
            say!(
                "The MX record says {0}. That is an address; only a host name may stand there.",
                exchange
            )
        }
        Reason::ExchangeIsLocal { exchange } => {
            say!(
                "The MX record says {0}, a name that leads nowhere from outside.",
                exchange
            )
        }

        Reason::RelayRefused { forms, tried } if forms < tried => {
            say!(
                "A stranger's mail to a stranger was refused in {0} of the {1} forms that we tried; to the rest the server gave no word on relaying.",
                number(forms),
                number(tried)
            )
        }
        Reason::RelayRefused { forms: 1, .. } => {
            say!("A stranger's mail to a stranger was refused in the one form that we tried.")
        }
        Reason::RelayRefused { forms, .. } => {
            say!(
                "A stranger's mail to a stranger was refused in all {0} forms that we tried.",
                number(forms)
            )
        }
        Reason::RelayAccepted { forms } => say!(
            "The server accepted a stranger's mail to a stranger ({0}): anybody can send spam through it. We stopped before any message.",
            relay_forms(forms)
        ),
        Reason::RelayRouted { forms } => say!(
            "A recipient in an old, routed form was accepted ({0}). The server may read it as a local name; only sending mail would tell.",
            relay_forms(forms)
        ),
        Reason::RelaySenderRefused { reply_code, text } => say!(
            "The server refused our sender ({0}), so we never heard what it says to recipients.",
            reply(*reply_code, text)
        ),
        Reason::RelayDeferred { reply_code, text } => say!(
            "The server put us off ({0}). That is neither a yes nor a no.",
            reply(*reply_code, text)
        ),
        Reason::RelayInconclusive { reply_code, text } => say!(
            "The server refused our recipient ({0}), but not because it will not relay. That proves nothing.",
            reply(*reply_code, text)
        ),

        Reason::NotListed { answered, asked } => not_listed(*answered, *asked),
        Reason::ListedDecisively { zones, text } => listed(zones, text.as_deref()),
        Reason::ListedByMinor { zones } => {
            say!(
                "{0} {1} the address; few receivers refuse mail by that alone.",
                list(zones),
                agree(zones, "lists", "list")
            )
        }
        Reason::NeighborhoodListed { zones } => say!(
            "{0} {1} addresses near this one. That says nothing about the address itself.",
            list(zones),
            agree(zones, "lists", "list")
        ),
        Reason::PolicyRangeListed => {
            say!(
                "The address lies in a range that should not send mail directly (Spamhaus `PBL`). A server that only receives may stand there."
            )
        }
        Reason::PolicyRangeSends => say!(
            "Your SPF record says that this address sends your mail, but it lies in a range that should not send directly (Spamhaus `PBL`): many receivers refuse it."
        ),
        Reason::TooFewListsAnswered { answered, asked } => {
            say!(
                "Only {0} blocklists answered: too few to call the address clean.",
                share(*answered, *asked)
            )
        }

        Reason::PtrConfirmed { names } => match names.as_slice() {
            [name] => say!("The address is called {0}, and {0} leads back to it.", name),
            _ => say!(
                "The address has {0} names, and every one leads back to it: {1}.",
                number(names.len()),
                list(names)
            ),
        },
        Reason::PtrPartlyConfirmed {
            confirmed,
            unconfirmed,
        } => say!(
            "{0} {1} back to the address, but {2} {3} not.",
            list(confirmed),
            agree(confirmed, "leads", "lead"),
            list(unconfirmed),
            agree(unconfirmed, "does", "do")
        ),
        Reason::PtrUnconfirmed { names } => say!(
            "The address is called {0}, but {1} back to it.",
            list(names),
            agree(
                names,
                "that name does not lead",
                "none of these names leads"
            )
        ),
        Reason::PtrMissing => {
            say!("The address has no name in reverse DNS. Many receivers distrust such a server.")
        }
        Reason::PtrManyNames { names, followed } => say!(
            "The address has {0} names in reverse DNS, and we followed only the first {1}.",
            number(names),
            number(followed)
        ),
        Reason::PtrGeneric { name } => {
            say!(
                "The address is called {0}, a name made from its number as for home lines. Many receivers distrust that.",
                name
            )
        }

        Reason::AuthAbsent => {
            say!(
                "No login (`AUTH`) is offered on port `25`. Senders need none there; users log in on `465` or `587`."
            )
        }
        Reason::AuthBehindTls => {
            say!(
                "No login is offered before TLS. It may be offered inside, but no TLS connection came about, so we could not look."
            )
        }
        Reason::AuthInClear { mechanisms } => {
            say!(
                "Login is offered ({0}), before TLS too. That is not counted here, but a password could then cross in clear.",
                list(mechanisms)
            )
        }
        Reason::AuthWithoutPassword { mechanisms } => say!(
            "Login is offered before TLS, by methods that do not send the password itself ({0}).",
            list(mechanisms)
        ),
        Reason::AuthAfterTls { mechanisms } => {
            say!("Login is offered only inside TLS ({0}).", list(mechanisms))
        }
        Reason::AuthObsolete { mechanisms } => {
            say!(
                "Login is offered by obsolete mechanisms only: {0}.",
                list(mechanisms)
            )
        }

        Reason::HelpRefused { reply_code } => {
            say!(
                "`HELP` is refused ({0}), so it gives nothing away.",
                Sentence::code(reply_code)
            )
        }
        Reason::HelpList { text } => {
            say!(
                "The server answers `HELP` with a list of commands or topics. It begins: {0}",
                text
            )
        }
        Reason::HelpPointer { text } => {
            say!(
                "The server answers `HELP` with a fixed line that gives nothing away: {0}",
                text
            )
        }
        Reason::HelpVersion { software } => {
            say!(
                "`HELP` names the software, {0}. Whoever looks for a known hole need not guess.",
                software
            )
        }
        Reason::HelpInconclusive { reply_code } => {
            say!(
                "The answer to `HELP` ({0}) does not show what it would give away.",
                Sentence::code(reply_code)
            )
        }

        Reason::VrfyUniform {
            reply_code,
            invented: true,
        } => say!(
            "`VRFY` answers {0} to every name, even to an invented one, so nothing leaks.",
            Sentence::code(reply_code)
        ),
        Reason::VrfyUniform { reply_code, .. } => say!(
            "`VRFY` answers {0} to every name that we asked for, so nothing leaks.",
            Sentence::code(reply_code)
        ),
        Reason::VrfyConfirms { mailboxes } => {
            say!(
                "`VRFY` confirms {0}: whoever asks learns which mailboxes exist.",
                list(mailboxes)
            )
        }
        Reason::VrfyTells { accepted, refused } if refused.is_empty() => say!(
            "An invented name is refused but {0} {1} accepted: whoever asks learns which mailboxes exist.",
            list(accepted),
            agree(accepted, "is", "are")
        ),
        Reason::VrfyTells { accepted, refused } => say!(
            "{0} {1} refused but {2} {3} accepted: whoever asks learns which mailboxes exist.",
            list(refused),
            agree(refused, "is", "are"),
            list(accepted),
            agree(accepted, "is", "are")
        ),
        Reason::VrfyConfirmsAll => {
            say!(
                "`VRFY` confirms every name, even an invented one. Nothing leaks, but `250` claims a check that was not made."
            )
        }
        Reason::VrfyInconclusive { reply_code } => {
            say!(
                "The answer to `VRFY` ({0}) does not show whether it tells mailboxes apart.",
                Sentence::code(reply_code)
            )
        }

        Reason::ExpnRefused { reply_code } => {
            say!(
                "`EXPN` is refused ({0}), so nobody is named.",
                Sentence::code(reply_code)
            )
        }
        Reason::ExpnNeutral { reply_code } => {
            say!(
                "`EXPN` answers {0} without naming anybody.",
                Sentence::code(reply_code)
            )
        }
        Reason::ExpnMembers { members } => say!(
            "`EXPN` gives {0} of members: whoever asks gets addresses to write to.",
            count(*members, "line", "lines")
        ),
        Reason::ExpnWrongStep { reply_code } => {
            say!(
                "The server wanted another step first ({0}), which says nothing about `EXPN`.",
                Sentence::code(reply_code)
            )
        }
        Reason::ExpnInconclusive { reply_code } => {
            say!(
                "The answer to `EXPN` ({0}) does not show whether it names members.",
                Sentence::code(reply_code)
            )
        }

        Reason::DmarcMissing => {
            say!(
                "No DMARC policy. Receivers are not told what to do with mail that only claims to be yours."
            )
        }
        Reason::DmarcIgnored {
            text,
            near_miss: kind,
        } => {
            say!(
                "{0} was meant as a DMARC policy, but receivers ignore it: {1}.",
                text,
                near_miss(*kind)
            )
        }
        Reason::DmarcVoid => {
            say!("The record has no effect: it holds no usable policy, and no address for reports.")
        }
        Reason::DmarcSeveral { name, count } => {
            say!(
                "{0} has {1} DMARC records. Receivers then use none of them.",
                name,
                number(count)
            )
        }
        Reason::DmarcEnforces { policy } => enforces(*policy),
        Reason::DmarcWatches => {
            say!("The policy only watches (`p=none`): forged mail is still delivered.")
        }
        Reason::DmarcTesting { policy: applied } => {
            say!(
                "The policy is in test mode (`t=y`). Until that ends, {0}",
                enforces_now(*applied)
            )
        }
        Reason::DmarcInherited { from } => {
            say!(
                "The domain has no record of its own; the policy of {0} counts.",
                from
            )
        }
        Reason::DmarcNoReports => say!(
            "Nobody gets reports (there is no `rua`), so you cannot see who sends in your name."
        ),
        Reason::DmarcReportsUnauthorized { uri, .. } => {
            say!(
                "{0} has not agreed to receive your reports, so receivers will not send them there.",
                uri
            )
        }
        Reason::DmarcReportsUnverified { uri, host } => {
            say!(
                "We could not learn whether {0} agreed to receive your reports at {1}.",
                host,
                uri
            )
        }
        Reason::DmarcDiagnostic {
            text,
            diagnostic: found,
        } => diagnostic(text, found),

        Reason::SpfMissing => {
            say!("No SPF record. Receivers cannot tell your servers from a stranger's.")
        }
        Reason::SpfIgnored { text } => {
            say!(
                "{0} was meant as an SPF record, but receivers ignore it: it must begin with `v=spf1` and a space.",
                text
            )
        }
        Reason::SpfValid { lookups, strangers } => say!(
            "The record is valid and needs {0}, of ten at most; to strangers it says {1}.",
            count(*lookups, "look-up", "look-ups"),
            stranger(*strangers)
        ),
        Reason::SpfBroken { problem: found } => {
            say!(
                "The SPF record is broken, so receivers cannot use it (`permerror`): {0}.",
                problem(found)
            )
        }
        Reason::SpfNote { note: found } => say!("A weak spot in SPF: {0}.", note(found)),
        Reason::SpfNearLimit { lookups } => say!(
            "Evaluating the SPF record takes up to {0}, and ten are the limit: beyond it receivers give up.",
            count(*lookups, "look-up", "look-ups")
        ),
        Reason::SpfOpen => {
            say!("The SPF record lets everybody pass: any server in the world may send as you.")
        }
        Reason::SpfOpenOverIpv6 => {
            say!(
                "Over IPv6 the SPF record lets everybody pass: any server that has IPv6 may send as you."
            )
        }
        Reason::SpfWide { addresses } => say!(
            "The SPF record is opened by its ranges: more than {0} million addresses may send as you, and no sender needs so many.",
            number(addresses / 1_000_000)
        ),
        Reason::SpfWideOverIpv6 => say!(
            "Over IPv6 the SPF record is opened by its ranges: together they are larger than a `/16`, and no sender needs so much."
        ),
        Reason::SpfNeutral => {
            say!("The SPF record says nothing about strangers, so it protects as little as none.")
        }
        Reason::Misplaced { text, at, belongs } => say!(
            "{0} stands in the wrong place: nobody looks for it at {1}. It belongs at {2}.",
            text,
            at,
            belongs
        ),

        Reason::Spoofing {
            identity,
            policy,
            stranger,
            protection,
        } => spoofing(*identity, *policy, *stranger, *protection),
        Reason::Bimi(reason) => super::bimi::reason(reason),
        Reason::Caa(reason) => super::caa::reason(reason),
        Reason::Certificate(reason) => super::tls::certificate(reason),
        Reason::Ciphers(reason) => super::tls::ciphers(reason),
        Reason::Tls(reason) => super::tls::reason(reason),
        Reason::Dane(reason) => super::dane::reason(reason),
        Reason::Dkim(reason) => super::dkim::reason(reason),
        Reason::Dnssec(reason) => super::dnssec::reason(reason),
        Reason::StartTls(reason) => super::starttls::reason(reason),
        Reason::Injection(reason) => super::injection::reason(reason),
        Reason::Submission(reason) => super::submission::reason(reason),
        Reason::Ipv6(reason) => super::ipv6::reason(reason),
        Reason::MtaSts(reason) => super::mta_sts::reason(reason),
        Reason::Mx(reason) => super::mx::reason(reason),
        Reason::TlsRpt(reason) => super::tls_rpt::reason(reason),
        Reason::SpoofingOlder {
            identity,
            policy: asked,
            percentage: 100,
        } => say!(
            "Receivers that still follow `RFC 7489` read another policy for {0}: {1}.",
            Sentence::text(whose(*identity)),
            policy(*asked)
        ),
        Reason::SpoofingOlder { percentage, .. } => say!(
            "Receivers that still follow `RFC 7489` apply the policy to {0} of 100 messages only (`pct`); newer ones to all.",
            number(percentage)
        ),
        Reason::OwnMailNeedsDkim { key } => own_mail(*key),
    }
}

/// Whether the domain's own mail can still be delivered.
fn own_mail(key: OwnKey) -> Sentence {
    let needs = say!("SPF does not vouch for your own mail, so it can pass DMARC by DKIM alone.");
    needs.then(match key {
        OwnKey::Found => say!("There is a key for it: every message must be signed."),
        OwnKey::NotFound => say!(
            "We found no key for it. If your messages are not signed, receivers refuse them or put them aside."
        ),
        OwnKey::Unknown => say!("Every message must be signed."),
    })
}

fn not_listed(answered: u32, asked: u32) -> Sentence {
    let clean = match answered {
        1 => say!("The one blocklist that answered does not list the address."),
        _ => say!(
            "None of the {0} blocklists that answered lists the address.",
            number(answered)
        ),
    };
    match asked.saturating_sub(answered) {
        0 => clean,
        silent => clean.then(say!(
            "{0} did not answer.",
            count(silent, "other", "others")
        )),
    }
}

fn listed(zones: &[String], text: Option<&str>) -> Sentence {
    let listed = say!(
        "{0} {1} the address: many receivers refuse its mail.",
        list(zones),
        agree(zones, "lists", "list")
    );
    match text {
        Some(text) => listed.then(say!("The reason given: {0}", text)),
        None => listed,
    }
}

fn enforces(policy: Policy) -> Sentence {
    match policy {
        Policy::Reject => {
            say!("The policy enforces: receivers are asked to refuse forged mail (`p=reject`).")
        }
        Policy::Quarantine => {
            say!(
                "The policy enforces: receivers are asked to treat forged mail as suspicious (`p=quarantine`)."
            )
        }
        Policy::None | Policy::Absent | Policy::Unknown => {
            say!("The policy asks receivers for nothing.")
        }
    }
}

fn enforces_now(policy: Policy) -> Sentence {
    match policy {
        Policy::Reject => say!("receivers are asked to refuse forged mail (`reject`)."),
        Policy::Quarantine => say!("forged mail is only treated as suspicious (`quarantine`)."),
        Policy::None | Policy::Absent | Policy::Unknown => {
            say!("forged mail is still delivered (`none`).")
        }
    }
}
