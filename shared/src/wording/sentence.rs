//! Sentences: prose with pieces in it that are not prose.

use core::fmt::Display;

use super::Language;
use crate::text;

/// Characters of one [`Part::Code`]: enough to know a record by, too few to drown a page in.
const MAX_CODE: usize = 300;

/// One or more sentences, ready to be shown.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sentence(pub Vec<Part>);

/// A piece of a sentence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Part {
    /// Prose in the reader's language and digits.
    Text(String),
    /// A host name, record, address, reply or command: shown left to right, apart from the prose
    /// around it, in Latin digits. Safe to show ([`text::visible`]) and at most 300 characters.
    Code(String),
}

impl Sentence {
    /// Prose as it stands.
    #[must_use]
    pub fn text(prose: impl Into<String>) -> Self {
        Self(vec![Part::Text(prose.into())])
    }

    /// Something that is not prose; made safe and short.
    #[must_use]
    pub fn code(shown: impl Display) -> Self {
        Self(vec![Part::Code(bounded(&shown.to_string()))])
    }

    /// `template` with its placeholders filled; `say!` checks it while compiling.
    ///
    /// `{0}` stands for the first of `arguments`, and text between backticks is [`Part::Code`].
    #[must_use]
    pub fn fill(template: &str, arguments: &[Self]) -> Self {
        let mut filled = Self::default();
        for (index, piece) in template.split('`').enumerate() {
            if index % 2 == 1 {
                filled.0.push(Part::Code(piece.to_owned()));
            } else {
                filled.fill_prose(piece, arguments);
            }
        }
        filled
    }

    /// Prose without backticks, its placeholders filled.
    fn fill_prose(&mut self, piece: &str, arguments: &[Self]) {
        let mut pieces = piece.split('{');
        self.push_text(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (number, prose) = piece.split_once('}').unwrap_or(("", piece));
            let argument = number.parse().ok().and_then(|n: usize| arguments.get(n));
            self.append(argument.cloned().unwrap_or_default());
            self.push_text(prose);
        }
    }

    /// Adds prose, joined to the prose before it.
    fn push_text(&mut self, prose: &str) {
        match self.0.last_mut() {
            _ if prose.is_empty() => {}
            Some(Part::Text(before)) => before.push_str(prose),
            _ => self.0.push(Part::Text(prose.to_owned())),
        }
    }

    /// Adds what another sentence says, right behind.
    pub fn append(&mut self, other: Self) {
        for part in other.0 {
            match part {
                Part::Text(prose) => self.push_text(&prose),
                code @ Part::Code(_) => self.0.push(code),
            }
        }
    }

    /// The same, followed by a space and `next`.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        if !self.0.is_empty() && !next.0.is_empty() {
            self.push_text(" ");
        }
        self.append(next);
        self
    }

    /// A clause as a sentence: its first letter a capital, where it has one, and a full stop behind it.
    #[must_use]
    pub fn closed(mut self) -> Self {
        if let Some(Part::Text(prose)) = self.0.first_mut()
            && let Some(first) = prose.get_mut(..1)
        {
            first.make_ascii_uppercase();
        }
        self.push_text(".");
        self
    }

    /// For a terminal: in Persian each [`Part::Code`] stands between a left-to-right isolate and its
    /// end (U+2066, U+2069), so that the prose around it cannot reorder it.
    #[must_use]
    pub fn plain(&self, language: Language) -> String {
        let mut plain = String::new();
        for part in &self.0 {
            match (part, language) {
                (Part::Code(code), Language::Fa) => {
                    plain.push('\u{2066}');
                    plain.push_str(code);
                    plain.push('\u{2069}');
                }
                (Part::Text(shown) | Part::Code(shown), _) => plain.push_str(shown),
            }
        }
        plain
    }
}

/// Safe to show, and at most [`MAX_CODE`] characters with the mark of a cut.
fn bounded(shown: &str) -> String {
    let mut start: String = shown.chars().take(MAX_CODE).collect();
    if start.len() < shown.len() {
        start.pop();
        start.push('…');
    }
    // What steers becomes longer when it is made visible: cut once more.
    let visible = text::visible(&start);
    if visible.chars().count() <= MAX_CODE {
        return visible.into_owned();
    }
    visible.chars().take(MAX_CODE - 1).chain(['…']).collect()
}

/// Names of standards, each as code.
pub(super) fn codes<T: Display>(items: &[T]) -> impl Iterator<Item = Sentence> + '_ {
    items.iter().map(Sentence::code)
}

/// A value that can stand in a sentence. Whatever comes from outside is [`Part::Code`]; a number is
/// not on this list, for it is either prose ([`super::digits`]) or code ([`Sentence::code`]).
macro_rules! shown_as_code {
    ($($kind:ty),+) => { $(
        impl From<$kind> for Sentence {
            fn from(shown: $kind) -> Self {
                Self::code(shown)
            }
        }
    )+ };
}

shown_as_code!(
    &str,
    &String,
    String,
    &crate::dns::Name,
    &std::net::IpAddr,
    &crate::dns::RecordType
);

/// A sentence from a template and what fills its placeholders.
///
/// `say!("{0} refuses {1}.", host, mailbox)`: every argument must be used and every placeholder have
/// an argument, or it does not compile. Text between backticks is [`Part::Code`].
macro_rules! say {
    ($template:literal $(, $argument:expr)* $(,)?) => {{
        const ARGUMENTS: usize = <[&str]>::len(&[$(stringify!($argument)),*]);
        const { assert!($crate::wording::sentence::is_sound($template, ARGUMENTS), "placeholders") };
        $crate::wording::Sentence::fill($template, &[$($crate::wording::Sentence::from($argument)),*])
    }};
}
pub(super) use say;

/// Whether `template` uses each of `arguments` placeholders, no other, and closes its backticks.
pub(super) const fn is_sound(template: &str, arguments: usize) -> bool {
    let (mut rest, mut used, mut ticks) = (template.as_bytes(), 0_u32, 0_u32);
    while let [octet, behind @ ..] = rest {
        rest = behind;
        match (*octet, rest) {
            (b'`', _) => ticks += 1,
            (b'{', [digit, b'}', behind @ ..]) if ticks % 2 == 0 => {
                let number = digit.wrapping_sub(b'0');
                if number as usize >= arguments || number > 9 {
                    return false;
                }
                used |= 1 << number;
                rest = behind;
            }
            (b'{' | b'}', _) => return false,
            _ => {}
        }
    }
    ticks % 2 == 0 && used.count_ones() as usize == arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled_in_any_order() {
        let sentence = say!("`VRFY` told {1} from {0}.", "a", Sentence::text("b"));
        let code = |text: &str| Part::Code(text.to_owned());
        let prose = |text: &str| Part::Text(text.to_owned());
        assert_eq!(
            sentence.0,
            [code("VRFY"), prose(" told b from "), code("a"), prose(".")]
        );
        assert_eq!(sentence.plain(Language::En), "VRFY told b from a.");
        assert_eq!(
            sentence.plain(Language::Fa),
            "\u{2066}VRFY\u{2069} told b from \u{2066}a\u{2069}."
        );
    }

    #[test]
    fn a_clause_becomes_a_sentence() {
        let closed = |clause: Sentence| clause.closed().plain(Language::En);
        assert_eq!(closed(say!("it ends in `all`")), "It ends in all.");
        assert_eq!(closed(say!("`ptr` is slow")), "ptr is slow.");
        assert_eq!(closed(say!("این نیست")), "این نیست.");
    }

    #[test]
    fn unsound_templates_are_known() {
        assert!(is_sound("{0} `x` {1}", 2) && is_sound("{0}{0}", 1) && is_sound("", 0));
        for (template, arguments) in [
            ("{0}", 0),
            ("{0}", 2),
            ("{", 0),
            ("{}", 1),
            ("`x", 0),
            ("`{0}`", 1),
            ("x}", 0),
            ("{9}", 2),
        ] {
            assert!(!is_sound(template, arguments), "{template}");
        }
    }

    #[test]
    fn strangers_text_is_visible_and_short() {
        let Some(Part::Code(shown)) = Sentence::code("\u{202e}gpj\r\n").0.pop() else {
            panic!("code")
        };
        assert_eq!(shown, "⟨U+202E⟩gpj␍␊");
        for long in ["x".repeat(5000), "\u{202e}".repeat(5000)] {
            let Some(Part::Code(shown)) = Sentence::code(long).0.pop() else {
                panic!("code")
            };
            assert_eq!(shown.chars().count(), MAX_CODE);
            assert!(shown.ends_with('…'));
        }
    }

    #[test]
    fn a_placeholder_in_an_argument_is_not_filled() {
        assert_eq!(say!("{0}, {1}", "{1}", "`").plain(Language::En), "{1}, `");
    }
}
