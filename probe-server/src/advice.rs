//! What an operator should set before strangers come, and before strangers' mail servers are visited.

use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

use axum::http::HeaderMap;
use postern_shared::DomainName;
use postern_shared::dns::{Question, RecordData, RecordType, Response};

use crate::config::RELAY_DOMAIN;
use crate::context::{Context, outward};
use crate::guard::is_public;
use crate::http::AppState;

/// Where proxies commonly name the client.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Warns of settings that let clients pass for others, make visits rude, or their results poor.
pub(crate) async fn give(server: AppState, listening: SocketAddr) {
    if server.client_header.is_some() && is_open(listening) {
        tracing::warn!(
            "--client-header is believed, and {listening} is open to others than a proxy: whoever reaches it can say who they are, and so has no limits; listen on a loopback address"
        );
    }
    let context = &server.context;
    // In labs and intranets the rest does not matter.
    if context.guard.allows_private() {
        return;
    }
    if server.contact.is_none() {
        tracing::warn!(
            "set --contact: people whose mail servers are visited find nobody to write to at /about-probe"
        );
    }
    if context.relay_domain.as_str() == RELAY_DOMAIN {
        tracing::warn!(
            "set --relay-domain to a domain of your own: {RELAY_DOMAIN} takes no mail, and a server that refuses it for that proves nothing"
        );
    }
    if let Some(fault) = ehlo_fault(context).await {
        let name = &context.ehlo_name;
        tracing::warn!(
            "set --ehlo-name: {name} {fault}; many mail servers turn such a client away"
        );
    }
}

/// Whether others than this machine itself can reach an address that we listen on.
const fn is_open(listening: SocketAddr) -> bool {
    !listening.ip().to_canonical().is_loopback()
}

/// Warns, once, of a proxy that names clients whom nobody counts: all of them share one client's limits.
/// Who it named is nobody's business, and a stranger's word.
pub(crate) fn note_forwarded(headers: &HeaderMap) {
    static ONCE: Once = Once::new();
    if headers.contains_key(FORWARDED_FOR) {
        ONCE.call_once(|| {
            tracing::warn!(
                "a request carries X-Forwarded-For, and --client-header is not set: if a proxy in front wrote it, all its visitors are counted as one client; set --client-header x-forwarded-for"
            );
        });
    }
}

/// What is wrong with the name that we say in EHLO (RFC 5321 §4.1.1.1), if anything is.
async fn ehlo_fault(context: &Context) -> Option<&'static str> {
    let Ok(domain) = DomainName::parse(&context.ehlo_name) else {
        return Some("is no name");
    };
    let question = |record_type| Question::new(domain.name().clone(), record_type);
    let (v4, v6) = (question(RecordType::A), question(RecordType::Aaaa));
    let (v4, v6) = tokio::join!(context.resolver.lookup(&v4), context.resolver.lookup(&v6));
    fault(&[v4.answer.response, v6.answer.response], &outward())
}

/// Compares where a name leads with the addresses that we send from.
fn fault(responses: &[Response], ours: &[IpAddr]) -> Option<&'static str> {
    let address = |data: &RecordData| match data {
        RecordData::A(v4) => Some(IpAddr::V4(*v4)),
        RecordData::Aaaa(v6) => Some(IpAddr::V6(*v6)),
        _ => None,
    };
    let records = responses.iter().flat_map(Response::records);
    let found: Vec<_> = records.filter_map(address).collect();
    if found.is_empty() {
        let definite = responses.iter().all(Response::is_definite);
        return definite.then_some("has no address");
    }
    // Behind a translator nobody but the world outside knows our address.
    let translated = ours.iter().all(|address| !is_public(*address));
    let leads_here = ours.iter().any(|address| found.contains(address));
    (!translated && !leads_here).then_some("does not lead to this machine")
}

#[cfg(test)]
mod tests {
    use postern_shared::dns::Failure;

    use super::*;

    #[test]
    fn only_a_loopback_address_is_closed_to_others() {
        let open = |address: &str| is_open(address.parse().unwrap());
        for address in ["127.0.0.1:8080", "127.9.9.9:80", "[::1]:80"] {
            assert!(!open(address), "{address}");
        }
        for address in ["0.0.0.0:8080", "[::]:8080", "192.168.1.2:80"] {
            assert!(open(address), "{address}");
        }
    }

    #[test]
    fn a_name_must_lead_here_as_far_as_can_be_told() {
        let at = |address: [u8; 4]| Response::from_records(vec![RecordData::A(address.into())]);
        let outside = [IpAddr::from([8, 8, 4, 4])];
        let inside = [IpAddr::from([10, 0, 0, 1])];
        let none = || Response::NoData;
        assert_eq!(fault(&[at([8, 8, 4, 4]), none()], &outside), None);
        let elsewhere = fault(&[at([8, 8, 8, 8]), none()], &outside);
        assert_eq!(elsewhere, Some("does not lead to this machine"));
        assert_eq!(fault(&[at([8, 8, 8, 8]), none()], &inside), None);
        assert_eq!(
            fault(&[none(), Response::NxDomain], &inside),
            Some("has no address")
        );
        let failed = Response::Failed(Failure::TimedOut);
        assert_eq!(fault(&[failed, none()], &outside), None);
    }
}
