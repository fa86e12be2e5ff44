//! Maps and sets in order, for little code: the page waits for every octet of it.
//!
//! The standard library's `BTreeMap` and `BTreeSet` are 24 kB of WASM (6.7 kB brotli). Here a list in order is enough:
//! searching halves it, adding at its end is free, and adding before moves all that is behind. Nothing of ours is
//! longer than the 20,001 observations of full evidence. Should they arrive in the worst order, 200 million places
//! are moved in all, 0.8 GB in the page: a fifth of a second.

use core::borrow::Borrow;

/// Where `key` is among entries in order, or where it would have to stand.
fn place<T, K: Ord + ?Sized>(
    entries: &[T],
    of: impl Fn(&T) -> &K,
    key: &K,
) -> Result<usize, usize> {
    entries.binary_search_by(|entry| of(entry).cmp(key))
}

/// Values by key. Each entry is boxed: a place that is moved is a pointer, however large the value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct SortedMap<K, V>(Vec<Box<(K, V)>>);

impl<K: Ord, V> SortedMap<K, V> {
    /// Nothing in it.
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many entries there are.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        place(&self.0, |entry| entry.0.borrow(), key)
    }

    /// The value of `key`, with the key in here.
    pub(crate) fn entry<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let (key, value) = &**self.0.get(self.place(key).ok()?)?;
        Some((key, value))
    }

    /// The value of `key`.
    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entry(key).map(|(_, value)| value)
    }

    /// Gives `key` this value, whatever it had before.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(at) => {
                if let Some(entry) = self.0.get_mut(at) {
                    entry.1 = value;
                }
            }
            Err(at) => self.0.insert(at, Box::new((key, value))),
        }
    }

    /// All entries, in the order of their keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        pairs(&self.0)
    }

    /// The entries whose keys are not less than `key`, in their order.
    pub(crate) fn starting<Q: Ord + ?Sized>(&self, key: &Q) -> impl Iterator<Item = (&K, &V)>
    where
        K: Borrow<Q>,
    {
        let (Ok(at) | Err(at)) = self.place(key);
        pairs(self.0.get(at..).unwrap_or_default())
    }

    /// The values, in the order of their keys.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|entry| &entry.1)
    }
}

fn pairs<K, V>(entries: &[Box<(K, V)>]) -> impl Iterator<Item = (&K, &V)> {
    entries.iter().map(|entry| (&entry.0, &entry.1))
}

/// Keys, each once. For some thousand small ones: an insertion moves the keys themselves.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SortedSet<K>(Vec<K>);

impl<K: Ord> SortedSet<K> {
    /// Nothing in it.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many keys there are.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    fn place(&self, key: &K) -> Result<usize, usize> {
        place(&self.0, |known| known, key)
    }

    /// Whether `key` is in it.
    #[must_use]
    pub fn contains(&self, key: &K) -> bool {
        self.place(key).is_ok()
    }

    /// Puts `key` in; whether it is new.
    pub fn insert(&mut self, key: K) -> bool {
        let place = self.place(&key);
        if let Err(at) = place {
            self.0.insert(at, key);
        }
        place.is_err()
    }

    /// Takes `key` out; whether it was in.
    pub fn remove(&mut self, key: &K) -> bool {
        let place = self.place(key);
        if let Ok(at) = place {
            self.0.remove(at);
        }
        place.is_ok()
    }

    /// The keys, in order.
    #[must_use]
    pub fn into_vec(self) -> Vec<K> {
        self.0
    }
}

// Derived, it would ask that of the keys too.
impl<K: Ord> Default for SortedSet<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord> Extend<K> for SortedSet<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        for key in keys {
            self.insert(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_map_is_as_that_of_the_standard_library(entries in prop::collection::vec(("[a-c]{0,2}", any::<u8>()), 0..40), wanted in "[a-c]{0,2}") {
            let mut expected = BTreeMap::new();
            let mut map = SortedMap::new();
            for (key, value) in entries {
                expected.insert(key.clone(), value);
                map.insert(key, value);
                prop_assert_eq!(map.len(), expected.len());
                prop_assert!(map.iter().eq(&expected));
            }
            let wanted = wanted.as_str();
            prop_assert!(map.values().eq(expected.values()));
            prop_assert_eq!(map.get(wanted), expected.get(wanted));
            prop_assert_eq!(map.entry(wanted), expected.get_key_value(wanted));
            prop_assert!(map.starting(wanted).eq(expected.range(wanted.to_owned()..)));
        }

        #[test]
        fn a_set_is_as_that_of_the_standard_library(steps in prop::collection::vec((any::<bool>(), 0..20u8), 0..80)) {
            let mut expected = BTreeSet::new();
            let mut set = SortedSet::default();
            for (put, key) in steps {
                prop_assert_eq!(set.contains(&key), expected.contains(&key));
                if put {
                    prop_assert_eq!(set.insert(key), expected.insert(key));
                } else {
                    prop_assert_eq!(set.remove(&key), expected.remove(&key));
                }
                prop_assert_eq!(set.len(), expected.len());
            }
            let mut extended = SortedSet::new();
            extended.extend(expected.iter().rev().copied());
            prop_assert_eq!(&extended, &set);
            prop_assert_eq!(set.into_vec(), expected.into_iter().collect::<Vec<_>>());
        }
    }
}
