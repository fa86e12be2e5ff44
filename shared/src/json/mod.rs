//! Reads JSON (RFC 8259) into types that say what they are.
//!
//! What is read here is read by the page too, where every octet of code is waited for: with the reader of
//! `serde_json` the same types take 77 kB more WASM (21 kB compressed). It explains each error in
//! words and reads types of every shape; here a position is enough, and there are no untagged and no
//! flattened types. Writing stays with `serde_json`, and the tests hold the two against each other.

mod cursor;
mod deserializer;
#[cfg(test)]
mod tests;

use serde::Deserialize;

use cursor::Cursor;

/// Reads the one value that `text` is.
///
/// Names that a type does not know are passed over, unless it denies them; depth is bounded.
///
/// # Errors
/// Where reading stopped: the octet, counted from 0.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, usize> {
    let mut cursor = Cursor::new(text);
    match T::deserialize(&mut cursor) {
        Ok(value) if cursor.peek().is_none() => Ok(value),
        Ok(_) | Err(_) => Err(cursor.position()),
    }
}
