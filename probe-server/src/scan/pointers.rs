//! Forward-confirmed reverse DNS (RFC 8601 §2.7.3): the names of each address, and where they lead.

use std::net::IpAddr;

use futures_util::{StreamExt as _, stream};
use postern_shared::blocklist::reversed;
use postern_shared::dns::{Name, RecordData, RecordType};

use crate::dns::Memo;
use crate::etiquette::Etiquette;

/// Questions under way at once.
const AT_ONCE: usize = 8;

/// Asks for the names of each address, and whether each name leads back; the answers are told by `memo`.
pub(super) async fn follow(addresses: &[IpAddr], etiquette: &Etiquette, memo: &Memo<'_>) {
    let most = etiquette.pointer_names;
    let named = stream::iter(addresses.to_vec())
        .map(|address| names_of(address, most, memo))
        .buffered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    let mut forward: Vec<_> = named
        .into_iter()
        .flat_map(|names| names.into_iter().enumerate())
        .collect();
    // The first name of every address before the second of any: so none starves behind another.
    forward.sort_by_key(|(place, _)| *place);
    stream::iter(forward.into_iter().take(etiquette.pointer_questions))
        .map(|(_, (name, family))| async move { drop(memo.ask(&name, family).await) })
        .buffer_unordered(AT_ONCE)
        .collect::<()>()
        .await;
}

/// The names of an address, each with the type of the records that could lead back.
async fn names_of(address: IpAddr, most: usize, memo: &Memo<'_>) -> Vec<(Name, RecordType)> {
    let Some(reverse) = reverse_name(address) else {
        return Vec::new();
    };
    let family = match address {
        IpAddr::V4(_) => RecordType::A,
        IpAddr::V6(_) => RecordType::Aaaa,
    };
    let response = memo.ask(&reverse, RecordType::Ptr).await;
    let names = response.records().iter().filter_map(|record| match record {
        RecordData::Ptr(name) => Some((name.clone(), family)),
        _ => None,
    });
    names.take(most).collect()
}

/// The name that holds the PTR records of an address (RFC 1035 §3.5, RFC 3596 §2.5).
fn reverse_name(address: IpAddr) -> Option<Name> {
    let root = match address {
        IpAddr::V4(_) => "in-addr.arpa",
        IpAddr::V6(_) => "ip6.arpa",
    };
    Name::parse(&format!("{}.{root}", reversed(address))).ok()
}
