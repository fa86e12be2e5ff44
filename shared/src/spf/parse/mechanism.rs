//! Mechanisms and their arguments (RFC 7208 §5, §12).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Parsed, SyntaxCode, TermError, error};
use crate::span::Span;
use crate::spf::{DomainSpec, MacroError, MacroErrorKind, Mechanism, Prefixes, WrittenIpv6};

/// Reads what follows the qualifier; `argument` begins with its `:` or `/`, or is empty.
pub(super) fn parse_mechanism(name: &str, argument: &str, at: usize) -> Parsed<Mechanism> {
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
    let code = if address.parse::<IpAddr>().is_ok() {
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
        None if target.is_empty() => None,
        // `mx/24-all`: where a slash begins the argument, digits must follow.
        None => return error(SyntaxCode::InvalidPrefix, at, at + argument.len()),
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
    let slash = value.bytes().position(|c| c == b'/');
    Ok(value.split_at(slash.unwrap_or(value.len())))
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

pub(super) fn parse_domain(text: &str, at: usize) -> Parsed<DomainSpec> {
    if text.is_empty() {
        return error(SyntaxCode::MissingArgument, at, at);
    }
    DomainSpec::parse(text).map_err(|e| macro_error(e, text, at))
}

pub(super) fn macro_error(error: MacroError, text: &str, at: usize) -> TermError {
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
