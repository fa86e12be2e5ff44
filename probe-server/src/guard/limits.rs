//! Who may ask, and how often. All in memory, all bounded, time given from outside.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use postern_shared::DomainName;
use postern_shared::protocol::RefusalCode;

use super::opt_out::OptOuts;

/// Clients and domains kept in mind; beyond that everyone waits until some are forgotten.
const REMEMBERED: usize = 20_000;

/// How much is allowed.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Scans of one client in a minute.
    pub scans_per_minute: u32,
    /// DNS questions of one client in a minute.
    pub dns_per_minute: u32,
    /// Scans at once, of all clients.
    pub scans_at_once: usize,
    /// Between the end of a scan of a domain and the beginning of the next.
    pub cool_down: Duration,
}

impl Default for Allowance {
    fn default() -> Self {
        Self {
            scans_per_minute: 10,
            dns_per_minute: 1200,
            scans_at_once: 32,
            cool_down: Duration::from_secs(60),
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
}

#[derive(Debug, Default)]
struct Books {
    running: usize,
    domains: HashMap<DomainName, Domain>,
    scans: HashMap<Client, Bucket>,
    questions: HashMap<Client, Bucket>,
}

/// When a domain was scanned.
#[derive(Clone, Copy, Debug)]
enum Domain {
    Running,
    Ended(Instant),
}

impl Limits {
    /// Empty books.
    #[must_use]
    pub fn new(allowance: Allowance, opt_outs: OptOuts) -> Self {
        Self {
            allowance,
            opt_outs,
            books: Arc::default(),
        }
    }

    /// How much is allowed.
    #[must_use]
    pub const fn allowance(&self) -> &Allowance {
        &self.allowance
    }

    /// Lets `client` scan `domain`, or not. The permit is given back when it is dropped.
    ///
    /// # Errors
    /// The domain was opted out, is being scanned or was a moment ago, all places are taken, or the client has had its
    /// share. A refusal takes nothing from the client's share.
    pub fn admit_scan(
        &self,
        client: IpAddr,
        domain: &DomainName,
        now: Instant,
    ) -> Result<ScanPermit, Denial> {
        let Allowance {
            scans_per_minute,
            scans_at_once,
            cool_down,
            ..
        } = self.allowance;
        if self.opt_outs.contain(domain) {
            return Err(Denial {
                code: RefusalCode::OptedOut,
                retry_after: None,
            });
        }
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let denied = |code, wait: Duration| Err(denial(code, wait));
        match books.domains.get(domain) {
            Some(Domain::Running) => return denied(RefusalCode::CoolingDown, cool_down),
            Some(Domain::Ended(ended)) => {
                let left = cool_down.saturating_sub(now.saturating_duration_since(*ended));
                if !left.is_zero() {
                    return denied(RefusalCode::CoolingDown, left);
                }
            }
            None => {}
        }
        books.forget_domains(now, cool_down);
        if books.running >= scans_at_once || books.domains.len() >= REMEMBERED {
            return denied(RefusalCode::Busy, BUSY);
        }
        take(&mut books.scans, client, scans_per_minute, now)?;
        books.running += 1;
        books.domains.insert(domain.clone(), Domain::Running);
        Ok(ScanPermit {
            domain: domain.clone(),
            books: Arc::clone(&self.books),
        })
    }

    /// Lets `client` ask one DNS question, or not.
    ///
    /// # Errors
    /// The client has had its share.
    pub fn admit_question(&self, client: IpAddr, now: Instant) -> Result<(), Denial> {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        take(
            &mut books.questions,
            client,
            self.allowance.dns_per_minute,
            now,
        )
    }
}

/// When to come back to a server that is full: scans take about as long.
const BUSY: Duration = Duration::from_secs(15);

const fn denial(code: RefusalCode, wait: Duration) -> Denial {
    // Rounded up, so that who comes back on time is not early; a minute or so, never near the limit.
    let seconds = wait.as_millis().div_ceil(1000);
    Denial {
        code,
        retry_after: Some(if seconds > 3600 { 3600 } else { seconds as u32 }),
    }
}

impl Books {
    fn forget_domains(&mut self, now: Instant, cool_down: Duration) {
        if self.domains.len() >= REMEMBERED {
            self.domains.retain(|_, domain| match domain {
                Domain::Running => true,
                Domain::Ended(ended) => now.saturating_duration_since(*ended) < cool_down,
            });
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

/// A client as it is counted: IPv6 by its /64, which is what one customer gets at least.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Client(IpAddr);

impl Client {
    const fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

/// A token bucket of one minute's allowance.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// Thousandths of tokens.
    filled: u64,
    at: Instant,
}

impl Bucket {
    const fn full(per_minute: u32, now: Instant) -> Self {
        Self {
            filled: per_minute as u64 * 1000,
            at: now,
        }
    }

    fn refilled(self, per_minute: u32, now: Instant) -> u64 {
        let passed = now.saturating_duration_since(self.at).as_millis();
        // Whoever was away for a minute has a full bucket.
        let passed = u64::try_from(passed.min(60_000)).unwrap_or(60_000);
        let full = u64::from(per_minute) * 1000;
        full.min(self.filled + passed * u64::from(per_minute) / 60)
    }

    fn is_full(self, per_minute: u32, now: Instant) -> bool {
        self.refilled(per_minute, now) >= u64::from(per_minute) * 1000
    }

    /// Takes a token, or says when there will be one.
    fn take(&mut self, per_minute: u32, now: Instant) -> Result<(), Duration> {
        let filled = self.refilled(per_minute, now);
        if filled < 1000 {
            // What is there stays counted from the old moment, so that asking often loses no fraction.
            let missing = (1000 - filled) * 60;
            let wait = missing.div_ceil(u64::from(per_minute).max(1));
            return Err(Duration::from_millis(wait));
        }
        *self = Self {
            filled: filled - 1000,
            at: now,
        };
        Ok(())
    }
}

/// One scan's place. Its domain cools down from the moment that this is dropped.
#[derive(Debug)]
pub struct ScanPermit {
    domain: DomainName,
    books: Arc<Mutex<Books>>,
}

impl Drop for ScanPermit {
    fn drop(&mut self) {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.running = books.running.saturating_sub(1);
        let ended = Domain::Ended(Instant::now());
        books.domains.insert(self.domain.clone(), ended);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(text: &str) -> DomainName {
        DomainName::parse(text).unwrap()
    }

    fn limits(scans_per_minute: u32, scans_at_once: usize) -> Limits {
        let allowance = Allowance {
            scans_per_minute,
            scans_at_once,
            ..Allowance::default()
        };
        Limits::new(allowance, OptOuts::default())
    }

    const CLIENT: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    #[test]
    fn one_scan_of_a_domain_at_a_time_and_then_a_pause() {
        let limits = limits(100, 10);
        let now = Instant::now();
        let permit = limits
            .admit_scan(CLIENT, &domain("a.example"), now)
            .unwrap();
        let denied = |at| {
            limits
                .admit_scan(CLIENT, &domain("a.example"), at)
                .map(drop)
                .unwrap_err()
        };
        assert_eq!(denied(now).code, RefusalCode::CoolingDown);
        limits
            .admit_scan(CLIENT, &domain("b.example"), now)
            .unwrap();
        drop(permit);
        let denial = denied(now + Duration::from_secs(20));
        assert_eq!(denial.code, RefusalCode::CoolingDown);
        assert!(matches!(denial.retry_after, Some(40 | 41)), "{denial:?}");
        let later = Instant::now() + Duration::from_secs(60);
        limits
            .admit_scan(CLIENT, &domain("a.example"), later)
            .unwrap();
    }

    #[test]
    fn places_are_bounded_and_given_back() {
        let limits = limits(100, 1);
        let now = Instant::now();
        let permit = limits
            .admit_scan(CLIENT, &domain("a.example"), now)
            .unwrap();
        let denial = limits
            .admit_scan(CLIENT, &domain("b.example"), now)
            .map(drop)
            .unwrap_err();
        assert_eq!(denial.code, RefusalCode::Busy);
        drop(permit);
        limits
            .admit_scan(CLIENT, &domain("b.example"), now)
            .unwrap();
    }

    #[test]
    fn a_client_has_its_share_and_gets_it_back_with_time() {
        let limits = limits(2, 10);
        let now = Instant::now();
        let ask = |client: &str, name: &str, at| {
            limits
                .admit_scan(client.parse().unwrap(), &domain(name), at)
                .map(drop)
        };
        ask("2001:db8::1", "a.example", now).unwrap();
        ask("2001:db8::2", "b.example", now).unwrap();
        // The same /64: the same client.
        let denial = ask("2001:db8::3", "c.example", now).unwrap_err();
        assert_eq!(denial.code, RefusalCode::TooManyRequests);
        assert_eq!(denial.retry_after, Some(30));
        ask("2001:db8:0:1::1", "c.example", now).unwrap();
        let early = now + Duration::from_secs(29);
        assert!(ask("2001:db8::3", "d.example", early).is_err());
        let in_time = now + Duration::from_secs(30);
        ask("2001:db8::3", "d.example", in_time).unwrap();
        // An IPv4 client counts as itself, however it is written.
        ask("192.0.2.7", "e.example", now).unwrap();
        ask("::ffff:192.0.2.7", "f.example", now).unwrap();
        assert!(ask("192.0.2.7", "g.example", now).is_err());
    }

    #[test]
    fn the_books_do_not_grow_without_end() {
        let limits = limits(1, 10);
        let now = Instant::now();
        for n in 0..REMEMBERED {
            let n = u32::try_from(n).unwrap();
            limits.admit_question(IpAddr::V4(n.into()), now).unwrap();
        }
        // Everyone's bucket lacks a token, so that nobody can be forgotten; a stranger waits.
        let stranger = "203.0.113.1".parse().unwrap();
        let denial = limits.admit_question(stranger, now).unwrap_err();
        assert_eq!(denial.code, RefusalCode::Busy);
        let later = now + Duration::from_secs(60);
        limits.admit_question(stranger, later).unwrap();
        assert_eq!(limits.books.lock().unwrap().questions.len(), 1);
    }
}
