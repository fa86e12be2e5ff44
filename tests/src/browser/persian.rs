//! Whether a page that should be Persian is.

use super::Page;

/// Terms that Persian prose writes in Latin letters too, beside acronyms, which are in capitals.
const TERMS: [&str; 9] = [
    "DNS-over-HTTPS",
    "Postern",
    "Postfix",
    "Exim",
    "Sendmail",
    "English",
    "MiB",
    "Cloudflare",
    "Google",
];

/// Words of prose in Latin letters, and Latin digits, that stand outside of isolates for what is not prose: left-to-right
/// elements, code, isolated names, and what is marked as English.
pub async fn foreign_prose(page: &Page) -> Vec<String> {
    let script = r#"
        const apart = "[dir=ltr], bdi, code, pre, kbd, samp, script, style, [lang=en], .visually-hidden[lang=en]";
        const found = [];
        const look = (text, where) => {
            // What stands between isolates is left-to-right by itself.
            const prose = text.replace(/[\u2066\u2068][^\u2069]*\u2069/gu, " ").replaceAll("Apache-2.0", " ").replaceAll("IPv6", " ");
            for (const word of prose.match(/[A-Za-z][A-Za-z'’-]+|[0-9]+/gu) ?? []) found.push([word, where]);
        };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const parent = walker.currentNode.parentElement;
            // The letter is a letter in every language.
            if (parent.closest(apart) || parent.closest(".gate__letter, .outcome__grade")) continue;
            look(walker.currentNode.data, walker.currentNode.data.trim());
        }
        for (const element of document.querySelectorAll("[aria-label], [title]")) {
            if (element.closest("[lang=en]")) continue;
            for (const name of ["aria-label", "title"]) {
                const text = element.getAttribute(name);
                // A letter is spoken as it is written.
                if (text && !element.matches(".gate")) look(text, name + "=" + text);
            }
        }
        return found;
    "#;
    let found = page.browser.run(script).await;
    let pairs = found.as_array().expect("a list");
    pairs
        .iter()
        .filter_map(|pair| Some((pair[0].as_str()?, pair[1].as_str()?)))
        .filter(|(word, _)| !is_term(word))
        .map(|(word, context)| format!("{word} in «{context}»"))
        .collect()
}

/// An acronym, or a proper name.
fn is_term(word: &str) -> bool {
    let acronym = word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '-');
    acronym || TERMS.contains(&word)
}
