//! What was asked of whom, above the lines that prove it.

use super::mta_sts::no_policy;
use super::numbers::duration;
use super::scan::{connect_failure, dns_failure, refusal};
use super::step::step;
use crate::blocklist::{Meaning, meaning, passed};
use crate::dns::Response;
use crate::evidence::{
    BlocklistFact, BlocklistOutcome, BlocklistTest, DnsFact, Fact, HelloAnswer, NoReply,
    PolicyFact, PolicyOutcome, ProbeOutcome, SelectorFact, SelectorSource, SmtpEvent, SmtpFact,
    TargetFact, TargetRuling, TlsFact, Trust, Unlisted, Vantage,
};
use crate::time::Millis;
use crate::wording::lines::lines;
use crate::wording::sentence::say;
use crate::wording::{ObservationText, Sentence};

/// One observation as proof.
pub(in crate::wording) fn observation(fact: &Fact) -> ObservationText {
    let label = match fact {
        Fact::Dns(fact) => dns(fact),
        Fact::Vantage(fact) => vantage(fact),
        Fact::Target(fact) => target(fact),
        Fact::Smtp(fact) => smtp(fact),
        Fact::Blocklist(fact) => blocklist(fact),
        Fact::BlocklistTest(test) => blocklist_test(test),
        Fact::Selector(fact) => selector(fact),
        Fact::Policy(fact) => policy(fact),
        Fact::Probe(outcome) => probe(outcome),
    };
    ObservationText {
        label,
        lines: lines(fact),
    }
}

fn time(took: Millis) -> Sentence {
    Sentence::text(duration(took))
}

fn dns(
    DnsFact {
        question,
        answer,
        resolver,
        took,
    }: &DnsFact,
) -> Sentence {
    let answered = match &answer.response {
        Response::Records(_) => say!("the answer came after {0}", time(*took)),
        Response::NoData => say!("there is none (after {0})", time(*took)),
        Response::NxDomain => say!("the name does not exist (after {0})", time(*took)),
        Response::Failed(failure) => dns_failure(*failure),
    };
    let asked = match resolver.as_str() {
        DnsFact::SUPPOSED => {
            return say!(
                "{0} of {1}: supposed by you.",
                &question.record_type,
                &question.name
            );
        }
        DnsFact::PROBE => say!("The probe's resolver"),
        name => Sentence::from(name),
    };
    say!(
        "{0} was asked for {1} of {2}: {3}.",
        asked,
        &question.record_type,
        &question.name,
        answered
    )
}

fn vantage(
    Vantage {
        software,
        ehlo_name,
        port25,
        ipv6,
    }: &Vantage,
) -> Sentence {
    let mut seen = say!(
        "The probe server runs {0} and calls itself {1}.",
        software,
        ehlo_name
    );
    if *port25 == Some(false) {
        seen = seen.then(say!("Its network does not let it out on port `25`."));
    }
    if *ipv6 == Some(false) {
        seen = seen.then(say!("It has no IPv6."));
    }
    seen
}

fn target(
    TargetFact {
        exchange,
        address,
        ruling,
    }: &TargetFact,
) -> Sentence {
    match ruling {
        TargetRuling::Planned => say!(
            "{0} has the address {1}, which was probed.",
            exchange,
            address
        ),
        TargetRuling::NotPublic => say!(
            "{0} has the address {1}, which is not public: it was not probed.",
            exchange,
            address
        ),
        TargetRuling::NoIpv6 => say!(
            "{0} has the address {1}; the probe server has no IPv6.",
            exchange,
            address
        ),
        TargetRuling::TooMany => say!(
            "{0} has the address {1}, one more than a scan looks at.",
            exchange,
            address
        ),
        TargetRuling::OptedOut => say!(
            "{0} has the address {1}, whose people asked not to be probed.",
            exchange,
            address
        ),
        TargetRuling::Resting => say!(
            "{0} has the address {1}, which was visited often or asked for quiet a moment ago: it was left alone.",
            exchange,
            address
        ),
    }
}

fn smtp(
    SmtpFact {
        address,
        port,
        secure,
        event,
        took,
        ..
    }: &SmtpFact,
) -> Sentence {
    let port = Sentence::code(port);
    let server = match secure {
        true => say!("{0}, port {1}, inside TLS", address, port),
        false => say!("{0}, port {1}", address, port),
    };
    match event {
        SmtpEvent::Connected => say!("{0}: connected after {1}.", server, time(*took)),
        SmtpEvent::NotConnected(failure) => {
            say!(
                "{0}: {1} (after {2}).",
                server,
                connect_failure(*failure),
                time(*took)
            )
        }
        SmtpEvent::Replied { step: at, .. } => say!(
            "{0}: {1}, answered after {2}.",
            server,
            step(at),
            time(*took)
        ),
        SmtpEvent::NotReplied {
            step: at, instead, ..
        } => {
            say!(
                "{0}: {1}, {2} (after {3}).",
                server,
                step(at),
                no_reply(instead),
                time(*took)
            )
        }
        SmtpEvent::Secured(TlsFact {
            server_name, trust, ..
        }) => {
            say!(
                "{0}: TLS came about after {1}. {2}",
                server,
                time(*took),
                certificate(server_name, trust)
            )
        }
        SmtpEvent::NotSecured(_) => say!(
            "{0}: TLS did not come about (after {1}).",
            server,
            time(*took)
        ),
        SmtpEvent::Hello(hello) => say!(
            "{0}: a hello of our own ({1}) {2}, after {3}.",
            server,
            Sentence::code(hello.offer.version.name()),
            answered(&hello.answer),
            time(*took)
        ),
    }
}

fn answered(answer: &HelloAnswer) -> Sentence {
    match answer {
        HelloAnswer::Chosen(_) | HelloAnswer::Ssl2 { .. } => say!("was answered"),
        HelloAnswer::Alert(_) => say!("was refused"),
        HelloAnswer::Closed => say!("was answered by hanging up"),
        HelloAnswer::TimedOut => say!("was not answered in time"),
        HelloAnswer::NotTls(_) => say!("was answered by something that is not TLS"),
        HelloAnswer::Malformed => say!("was answered by something that cannot be read"),
        HelloAnswer::Endless => say!("was answered without end"),
    }
}

fn no_reply(instead: &NoReply) -> Sentence {
    match instead {
        NoReply::TimedOut => say!("no answer in time"),
        NoReply::Closed => say!("the server hung up"),
        NoReply::Malformed(_) => say!("what came is not SMTP"),
        NoReply::Endless => say!("an answer without end"),
    }
}

fn certificate(server_name: &str, trust: &Trust) -> Sentence {
    match trust {
        Trust::Trusted => say!("Its certificate is valid for {0}.", server_name),
        Trust::Untrusted(why) => say!(
            "Its certificate is not valid for {0}: {1}.",
            server_name,
            why
        ),
        Trust::NoRoots => {
            say!("Its certificate could not be judged: the probe server knows no authorities.")
        }
    }
}

fn blocklist(
    BlocklistFact {
        zone,
        address,
        outcome,
    }: &BlocklistFact,
) -> Sentence {
    let word = match (meaning(zone, outcome), outcome) {
        (Meaning::Listed, _) => say!("listed"),
        (Meaning::PolicyRange, _) => say!("in a range that should not send mail directly"),
        (Meaning::NotListed, _) => say!("not listed"),
        (Meaning::NoAnswer, BlocklistOutcome::Failed(Unlisted::Dns(failure))) => {
            dns_failure(*failure)
        }
        (Meaning::NoAnswer, _) => say!("an answer that says nothing about it"),
    };
    say!("{0} was asked about {1}: {2}.", zone, address, word)
}

fn blocklist_test(test: &BlocklistTest) -> Sentence {
    match passed(test) {
        true => say!(
            "{0} was tested first and answered rightly, so it is believed.",
            &test.zone
        ),
        false => say!(
            "{0} was tested first and did not answer rightly, so it is not believed.",
            &test.zone
        ),
    }
}

fn selector(
    SelectorFact {
        domain,
        selector,
        source,
    }: &SelectorFact,
) -> Sentence {
    match source {
        SelectorSource::Typed => say!(
            "A person named {0} as the selector of a key of {1}.",
            selector.as_str(),
            domain
        ),
        SelectorSource::Message => say!(
            "A message signed by {1} names {0} as the selector of its key.",
            selector.as_str(),
            domain
        ),
    }
}

fn policy(fact: &PolicyFact) -> Sentence {
    match &fact.outcome {
        PolicyOutcome::Fetched(_) => {
            say!("{0} was fetched after {1}.", fact.url(), time(fact.took))
        }
        PolicyOutcome::NotFetched(why) => {
            say!(
                "{0} was asked for: {1} (after {2}).",
                fact.url(),
                no_policy(why),
                time(fact.took)
            )
        }
    }
}

fn probe(outcome: &ProbeOutcome) -> Sentence {
    match outcome {
        ProbeOutcome::Finished { took } => say!("The probe finished after {0}.", time(*took)),
        ProbeOutcome::Refused(code) => refusal(*code, None),
        ProbeOutcome::Stopped => say!("The scan was stopped before the end."),
        ProbeOutcome::Cut => say!("The connection to the probe server was lost before the end."),
        ProbeOutcome::Unreachable => say!("The probe server could not be reached."),
        ProbeOutcome::NoServer => say!("No probe server is set."),
    }
}
