//! Text to record (RFC 7208 §4.6.1, §5, §6, §12), with the place of everything that is wrong.

use core::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde::Serialize;

use super::{
    Capitals, Directive, DomainSpec, MacroError, MacroErrorKind, MacroString, Mechanism, Modifier,
    Prefixes, Qualifier, Record, Term, TermKind, WrittenIpv6,
};
use crate::span::Span;

impl Record {
    /// Reads a record from the joined text of a TXT record.
    ///
    /// # Errors
    /// With the first thing that is wrong: one error anywhere makes the whole record void
    /// (RFC 7208 §4.6).
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let reading = read(text);
        reading
            .errors
            .into_iter()
            .next()
            .map_or(Ok(reading.record), Err)
    }
}

/// What a text holds, as far as it can be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// The terms that can be read.
    pub record: Record,
    /// Everything else, in the order written. Nothing here: the record is valid.
    pub errors: Vec<SyntaxError>,
}

/// Reads all of a record and goes on after each error, so that a page can mark every one.
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut words = Words { rest: text, at: 0 };
    let mut errors = Vec::new();
    let version = read_version(&mut words, &mut errors);
    let mut terms: Vec<Term> = Vec::new();
    let mut once = Once::default();
    while let Some(word) = words.next() {
        match once.checked(parse_term(word.text, word.at), word.at) {
            Ok(kind) => terms.push(Term {
                span: word.span(),
                spaces: word.spaces,
                kind,
            }),
            Err(error) => errors.push(SyntaxError {
                term: word.span(),
                span: error.span,
                code: error.code,
            }),
        }
    }
    Reading {
        record: Record {
            version,
            terms,
            trailing_spaces: u32::try_from(words.rest.len()).unwrap_or(u32::MAX),
        },
        errors,
    }
}

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct SyntaxError {
    /// The term that holds it.
    pub term: Span,
    /// The characters in question.
    pub span: Span,
    /// Which rule they break.
    pub code: SyntaxCode,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at character {}", self.code, self.span.start)
    }
}

impl core::error::Error for SyntaxError {}

/// The rules of the grammar that a record can break.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SyntaxCode {
    /// An address without `ip4:` or `ip6:`.
    BareAddress,
    /// A name without `include:` or `a:`.
    BareDomain,
    /// A character outside visible ASCII; only the space divides terms.
    Character,
    /// A name must end in a dot and a top label, or in a macro.
    InvalidDomain,
    /// Not four numbers from 0 to 255 without leading zeros.
    InvalidIpv4,
    /// Not an address of RFC 4291 §2.2.
    InvalidIpv6,
    /// `%` begins nothing that is known.
    InvalidMacro,
    /// A prefix length is digits without a leading zero.
    InvalidPrefix,
    /// An IPv4 address in `ip6`.
    Ipv4InIp6,
    /// An IPv6 address in `ip4`.
    Ipv6InIp4,
    /// Addresses cannot hold macros.
    MacroInAddress,
    /// `%{c}`, `%{r}` and `%{t}` are for explanations.
    MacroOnlyInExplanation,
    /// The mechanism or modifier needs a value.
    MissingArgument,
    /// More bits than the address has.
    PrefixOutOfRange,
    /// Modifiers take no qualifier.
    QualifierOnModifier,
    /// `exp=` can be there once.
    RepeatedExp,
    /// `redirect=` can be there once.
    RepeatedRedirect,
    /// A name of one label.
    SingleLabel,
    /// The mechanism takes no value.
    UnexpectedArgument,
    /// The mechanism takes no prefix length.
    UnexpectedPrefix,
    /// No such mechanism.
    UnknownMechanism,
    /// The text does not begin with `v=spf1` and a space.
    Version,
}

/// An error inside a term: what, and which characters of the record.
struct TermError {
    span: Span,
    code: SyntaxCode,
}

type Parsed<T> = Result<T, TermError>;

fn error<T>(code: SyntaxCode, start: usize, end: usize) -> Parsed<T> {
    Err(TermError {
        span: Span::new(start, end),
        code,
    })
}

fn read_version(words: &mut Words<'_>, errors: &mut Vec<SyntaxError>) -> Capitals {
    let Some(first) = words.next() else {
        let span = Span::new(0, 0);
        errors.push(SyntaxError {
            term: span,
            span,
            code: SyntaxCode::Version,
        });
        return Capitals::default();
    };
    if first.spaces != 0 || !first.text.eq_ignore_ascii_case("v=spf1") {
        errors.push(SyntaxError {
            term: first.span(),
            span: first.span(),
            code: SyntaxCode::Version,
        });
    }
    Capitals::of(first.text)
}

/// What stands between spaces.
struct Word<'a> {
    text: &'a str,
    spaces: u32,
    at: usize,
    end: usize,
}

impl Word<'_> {
    fn span(&self) -> Span {
        Span::new(self.at, self.end)
    }
}

/// Divides a text at its spaces; counts characters.
struct Words<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<Word<'a>> {
        let trimmed = self.rest.trim_start_matches(' ');
        if trimmed.is_empty() {
            return None;
        }
        let spaces = self.rest.len() - trimmed.len();
        let (text, rest) = trimmed.split_at(trimmed.find(' ').unwrap_or(trimmed.len()));
        let at = self.at + spaces;
        let length = if text.is_ascii() {
            text.len()
        } else {
            text.chars().count()
        };
        self.at = at + length;
        self.rest = rest;
        Some(Word {
            text,
            spaces: u32::try_from(spaces).unwrap_or(u32::MAX),
            at,
            end: self.at,
        })
    }
}

/// RFC 7208 §6: "The modifiers "redirect" and "exp" MUST NOT appear in a record more than once each."
#[derive(Default)]
struct Once {
    redirect: bool,
    exp: bool,
}

impl Once {
    fn checked(&mut self, parsed: Parsed<TermKind>, at: usize) -> Parsed<TermKind> {
        let kind = parsed?;
        let (seen, code, length) = match &kind {
            TermKind::Modifier(Modifier::Redirect(..)) => {
                (&mut self.redirect, SyntaxCode::RepeatedRedirect, 8)
            }
            TermKind::Modifier(Modifier::Exp(..)) => (&mut self.exp, SyntaxCode::RepeatedExp, 3),
            _ => return Ok(kind),
        };
        if core::mem::replace(seen, true) {
            return error(code, at, at + length);
        }
        Ok(kind)
    }
}

/// Reads one term that begins at character `at` of the record.
fn parse_term(word: &str, at: usize) -> Parsed<TermKind> {
    if let Some(bad) = word.chars().position(|c| !c.is_ascii_graphic()) {
        return error(SyntaxCode::Character, at + bad, at + bad + 1);
    }
    let sign = word.chars().next().and_then(Qualifier::from_char);
    let body_at = at + usize::from(sign.is_some());
    let body = word.get(usize::from(sign.is_some())..).unwrap_or_default();
    if let Some((name, value)) = split_modifier(body) {
        if sign.is_some() {
            return error(SyntaxCode::QualifierOnModifier, at, at + 1);
        }
        return parse_modifier(name, value, at).map(TermKind::Modifier);
    }
    let name_length = body.find([':', '/']).unwrap_or(body.len());
    let (name, argument) = body.split_at(name_length);
    let mechanism = parse_mechanism(name, argument, body_at)?;
    Ok(TermKind::Directive(Directive {
        sign,
        capitals: Capitals::of(name),
        mechanism,
    }))
}

/// RFC 7208 §4.6.1: `name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )`, then `=`.
fn split_modifier(body: &str) -> Option<(&str, &str)> {
    let (name, value) = body.split_once('=')?;
    let mut letters = name.bytes();
    let named = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.'));
    named.then_some((name, value))
}

fn parse_modifier(name: &str, value: &str, at: usize) -> Parsed<Modifier> {
    let value_at = at + name.len() + 1;
    if name.eq_ignore_ascii_case("redirect") {
        let target = parse_domain(value, value_at)?;
        return Ok(Modifier::Redirect(Capitals::of(name), target));
    }
    if name.eq_ignore_ascii_case("exp") {
        let target = parse_domain(value, value_at)?;
        return Ok(Modifier::Exp(Capitals::of(name), target));
    }
    Ok(Modifier::Unknown {
        name: name.into(),
        value: MacroString::parse(value).map_err(|e| macro_error(e, value, value_at))?,
    })
}

/// Reads what follows the qualifier; `argument` begins with its `:` or `/`, or is empty.
fn parse_mechanism(name: &str, argument: &str, at: usize) -> Parsed<Mechanism> {
    let argument_at = at + name.len();
    let is = |mechanism: &str| name.eq_ignore_ascii_case(mechanism);
    Ok(if is("ip4") {
        parse_ip4(argument, argument_at)?
    } else if is("include") {
        Mechanism::Include(parse_target(argument, argument_at)?)
    } else if is("ip6") {
        parse_ip6(argument, argument_at)?
    } else if is("a") {
        let (target, prefixes) = parse_host(argument, argument_at)?;
        Mechanism::A(target, prefixes)
    } else if is("mx") {
        let (target, prefixes) = parse_host(argument, argument_at)?;
        Mechanism::Mx(target, prefixes)
    } else if is("all") {
        parse_all(argument, argument_at)?
    } else if is("exists") {
        Mechanism::Exists(parse_target(argument, argument_at)?)
    } else if is("ptr") {
        Mechanism::Ptr(parse_ptr(argument, argument_at)?)
    } else {
        return unknown_mechanism(name, argument, at);
    })
}

/// Tells the two common slips from other unknown words: a value without its mechanism.
fn unknown_mechanism<T>(name: &str, argument: &str, at: usize) -> Parsed<T> {
    let body = [name, argument].concat();
    let address = body.split('/').next().unwrap_or_default();
    let code = if address.parse::<std::net::IpAddr>().is_ok() {
        SyntaxCode::BareAddress
    } else if argument.is_empty() && name.contains('.') && DomainSpec::parse(name).is_ok() {
        SyntaxCode::BareDomain
    } else {
        SyntaxCode::UnknownMechanism
    };
    error(code, at, at + body.len())
}

fn parse_all(argument: &str, at: usize) -> Parsed<Mechanism> {
    match argument.chars().next() {
        None => Ok(Mechanism::All),
        Some('/') => error(SyntaxCode::UnexpectedPrefix, at, at + argument.len()),
        Some(_) => error(SyntaxCode::UnexpectedArgument, at, at + argument.len()),
    }
}

/// `":" domain-spec`, as `include` and `exists` must have it.
fn parse_target(argument: &str, at: usize) -> Parsed<DomainSpec> {
    match argument.strip_prefix(':') {
        Some(target) => parse_domain(target, at + 1),
        None if argument.is_empty() => error(SyntaxCode::MissingArgument, at, at),
        None => error(SyntaxCode::UnexpectedPrefix, at, at + argument.len()),
    }
}

/// `[":" domain-spec]`, as `ptr` may have it.
fn parse_ptr(argument: &str, at: usize) -> Parsed<Option<DomainSpec>> {
    if argument.is_empty() {
        return Ok(None);
    }
    parse_target(argument, at).map(Some)
}

/// `[":" domain-spec] [dual-cidr-length]`, as `a` and `mx` may have it.
fn parse_host(argument: &str, at: usize) -> Parsed<(Option<DomainSpec>, Prefixes)> {
    let (target, prefixes) = argument.split_at(prefixes_begin(argument));
    let parsed = match target.strip_prefix(':') {
        Some(target) => Some(parse_domain(target, at + 1)?),
        None => None,
    };
    Ok((parsed, parse_prefixes(prefixes, at + target.len())?))
}

/// A slash may stand inside a name, so only what follows its last other character is a prefix length.
fn prefixes_begin(argument: &str) -> usize {
    let tail = argument.trim_end_matches(|c: char| c.is_ascii_digit() || c == '/');
    let tail_at = tail.len();
    argument
        .get(tail_at..)
        .and_then(|digits| digits.find('/'))
        .map_or(argument.len(), |slash| tail_at + slash)
}

/// `[ip4-cidr-length] ["/" ip6-cidr-length]`, each with its own slash (RFC 7208 §5.6).
fn parse_prefixes(text: &str, at: usize) -> Parsed<Prefixes> {
    let (ipv4, ipv6) = match text.find("//") {
        Some(double) => text.split_at(double),
        None => (text, ""),
    };
    Ok(Prefixes {
        ipv4: parse_prefix(ipv4, "/", 32, at)?,
        ipv6: parse_prefix(ipv6, "//", 128, at + ipv4.len())?,
    })
}

/// A slash and a number; an empty text is no prefix length.
fn parse_prefix(text: &str, slash: &str, most: u8, at: usize) -> Parsed<Option<u8>> {
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.strip_prefix(slash).unwrap_or_default();
    let plain = !digits.is_empty()
        && digits.bytes().all(|c| c.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    if !plain {
        return error(SyntaxCode::InvalidPrefix, at, at + text.len());
    }
    match digits.parse::<u8>() {
        Ok(length) if length <= most => Ok(Some(length)),
        _ => error(SyntaxCode::PrefixOutOfRange, at, at + text.len()),
    }
}

fn parse_ip4(argument: &str, at: usize) -> Parsed<Mechanism> {
    let (address, prefix) = split_address(argument, at)?;
    let end = at + 1 + address.len();
    let Ok(parsed) = address.parse::<Ipv4Addr>() else {
        return error(wrong_address(address, true), at + 1, end);
    };
    Ok(Mechanism::Ip4(parsed, parse_prefix(prefix, "/", 32, end)?))
}

fn parse_ip6(argument: &str, at: usize) -> Parsed<Mechanism> {
    let (address, prefix) = split_address(argument, at)?;
    let end = at + 1 + address.len();
    let Ok(parsed) = address.parse::<Ipv6Addr>() else {
        return error(wrong_address(address, false), at + 1, end);
    };
    let written = WrittenIpv6 {
        address: parsed,
        text: address.into(),
    };
    Ok(Mechanism::Ip6(
        written,
        parse_prefix(prefix, "/", 128, end)?,
    ))
}

/// The address between `:` and `/`, and the prefix length with its slash.
fn split_address(argument: &str, at: usize) -> Parsed<(&str, &str)> {
    let Some(value) = argument.strip_prefix(':').filter(|value| !value.is_empty()) else {
        return error(SyntaxCode::MissingArgument, at, at + argument.len());
    };
    Ok(value.split_at(value.find('/').unwrap_or(value.len())))
}

fn wrong_address(address: &str, wants_ipv4: bool) -> SyntaxCode {
    if address.contains('%') {
        SyntaxCode::MacroInAddress
    } else if wants_ipv4 && address.parse::<Ipv6Addr>().is_ok() {
        SyntaxCode::Ipv6InIp4
    } else if wants_ipv4 {
        SyntaxCode::InvalidIpv4
    } else if address.parse::<Ipv4Addr>().is_ok() {
        SyntaxCode::Ipv4InIp6
    } else {
        SyntaxCode::InvalidIpv6
    }
}

fn parse_domain(text: &str, at: usize) -> Parsed<DomainSpec> {
    if text.is_empty() {
        return error(SyntaxCode::MissingArgument, at, at);
    }
    DomainSpec::parse(text).map_err(|e| macro_error(e, text, at))
}

fn macro_error(error: MacroError, text: &str, at: usize) -> TermError {
    let code = match error.kind {
        MacroErrorKind::Character => SyntaxCode::Character,
        MacroErrorKind::DomainEnd if prefixes_begin(text) < text.len() => {
            SyntaxCode::UnexpectedPrefix
        }
        MacroErrorKind::DomainEnd if !text.contains('.') => SyntaxCode::SingleLabel,
        MacroErrorKind::DomainEnd => SyntaxCode::InvalidDomain,
        MacroErrorKind::Malformed => SyntaxCode::InvalidMacro,
        MacroErrorKind::OnlyInExplanation => SyntaxCode::MacroOnlyInExplanation,
    };
    TermError {
        span: Span::new(at + error.start, at + error.end),
        code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(term: &str) -> Option<SyntaxCode> {
        Record::parse(&format!("v=spf1 {term}"))
            .err()
            .map(|error| error.code)
    }

    #[test]
    fn printing_gives_the_text_back() {
        for text in [
            "v=spf1",
            "V=sPf1  ",
            "v=spf1   +A  -MX/24//64 ?a:Example.ORG/24 ~pTr",
            "v=spf1 iNcLuDe:%{D2R-}.x ip4:192.0.2.1/24 IP6:2001:DB8::/32 ip6:::ffff:1.2.3.4",
            "v=spf1 a//0 exists:%%%_%-%{l}.a.b moo.cow-far_out=%{c}x/:= Redirect=a.b eXp=a.b. ",
            "v=spf1 a:foo:bar/baz.example.com//64 all -all",
        ] {
            assert_eq!(Record::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn spans_are_places_in_the_text() {
        let record = Record::parse("v=spf1  a:x.org  -all").unwrap();
        let spans: Vec<_> = record
            .terms
            .iter()
            .map(|t| (t.span.start, t.span.end))
            .collect();
        assert_eq!(spans, [(8, 15), (17, 21)]);
    }

    #[test]
    fn every_error_has_its_place() {
        let text = "v=spf1 ipv4:1.2.3.4 \u{80}a a:\u{ef}\u{bb}.org ip4:1.2.3.400 include: -all";
        let errors: Vec<_> = read(text)
            .errors
            .into_iter()
            .map(|e| (e.code, e.span.start, e.span.end))
            .collect();
        assert_eq!(
            errors,
            [
                (SyntaxCode::UnknownMechanism, 7, 19),
                (SyntaxCode::Character, 20, 21),
                (SyntaxCode::Character, 25, 26),
                (SyntaxCode::InvalidIpv4, 36, 45),
                (SyntaxCode::MissingArgument, 54, 54),
            ]
        );
    }

    #[test]
    fn slips_have_their_own_codes() {
        for (term, expected) in [
            ("1.2.3.4", SyntaxCode::BareAddress),
            ("1.2.3.4/24", SyntaxCode::BareAddress),
            ("2001:db8::1", SyntaxCode::BareAddress),
            ("spf.example.com", SyntaxCode::BareDomain),
            ("ip:1.2.3.4", SyntaxCode::UnknownMechanism),
            ("-all.", SyntaxCode::UnknownMechanism),
            ("all:x.org", SyntaxCode::UnexpectedArgument),
            ("all/8", SyntaxCode::UnexpectedPrefix),
            ("-redirect=a.b", SyntaxCode::QualifierOnModifier),
            ("redirect=a.b redirect=a.b", SyntaxCode::RepeatedRedirect),
            ("exp=a.b exp=a.b", SyntaxCode::RepeatedExp),
            ("redirect=", SyntaxCode::MissingArgument),
            ("include", SyntaxCode::MissingArgument),
            ("include/24", SyntaxCode::UnexpectedPrefix),
            ("include:localhost", SyntaxCode::SingleLabel),
            ("include:a.b/24", SyntaxCode::UnexpectedPrefix),
            ("ptr/24", SyntaxCode::UnexpectedPrefix),
            ("a:", SyntaxCode::MissingArgument),
            ("a:/24", SyntaxCode::MissingArgument),
            ("a/24/64", SyntaxCode::InvalidPrefix),
            ("a:dom.com/12/123", SyntaxCode::InvalidPrefix),
            ("a/024", SyntaxCode::InvalidPrefix),
            ("a/33", SyntaxCode::PrefixOutOfRange),
            ("a//129", SyntaxCode::PrefixOutOfRange),
            ("a:1.2.3.4", SyntaxCode::InvalidDomain),
            ("ip4", SyntaxCode::MissingArgument),
            ("ip4:2001:db8::1", SyntaxCode::Ipv6InIp4),
            ("ip6:1.2.3.4", SyntaxCode::Ipv4InIp6),
            ("ip4:01.2.3.4", SyntaxCode::InvalidIpv4),
            ("ip4:1.2.3.4:25", SyntaxCode::InvalidIpv4),
            ("ip4:%{i}", SyntaxCode::MacroInAddress),
            ("ip4:1.2.3.4/", SyntaxCode::InvalidPrefix),
            ("exists:%{c}.a.b", SyntaxCode::MacroOnlyInExplanation),
            ("moo=%(d)", SyntaxCode::InvalidMacro),
            ("-", SyntaxCode::UnknownMechanism),
            ("=x", SyntaxCode::UnknownMechanism),
            ("all\ta", SyntaxCode::Character),
        ] {
            assert_eq!(code(term), Some(expected), "{term}");
        }
    }

    #[test]
    fn what_no_standard_knows_may_be_there_as_a_modifier() {
        for term in [
            "ip4=1.2.3.4",
            "include=x",
            "v=spf1",
            "moo=",
            "a=b a=b",
            "all=%{t}",
        ] {
            assert_eq!(code(term), None, "{term}");
        }
    }

    #[test]
    fn only_the_version_and_a_space_begin_a_record() {
        for text in [
            "",
            " v=spf1",
            "v=spf10",
            "v=spf1\ta",
            "v=spf1; a",
            "\"v=spf1 a\"",
        ] {
            let error = Record::parse(text).unwrap_err();
            assert_eq!(error.code, SyntaxCode::Version, "{text}");
        }
    }
}
