//! The suites that have a code, taken apart.

use super::parts::{Cipher as C, Exchange as E, Hash as H};

/// What the suite with a code is made of.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) exchange: E,
    pub(super) cipher: C,
    pub(super) hash: H,
}

/// Where suites follow each other in the registry: the first code, and how many there are.
const RUNS: [(u16, u16); 11] = runs();

/// The parts of all of them, in the order of their codes: three octets each.
static PARTS: [Parts; COUNT] = parts();

/// All codes, in order.
pub(super) fn codes() -> impl Iterator<Item = u16> {
    RUNS.into_iter()
        .flat_map(|(first, count)| (0..count).map(move |more| first.saturating_add(more)))
}

/// What the suite is made of; nothing where no suite has the code.
pub(super) fn parts_of(code: u16) -> Option<Parts> {
    let mut before = 0_usize;
    for (first, count) in RUNS {
        if let Some(place) = code.checked_sub(first)
            && place < count
        {
            return PARTS.get(before + usize::from(place)).copied();
        }
        before += usize::from(count);
    }
    None
}

/// In IANA's registry or, of the last century and of drafts, in use without being registered.
const COUNT: usize = 353;

type Row = (u16, &'static [E], &'static [(C, H)]);

const CLASSIC: &[E] = &[E::Rsa, E::DhDss, E::DhRsa, E::DheDss, E::DheRsa, E::DhAnon];
const ELLIPTIC: &[E] = &[E::EcdheEcdsa, E::EcdhEcdsa, E::EcdheRsa, E::EcdhRsa];
const SHARED: &[E] = &[E::Psk, E::DhePsk, E::RsaPsk];
const SRP: &[E] = &[E::SrpSha, E::SrpShaRsa, E::SrpShaDss];

/// A first code, exchanges, ciphers: the codes run through the ciphers of the first exchange, then of the second.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    (0x0000, &[E::Null], &[(C::Null, H::Null)]),
    (0x0001, &[E::Rsa], &[(C::Null, H::Md5), (C::Null, H::Sha1)]),
    (0x0003, &[E::RsaExport], &[(C::Rc4x40, H::Md5)]),
    (0x0004, &[E::Rsa], &[(C::Rc4x128, H::Md5), (C::Rc4x128, H::Sha1)]),
    (0x0006, &[E::RsaExport], &[(C::Rc2Cbc40, H::Md5)]),
    (0x0007, &[E::Rsa], &[(C::IdeaCbc, H::Sha1)]),
    (0x0008, &[E::RsaExport], &[(C::Des40Cbc, H::Sha1)]),
    (0x0009, &[E::Rsa], &[(C::DesCbc, H::Sha1), (C::TripleDesCbc, H::Sha1)]),
    (0x000b, &[E::DhDssExport], &[(C::Des40Cbc, H::Sha1)]),
    (0x000c, &[E::DhDss], &[(C::DesCbc, H::Sha1), (C::TripleDesCbc, H::Sha1)]),
    (0x000e, &[E::DhRsaExport], &[(C::Des40Cbc, H::Sha1)]),
    (0x000f, &[E::DhRsa], &[(C::DesCbc, H::Sha1), (C::TripleDesCbc, H::Sha1)]),
    (0x0011, &[E::DheDssExport], &[(C::Des40Cbc, H::Sha1)]),
    (0x0012, &[E::DheDss], &[(C::DesCbc, H::Sha1), (C::TripleDesCbc, H::Sha1)]),
    (0x0014, &[E::DheRsaExport], &[(C::Des40Cbc, H::Sha1)]),
    (0x0015, &[E::DheRsa], &[(C::DesCbc, H::Sha1), (C::TripleDesCbc, H::Sha1)]),
    (0x0017, &[E::DhAnonExport], &[(C::Rc4x40, H::Md5)]),
    (0x0018, &[E::DhAnon], &[(C::Rc4x128, H::Md5)]),
    (0x0019, &[E::DhAnonExport], &[(C::Des40Cbc, H::Sha1)]),
    (0x001a, &[E::DhAnon], &[(C::DesCbc, H::Sha1), (C::TripleDesCbc, H::Sha1)]),
    (0x001e, &[E::Krb5], &[(C::DesCbc, H::Sha1), (C::TripleDesCbc, H::Sha1), (C::Rc4x128, H::Sha1), (C::IdeaCbc, H::Sha1), (C::DesCbc, H::Md5), (C::TripleDesCbc, H::Md5), (C::Rc4x128, H::Md5), (C::IdeaCbc, H::Md5)]),
    (0x0026, &[E::Krb5Export], &[(C::DesCbc40, H::Sha1), (C::Rc2Cbc40, H::Sha1), (C::Rc4x40, H::Sha1), (C::DesCbc40, H::Md5), (C::Rc2Cbc40, H::Md5), (C::Rc4x40, H::Md5)]),
    (0x002c, SHARED, &[(C::Null, H::Sha1)]),
    (0x002f, CLASSIC, &[(C::Aes128Cbc, H::Sha1)]),
    (0x0035, CLASSIC, &[(C::Aes256Cbc, H::Sha1)]),
    (0x003b, &[E::Rsa], &[(C::Null, H::Sha256), (C::Aes128Cbc, H::Sha256), (C::Aes256Cbc, H::Sha256)]),
    (0x003e, &[E::DhDss, E::DhRsa, E::DheDss], &[(C::Aes128Cbc, H::Sha256)]),
    (0x0041, CLASSIC, &[(C::Camellia128Cbc, H::Sha1)]),
    (0x0060, &[E::RsaExport1024], &[(C::Rc4x56, H::Md5), (C::Rc2x56, H::Md5), (C::DesCbc, H::Sha1)]),
    (0x0063, &[E::DheDssExport1024], &[(C::DesCbc, H::Sha1)]),
    (0x0064, &[E::RsaExport1024, E::DheDssExport1024], &[(C::Rc4x56, H::Sha1)]),
    (0x0066, &[E::DheDss], &[(C::Rc4x128, H::Sha1)]),
    (0x0067, &[E::DheRsa], &[(C::Aes128Cbc, H::Sha256)]),
    (0x0068, &[E::DhDss, E::DhRsa, E::DheDss, E::DheRsa], &[(C::Aes256Cbc, H::Sha256)]),
    (0x006c, &[E::DhAnon], &[(C::Aes128Cbc, H::Sha256), (C::Aes256Cbc, H::Sha256)]),
    (0x0080, &[E::Gost94, E::Gost2001], &[(C::Gost28147, H::GostImit)]),
    (0x0082, &[E::Gost94, E::Gost2001], &[(C::Null, H::Gost3411)]),
    (0x0084, CLASSIC, &[(C::Camellia256Cbc, H::Sha1)]),
    (0x008a, SHARED, &[(C::Rc4x128, H::Sha1), (C::TripleDesCbc, H::Sha1), (C::Aes128Cbc, H::Sha1), (C::Aes256Cbc, H::Sha1)]),
    (0x0096, CLASSIC, &[(C::SeedCbc, H::Sha1)]),
    (0x009c, &[E::Rsa, E::DheRsa, E::DhRsa, E::DheDss, E::DhDss, E::DhAnon, E::Psk, E::DhePsk, E::RsaPsk], &[(C::Aes128Gcm, H::Sha256), (C::Aes256Gcm, H::Sha384)]),
    (0x00ae, SHARED, &[(C::Aes128Cbc, H::Sha256), (C::Aes256Cbc, H::Sha384), (C::Null, H::Sha256), (C::Null, H::Sha384)]),
    (0x00ba, CLASSIC, &[(C::Camellia128Cbc, H::Sha256)]),
    (0x00c0, CLASSIC, &[(C::Camellia256Cbc, H::Sha256)]),
    (0x00c6, &[E::Apart], &[(C::Sm4Gcm, H::Sm3), (C::Sm4Ccm, H::Sm3)]),
    (0x1301, &[E::Apart], &[(C::Aes128Gcm, H::Sha256), (C::Aes256Gcm, H::Sha384), (C::ChaCha20, H::Sha256), (C::Aes128Ccm, H::Sha256), (C::Aes128Ccm8, H::Sha256)]),
    (0x16b7, &[E::Cecpq1Rsa, E::Cecpq1Ecdsa], &[(C::ChaCha20, H::Sha256)]),
    (0x16b9, &[E::Cecpq1Rsa, E::Cecpq1Ecdsa], &[(C::Aes256Gcm, H::Sha384)]),
    (0xc001, &[E::EcdhEcdsa, E::EcdheEcdsa, E::EcdhRsa, E::EcdheRsa, E::EcdhAnon], &[(C::Null, H::Sha1), (C::Rc4x128, H::Sha1), (C::TripleDesCbc, H::Sha1), (C::Aes128Cbc, H::Sha1), (C::Aes256Cbc, H::Sha1)]),
    (0xc01a, SRP, &[(C::TripleDesCbc, H::Sha1)]),
    (0xc01d, SRP, &[(C::Aes128Cbc, H::Sha1)]),
    (0xc020, SRP, &[(C::Aes256Cbc, H::Sha1)]),
    (0xc023, ELLIPTIC, &[(C::Aes128Cbc, H::Sha256), (C::Aes256Cbc, H::Sha384)]),
    (0xc02b, ELLIPTIC, &[(C::Aes128Gcm, H::Sha256), (C::Aes256Gcm, H::Sha384)]),
    (0xc033, &[E::EcdhePsk], &[(C::Rc4x128, H::Sha1), (C::TripleDesCbc, H::Sha1), (C::Aes128Cbc, H::Sha1), (C::Aes256Cbc, H::Sha1), (C::Aes128Cbc, H::Sha256), (C::Aes256Cbc, H::Sha384), (C::Null, H::Sha1), (C::Null, H::Sha256), (C::Null, H::Sha384)]),
    (0xc03c, &[E::Rsa, E::DhDss, E::DhRsa, E::DheDss, E::DheRsa, E::DhAnon, E::EcdheEcdsa, E::EcdhEcdsa, E::EcdheRsa, E::EcdhRsa], &[(C::Aria128Cbc, H::Sha256), (C::Aria256Cbc, H::Sha384)]),
    (0xc050, &[E::Rsa, E::DheRsa, E::DhRsa, E::DheDss, E::DhDss, E::DhAnon, E::EcdheEcdsa, E::EcdhEcdsa, E::EcdheRsa, E::EcdhRsa], &[(C::Aria128Gcm, H::Sha256), (C::Aria256Gcm, H::Sha384)]),
    (0xc064, SHARED, &[(C::Aria128Cbc, H::Sha256), (C::Aria256Cbc, H::Sha384)]),
    (0xc06a, SHARED, &[(C::Aria128Gcm, H::Sha256), (C::Aria256Gcm, H::Sha384)]),
    (0xc070, &[E::EcdhePsk], &[(C::Aria128Cbc, H::Sha256), (C::Aria256Cbc, H::Sha384)]),
    (0xc072, ELLIPTIC, &[(C::Camellia128Cbc, H::Sha256), (C::Camellia256Cbc, H::Sha384)]),
    (0xc07a, &[E::Rsa, E::DheRsa, E::DhRsa, E::DheDss, E::DhDss, E::DhAnon, E::EcdheEcdsa, E::EcdhEcdsa, E::EcdheRsa, E::EcdhRsa, E::Psk, E::DhePsk, E::RsaPsk], &[(C::Camellia128Gcm, H::Sha256), (C::Camellia256Gcm, H::Sha384)]),
    (0xc094, &[E::Psk, E::DhePsk, E::RsaPsk, E::EcdhePsk], &[(C::Camellia128Cbc, H::Sha256), (C::Camellia256Cbc, H::Sha384)]),
    (0xc09c, &[E::Rsa, E::DheRsa], &[(C::Aes128Ccm, H::Unnamed), (C::Aes256Ccm, H::Unnamed)]),
    (0xc0a0, &[E::Rsa, E::DheRsa], &[(C::Aes128Ccm8, H::Unnamed), (C::Aes256Ccm8, H::Unnamed)]),
    (0xc0a4, &[E::Psk, E::DhePsk], &[(C::Aes128Ccm, H::Unnamed), (C::Aes256Ccm, H::Unnamed)]),
    (0xc0a8, &[E::Psk, E::PskDhe], &[(C::Aes128Ccm8, H::Unnamed), (C::Aes256Ccm8, H::Unnamed)]),
    (0xc0ac, &[E::EcdheEcdsa], &[(C::Aes128Ccm, H::Unnamed), (C::Aes256Ccm, H::Unnamed), (C::Aes128Ccm8, H::Unnamed), (C::Aes256Ccm8, H::Unnamed)]),
    (0xc0b4, &[E::Apart], &[(C::Sha256, H::Sha256), (C::Sha384, H::Sha384)]),
    (0xcc13, &[E::EcdheRsa, E::EcdheEcdsa, E::DheRsa], &[(C::ChaCha20, H::Sha256Old)]),
    (0xcca8, &[E::EcdheRsa, E::EcdheEcdsa, E::DheRsa, E::Psk, E::EcdhePsk, E::DhePsk, E::RsaPsk], &[(C::ChaCha20, H::Sha256)]),
    (0xff00, &[E::Gost94Rsa], &[(C::Gost28147, H::Md5)]),
    (0xff01, &[E::Rsa], &[(C::Gost28147, H::Gost94)]),
];

#[expect(clippy::indexing_slicing, reason = "the compiler runs it, and sees")]
const fn parts() -> [Parts; COUNT] {
    let nothing = Parts {
        exchange: E::Null,
        cipher: C::Null,
        hash: H::Null,
    };
    let mut all = [nothing; COUNT];
    let mut at = 0;
    let mut rows = ROWS;
    while let [(_, exchanges, ciphers), rest @ ..] = rows {
        let mut exchanges = *exchanges;
        while let [exchange, later @ ..] = exchanges {
            let mut ciphers = *ciphers;
            while let [(cipher, hash), after @ ..] = ciphers {
                all[at] = Parts {
                    exchange: *exchange,
                    cipher: *cipher,
                    hash: *hash,
                };
                at += 1;
                ciphers = after;
            }
            exchanges = later;
        }
        rows = rest;
    }
    assert!(at == COUNT);
    all
}

#[expect(clippy::indexing_slicing, reason = "the compiler runs it, and sees")]
const fn runs() -> [(u16, u16); 11] {
    let mut all = [(0_u16, 0_u16); 11];
    let mut at = 0;
    let mut rows = ROWS;
    while let [(first, exchanges, ciphers), rest @ ..] = rows {
        if all[at].0 + all[at].1 != *first {
            at += 1;
            all[at].0 = *first;
        }
        all[at].1 += (exchanges.len() * ciphers.len()) as u16;
        rows = rest;
    }
    assert!(at + 1 == all.len());
    all
}
