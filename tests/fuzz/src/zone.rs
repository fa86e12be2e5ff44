//! Evaluators over a world that the input describes.
//!
//! The first line says who sends: `IP MAIL-FROM HELO`, or the domain alone. Each other line is a record,
//! `NAME TYPE DATA` with the types `A`, `AAAA`, `MX`, `PTR` and `TXT`, or a look-up that fails: `NAME FAIL TYPE`.
//! What cannot be read is left out.

use std::net::{IpAddr, Ipv4Addr};

use postern_shared::dmarc::{self, Determination};
use postern_shared::dns::{
    Failure, Name, Question, RecordData, RecordType, Response, TxtRecord, Zone,
};
use postern_shared::spf::{self, Params};

use super::input::assert_within;
use super::rounds::Promise;

/// Lines of a world.
const MAX_LINES: usize = 256;

/// Ten look-ups may each lead to a record below the last, and an explanation and `%{p}` ask as much again.
const SPF: Promise = Promise {
    rounds: 40,
    frugal: true,
};

/// All names of a tree walk are known from the start.
const DMARC: Promise = Promise {
    rounds: 2,
    frugal: false,
};

/// SPF for one client (RFC 7208), and the walk through all of its records.
pub fn spf_evaluate(octets: &[u8]) {
    let (first, zone) = world(octets);
    let mut words = first.split(' ');
    let ip = words.next().and_then(|word| word.parse().ok());
    let params = Params {
        ip: ip.unwrap_or(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1))),
        mail_from: words.next().unwrap_or_default().to_owned(),
        helo: words.next().unwrap_or_default().to_owned(),
        receiver: "unknown".to_owned(),
        now: 0,
    };
    let outcome = SPF.hold(&zone, octets, |dns| spf::evaluate(dns, &params));
    assert!(outcome.lookups <= 10 && outcome.void_lookups <= 3);
    assert!(outcome.explanation.is_none_or(|text| text.is_ascii()));
    let domain = params.mail_from.rsplit('@').next().unwrap_or_default();
    if let Ok(domain) = Name::parse(domain) {
        let tree = SPF.hold(&zone, octets, |dns| spf::walk(dns, &domain));
        if let Some(record) = &tree.root.record {
            assert_within(record, tree.root.terms.iter().map(|term| term.span));
        }
        assert!(tree.ipv4_addresses <= 1 << 32);
    }
}

/// DMARC's tree walk (RFC 9989 §4.10), and what hangs on it.
pub fn dmarc_discover(octets: &[u8]) {
    let (first, zone) = world(octets);
    let mut names = first.split(' ').filter_map(|word| Name::parse(word).ok());
    let author = names.next().unwrap_or_default();
    let identifier = names.next().unwrap_or_default();
    let discovery = DMARC.hold(&zone, octets, |dns| dmarc::discover(dns, &author));
    for exists in [true, false] {
        let _ = dmarc::effective_policies(&discovery, exists);
    }
    DMARC.hold(&zone, octets, |dns| dmarc::align(dns, &author, &identifier));
    if let (Some(published), Determination::Known(Some(source))) =
        (discovery.published(), &discovery.policy)
    {
        DMARC.hold(&zone, octets, |dns| {
            dmarc::verify(dns, &source.domain, &published.record)
        });
    }
}

/// The first line, and the zone that the others make.
fn world(octets: &[u8]) -> (String, Zone) {
    let mut lines = octets.split(|&octet| octet == b'\n').take(MAX_LINES);
    let first = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let mut zone = Zone::new();
    for line in lines {
        let _ = add(&mut zone, line);
    }
    (first, zone)
}

fn add(zone: &mut Zone, line: &[u8]) -> Option<()> {
    let mut words = line.splitn(3, |&octet| octet == b' ');
    let name = Name::parse(str::from_utf8(words.next()?).ok()?).ok()?;
    let record_type = words.next()?;
    let data = words.next().unwrap_or_default();
    let text = || str::from_utf8(data).ok();
    let (record_type, data) = match record_type {
        b"A" => (RecordType::A, RecordData::A(text()?.parse().ok()?)),
        b"AAAA" => (RecordType::Aaaa, RecordData::Aaaa(text()?.parse().ok()?)),
        b"MX" => {
            let exchange = Name::parse(text()?).ok()?;
            let preference = 10;
            (
                RecordType::Mx,
                RecordData::Mx {
                    preference,
                    exchange,
                },
            )
        }
        b"PTR" => (RecordType::Ptr, RecordData::Ptr(Name::parse(text()?).ok()?)),
        b"TXT" => (
            RecordType::Txt,
            RecordData::Txt(TxtRecord::from_octets([data])),
        ),
        b"FAIL" => {
            let failing = RecordType::ALL
                .into_iter()
                .find(|known| known.mnemonic().as_bytes() == data)?;
            zone.insert(
                Question::new(name, failing),
                Response::Failed(Failure::ServFail),
            );
            return Some(());
        }
        _ => return None,
    };
    zone.add(&name, record_type, data);
    Some(())
}
