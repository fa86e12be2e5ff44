//! What is allowed in a record and unwise.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::characters::Characters;
use super::coverage::{OPEN_IPV4, OPEN_IPV6, Ranges};
use super::{Scope, Walk, is_redirect};
use crate::gather::Gather;
use crate::sorting::sorted;
use crate::span::Span;
use crate::spf::{
    Directive, DomainSpec, Letter, Mechanism, Modifier, NoteCode, Prefixes, Qualifier, Record,
    Segment, TermKind, WrittenIpv6,
};

/// What is allowed and unwise in a domain's own record, as far as the record alone shows it; without a
/// place what concerns the whole. `text` is what `record` was read from.
#[must_use]
pub fn notes(text: &str, record: &Record) -> Vec<(Option<Span>, NoteCode)> {
    Notes::of(Characters::of(text).len(), record, true)
}

impl Walk<'_> {
    /// Notes everything that can be said of one record by itself.
    pub(super) fn note_record(&mut self, scope: &Scope<'_>, record: &Record) {
        for (span, code) in Notes::of(scope.text.len(), record, scope.effective) {
            self.add_note(scope, span, code);
        }
    }
}

/// The notes of one record so far.
struct Notes(Vec<(Option<Span>, NoteCode)>);

impl Notes {
    /// The notes of a record of so many octets; `effective` as in [`Scope`].
    fn of(octets: usize, record: &Record, effective: bool) -> Vec<(Option<Span>, NoteCode)> {
        let mut notes = Self(Vec::new());
        notes.length(octets);
        notes.all(record, effective);
        notes.terms(record);
        notes.0
    }

    fn add(&mut self, span: Span, code: NoteCode) {
        self.0.push((Some(span), code));
    }

    /// RFC 7208 §3.4: an answer of more than 512 octets may not arrive.
    fn length(&mut self, octets: usize) {
        let octets = u32::try_from(octets).unwrap_or(u32::MAX);
        let code = match octets {
            0..=450 => return,
            451..=512 => NoteCode::LongRecord { octets },
            _ => NoteCode::OversizeRecord { octets },
        };
        self.0.push((None, code));
    }

    /// What happens to everybody else. In an included record only `+all` reaches the outside.
    fn all(&mut self, record: &Record, effective: bool) {
        match record.all() {
            Some((term, Qualifier::Pass)) => self.add(term.span, NoteCode::PassAll),
            Some((term, Qualifier::Neutral)) if effective => {
                self.add(term.span, NoteCode::NeutralAll);
            }
            None if effective && !record.terms.iter().any(is_redirect) => {
                self.0.push((None, NoteCode::NoAll));
            }
            _ => {}
        }
    }

    fn terms(&mut self, record: &Record) {
        let first_all = record.all().map(|(term, _)| term.span);
        let opening = opening(record, first_all);
        for (term, repeated) in record.terms.iter().zip(repeated(record)) {
            let all = first_all.filter(|&all| all < term.span);
            let code = match &term.kind {
                TermKind::Directive(_) if all.is_some() => Some(NoteCode::TermAfterAll),
                TermKind::Directive(_) if opening == Some(term.span) => Some(NoteCode::OpenRanges),
                TermKind::Directive(directive) => directive_note(directive),
                TermKind::Modifier(Modifier::Redirect(..)) if first_all.is_some() => {
                    Some(NoteCode::RedirectWithAll)
                }
                TermKind::Modifier(Modifier::Redirect(_, name)) => name_note(name),
                TermKind::Modifier(modifier) => modifier_note(modifier),
            };
            if let Some(code) = code {
                self.add(term.span, code);
            }
            if repeated && all.is_none() {
                self.add(term.span, NoteCode::RepeatedTerm);
            }
        }
    }
}

/// For each term whether an earlier one says the same, also among the thousands that a record can hold.
fn repeated(record: &Record) -> Vec<bool> {
    let said = record.terms.iter().enumerate().map(|(place, term)| {
        // A second `+mx` and `mx` are the same term.
        let text = term.to_string().to_ascii_lowercase();
        let same = text.strip_prefix('+').map(str::to_owned).unwrap_or(text);
        (same, place)
    });
    let mut repeated = vec![false; record.terms.len()];
    let mut earlier = None;
    for (text, place) in sorted(said.gather()) {
        if earlier.as_ref() == Some(&text)
            && let Some(mark) = repeated.get_mut(place)
        {
            *mark = true;
        }
        earlier = Some(text);
    }
    repeated
}

fn modifier_note(modifier: &Modifier) -> Option<NoteCode> {
    let Modifier::Unknown { name, value } = modifier else {
        return None;
    };
    let version = name.eq_ignore_ascii_case("v") && value.as_str().eq_ignore_ascii_case("spf1");
    Some(if version {
        NoteCode::RepeatedVersion
    } else {
        NoteCode::UnknownModifier {
            name: name.chars().take(64).collect(),
        }
    })
}

/// The widest term of a record whose own ranges let more pass than any sender has, of those in front of `all`.
fn opening(record: &Record, all: Option<Span>) -> Option<Span> {
    let terms = record.terms.iter();
    let reached = terms.filter(|term| all.is_none_or(|all| term.span < all));
    let mut written = Vec::new();
    let mut together = Ranges::default();
    for term in reached {
        if let TermKind::Directive(directive) = &term.kind
            && directive.qualifier() == Qualifier::Pass
        {
            let ranges = Ranges::written(&directive.mechanism);
            together.extend(ranges.clone());
            written.push((term.span, ranges));
        }
    }
    let size: fn(&Ranges) -> u64 = if together.ipv4_addresses() > OPEN_IPV4 {
        Ranges::ipv4_addresses
    } else if together.ipv6_networks() > OPEN_IPV6 {
        Ranges::ipv6_networks
    } else {
        return None;
    };
    let mut widest = None;
    for (span, ranges) in &written {
        let size = size(ranges);
        if widest.is_none_or(|(known, _)| size > known) {
            widest = Some((size, *span));
        }
    }
    widest.map(|(_, span)| span)
}

fn directive_note(directive: &Directive) -> Option<NoteCode> {
    let passes = directive.qualifier() == Qualifier::Pass;
    // Who is refused with many others is no danger.
    let harmless = |code: &NoteCode| !passes && matches!(code, NoteCode::WideRange { .. });
    mechanism_note(&directive.mechanism).filter(|code| !harmless(code))
}

fn mechanism_note(mechanism: &Mechanism) -> Option<NoteCode> {
    match mechanism {
        Mechanism::Ptr(_) => Some(NoteCode::Ptr),
        Mechanism::Include(name) | Mechanism::Exists(name) => name_note(name),
        Mechanism::A(name, prefixes) | Mechanism::Mx(name, prefixes) => {
            hosts_note(*prefixes).or_else(|| name_note(name.as_ref()?))
        }
        Mechanism::Ip4(address, prefix) => ip4_note(*address, prefix.unwrap_or(32)),
        Mechanism::Ip6(WrittenIpv6 { address, .. }, prefix) => {
            ip6_note(*address, prefix.unwrap_or(128))
        }
        Mechanism::All => None,
    }
}

/// Around each host a network as wide as `ip4` and `ip6` must not name.
fn hosts_note(Prefixes { ipv4, ipv6 }: Prefixes) -> Option<NoteCode> {
    let wide = ipv4.filter(|prefix| *prefix <= WIDE_IPV4);
    let prefix = wide.or_else(|| ipv6.filter(|prefix| *prefix <= WIDE_IPV6))?;
    Some(NoteCode::WideRange { prefix })
}

fn name_note(name: &DomainSpec) -> Option<NoteCode> {
    let is_ptr =
        |segment| matches!(segment, Segment::Macro(found) if found.letter == Letter::ValidatedName);
    let mut segments = name.as_macro_string().segments();
    segments.any(is_ptr).then_some(NoteCode::PtrMacro)
}

/// RFC 7208 has no word for it: hardly anybody holds as much, and no sender needs it.
const WIDE_IPV4: u8 = 8;
const WIDE_IPV6: u8 = 16;

fn ip4_note(address: Ipv4Addr, prefix: u8) -> Option<NoteCode> {
    let bits = u128::from(address.to_bits()) << 96;
    let special = SPECIAL_IPV4.iter().any(|&(network, length)| {
        prefix >= length && agree(bits, u128::from(network) << 96, length)
    });
    if prefix <= WIDE_IPV4 {
        Some(NoteCode::WideRange { prefix })
    } else if special {
        Some(NoteCode::SpecialPurposeRange)
    } else {
        host_bits_note(bits, prefix)
    }
}

fn ip6_note(address: Ipv6Addr, prefix: u8) -> Option<NoteCode> {
    let bits = address.to_bits();
    let special = SPECIAL_IPV6
        .iter()
        .any(|&(network, length)| prefix >= length && agree(bits, network << 96, length));
    if special || is_mapped_or_loopback(address) && prefix >= 96 {
        Some(NoteCode::SpecialPurposeRange)
    } else if prefix <= WIDE_IPV6 {
        Some(NoteCode::WideRange { prefix })
    } else {
        host_bits_note(bits, prefix)
    }
}

/// An IPv4 client never matches `ip6`, also not in its mapped form (RFC 7208 §5).
fn is_mapped_or_loopback(address: Ipv6Addr) -> bool {
    address.to_ipv4_mapped().is_some() || address.is_loopback() || address.is_unspecified()
}

fn host_bits_note(bits: u128, prefix: u8) -> Option<NoteCode> {
    let behind = bits.checked_shl(u32::from(prefix)).unwrap_or(0);
    (behind != 0).then_some(NoteCode::HostBitsSet)
}

fn agree(one: u128, other: u128, prefix: u8) -> bool {
    (one ^ other).leading_zeros() >= u32::from(prefix)
}

/// Networks that no mail on the public internet comes from (RFC 6890, RFC 5771).
const SPECIAL_IPV4: [(u32, u8); 14] = [
    (0x0000_0000, 8),
    (0x0a00_0000, 8),
    (0x6440_0000, 10),
    (0x7f00_0000, 8),
    (0xa9fe_0000, 16),
    (0xac10_0000, 12),
    (0xc000_0000, 24),
    (0xc000_0200, 24),
    (0xc0a8_0000, 16),
    (0xc612_0000, 15),
    (0xc633_6400, 24),
    (0xcb00_7100, 24),
    (0xe000_0000, 4),
    (0xf000_0000, 4),
];

/// The first 32 bits of networks that no mail on the public internet comes from (RFC 3849, RFC 4193,
/// RFC 4291).
const SPECIAL_IPV6: [(u128, u8); 4] = [
    (0x2001_0db8, 32),
    (0xfc00_0000, 7),
    (0xfe80_0000, 10),
    (0xff00_0000, 8),
];
