//! Numbers, plurals and lists.

use crate::gather::Gather;
use core::fmt::Display;

use crate::time::Millis;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Items of a list that are named; the others are counted.
const NAMED: usize = 6;

/// A number in prose.
pub(super) fn number(n: impl Display) -> Sentence {
    Sentence::text(n.to_string())
}

/// `1 look-up`, `2 look-ups`.
pub(super) fn count(n: u32, one: &str, many: &str) -> Sentence {
    Sentence::text(format!("{n} {}", if n == 1 { one } else { many }))
}

/// `a`, `a and b`, `a, b and c`; after six, how many more there are.
pub(super) fn list(items: impl IntoIterator<Item = impl Into<Sentence>>) -> Sentence {
    let mut items: Vec<Sentence> = items.into_iter().map(Into::into).gather();
    if items.len() > NAMED {
        let more = items.len() - NAMED + 1;
        items.truncate(NAMED - 1);
        items.push(Sentence::text(format!("{more} more")));
    }
    let last = items.len().saturating_sub(1);
    let mut joined = Sentence::default();
    for (index, item) in items.into_iter().enumerate() {
        let link = if index == 0 {
            ""
        } else if index == last {
            " and "
        } else {
            ", "
        };
        joined.append(Sentence::text(link));
        joined.append(item);
    }
    joined
}

/// `is` or `are`, `it` or `them`, as many things ask for.
pub(super) fn agree<T>(items: &[T], one: &'static str, many: &'static str) -> Sentence {
    Sentence::text(if items.len() == 1 { one } else { many })
}

/// A reply as the server wrote it.
pub(super) fn reply(code: u16, text: &str) -> Sentence {
    Sentence::code(format!("{code} {text}").trim_end())
}

/// `41 ms`, `2.3 s`.
pub(in crate::wording) fn duration(time: Millis) -> String {
    match time.0 {
        ms @ 0..1000 => format!("{ms} ms"),
        ms => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
    }
}

/// `40 seconds`, `2 minutes`.
pub(super) fn seconds(n: u32) -> Sentence {
    match n {
        0..90 => count(n, "second", "seconds"),
        _ => count(n.div_ceil(60), "minute", "minutes"),
    }
}

/// `2 of 10`.
pub(super) fn share(part: u32, whole: u32) -> Sentence {
    say!("{0} of {1}", number(part), number(whole))
}
