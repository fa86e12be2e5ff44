//! What happens around a scan: input, progress, failures.

use super::numbers::{number, seconds};
use super::step::step;
use crate::DomainNameError;
use crate::dns::Failure;
use crate::evidence::{ConnectFailure, LoadError, Step};
use crate::protocol::{Progress, RefusalCode};
use crate::wording::sentence::say;
use crate::wording::{NoProbe, Sentence};

/// What to look at or to try when DNS told the command line nothing.
pub(in crate::wording) fn after_dns_failure(failure: Failure) -> Sentence {
    match failure {
        Failure::ServFail => say!(
            "Most likely the domain's own name servers fail, or its DNSSEC is broken. Look there first."
        ),
        Failure::TimedOut | Failure::Unreachable => {
            say!("No name server answered. Check the network, or name another with `--dns-server`.")
        }
        Failure::Refused | Failure::Rcode(_) | Failure::Malformed | Failure::NotAsked => {
            say!("Name another resolver with `--dns-server`.")
        }
    }
}

/// What to type instead.
pub(in crate::wording) fn domain_name_error(error: &DomainNameError) -> Sentence {
    match error {
        DomainNameError::Empty => say!("Type a domain, such as `example.org`."),
        DomainNameError::Address => {
            say!(
                "That is an IP address. Type the domain behind the @ of your mail, such as `example.org`."
            )
        }
        DomainNameError::SingleLabel => {
            say!("A mail domain has at least one dot. Type it whole, such as `example.org`.")
        }
        DomainNameError::Character(c) if c.is_whitespace() => {
            say!("A domain has no spaces. Type one name, such as `example.org`.")
        }
        DomainNameError::Character(c) => {
            say!(
                "A domain cannot hold {0}. Take it out and try again.",
                Sentence::code(c)
            )
        }
        DomainNameError::EmptyLabel => {
            say!("Two dots stand side by side, or one stands in front. Take one out.")
        }
        DomainNameError::Hyphen => {
            say!("No part of a domain begins or ends with a hyphen. Take it out.")
        }
        DomainNameError::LabelTooLong => {
            say!("One part between two dots is longer than 63 characters. Type the domain alone.")
        }
        DomainNameError::TooLong => {
            say!("This is longer than a domain can be (253 characters). Type the domain alone.")
        }
    }
}

/// Why a file could not be opened.
pub(in crate::wording) fn load_error(error: &LoadError) -> Sentence {
    match error {
        LoadError::TooLarge => {
            say!("The file is larger than 16 MiB, so it is no saved scan. Choose another file.")
        }
        LoadError::Unreadable { line, column } => say!(
            "The file is no saved scan: reading stopped at line {0}, column {1}. Choose another file.",
            number(line),
            number(column)
        ),
        LoadError::Version(version) => say!(
            "The file was saved in format {0}, which this version of Postern does not know. Open it with a newer one.",
            number(version)
        ),
    }
}

/// Why a look-up gave no answer, as a clause.
pub(in crate::wording) fn dns_failure(failure: Failure) -> Sentence {
    match failure {
        Failure::ServFail => say!("the resolver could not get a valid answer (`SERVFAIL`)"),
        Failure::Refused => say!("the resolver would not answer us (`REFUSED`)"),
        Failure::Rcode(code) => say!(
            "the resolver gave an error ({0})",
            Sentence::code(format!("RCODE {code}"))
        ),
        Failure::TimedOut => say!("no answer came in time"),
        Failure::Unreachable => say!("the resolver could not be reached"),
        Failure::Malformed => say!("what came back was no answer to the question"),
        Failure::NotAsked => say!("it was not asked, as the scan had ended or had asked enough"),
    }
}

/// Why there is no connection, as a clause.
pub(in crate::wording) fn connect_failure(failure: ConnectFailure) -> Sentence {
    match failure {
        ConnectFailure::Refused => say!("the connection was refused"),
        ConnectFailure::TimedOut => say!("no answer came in time"),
        ConnectFailure::Unreachable => say!("no route leads there"),
        ConnectFailure::Local => say!("something stopped it on our own side"),
    }
}

/// Why there was no probe server at `url`.
pub(in crate::wording) fn no_probe(url: &str, why: &NoProbe) -> Sentence {
    let clause = match why {
        NoProbe::Name => say!("its name leads to no address"),
        NoProbe::Connection(failure) => connect_failure(*failure),
        NoProbe::Tls(error) => say!("no TLS came about ({0})", error),
        NoProbe::Status(status) => say!(
            "the server there answered {0}",
            Sentence::code(format!("HTTP {status}"))
        ),
        NoProbe::Stranger => say!("what is there does not speak as a probe server does"),
    };
    say!(
        "There is no probe server to ask at {0}: {1}. See what `--probe` names.",
        url,
        clause
    )
}

/// Why a probe server would not scan, and when to come back.
pub(in crate::wording) fn refusal(code: RefusalCode, retry_after: Option<u32>) -> Sentence {
    let why = match code {
        RefusalCode::Busy => say!("The probe server has no free place at the moment."),
        RefusalCode::TooManyRequests => {
            say!("Many scans were asked for from here in a short time.")
        }
        RefusalCode::CoolingDown => say!("This domain is being scanned, or was a moment ago."),
        RefusalCode::BadMessage => {
            say!("The probe server could not read the request. Reload the page.")
        }
        RefusalCode::UnknownVersion => {
            say!(
                "The probe server speaks another version of the protocol. Reload the page, or choose another probe server."
            )
        }
        RefusalCode::IdleTooLong => {
            say!("The probe server waited for a request and none came.")
        }
        RefusalCode::ForeignOrigin => {
            say!(
                "The probe server does not serve this page. Choose another probe server in the settings."
            )
        }
        RefusalCode::ShuttingDown => say!("The probe server is being restarted."),
        RefusalCode::TookTooLong => {
            say!("The scan took longer than a scan may. What was found so far stays.")
        }
        RefusalCode::OptedOut => {
            say!("The people of this domain asked this probe server to leave it alone.")
        }
        RefusalCode::NotDeep => {
            say!("This probe server makes no deep scans: they are for servers of one's own.")
        }
    };
    match retry_after {
        Some(wait) => why.then(say!("Try again in {0}.", seconds(wait))),
        None => why,
    }
}

/// What is being done now.
pub(in crate::wording) fn progress(progress: &Progress) -> Sentence {
    match progress {
        Progress::Resolving => say!("Looking up the mail servers"),
        Progress::Blocklists { address } => say!("Asking blocklists about {0}", address),
        Progress::Connecting { address } => say!("Connecting to {0}", address),
        Progress::Waiting {
            address,
            step: Step::Greeting,
        } => {
            say!(
                "Waiting for the greeting of {0}; some servers make strangers wait",
                address
            )
        }
        Progress::Waiting {
            address,
            step: awaited,
        } => {
            say!(
                "Waiting for the answer of {0} to {1}",
                address,
                step(awaited)
            )
        }
        Progress::FetchingPolicy { host } => say!("Fetching the MTA-STS policy from {0}", host),
        Progress::Pausing { address } => say!(
            "Pausing before the next connection to {0}, out of courtesy",
            address
        ),
    }
}
