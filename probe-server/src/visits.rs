//! How often each server was visited, over all scans: many domains may name one, by many addresses of its
//! IPv6 network too.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::etiquette::Etiquette;
use crate::guard::server_of;

/// Servers kept in mind; beyond that none is visited that is not known, until some are forgotten.
const REMEMBERED: usize = 20_000;

/// The books about servers, by [`server_of`].
#[derive(Debug, Default)]
pub struct Visits {
    books: Mutex<HashMap<IpAddr, Book>>,
}

/// One server's page in the books.
#[derive(Clone, Copy, Debug)]
struct Book {
    /// When the first scan of this window was booked.
    began: Instant,
    /// How many scans since.
    scans: u32,
    /// Until when it is left alone because it asked for that.
    quiet_until: Option<Instant>,
}

impl Book {
    fn is_quiet(&self, now: Instant) -> bool {
        self.quiet_until.is_some_and(|until| now < until)
    }

    fn is_over(&self, now: Instant, window: Duration) -> bool {
        now.saturating_duration_since(self.began) >= window
    }
}

impl Visits {
    /// Books the visits of one scan to `address`; `false` when it must be left alone.
    #[must_use]
    pub fn book(&self, address: IpAddr, etiquette: &Etiquette) -> bool {
        let (now, window) = (Instant::now(), etiquette.visits_window);
        let server = server_of(address);
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        if books.len() >= REMEMBERED && !books.contains_key(&server) {
            books.retain(|_, book| book.is_quiet(now) || !book.is_over(now, window));
            if books.len() >= REMEMBERED {
                return false;
            }
        }
        let book = books.entry(server).or_insert(Book {
            began: now,
            scans: 0,
            quiet_until: None,
        });
        if book.is_over(now, window) {
            (book.began, book.scans) = (now, 0);
        }
        let welcome = !book.is_quiet(now) && book.scans < etiquette.scans_per_address;
        book.scans += u32::from(welcome);
        welcome
    }

    /// Notes that `address`, which was booked, would not speak to us: no scan visits it for a while.
    pub fn hush(&self, address: IpAddr, quiet: Duration) {
        let until = Instant::now() + quiet;
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(book) = books.get_mut(&server_of(address)) {
            book.quiet_until = Some(until);
        }
    }

    /// Whether `address` asked to be left alone a moment ago.
    #[must_use]
    pub fn is_quiet(&self, address: IpAddr) -> bool {
        let books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let book = books.get(&server_of(address));
        book.is_some_and(|book| book.is_quiet(Instant::now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    #[tokio::test(start_paused = true)]
    async fn an_address_is_visited_so_often_and_then_left_alone() {
        let (visits, etiquette) = (Visits::default(), Etiquette::default());
        let most = etiquette.scans_per_address as usize;
        assert_eq!(
            (0..50).filter(|_| visits.book(ADDRESS, &etiquette)).count(),
            most
        );
        assert!(visits.book(IpAddr::from([192, 0, 2, 2]), &etiquette));
        tokio::time::advance(etiquette.visits_window).await;
        assert!(visits.book(ADDRESS, &etiquette));
    }

    #[tokio::test(start_paused = true)]
    async fn who_asked_for_quiet_has_it() {
        let (visits, etiquette) = (Visits::default(), Etiquette::default());
        assert!(visits.book(ADDRESS, &etiquette) && !visits.is_quiet(ADDRESS));
        visits.hush(ADDRESS, etiquette.quiet);
        assert!(visits.is_quiet(ADDRESS) && !visits.book(ADDRESS, &etiquette));
        tokio::time::advance(etiquette.quiet).await;
        assert!(!visits.is_quiet(ADDRESS) && visits.book(ADDRESS, &etiquette));
    }

    #[tokio::test(start_paused = true)]
    async fn ever_new_addresses_of_one_network_are_one_server() {
        let (visits, etiquette) = (Visits::default(), Etiquette::default());
        let neighbor = |n: u16| IpAddr::from([0x2600, 1, 2, 3, 0, 0, 0, n]);
        let welcome = (0..50).filter(|n| visits.book(neighbor(*n), &etiquette));
        assert_eq!(welcome.count(), etiquette.scans_per_address as usize);
        visits.hush(neighbor(1), etiquette.quiet);
        assert!(visits.is_quiet(neighbor(99)));
        let next_door = IpAddr::from([0x2600, 1, 2, 4, 0, 0, 0, 1]);
        assert!(!visits.is_quiet(next_door) && visits.book(next_door, &etiquette));
    }

    #[tokio::test(start_paused = true)]
    async fn the_books_do_not_grow_without_end() {
        let (visits, etiquette) = (Visits::default(), Etiquette::default());
        for n in 0..u32::try_from(REMEMBERED).unwrap() {
            assert!(visits.book(IpAddr::V4(n.into()), &etiquette));
        }
        assert!(!visits.book(ADDRESS, &etiquette));
        tokio::time::advance(etiquette.visits_window).await;
        assert!(visits.book(ADDRESS, &etiquette));
        assert_eq!(visits.books.lock().unwrap().len(), 1);
    }
}
