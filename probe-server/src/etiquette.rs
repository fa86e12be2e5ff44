//! What we promise to the servers we knock at, in one place, as data; and the books that are kept of it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use postern_shared::evidence::Step;
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use crate::guard::server_of;

/// The promises. Every wait of a scan takes its deadline from here.
#[derive(Clone, Copy, Debug)]
pub struct Etiquette {
    /// Connections to one address in one scan, at most.
    pub connections_per_address: u8,
    /// Of these, for hellos of our own, at most.
    pub hellos_per_address: u8,
    /// Connections to one port in a deep scan, at most: for the askers' own servers.
    pub deep_connections: u8,
    /// Connections at once in a deep scan.
    pub deep_at_once: usize,
    /// How late a greeting may come before a server is asked less: it makes strangers wait, each time.
    pub late_greeting: Duration,
    /// Between the end of one connection to an address and the beginning of the next.
    pub spacing: Duration,
    /// Until the TCP connection stands.
    pub connect: Duration,
    /// Until the whole greeting is there: some servers make strangers wait on purpose.
    pub greeting: Duration,
    /// Until any other reply is there, whole.
    pub reply: Duration,
    /// Until a TLS handshake is completed.
    pub handshake: Duration,
    /// For one dialogue from its first octet to its last.
    pub dialogue: Duration,
    /// For the whole scan.
    pub scan: Duration,
    /// For one try at one name server; a look-up may take two and a half as long.
    pub name_server: Duration,
    /// For an MTA-STS policy with its look-ups, whatever happens (RFC 8461 §3.3 suggests a minute).
    pub policy: Duration,
    /// Until the head of the answer that holds the policy is there.
    pub policy_head: Duration,
    /// Until its body is there, whole.
    pub policy_body: Duration,
    /// Replies of 4xx or 5xx in one dialogue after which nothing more is asked: many servers slow down
    /// or hang up at ten.
    pub errors_per_dialogue: u8,
    /// Addresses that one scan speaks to.
    pub addresses: usize,
    /// Mail exchanges that are spoken to at once.
    pub exchanges_at_once: usize,
    /// Mail exchanges whose addresses are looked up.
    pub exchanges: usize,
    /// Names of one address (PTR) that are looked up forward.
    pub pointer_names: usize,
    /// Such look-ups in one scan.
    pub pointer_questions: usize,
    /// Scans, of whatever domains, that visit one address within [`Self::visits_window`].
    pub scans_per_address: u32,
    /// See [`Self::scans_per_address`].
    pub visits_window: Duration,
    /// How long an address that would not speak to us is left alone by all scans.
    pub quiet: Duration,
}

impl Default for Etiquette {
    fn default() -> Self {
        Self {
            connections_per_address: 8,
            hellos_per_address: 5,
            deep_connections: 244,
            deep_at_once: 10,
            late_greeting: Duration::from_secs(2),
            spacing: Duration::from_secs(1),
            connect: Duration::from_secs(10),
            greeting: Duration::from_secs(30),
            reply: Duration::from_secs(20),
            handshake: Duration::from_secs(20),
            dialogue: Duration::from_secs(120),
            scan: Duration::from_secs(300),
            name_server: Duration::from_secs(5),
            policy: Duration::from_secs(45),
            policy_head: Duration::from_secs(15),
            policy_body: Duration::from_secs(15),
            errors_per_dialogue: 8,
            addresses: 10,
            exchanges_at_once: 4,
            exchanges: 20,
            pointer_names: 20,
            pointer_questions: 200,
            scans_per_address: 12,
            visits_window: Duration::from_secs(600),
            quiet: Duration::from_secs(300),
        }
    }
}

impl Etiquette {
    /// How long the answer to `step` is waited for.
    #[must_use]
    pub const fn patience(&self, step: &Step) -> Duration {
        match step {
            Step::Greeting => self.greeting,
            _ => self.reply,
        }
    }
}

/// The books of one scan and one address: counts connections and refuses those beyond the promise.
#[derive(Debug)]
pub struct Ledger {
    opened: u8,
    allowed: u8,
    backed_off: bool,
}

impl Ledger {
    /// Nothing opened yet, of so many that are `allowed`.
    #[must_use]
    pub const fn new(allowed: u8) -> Self {
        Self {
            opened: 0,
            allowed,
            backed_off: false,
        }
    }

    /// Enters one more connection; `false` when it must not be made.
    #[must_use]
    pub const fn enter(&mut self) -> bool {
        if self.backed_off || self.opened >= self.allowed {
            return false;
        }
        self.opened += 1;
        true
    }

    /// The server asked to be left alone (421, or it would not speak to us): no more connections.
    pub const fn back_off(&mut self) {
        self.backed_off = true;
    }

    /// Connections that may yet be entered.
    #[must_use]
    pub const fn left(&self) -> u8 {
        if self.backed_off {
            return 0;
        }
        self.allowed - self.opened
    }
}

/// Addresses kept in mind before those that nobody waits for are forgotten.
const REMEMBERED: usize = 4096;

/// One connection at a time to a server ([`server_of`]), however many scans want one, and a pause between two.
#[derive(Debug, Default)]
pub struct Doorsteps {
    doors: Mutex<HashMap<IpAddr, Door>>,
}

/// Who holds the lock is at the door; in it, when the last one left.
type Door = Arc<tokio::sync::Mutex<Option<Instant>>>;

impl Doorsteps {
    /// Our turn at the door of `address`, if nobody else is there.
    #[must_use]
    pub fn try_turn(&self, address: IpAddr) -> Option<Turn> {
        self.door(address).try_lock_owned().ok().map(Turn)
    }

    /// Waits until nobody else is at the door of `address`.
    pub async fn queue(&self, address: IpAddr) -> Turn {
        Turn(self.door(address).lock_owned().await)
    }

    fn door(&self, address: IpAddr) -> Door {
        let mut doors = self.doors.lock().unwrap_or_else(PoisonError::into_inner);
        if doors.len() >= REMEMBERED {
            // Those that somebody waits at are held by them too.
            doors.retain(|_, door| Arc::strong_count(door) > 1);
        }
        Arc::clone(doors.entry(server_of(address)).or_default())
    }
}

/// Our turn at one address; when dropped, the time of leaving is noted.
#[derive(Debug)]
pub struct Turn(OwnedMutexGuard<Option<Instant>>);

impl Turn {
    /// How long to wait yet before knocking, so that the spacing is kept.
    #[must_use]
    pub fn pause(&self, spacing: Duration) -> Duration {
        self.0.map_or(Duration::ZERO, |left| {
            spacing.saturating_sub(left.elapsed())
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.0 = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_refuses_the_ninth_connection_and_all_after_backing_off() {
        let mut ledger = Ledger::new(8);
        assert_eq!((0..20).filter(|_| ledger.enter()).count(), 8);
        let mut ledger = Ledger::new(8);
        assert!(ledger.enter());
        ledger.back_off();
        assert!(!ledger.enter());
        assert_eq!(ledger.left(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn one_at_a_time_and_a_pause_between() {
        let doors = Doorsteps::default();
        let address = IpAddr::from([192, 0, 2, 1]);
        let spacing = Duration::from_secs(1);
        let turn = doors.queue(address).await;
        assert_eq!(turn.pause(spacing), Duration::ZERO);
        let second = tokio::time::timeout(Duration::from_secs(5), doors.queue(address)).await;
        assert!(second.is_err(), "two at one door");
        drop(turn);
        tokio::time::advance(Duration::from_millis(300)).await;
        let turn = doors.queue(address).await;
        assert_eq!(turn.pause(spacing), Duration::from_millis(700));
        let other = doors.queue(IpAddr::from([192, 0, 2, 2])).await;
        assert_eq!(other.pause(spacing), Duration::ZERO);
    }

    #[test]
    fn the_addresses_of_one_network_have_one_door() {
        let doors = Doorsteps::default();
        let [first, second, next_door] =
            ["2600:1:2:3::1", "2600:1:2:3::2", "2600:1:2:4::1"].map(|a| a.parse().unwrap());
        let _turn = doors.try_turn(first).unwrap();
        assert!(doors.try_turn(second).is_none());
        assert!(doors.try_turn(next_door).is_some());
    }
}
