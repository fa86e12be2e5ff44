//! mail-auth, asked from memory. Its feature `test` makes it answer every look-up from its caches, and what is not there
//! as NXDOMAIN, so it opens no socket.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use mail_auth::common::parse::TxtRecordParser;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::dmarc::{Dmarc, Policy};
use mail_auth::hickory_resolver::config::{ResolverConfig, ResolverOpts};
use mail_auth::spf::Spf;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, DmarcResult, DnsError, DnssecStatus, Error, MX, MessageAuthenticator,
    Parameters, RecordSet, ResolverCache, SpfOutput, Txt,
};
use postern_shared::dns::{Name, Question, RecordData, RecordType, Response};
use postern_shared::spf::Params;

/// The version that is compared with.
pub(crate) fn version() -> &'static str {
    let lock = include_str!("../../../Cargo.lock");
    let after = lock.split("name = \"mail-auth\"\nversion = \"").nth(1);
    let version = after.and_then(|after| after.split('"').next());
    version.expect("mail-auth is in Cargo.lock")
}

/// A cache that knows all there is, and learns nothing.
pub(crate) struct Known<K, V>(HashMap<K, V>);

impl<K: Hash + Eq, V: Clone> ResolverCache<K, V> for Known<K, V> {
    fn get<Q>(&self, name: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.0.get(name).cloned()
    }

    fn remove<Q>(&self, _: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: K, _: V, _: Instant) {}
}

/// TXT records that are read each time they are asked for, as every evaluation of ours reads them.
pub(crate) struct Texts<T> {
    texts: HashMap<Box<str>, Text>,
    read_as: PhantomData<T>,
}

enum Text {
    Failed,
    /// The joined strings of each record.
    Records(Vec<Vec<u8>>),
}

impl<T: TxtRecordParser + Into<Txt>> ResolverCache<Box<str>, Txt> for Texts<T> {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        Some(match self.texts.get(name)? {
            Text::Failed => Txt::Error(Error::Dns(DnsError::Resolver("SERVFAIL".to_owned()))),
            Text::Records(records) => first_record::<T>(records),
        })
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
}

/// What its resolver keeps of the TXT records of a name: the first that it can read, else the last error.
fn first_record<T: TxtRecordParser + Into<Txt>>(records: &[Vec<u8>]) -> Txt {
    let mut result = Err(Error::Dns(DnsError::InvalidRecordType));
    for record in records {
        result = T::parse(record);
        if result.is_ok() {
            break;
        }
    }
    result.into()
}

/// All answers of a zone, in the form of its caches.
///
/// Its TXT records are read as `T`: it looks up nothing else in the same zone.
pub(crate) struct Anchor<T = Spf> {
    authenticator: MessageAuthenticator,
    txt: Texts<T>,
    mx: Known<Box<str>, RecordSet<MX>>,
    ipv4: Known<Box<str>, RecordSet<Ipv4Addr>>,
    ipv6: Known<Box<str>, RecordSet<Ipv6Addr>>,
    ptr: Known<IpAddr, RecordSet<Box<str>>>,
}

impl<T> Anchor<T> {
    /// Knows what `respond` says of each of `names`, and whose address each of `clients` is.
    pub(crate) fn of<'n>(
        names: impl Iterator<Item = &'n str>,
        clients: &[IpAddr],
        respond: impl Fn(&Question) -> Response,
    ) -> Self {
        let mut anchor = Self {
            // No server at all: there is nobody whom it could ask.
            authenticator: MessageAuthenticator::new(
                ResolverConfig::from_parts(None, Vec::new(), Vec::new()),
                ResolverOpts::default(),
            )
            .expect("a resolver without servers"),
            txt: Texts {
                texts: HashMap::new(),
                read_as: PhantomData,
            },
            mx: Known(HashMap::new()),
            ipv4: Known(HashMap::new()),
            ipv6: Known(HashMap::new()),
            ptr: Known(HashMap::new()),
        };
        for name in names {
            // What DNS cannot hold is never found.
            if let Ok(name) = Name::parse(name) {
                anchor.add(&name, &respond);
            }
        }
        for client in clients {
            let question = Question::new(reverse_name(*client), RecordType::Ptr);
            let names = collect(&respond(&question), |record| match record {
                RecordData::Ptr(name) => Some(fqdn(name)),
                _ => None,
            });
            anchor.ptr.0.extend(names.map(|names| (*client, names)));
        }
        anchor
    }

    fn add(&mut self, name: &Name, respond: &impl Fn(&Question) -> Response) {
        let ask = |record_type| respond(&Question::new(name.clone(), record_type));
        let key = fqdn(name);
        let text = match ask(RecordType::Txt) {
            Response::Failed(_) => Some(Text::Failed),
            Response::Records(records) => Some(Text::Records(records.iter().map(octets).collect())),
            _ => None,
        };
        self.txt.texts.extend(text.map(|text| (key.clone(), text)));
        let mx = collect(&ask(RecordType::Mx), |record| match record {
            RecordData::Mx {
                preference,
                exchange,
            } => Some(MX {
                exchanges: Box::new([fqdn(exchange)]),
                preference: *preference,
            }),
            _ => None,
        });
        self.mx.0.extend(mx.map(|mx| (key.clone(), mx)));
        let ipv4 = collect(&ask(RecordType::A), |record| match record {
            RecordData::A(ip) => Some(*ip),
            _ => None,
        });
        self.ipv4.0.extend(ipv4.map(|ips| (key.clone(), ips)));
        let ipv6 = collect(&ask(RecordType::Aaaa), |record| match record {
            RecordData::Aaaa(ip) => Some(*ip),
            _ => None,
        });
        self.ipv6.0.extend(ipv6.map(|ips| (key, ips)));
    }
}

impl Anchor<Spf> {
    /// Its result, in the words of RFC 7208 §2.6.
    pub(crate) fn check_host(&self, params: &Params) -> &'static str {
        let asked = SpfParameters::verify_mail_from(
            params.ip,
            &params.helo,
            &params.receiver,
            &params.mail_from,
        );
        let asked = Parameters::new(asked)
            .with_txt_cache(&self.txt)
            .with_mx_cache(&self.mx)
            .with_ipv4_cache(&self.ipv4)
            .with_ipv6_cache(&self.ipv6)
            .with_ptr_cache(&self.ptr);
        word(at_once(self.authenticator.verify_spf(asked)).result())
    }
}

impl Anchor<Dmarc> {
    /// What it makes of mail in the name of `author` that SPF passed for `identifier`, and DKIM for nobody: the policy,
    /// nothing where it applies none, and whether the two are aligned.
    pub(crate) fn verify_dmarc(&self, author: &str, identifier: &str) -> (Option<Policy>, bool) {
        let message = format!("From: somebody@{author}\r\n\r\n");
        let message = AuthenticatedMessage::parse(message.as_bytes()).expect("a message");
        let spf = SpfOutput::new(identifier.to_owned()).with_result(mail_auth::SpfResult::Pass);
        let asked = Parameters::new(DmarcParameters {
            message: &message,
            dkim_output: &[],
            dkim2_output: None,
            rfc5321_mail_from_domain: identifier,
            spf_output: &spf,
        })
        .with_txt_cache(&self.txt)
        .with_ipv4_cache(&self.ipv4);
        let output = at_once(self.authenticator.verify_dmarc(asked));
        let policy = output.dmarc_record().map(|_| output.policy());
        (policy, *output.spf_result() == DmarcResult::Pass)
    }

    /// Whether it finds that `address` may get the reports of `domain`.
    pub(crate) fn may_get_reports(&self, domain: &str, address: &str) -> bool {
        let addresses = [address];
        let asked =
            self.authenticator
                .verify_dmarc_report_address(domain, &addresses, Some(&self.txt));
        at_once(asked).is_some_and(|found| found.len() == 1)
    }
}

const fn word(result: mail_auth::SpfResult) -> &'static str {
    match result {
        mail_auth::SpfResult::Pass => "pass",
        mail_auth::SpfResult::Fail => "fail",
        mail_auth::SpfResult::SoftFail => "softfail",
        mail_auth::SpfResult::Neutral => "neutral",
        mail_auth::SpfResult::TempError => "temperror",
        mail_auth::SpfResult::PermError => "permerror",
        mail_auth::SpfResult::None => "none",
    }
}

/// Runs what waits for nobody.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("mail-auth waits for an answer that it was not given"),
    }
}

/// The data of a kind; nothing where there is none, which it takes for NXDOMAIN.
fn collect<T>(response: &Response, of: impl Fn(&RecordData) -> Option<T>) -> Option<RecordSet<T>> {
    let rrset: Arc<[T]> = response.records().iter().filter_map(of).collect();
    (!rrset.is_empty()).then_some(RecordSet {
        rrset,
        dnssec_status: DnssecStatus::Indeterminate,
    })
}

/// Its names end in a dot.
fn fqdn(name: &Name) -> Box<str> {
    format!("{}.", name.as_str()).into()
}

/// The octets of a TXT record, which we keep as the characters of the same numbers.
fn octets(record: &RecordData) -> Vec<u8> {
    let RecordData::Txt(txt) = record else {
        return Vec::new();
    };
    let octet = |c: char| u8::try_from(u32::from(c)).expect("an octet");
    txt.text().chars().map(octet).collect()
}

fn reverse_name(ip: IpAddr) -> Name {
    let (forward, zone) = match ip {
        IpAddr::V4(ip) => (
            ip.octets().map(|octet| octet.to_string()).to_vec(),
            "in-addr",
        ),
        IpAddr::V6(ip) => {
            let nibble = |at: u32| format!("{:x}", (ip.to_bits() >> (124 - 4 * at)) & 0xf);
            ((0..32).map(nibble).collect(), "ip6")
        }
    };
    let labels: Vec<String> = forward.into_iter().rev().collect();
    Name::parse(&format!("{}.{zone}.arpa", labels.join("."))).expect("a name")
}
