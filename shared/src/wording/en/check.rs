//! What each check asks, and what it means.

use crate::checks::CheckId;
use crate::wording::sentence::say;
use crate::wording::{CheckText, Sentence};

/// The lasting words of a check.
pub(in crate::wording) fn check(id: CheckId) -> CheckText {
    let (name, question, meaning) = match id {
        CheckId::Relay => (
            "Open relay",
            "Does it carry strangers' mail to strangers?",
            relay(),
        ),
        CheckId::Blacklist => ("Blocklists", "Is the server on a blocklist?", blacklist()),
        CheckId::Dmarc => (
            "DMARC",
            "Are receivers told what to do with forged mail?",
            dmarc(),
        ),
        CheckId::Spf => ("SPF", "Do you say which servers may send for you?", spf()),
        CheckId::Ptr => (
            "Reverse DNS",
            "Does each address have a name that leads back to it?",
            ptr(),
        ),
        CheckId::Spoofing => (
            "Spoofing",
            "Could a stranger write in your name?",
            spoofing(),
        ),
        CheckId::Auth => ("SMTP AUTH", "Where does the server offer login?", auth()),
        CheckId::Help => (
            "HELP",
            "What does it tell about itself when asked for help?",
            help(),
        ),
        CheckId::Vrfy => ("VRFY", "Does it tell which mailboxes exist?", vrfy()),
        CheckId::Expn => (
            "EXPN",
            "Does it list the members of a mailing list?",
            expn(),
        ),
        CheckId::Dkim => ("DKIM", "Can receivers check your signature?", dkim()),
        CheckId::StartTls => (
            "STARTTLS",
            "Can senders encrypt on the way to every mail server?",
            starttls(),
        ),
        CheckId::StartTlsInjection => (
            "STARTTLS injection",
            "Can a stranger slip commands into an encrypted connection?",
            injection(),
        ),
        CheckId::Submission => (
            "Submission",
            "Do your users' passwords travel encrypted?",
            submission(),
        ),
        CheckId::Ipv6 => ("IPv6", "Can mail arrive over IPv6?", ipv6()),
        CheckId::TlsVersions => (
            "TLS versions",
            "Which versions of TLS does your server take?",
            tls_versions(),
        ),
        CheckId::Ciphers => (
            "Cipher suites",
            "Is the encryption strong that your server takes?",
            ciphers(),
        ),
        CheckId::Certificate => (
            "Certificate",
            "Can senders check that your server is yours?",
            certificate(),
        ),
        CheckId::MtaSts => (
            "MTA-STS",
            "Are senders told to insist on encryption?",
            mta_sts(),
        ),
        CheckId::Dane => (
            "DANE",
            "Is your server's certificate vouched for in DNS?",
            dane(),
        ),
        CheckId::Dnssec => ("DNSSEC", "Can nobody forge your DNS answers?", dnssec()),
        CheckId::TlsRpt => ("TLS-RPT", "Do you learn when encryption fails?", tls_rpt()),
        CheckId::Caa => (
            "CAA",
            "Who may issue certificates for your mail servers?",
            caa(),
        ),
        CheckId::Bimi => ("BIMI", "Is your logo shown beside your mail?", bimi()),
        CheckId::Mx => ("MX", "Does DNS say rightly where your mail goes?", mx()),
    };
    CheckText {
        name,
        question,
        meaning,
    }
}

fn relay() -> Sentence {
    say!(
        "A mail server should take mail for its own domains and refuse the rest. One that carries anybody's mail to anybody is soon found by spammers, and then listed everywhere. We ask with six envelopes and stop at `RCPT TO`, before any message."
    )
}

fn blacklist() -> Sentence {
    say!(
        "Blocklists name addresses that sent spam or were broken into, and many receivers refuse mail from them. We ask each list for its test points first (`RFC 5782`), so that a dead list cannot accuse anyone. Lists differ in weight: some decide, others only hint."
    )
}

fn dmarc() -> Sentence {
    say!(
        "A DMARC policy tells receivers what to do with mail that only claims to be from you: deliver it, treat it as suspicious, or refuse it. Reports then show you who sends in your name. The record is found by walking up from the domain (`RFC 9989`); `p=reject` or `p=quarantine` enforces, `p=none` only watches."
    )
}

fn spf() -> Sentence {
    say!(
        "An SPF record lists the servers that may send mail for your domain, so that receivers can tell them from a stranger's. Every `include:` is followed, for a fault deep inside breaks the whole record. At most ten look-ups are allowed; beyond that receivers stop with `permerror`."
    )
}

fn ptr() -> Sentence {
    say!(
        "An address should have a name, and that name should lead back to the address. Many receivers distrust servers for which this circle does not close. Reverse DNS belongs to whoever provides the address; we look at the addresses that receive your mail, which are often also those that send it."
    )
}

fn spoofing() -> Sentence {
    say!(
        "Anybody can write your address on a letter; what counts is whether receivers can tell. SPF judges the envelope, DMARC the sender that people see, so only an enforcing DMARC policy stops a forgery. We judge your exact domain, subdomains that exist, and invented ones, for strangers use them all."
    )
}

fn auth() -> Sentence {
    say!(
        "`AUTH` is how users log in to send. Port `25` is where other servers deliver, and they need no login; users belong on ports `465` and `587` (`RFC 8314`). Where login is offered before TLS, a password can cross the network in clear."
    )
}

fn help() -> Sentence {
    say!(
        "`HELP` was made for people who typed SMTP by hand. Today it mostly helps whoever wants to know which software and version runs here, and which holes it has. Refusing it harms nobody."
    )
}

fn vrfy() -> Sentence {
    say!(
        "`VRFY` asks whether a mailbox exists. If the answer for real names differs from that for an invented one, anybody can try names until they have a list to send spam or guess passwords with. The standard allows `252` for every name (`RFC 5321 §7.3`)."
    )
}

fn expn() -> Sentence {
    say!(
        "`EXPN` asks who is on a mailing list. A server that answers hands out addresses, and shows who works with whom. Nothing today needs it."
    )
}

fn dkim() -> Sentence {
    say!(
        "DKIM signs each message with a key; the public half stands in your DNS, so that receivers can tell whether the message is yours and unchanged. Keys stand under names (selectors) that DNS does not list: we try those that your providers use, common ones, and those that you give. A key that we did not find may still be there."
    )
}

fn starttls() -> Sentence {
    say!(
        "Mail between servers begins in clear text; `STARTTLS` goes over to encryption. Where a mail server does not offer it, anybody on the way can read what comes in, and change it. Senders may pick any of your servers, so each must offer it."
    )
}

fn injection() -> Sentence {
    say!(
        "Some servers take a command that was sent in clear, right behind `STARTTLS`, for one from inside TLS. Whoever stands in between can then put words into a sender's mouth. We send a harmless `NOOP` there and see whether it is answered."
    )
}

fn submission() -> Sentence {
    say!(
        "People hand in mail on port `465`, where all is encrypted, or on port `587`, where encryption begins with `STARTTLS`. Nobody may be asked for a password before that. Port `25` counts here where it asks for passwords in clear."
    )
}

fn ipv6() -> Sentence {
    say!(
        "Many networks use IPv6 first. A mail server that has such an address too can be reached from everywhere; without one mail arrives over IPv4. An address that does not answer is worse than none."
    )
}

fn tls_versions() -> Sentence {
    say!(
        "TLS encrypts mail on its way. Versions `1.2` and `1.3` are safe; `1.0`, `1.1` and SSL before them are given up (`RFC 8996`). An old version beside a new one helps old senders more than none at all, so that is a warning; where nothing newer is taken, it is a failure."
    )
}

fn ciphers() -> Sentence {
    say!(
        "A cipher suite says how a connection is encrypted, a group how its key comes about. We judge by the Dutch NCSC's guidelines of 2025. What is weak beside what is good is a warning, as mail without any suite goes in clear; what anybody can read along is a failure."
    )
}

fn certificate() -> Sentence {
    say!(
        "A certificate shows that a server bears its name. Most senders take any on port `25`, so that one nobody vouches for is a warning, not a failure. Where an MTA-STS policy is in force, senders check; where TLSA records name the key, it alone counts."
    )
}

fn mta_sts() -> Sentence {
    say!(
        "Between mail servers encryption is optional: whoever stands in between can strip it. An MTA-STS policy tells senders to deliver to you only over TLS with a valid certificate. It stands on a web server of its own; a record in DNS says that it is there."
    )
}

fn dane() -> Sentence {
    say!(
        "A TLSA record names the certificate or key of your mail server. Senders that know DANE then deliver only to that server, and never in clear text. It needs DNSSEC, for the domain and for the mail server's own zone."
    )
}

fn dnssec() -> Sentence {
    say!(
        "DNSSEC signs your DNS answers, so that nobody can send your mail elsewhere by forging them. It must hold for the domain and for the zones of its mail servers."
    )
}

fn tls_rpt() -> Sentence {
    say!(
        "With a TLS-RPT record large senders report to you each day whether they could deliver over TLS. Without it you do not learn that an MTA-STS policy or a TLSA record turns mail away."
    )
}

fn caa() -> Sentence {
    say!(
        "A CAA record says which authorities may issue certificates for a name; all others must refuse. It is a note here: it guards the names of your mail servers and of your MTA-STS policy."
    )
}

fn bimi() -> Sentence {
    say!(
        "A BIMI record points to a logo that some mailboxes show beside your mail. It needs an enforcing DMARC policy. It is an ornament, not a protection."
    )
}

fn mx() -> Sentence {
    say!(
        "MX records name the servers that take your mail. They must name hosts with addresses: no alias, no IP address. A domain that takes no mail says so with a null MX."
    )
}
