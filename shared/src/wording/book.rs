//! Where the books of the languages are.

use super::{Book, Language};

#[cfg(not(target_family = "wasm"))]
pub(super) const fn of(language: Language) -> &'static Book {
    match language {
        Language::En => &super::ENGLISH,
        Language::Fa => &super::PERSIAN,
    }
}

/// In a page: lent when they have been fetched, so that nobody waits for the words of the other language.
#[cfg(target_family = "wasm")]
static LENT: [std::sync::OnceLock<&'static Book>; 2] = [const { std::sync::OnceLock::new() }; 2];

/// Lends the book of a language, from now on.
#[cfg(target_family = "wasm")]
pub fn lend(language: Language, book: &'static Book) {
    let [english, persian] = &LENT;
    let shelf = match language {
        Language::En => english,
        Language::Fa => persian,
    };
    let _ = shelf.set(book);
}

/// The language's own book, or the other while it has not come.
#[cfg(target_family = "wasm")]
pub(super) fn of(language: Language) -> &'static Book {
    let [english, persian] = LENT.each_ref().map(std::sync::OnceLock::get);
    let book = match language {
        Language::En => english.or(persian),
        Language::Fa => persian.or(english),
    };
    book.copied().unwrap_or(&super::SILENCE)
}
