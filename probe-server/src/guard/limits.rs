//! Who may ask, and how often. All in memory, all bounded, time given from outside.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use postern_shared::DomainName;
use postern_shared::protocol::RefusalCode;

use super::bucket::{Bucket, Client};
use super::opt_out::OptOuts;
use super::tally::{Place, Tally};
use crate::scan::Depth;

/// Clients and domains kept in mind; beyond that everyone waits until some are forgotten.
const REMEMBERED: usize = 20_000;

/// DNS questions of one client in flight: a few pages' worth, and a small part of those of all clients, so
/// that nobody's dead name servers stop the answers to everybody else.
pub const QUESTIONS_PER_CLIENT: usize = 64;

/// How much is allowed.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Scans of one client in a minute.
    pub scans_per_minute: u32,
    /// DNS questions of one client in a minute.
    pub dns_per_minute: u32,
    /// Open sockets of one client.
    pub sockets_per_client: usize,
    /// Scans of one client at once: well below those of all, so that nobody takes every place.
    pub scans_per_client: usize,
    /// Scans at once, of all clients.
    pub scans_at_once: usize,
    /// Between the end of a scan of a domain and the beginning of the next.
    pub cool_down: Duration,
    /// Whether scans may be deep: for a server that only scans what is its owner's.
    pub deep_scans: bool,
}

impl Default for Allowance {
    fn default() -> Self {
        Self {
            scans_per_minute: 10,
            dns_per_minute: 1200,
            sockets_per_client: 32,
            scans_per_client: 3,
            scans_at_once: 32,
            cool_down: Duration::from_secs(60),
            deep_scans: false,
        }
    }
}

/// A no, with its reason and when to come back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Denial {
    /// Why.
    pub code: RefusalCode,
    /// In how many seconds it may be otherwise; `None` for never.
    pub retry_after: Option<u32>,
}

/// The books about clients.
#[derive(Debug)]
pub struct Limits {
    allowance: Allowance,
    opt_outs: OptOuts,
    books: Arc<Mutex<Books>>,
    running: Tally,
    sockets: Tally,
    /// DNS questions in flight.
    asking: Tally,
}

#[derive(Debug, Default)]
struct Books {
    domains: HashMap<DomainName, Domain>,
    scans: HashMap<Client, Bucket>,
    questions: HashMap<Client, Bucket>,
}

/// When a domain was scanned.
#[derive(Clone, Copy, Debug)]
enum Domain {
    Running,
    Ended {
        at: Instant,
        /// Whether it came to its end; who stopped it has seen little, and may want to begin again.
        whole: bool,
    },
}

/// The longest pause after a scan that was stopped: the servers themselves count every visit (`crate::visits`).
const STOPPED_PAUSE: Duration = Duration::from_secs(5);

impl Domain {
    /// How long the domain must be left alone yet.
    fn left(self, now: Instant, cool_down: Duration) -> Duration {
        match self {
            // Nobody knows when it ends; after that it cools down.
            Self::Running => cool_down.max(Duration::from_secs(1)),
            Self::Ended { at, whole } => {
                let pause = if whole {
                    cool_down
                } else {
                    cool_down.min(STOPPED_PAUSE)
                };
                pause.saturating_sub(now.saturating_duration_since(at))
            }
        }
    }
}

impl Limits {
    /// Empty books.
    #[must_use]
    pub fn new(allowance: Allowance, opt_outs: OptOuts) -> Self {
        Self {
            allowance,
            opt_outs,
            books: Arc::default(),
            running: Tally::default(),
            sockets: Tally::default(),
            asking: Tally::default(),
        }
    }

    /// How much is allowed.
    #[must_use]
    pub const fn allowance(&self) -> &Allowance {
        &self.allowance
    }

    /// Lets scans of this depth be made, or not.
    ///
    /// # Errors
    /// This server makes no deep scans.
    pub fn admit_depth(&self, depth: Depth) -> Result<(), Denial> {
        match depth {
            Depth::Deep if !self.allowance.deep_scans => Err(Denial {
                code: RefusalCode::NotDeep,
                retry_after: None,
            }),
            Depth::Deep | Depth::Verdict => Ok(()),
        }
    }

    /// Lets `client` scan `domain`, or not. The permit is given back when it is dropped.
    ///
    /// # Errors
    /// The domain was opted out, is being scanned or was a moment ago, all places are taken, or the client
    /// has had its share. A refusal takes nothing from the client's share.
    pub fn admit_scan(
        &self,
        client: IpAddr,
        domain: &DomainName,
        now: Instant,
    ) -> Result<ScanPermit, Denial> {
        let Allowance {
            scans_per_minute,
            scans_per_client,
            scans_at_once,
            cool_down,
            ..
        } = self.allowance;
        if self.opt_outs.contain(domain.name()) {
            return Err(Denial {
                code: RefusalCode::OptedOut,
                retry_after: None,
            });
        }
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wait) = books.cooling(domain, now, cool_down) {
            return Err(denial(RefusalCode::CoolingDown, wait));
        }
        books.forget_domains(now, cool_down);
        let full = self.running.total() >= scans_at_once || books.domains.len() >= REMEMBERED;
        let place = self.running.take(client, scans_per_client);
        let place = place.ok_or_else(|| denial(RefusalCode::TooManyRequests, BUSY))?;
        if full {
            return Err(denial(RefusalCode::Busy, BUSY));
        }
        take(&mut books.scans, client, scans_per_minute, now)?;
        books.domains.insert(domain.clone(), Domain::Running);
        Ok(ScanPermit {
            _place: place,
            domain: domain.clone(),
            whole: false,
            books: Arc::clone(&self.books),
        })
    }

    /// Lets `client` open one more socket, or not. The permit is given back when it is dropped.
    ///
    /// # Errors
    /// The client has as many open as one may.
    pub fn admit_socket(&self, client: IpAddr) -> Result<Place, Denial> {
        let most = self.allowance.sockets_per_client;
        let place = self.sockets.take(client, most);
        place.ok_or_else(|| denial(RefusalCode::TooManyRequests, BUSY))
    }

    /// Lets `client` ask one DNS question, or not. The place is given back when it is dropped: when the
    /// question is answered.
    ///
    /// # Errors
    /// The client has had its share, or has as many questions in flight as one may; that takes nothing
    /// from its share.
    pub fn admit_question(&self, client: IpAddr, now: Instant) -> Result<Place, Denial> {
        let place = self.asking.take(client, QUESTIONS_PER_CLIENT);
        let place = place.ok_or_else(|| denial(RefusalCode::TooManyRequests, SOON))?;
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let most = self.allowance.dns_per_minute;
        take(&mut books.questions, client, most, now).map(|()| place)
    }
}

/// When to come back to a server that is full: scans take about as long.
const BUSY: Duration = Duration::from_secs(15);

/// When to come back with another DNS question: most are answered at once.
const SOON: Duration = Duration::from_secs(1);

const fn denial(code: RefusalCode, wait: Duration) -> Denial {
    // Rounded up, so that who comes back on time is not early; a minute or so, never near the limit.
    let seconds = wait.as_millis().div_ceil(1000);
    Denial {
        code,
        retry_after: Some(if seconds > 3600 { 3600 } else { seconds as u32 }),
    }
}

impl Books {
    /// How long `domain` must be left alone yet; nothing when it need not.
    fn cooling(&self, domain: &DomainName, now: Instant, cool_down: Duration) -> Option<Duration> {
        let left = self.domains.get(domain)?.left(now, cool_down);
        (!left.is_zero()).then_some(left)
    }

    fn forget_domains(&mut self, now: Instant, cool_down: Duration) {
        if self.domains.len() >= REMEMBERED {
            self.domains
                .retain(|_, domain| !domain.left(now, cool_down).is_zero());
        }
    }
}

/// Takes one token from the client's bucket.
fn take(
    buckets: &mut HashMap<Client, Bucket>,
    client: IpAddr,
    per_minute: u32,
    now: Instant,
) -> Result<(), Denial> {
    let client = Client::of(client);
    if buckets.len() >= REMEMBERED && !buckets.contains_key(&client) {
        buckets.retain(|_, bucket| !bucket.is_full(per_minute, now));
        if buckets.len() >= REMEMBERED {
            return Err(denial(RefusalCode::Busy, BUSY));
        }
    }
    buckets
        .entry(client)
        .or_insert_with(|| Bucket::full(per_minute, now))
        .take(per_minute, now)
        .map_err(|wait| denial(RefusalCode::TooManyRequests, wait))
}

/// One scan's place. Its domain cools down from the moment that this is dropped: for long only where the scan
/// came to its end.
#[derive(Debug)]
pub struct ScanPermit {
    _place: Place,
    domain: DomainName,
    whole: bool,
    books: Arc<Mutex<Books>>,
}

impl ScanPermit {
    /// Gives the place back after a scan that came to its end.
    pub fn finish(mut self) {
        self.whole = true;
    }
}

impl Drop for ScanPermit {
    fn drop(&mut self) {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = Domain::Ended {
            at: Instant::now(),
            whole: self.whole,
        };
        books.domains.insert(self.domain.clone(), ended);
    }
}

#[cfg(test)]
mod tests;
