//! Look-ups by the server's own resolver.

mod memo;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ProtocolConfig, ResolverConfig, ResolverOpts,
};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::xfer::{DnsHandle as _, FirstAnswer as _};
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::{
    DnsRequest, DnsRequestOptions, DnsResponse, Query, ResponseCode,
};
use hickory_resolver::proto::rr;
use hickory_resolver::{NameServerPool, PoolContext, TlsConfig, system_conf};
use postern_shared::dns::{Answer, Failure, Question, RecordType, Response, wire};
use postern_shared::evidence::DnsFact;

pub use memo::Memo;

use crate::clock;
use crate::etiquette::Etiquette;
use crate::guard::is_public_name;

/// The name of this resolver in evidence.
const NAME: &str = DnsFact::PROBE;

/// Asks name servers, over UDP and, where an answer is too long for it, over TCP.
///
/// It is hickory's pool of name servers without the layers above: those answer for `localhost` and
/// for the reverse names of 127.0.0.0/8 themselves, and hide the AD bit. Answers are read by
/// [`wire::decode_response`], as they are in the browser.
#[derive(Clone)]
pub struct Resolver {
    pool: NameServerPool<TokioRuntimeProvider>,
    /// For one look-up with all its tries.
    patience: Duration,
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
        let config = match server {
            Some(server) => ResolverConfig::from_name_servers(vec![name_server(server)]),
            None => {
                system_conf::read_system_conf()
                    .map_err(|e| format!("the system's resolver: {e}"))?
                    .0
            }
        };
        let mut options = ResolverOpts::default();
        options.timeout = patience;
        options.try_tcp_on_error = true;
        options.case_randomization = false;
        let tls = TlsConfig::new().map_err(|e| e.to_string())?;
        let (_, _, servers) = config.into_parts();
        let context = Arc::new(PoolContext::new(options, tls));
        let pool = NameServerPool::from_config(servers, context, TokioRuntimeProvider::default());
        Ok(Self {
            pool,
            patience: patience * 5 / 2,
            for_strangers: false,
        })
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
        // DO makes a validating resolver say AD (RFC 6840 §5.7).
        options.edns_set_dnssec_ok = true;
        let request = DnsRequest::from_query(query, options);
        match tokio::time::timeout(self.patience, self.pool.send(request).first_answer()).await {
            Ok(Ok(response)) if self.for_strangers && leads_inside(&response) => {
                failed(Failure::Refused)
            }
            Ok(Ok(response)) => wire::decode_response(question, response.as_buffer()),
            Ok(Err(error)) => Answer::new(absence(&error)),
            Err(_) => failed(Failure::TimedOut),
        }
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver").finish_non_exhaustive()
    }
}

/// One name server on a port of its own choice.
fn name_server(server: SocketAddr) -> NameServerConfig {
    let connection = |protocol| {
        let mut connection = ConnectionConfig::new(protocol);
        connection.port = server.port();
        connection
    };
    let connections = vec![
        connection(ProtocolConfig::Udp),
        connection(ProtocolConfig::Tcp),
    ];
    NameServerConfig::new(server.ip(), true, connections)
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

/// Whether an alias leads to a name that is not public (the owner of an answer is where it ended).
fn leads_inside(response: &DnsResponse) -> bool {
    let mut owners = response.answers.iter().map(|record| record.name.to_ascii());
    owners.any(|owner| !is_public_name(&owner))
}

/// What it means that hickory gave no message: a name or data that does not exist, or a failure.
fn absence(error: &NetError) -> Response {
    let failure = match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain => return Response::NxDomain,
            ResponseCode::NoError => return Response::NoData,
            code => rcode(code),
        },
        NetError::Dns(DnsError::ResponseCode(code)) => rcode(*code),
        NetError::Timeout => Failure::TimedOut,
        NetError::Io(_) | NetError::NoConnections | NetError::Busy => Failure::Unreachable,
        _ => Failure::Malformed,
    };
    Response::Failed(failure)
}

fn rcode(code: ResponseCode) -> Failure {
    match code {
        ResponseCode::ServFail => Failure::ServFail,
        ResponseCode::Refused => Failure::Refused,
        other => Failure::Rcode(other.into()),
    }
}
