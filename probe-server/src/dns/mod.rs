//! Look-ups by the server's own resolver.

mod memo;
mod servers;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hickory_resolver::proto::op::{DnsRequest, DnsRequestOptions, DnsResponse, Query};
use hickory_resolver::proto::rr;
use postern_shared::dns::{Answer, Failure, Question, RecordType, Response, wire};
use postern_shared::evidence::DnsFact;

pub use memo::Memo;

use crate::clock;
use crate::etiquette::Etiquette;
use crate::guard::is_public_name;

use servers::Servers;

/// The name of this resolver in evidence.
const NAME: &str = DnsFact::PROBE;

/// A datagram counts as lost after this part of the time for one try.
const LOST_AFTER: u32 = 5;
/// The largest UDP response that is asked for (the DNS Flag Day value): what is longer comes over TCP.
const UDP_PAYLOAD: u16 = 1232;

/// Asks name servers, over UDP and, where an answer is too long for it, over TCP.
///
/// Messages are written and sent by hickory, without its layers above: those answer for `localhost` and for the
/// reverse names of 127.0.0.0/8 themselves, and tell of an absence neither whether it is authentic nor where
/// aliases led. Answers are read by [`wire::decode_response`], as they are in the browser.
#[derive(Clone, Debug)]
pub struct Resolver {
    servers: Arc<Servers>,
    /// For one look-up with all its tries.
    patience: Duration,
    /// After how long a datagram counts as lost.
    retry: Duration,
    /// Whether names that are not of the public DNS are refused.
    for_strangers: bool,
}

impl Resolver {
    /// A resolver that asks `server`, or those that the system is set up with.
    ///
    /// # Errors
    /// The system's set-up cannot be read.
    pub fn new(server: Option<SocketAddr>) -> Result<Self, String> {
        Self::with_patience(server, Etiquette::default().name_server)
    }

    /// The same, which waits `patience` for each try at one server.
    ///
    /// # Errors
    /// The system's set-up cannot be read.
    pub fn with_patience(server: Option<SocketAddr>, patience: Duration) -> Result<Self, String> {
        let servers = match server {
            Some(server) => vec![server],
            None => servers::of_system()?,
        };
        Ok(Self::of_servers(servers, patience))
    }

    /// A resolver that asks the first of `servers`, and the next where that one is down.
    #[must_use]
    pub fn of_servers(servers: Vec<SocketAddr>, patience: Duration) -> Self {
        Self {
            servers: Arc::new(Servers::new(servers, patience)),
            patience: patience * 5 / 2,
            retry: patience / LOST_AFTER,
            for_strangers: false,
        }
    }

    /// The same for people who must not learn the names of the network that it stands in: it refuses
    /// names that are not public, and answers that an alias led to from inside.
    #[must_use]
    pub fn for_strangers(self) -> Self {
        Self {
            for_strangers: true,
            ..self
        }
    }

    /// Whether it is.
    #[must_use]
    pub const fn is_for_strangers(&self) -> bool {
        self.for_strangers
    }

    /// Asks one question. Whatever happens, that is a fact.
    pub async fn lookup(&self, question: &Question) -> DnsFact {
        let started = Instant::now();
        let answer = self.ask(question).await;
        DnsFact {
            question: question.clone(),
            answer,
            resolver: NAME.to_owned(),
            took: clock::millis(started.elapsed()),
        }
    }

    async fn ask(&self, question: &Question) -> Answer {
        let failed = |failure| Answer::new(Response::Failed(failure));
        if self.for_strangers && !is_public_name(question.name.as_str()) {
            return failed(Failure::Refused);
        }
        let Some(query) = query(question) else {
            return failed(Failure::Malformed);
        };
        let mut options = DnsRequestOptions::default();
        options.edns_payload_len = UDP_PAYLOAD;
        // DO makes a validating resolver say AD (RFC 6840 §5.7).
        options.edns_set_dnssec_ok = true;
        options.retry_interval = self.retry;
        let mut request = DnsRequest::from_query(query, options);
        request.metadata.checking_disabled = question.unchecked;
        match tokio::time::timeout(self.patience, self.servers.ask(&request)).await {
            Ok(Ok(response)) if self.for_strangers && leads_inside(&response) => {
                failed(Failure::Refused)
            }
            Ok(Ok(response)) => wire::decode_response(question, response.as_buffer()),
            Ok(Err(failure)) => failed(failure),
            Err(_) => failed(Failure::TimedOut),
        }
    }
}

/// Our question in hickory's words; labels are taken as they are.
fn query(question: &Question) -> Option<Query> {
    let mut name = rr::Name::from_labels(question.name.labels().map(str::as_bytes)).ok()?;
    name.set_fqdn(true);
    let record_type = match question.record_type {
        RecordType::A => rr::RecordType::A,
        RecordType::Aaaa => rr::RecordType::AAAA,
        RecordType::Caa => rr::RecordType::CAA,
        RecordType::Dnskey => rr::RecordType::DNSKEY,
        RecordType::Ds => rr::RecordType::DS,
        RecordType::Mx => rr::RecordType::MX,
        RecordType::Ptr => rr::RecordType::PTR,
        RecordType::Tlsa => rr::RecordType::TLSA,
        RecordType::Txt => rr::RecordType::TXT,
    };
    Some(Query::query(name, record_type))
}

/// Whether an alias leads to a name that is not public: whether there is such a name is nobody's business either.
fn leads_inside(response: &DnsResponse) -> bool {
    let inside = |name: &rr::Name| !is_public_name(&name.to_ascii());
    response.answers.iter().any(|record| match &record.data {
        rr::RData::CNAME(target) => inside(&record.name) || inside(target),
        _ => inside(&record.name),
    })
}
