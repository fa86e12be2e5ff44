//! How many of one thing each client has at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::bucket::Client;

/// Counts places by client; who has none is not in it, so that it is as small as what is open.
#[derive(Clone, Debug, Default)]
pub struct Tally(Arc<Mutex<HashMap<Client, usize>>>);

impl Tally {
    /// One more place for `client`, unless it has `most` already.
    #[must_use]
    pub fn take(&self, client: IpAddr, most: usize) -> Option<Place> {
        let client = Client::of(client);
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let has = taken.get(&client).copied().unwrap_or_default();
        if has >= most {
            return None;
        }
        taken.insert(client, has + 1);
        Some(Place {
            client,
            tally: self.clone(),
        })
    }

    /// How many places are taken by all clients together.
    #[must_use]
    pub fn total(&self) -> usize {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.values().sum()
    }

    /// How many clients have a place.
    #[cfg(test)]
    pub(super) fn clients(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

/// One client's place; given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    client: Client,
    tally: Tally,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.tally.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(has) = taken.get_mut(&self.client) {
            *has = has.saturating_sub(1);
            if *has == 0 {
                taken.remove(&self.client);
            }
        }
    }
}
