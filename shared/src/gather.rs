//! Lists out of iterators, for little code: the page waits for every octet of it.
//!
//! The standard library's `collect` guesses a length, reuses allocations and unrolls its first step, which costs some
//! hundred octets of WASM at each place: 8 kB (brotli) of the page.

/// Iterators whose items are wanted as a list.
pub trait Gather: Iterator + Sized {
    /// All that is left, in order.
    fn gather(self) -> Vec<Self::Item> {
        let mut all = Vec::new();
        for item in self {
            all.push(item);
        }
        all
    }
}

impl<I: Iterator> Gather for I {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_standard_library_collects() {
        assert_eq!((1..9).gather(), (1..9).collect::<Vec<_>>());
        assert_eq!((0..0).gather(), Vec::<u8>::new());
    }
}
