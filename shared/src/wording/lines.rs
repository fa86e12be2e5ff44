//! The very lines that prove a finding: the same in every language.

mod tls;

use crate::blocklist;
use crate::dns::{Answer, Failure, Name, RecordData, Response, TxtRecord};
use crate::evidence::{
    BlocklistFact, BlocklistOutcome, DnsFact, Fact, NoPolicy, NoReply, PolicyFact, PolicyOutcome,
    SelectorFact, SmtpEvent, SmtpFact, TlsFact, Unlisted, Vantage,
};
use crate::gather::Gather;
use crate::span::Span;
use crate::text::visible;

/// Lines of one observation.
const MAX_LINES: usize = 110;
/// Characters of one line: the longest reply line, or a record of usual size, is shown whole.
const MAX_LINE: usize = 2048;

/// The lines of one observation: records as zone files write them, dialogue with `C:` and `S:`. None
/// for an observation that is told by its label alone.
pub(super) fn lines(fact: &Fact) -> Vec<String> {
    let lines = match fact {
        Fact::Dns(fact) => dns(fact),
        Fact::Smtp(fact) => smtp(fact),
        Fact::Blocklist(fact) => blocklist(fact),
        Fact::Vantage(Vantage {
            software,
            ehlo_name,
            ..
        }) => vec![format!("{software}: EHLO {ehlo_name}")],
        Fact::Selector(SelectorFact {
            domain, selector, ..
        }) => vec![format!("{selector}._domainkey.{domain}")],
        Fact::Policy(fact) => policy(fact),
        Fact::Target(_) | Fact::BlocklistTest(_) | Fact::Probe(_) => Vec::new(),
    };
    lines
        .into_iter()
        .take(MAX_LINES)
        .map(|line| bounded(&line))
        .gather()
}

/// The characters of `record` at `span`.
pub(super) fn excerpt(record: &str, span: Span) -> String {
    let start = usize::try_from(span.start).unwrap_or(usize::MAX);
    let length = usize::try_from(span.end.saturating_sub(span.start)).unwrap_or(usize::MAX);
    record.chars().skip(start).take(length).collect()
}

fn bounded(line: &str) -> String {
    let mut start: String = line.chars().take(MAX_LINE).collect();
    if start.len() < line.len() {
        start.push('…');
    }
    visible(&start).into_owned()
}

fn dns(
    DnsFact {
        question,
        answer:
            Answer {
                response,
                authenticated,
                canonical,
            },
        ..
    }: &DnsFact,
) -> Vec<String> {
    let owner = absolute(canonical.as_ref().unwrap_or(&question.name));
    let record_type = question.record_type;
    let mut lines = Vec::new();
    if canonical.is_some() {
        lines.push(format!("{} CNAME {owner}", absolute(&question.name)));
    }
    let nothing = |status: &str| format!("{owner} {record_type} ;; {status}");
    match response {
        Response::Records(records) => lines.extend(
            records
                .iter()
                .map(|known| format!("{owner} {record_type} {}", data(known))),
        ),
        Response::NoData => lines.push(nothing("NOERROR")),
        Response::NxDomain => lines.push(nothing("NXDOMAIN")),
        Response::Failed(failure) => {
            lines.extend(status(*failure).map(|status| nothing(&status)));
        }
    }
    if *authenticated {
        lines.push(";; flags: ad".to_owned());
    }
    if question.unchecked {
        lines.push(";; flags: cd".to_owned());
    }
    lines
}

/// A record's data as a zone file writes it.
fn data(data: &RecordData) -> String {
    match data {
        RecordData::A(address) => address.to_string(),
        RecordData::Aaaa(address) => address.to_string(),
        RecordData::Caa { flags, tag, value } => {
            format!("{flags} {tag} {}", quoted(std::slice::from_ref(value)))
        }
        RecordData::Dnskey {
            flags,
            protocol,
            algorithm,
            key,
        } => format!("{flags} {protocol} {algorithm} {key}"),
        RecordData::Ds {
            key_tag,
            algorithm,
            digest_type,
            digest,
        } => format!("{key_tag} {algorithm} {digest_type} {digest}"),
        RecordData::Mx {
            preference,
            exchange,
        } => format!("{preference} {}", absolute(exchange)),
        RecordData::Ptr(name) => absolute(name),
        RecordData::Tlsa {
            usage,
            selector,
            matching,
            data,
        } => format!("{usage} {selector} {matching} {data}"),
        RecordData::Txt(TxtRecord(strings)) => quoted(strings),
    }
}

/// A name with its final dot.
fn absolute(name: &Name) -> String {
    if name.is_root() {
        ".".to_owned()
    } else {
        format!("{name}.")
    }
}

/// Character-strings in quotes, with the escapes of RFC 1035 §5.1.
fn quoted(strings: &[String]) -> String {
    let quote = |text: &String| {
        let escaped: String = text
            .chars()
            .map(|c| match c {
                '"' | '\\' => format!("\\{c}"),
                ' '..='~' => c.to_string(),
                c => format!("\\{:03}", u32::from(c)),
            })
            .collect();
        format!("\"{escaped}\"")
    };
    strings.iter().map(quote).gather().join(" ")
}

/// The RCODE of a failure; nothing where no answer came.
fn status(failure: Failure) -> Option<String> {
    match failure {
        Failure::ServFail => Some("SERVFAIL".to_owned()),
        Failure::Refused => Some("REFUSED".to_owned()),
        Failure::Rcode(code) => Some(format!("RCODE {code}")),
        Failure::TimedOut | Failure::Unreachable | Failure::Malformed | Failure::NotAsked => None,
    }
}

fn smtp(SmtpFact { event, .. }: &SmtpFact) -> Vec<String> {
    let sent = |sent: &Option<String>| sent.iter().map(|line| format!("C: {line}")).gather();
    match event {
        SmtpEvent::Connected | SmtpEvent::NotConnected(_) => Vec::new(),
        SmtpEvent::Replied {
            sent: line, reply, ..
        } => {
            let mut lines = sent(line);
            lines.extend(reply.to_string().lines().map(|line| format!("S: {line}")));
            lines
        }
        SmtpEvent::NotReplied {
            sent: line,
            instead,
            ..
        } => {
            let mut lines = sent(line);
            if let NoReply::Malformed(beginning) = instead {
                lines.push(format!("S: {beginning}"));
            }
            lines
        }
        SmtpEvent::Secured(TlsFact {
            version,
            suite,
            group,
            ..
        }) => {
            let group = group
                .as_ref()
                .map(|group| format!(", {group}"))
                .unwrap_or_default();
            vec![format!("{version}, {suite}{group}")]
        }
        SmtpEvent::NotSecured(failed) => vec![failed.detail.clone()],
        SmtpEvent::Hello(hello) => tls::hello(hello),
    }
}

/// The very lines of a policy below what it is served as, or what came instead of it.
fn policy(PolicyFact { outcome, .. }: &PolicyFact) -> Vec<String> {
    match outcome {
        PolicyOutcome::Fetched(file) => {
            let kind = file.media_type.iter();
            let mut lines: Vec<String> = kind.map(|kind| format!("Content-Type: {kind}")).gather();
            // Lines beyond those that are shown are not even copied.
            lines.extend(file.body.lines().take(MAX_LINES).map(str::to_owned));
            lines
        }
        PolicyOutcome::NotFetched(NoPolicy::Status { status, location }) => {
            let location = location.iter().map(|to| format!("Location: {to}"));
            [format!("HTTP {status}")]
                .into_iter()
                .chain(location)
                .gather()
        }
        PolicyOutcome::NotFetched(
            NoPolicy::Untrusted { detail }
            | NoPolicy::NotSecured { detail }
            | NoPolicy::NotHttp { detail },
        ) => vec![detail.clone()],
        PolicyOutcome::NotFetched(_) => Vec::new(),
    }
}

fn blocklist(
    BlocklistFact {
        zone,
        address,
        outcome,
    }: &BlocklistFact,
) -> Vec<String> {
    let name =
        blocklist::query_name(zone, *address).map_or_else(|| zone.clone(), |name| absolute(&name));
    match outcome {
        BlocklistOutcome::NotListed => vec![format!("{name} A ;; NXDOMAIN")],
        BlocklistOutcome::Answered { codes, reason } => codes
            .iter()
            .map(|code| format!("{name} A {code}"))
            .chain(
                reason
                    .iter()
                    .map(|reason| format!("{name} TXT \"{reason}\"")),
            )
            .gather(),
        BlocklistOutcome::Failed(Unlisted::Empty) => vec![format!("{name} A ;; NOERROR")],
        BlocklistOutcome::Failed(Unlisted::Dns(Failure::ServFail)) => {
            vec![format!("{name} A ;; SERVFAIL")]
        }
        BlocklistOutcome::Failed(Unlisted::Dns(_)) => vec![format!("{name} A")],
    }
}
