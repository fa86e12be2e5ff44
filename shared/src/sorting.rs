//! Sorting, for little code: the page waits for every octet of it.
//!
//! The standard library's sorts are made for long lists, and are 4 kB of WASM for each type that is sorted.

use std::collections::BinaryHeap;

/// Sorts a list that we know to be short (the rows of a report, the terms of a record) by `key`; equals
/// stay in their order. Time is quadratic.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..list.len() {
        let mut place = end;
        // Before the first there is nothing, and no such range.
        while let Some([before, here]) = list.get(place.wrapping_sub(1)..=place)
            && key(here) < key(before)
        {
            list.swap(place - 1, place);
            place -= 1;
        }
    }
}

/// The same list in order, also where a stranger decides how long it is.
pub(crate) fn sorted<T: Ord>(list: Vec<T>) -> Vec<T> {
    BinaryHeap::from(list).into_sorted_vec()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn as_the_standard_library_sorts(list in prop::collection::vec((0..9u8, any::<u16>()), 0..40)) {
            let mut expected = list.clone();
            let mut short = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut short, |(key, _)| *key);
            prop_assert_eq!(short, expected.clone());
            expected.sort();
            prop_assert_eq!(sorted(list), expected);
        }
    }
}
