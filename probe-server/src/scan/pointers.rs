//! Forward-confirmed reverse DNS (RFC 8601 §2.7.3): the names of each address, and where they lead.

use std::net::IpAddr;

use futures_util::future::join_all;
use postern_shared::blocklist::reversed;
use postern_shared::dns::{Name, RecordData, RecordType};

use crate::dns::Memo;
use crate::etiquette::Etiquette;

/// Asks for the names of each address, and for the addresses of each name; the answers are told by `memo`.
pub(super) async fn follow(addresses: &[IpAddr], etiquette: &Etiquette, memo: &Memo<'_>) {
    let followed = addresses.iter().map(|address| async move {
        let Some(name) = reverse_name(*address) else {
            return;
        };
        let response = memo.ask(&name, RecordType::Ptr).await;
        let names = response.records().iter().filter_map(|record| match record {
            RecordData::Ptr(name) => Some(name),
            _ => None,
        });
        let forward = names.take(etiquette.pointer_names).map(|name| async move {
            tokio::join!(
                memo.ask(name, RecordType::A),
                memo.ask(name, RecordType::Aaaa)
            )
        });
        join_all(forward).await;
    });
    join_all(followed).await;
}

/// The name that holds the PTR records of an address (RFC 1035 §3.5, RFC 3596 §2.5).
fn reverse_name(address: IpAddr) -> Option<Name> {
    let root = match address {
        IpAddr::V4(_) => "in-addr.arpa",
        IpAddr::V6(_) => "ip6.arpa",
    };
    Name::parse(&format!("{}.{root}", reversed(address))).ok()
}
