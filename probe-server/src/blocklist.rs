//! Asking blocklists (RFC 5782): each list is tested before it is believed.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, StreamExt as _, stream};
use postern_shared::blocklist::{self, Zone};
use postern_shared::dns::{Question, RecordData, RecordType, Response};
use postern_shared::evidence::{
    BlocklistFact, BlocklistOutcome, BlocklistTest, Fact, Family, Unlisted,
};
use postern_shared::text;
use tokio::sync::OnceCell;
use tokio::time::Instant;

use crate::dns::Resolver;
use crate::sink::Sink;

/// How long a list's passed or failed test is remembered.
const TEST_LIFE: Duration = Duration::from_secs(600);
/// Lists that are asked at once.
const AT_ONCE: usize = 8;
/// Characters kept of a list's reason.
const MAX_REASON: usize = 300;

/// A test that is made once, however many scans wait for it.
type SharedTest = Arc<OnceCell<BlocklistTest>>;

/// When a test was begun, and the test.
type Dated = (Instant, SharedTest);

/// The lists' test results, for all scans.
#[derive(Debug, Default)]
pub struct Tests(Mutex<HashMap<(&'static str, Family), Dated>>);

impl Tests {
    /// The test of `zone`, made now or within the last ten minutes.
    async fn of(&self, zone: &'static str, family: Family, resolver: &Resolver) -> BlocklistTest {
        let cell = {
            let mut tests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let fresh = || (Instant::now(), SharedTest::default());
            let entry = tests.entry((zone, family)).or_insert_with(fresh);
            if entry.0.elapsed() > TEST_LIFE {
                *entry = fresh();
            }
            Arc::clone(&entry.1)
        };
        cell.get_or_init(|| test(zone, family, resolver))
            .await
            .clone()
    }
}

/// Asks every list that knows the family of an address about every address, and tells what they say.
///
/// A list that failed its test is not asked about anybody: its word would be worth nothing.
pub(crate) async fn ask(addresses: &[IpAddr], resolver: &Resolver, tests: &Tests, sink: &Sink) {
    // Boxed: the compiler does not see through the lifetimes of futures made in closures.
    let mut asked: Vec<BoxFuture<'_, ()>> = Vec::new();
    for family in [Family::V4, Family::V6] {
        let of_family = |address: &&IpAddr| Family::of(**address) == family;
        let addresses: Vec<_> = addresses.iter().filter(of_family).copied().collect();
        for zone in blocklist::zones_for(family).filter(|_| !addresses.is_empty()) {
            let asking = ask_zone(zone, family, addresses.clone(), resolver, tests, sink);
            asked.push(asking.boxed());
        }
    }
    stream::iter(asked)
        .buffer_unordered(AT_ONCE)
        .collect::<()>()
        .await;
}

async fn ask_zone(
    zone: &'static Zone,
    family: Family,
    addresses: Vec<IpAddr>,
    resolver: &Resolver,
    tests: &Tests,
    sink: &Sink,
) {
    let test = tests.of(zone.zone, family, resolver).await;
    let believed = blocklist::passed(&test);
    sink.fact(Fact::BlocklistTest(test)).await;
    if !believed {
        return;
    }
    for address in addresses {
        let fact = BlocklistFact {
            zone: zone.zone.to_owned(),
            address,
            outcome: look_up(zone.zone, address, resolver).await,
        };
        sink.fact(Fact::Blocklist(fact)).await;
    }
}

/// Asks a list about its own test points (RFC 5782 §5).
async fn test(zone: &'static str, family: Family, resolver: &Resolver) -> BlocklistTest {
    let (listed, unlisted) = blocklist::test_points(family);
    BlocklistTest {
        zone: zone.to_owned(),
        family,
        listed: look_up(zone, listed, resolver).await,
        unlisted: look_up(zone, unlisted, resolver).await,
    }
}

/// One list's word on one address; its reason too, when it has one.
async fn look_up(zone: &str, address: IpAddr, resolver: &Resolver) -> BlocklistOutcome {
    let Some(name) = blocklist::query_name(zone, address) else {
        return BlocklistOutcome::Failed(Unlisted::Empty);
    };
    let question = |record_type| Question::new(name.clone(), record_type);
    let response = resolver
        .lookup(&question(RecordType::A))
        .await
        .answer
        .response;
    match response {
        Response::NxDomain => BlocklistOutcome::NotListed,
        Response::NoData => BlocklistOutcome::Failed(Unlisted::Empty),
        Response::Failed(failure) => BlocklistOutcome::Failed(Unlisted::Dns(failure)),
        Response::Records(records) => {
            let text = resolver.lookup(&question(RecordType::Txt)).await;
            BlocklistOutcome::Answered {
                codes: records.iter().filter_map(code).collect(),
                reason: text.answer.response.records().iter().find_map(reason),
            }
        }
    }
}

const fn code(data: &RecordData) -> Option<std::net::Ipv4Addr> {
    match data {
        RecordData::A(code) => Some(*code),
        _ => None,
    }
}

fn reason(data: &RecordData) -> Option<String> {
    match data {
        RecordData::Txt(record) => Some(text::from_octets(record.text().as_bytes(), MAX_REASON)),
        _ => None,
    }
}
