//! The record as a tree of terms (RFC 7208 §4.6.1, §12) that prints back what was parsed.

use core::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde::Serialize;

use super::{DomainSpec, MacroString, SpfResult};
use crate::span::Span;

/// One SPF record.
///
/// Printing it gives the text that was parsed, octet for octet: letter case and the number of spaces
/// are kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// How `v=spf1` is written.
    pub version: Capitals,
    /// Directives and modifiers in the order written.
    pub terms: Vec<Term>,
    /// Spaces behind the last term.
    pub trailing_spaces: u32,
}

impl Record {
    /// The `redirect=` modifier, which can be there once (RFC 7208 §6).
    #[must_use]
    pub fn redirect(&self) -> Option<(&Term, &DomainSpec)> {
        self.terms.iter().find_map(|term| match &term.kind {
            TermKind::Modifier(Modifier::Redirect(_, target)) => Some((term, target)),
            _ => None,
        })
    }

    /// The `exp=` modifier, which can be there once (RFC 7208 §6).
    #[must_use]
    pub fn explanation(&self) -> Option<&DomainSpec> {
        self.terms.iter().find_map(|term| match &term.kind {
            TermKind::Modifier(Modifier::Exp(_, target)) => Some(target),
            _ => None,
        })
    }

    /// The first `all`, behind which nothing is evaluated (RFC 7208 §5.1).
    #[must_use]
    pub fn all(&self) -> Option<(&Term, Qualifier)> {
        self.terms.iter().find_map(|term| match &term.kind {
            TermKind::Directive(directive) if directive.mechanism == Mechanism::All => {
                Some((term, directive.qualifier()))
            }
            _ => None,
        })
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.version.write("v=spf1", f)?;
        for term in &self.terms {
            write_spaces(term.spaces, f)?;
            write!(f, "{term}")?;
        }
        write_spaces(self.trailing_spaces, f)
    }
}

fn write_spaces(count: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    (0..count).try_for_each(|_| f.write_str(" "))
}

/// A directive or a modifier, and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// Its place in the record.
    pub span: Span,
    /// Spaces in front of it, at least one.
    pub spaces: u32,
    /// What it is.
    pub kind: TermKind,
}

impl Term {
    /// Whether evaluating it causes a look-up that counts (RFC 7208 §4.6.4).
    #[must_use]
    pub const fn causes_lookup(&self) -> bool {
        match &self.kind {
            TermKind::Directive(directive) => match directive.mechanism {
                Mechanism::A(..)
                | Mechanism::Exists(_)
                | Mechanism::Include(_)
                | Mechanism::Mx(..)
                | Mechanism::Ptr(_) => true,
                Mechanism::All | Mechanism::Ip4(..) | Mechanism::Ip6(..) => false,
            },
            TermKind::Modifier(modifier) => matches!(modifier, Modifier::Redirect(..)),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TermKind::Directive(directive) => directive.fmt(f),
            TermKind::Modifier(modifier) => modifier.fmt(f),
        }
    }
}

/// The two kinds of term.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// A qualifier and a mechanism.
    Directive(Directive),
    /// A name, `=`, and a value.
    Modifier(Modifier),
}

/// A mechanism and the result it gives when it matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Directive {
    /// The qualifier as written; nothing means `+`.
    pub sign: Option<Qualifier>,
    /// How the mechanism's name is written.
    pub capitals: Capitals,
    /// What is compared with the client.
    pub mechanism: Mechanism,
}

impl Directive {
    /// The qualifier, `+` where none is written (RFC 7208 §4.6.2).
    #[must_use]
    pub fn qualifier(&self) -> Qualifier {
        self.sign.unwrap_or(Qualifier::Pass)
    }
}

impl fmt::Display for Directive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sign) = self.sign {
            write!(f, "{}", sign.as_char())?;
        }
        self.capitals.write(self.mechanism.name(), f)?;
        match &self.mechanism {
            Mechanism::All => Ok(()),
            Mechanism::Include(target) | Mechanism::Exists(target) => write!(f, ":{target}"),
            Mechanism::Ptr(target) => write_target(target.as_ref(), f),
            Mechanism::A(target, prefixes) | Mechanism::Mx(target, prefixes) => {
                write_target(target.as_ref(), f)?;
                prefixes.fmt(f)
            }
            Mechanism::Ip4(address, prefix) => {
                write!(f, ":{address}")?;
                write_prefix("/", *prefix, f)
            }
            Mechanism::Ip6(address, prefix) => {
                write!(f, ":{}", address.text)?;
                write_prefix("/", *prefix, f)
            }
        }
    }
}

fn write_target(target: Option<&DomainSpec>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    target.map_or(Ok(()), |target| write!(f, ":{target}"))
}

fn write_prefix(slash: &str, prefix: Option<u8>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    prefix.map_or(Ok(()), |prefix| write!(f, "{slash}{prefix}"))
}

/// What a match means (RFC 7208 §4.6.2).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Qualifier {
    /// `+`
    Pass,
    /// `-`
    Fail,
    /// `~`
    SoftFail,
    /// `?`
    Neutral,
}

impl Qualifier {
    /// Reads the sign.
    #[must_use]
    pub const fn from_char(sign: char) -> Option<Self> {
        match sign {
            '+' => Some(Self::Pass),
            '-' => Some(Self::Fail),
            '~' => Some(Self::SoftFail),
            '?' => Some(Self::Neutral),
            _ => None,
        }
    }

    /// The sign.
    #[must_use]
    pub const fn as_char(self) -> char {
        match self {
            Self::Pass => '+',
            Self::Fail => '-',
            Self::SoftFail => '~',
            Self::Neutral => '?',
        }
    }

    /// The result of a record whose directive matched.
    #[must_use]
    pub const fn result(self) -> SpfResult {
        match self {
            Self::Pass => SpfResult::Pass,
            Self::Fail => SpfResult::Fail,
            Self::SoftFail => SpfResult::SoftFail,
            Self::Neutral => SpfResult::Neutral,
        }
    }
}

/// What is compared with the client (RFC 7208 §5).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mechanism {
    /// Always matches.
    All,
    /// Matches when the target's record passes.
    Include(DomainSpec),
    /// Matches an address of the name, by default the domain itself.
    A(Option<DomainSpec>, Prefixes),
    /// Matches an address of a mail exchange of the name.
    Mx(Option<DomainSpec>, Prefixes),
    /// Matches a client whose forward-confirmed name lies in the domain.
    Ptr(Option<DomainSpec>),
    /// Matches an IPv4 network; without a prefix length one address.
    Ip4(Ipv4Addr, Option<u8>),
    /// Matches an IPv6 network; without a prefix length one address.
    Ip6(WrittenIpv6, Option<u8>),
    /// Matches when the name has an IPv4 address, whichever.
    Exists(DomainSpec),
}

impl Mechanism {
    /// Its name in lower case.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Include(_) => "include",
            Self::A(..) => "a",
            Self::Mx(..) => "mx",
            Self::Ptr(_) => "ptr",
            Self::Ip4(..) => "ip4",
            Self::Ip6(..) => "ip6",
            Self::Exists(_) => "exists",
        }
    }
}

/// An IPv6 address with its text, for one address has many texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WrittenIpv6 {
    /// The address.
    pub address: Ipv6Addr,
    /// As written in the record.
    pub text: Box<str>,
}

/// The two prefix lengths of `a` and `mx` as written; nothing means one address (RFC 7208 §5.6).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Prefixes {
    /// 0 to 32.
    pub ipv4: Option<u8>,
    /// 0 to 128.
    pub ipv6: Option<u8>,
}

impl fmt::Display for Prefixes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_prefix("/", self.ipv4, f)?;
        write_prefix("//", self.ipv6, f)
    }
}

/// A name, `=`, and a value (RFC 7208 §6).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Modifier {
    /// The record to use when nothing matches.
    Redirect(Capitals, DomainSpec),
    /// Where the words for a `fail` are.
    Exp(Capitals, DomainSpec),
    /// Without effect.
    Unknown {
        /// As written.
        name: Box<str>,
        /// As written.
        value: MacroString,
    },
}

impl fmt::Display for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Redirect(capitals, target) => {
                capitals.write("redirect", f)?;
                write!(f, "={target}")
            }
            Self::Exp(capitals, target) => {
                capitals.write("exp", f)?;
                write!(f, "={target}")
            }
            Self::Unknown { name, value } => write!(f, "{name}={value}"),
        }
    }
}

/// Which of the first eight letters of a word are capitals: all that a word of the standard, whose
/// case does not matter, can add to its meaning.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Capitals(u8);

impl Capitals {
    /// Looks at `word` as written.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let capital = |(at, letter): (usize, u8)| u8::from(letter.is_ascii_uppercase()) << at;
        Self(word.bytes().take(8).enumerate().map(capital).sum())
    }

    /// Writes `word`, which is in lower case, with these capitals.
    fn write(self, word: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str(word);
        }
        word.chars().enumerate().try_for_each(|(at, letter)| {
            let capital = at < 8 && self.0 & (1 << at) != 0;
            fmt::Write::write_char(
                f,
                if capital {
                    letter.to_ascii_uppercase()
                } else {
                    letter
                },
            )
        })
    }
}
