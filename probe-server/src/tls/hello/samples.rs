//! Answers of OpenSSL 3.0, and others made by hand.

use data_encoding::HEXLOWER;
use postern_shared::evidence::Offer;
use postern_shared::tls::{Group, Suite, Version};

/// ServerHello, Certificate, ServerKeyExchange and ServerHelloDone to [`offer`], each in a record of its own.
const ELLIPTIC: &str = "160303005d0200005903039a9f79f22ce6c4409a56d59d0ca7007f876dee862fb14e3b444f574e47524401206f287c6e1e915c1192df0f4a\
     e3bfa05230977260edb2753f7a4a9e5c6c1481c4c02b000011ff01000100000b00040300010200170000160303017d0b0001790001760001\
     733082016f30820115a00302010202143021beee6abee5da019f01f236e78a30914c402a300a06082a8648ce3d040302300d310b30090603\
     5504030c026d78301e170d3236313132323139333631325a170d3236313232323139333631325a300d310b300906035504030c026d783059\
     301306072a8648ce3d020106082a8648ce3d03010703420004fb25fbe82736ebd8f97a4910eb22260c17e21d908fa6bc74ab77544fbaefab\
     5f0f438af541cfa3cac9aa397722b7fa96dea0daaecc4e89c4473f83d5c9278de0a3533051301d0603551d0e04160414c6a4195cff31db35\
     d49747b1fb57bf531c4a14e8301f0603551d23041830168014c6a4195cff31db35d49747b1fb57bf531c4a14e8300f0603551d130101ff04\
     0530030101ff300a06082a8648ce3d040302034800304502207f7431a212657bb21ec27b547d6ca7115d8e1216d8bfd13c49b11c1e0af239\
     df022100e15a6c2e78368fbf0300dbc4716645e1af8b432d9574db1c276520f5955753f316030300950c0000910300174104fd4525cc87fc\
     a18eb61d9b1b6283d19774aec63c5569e9f880f26556269f4f0e90d3f503b093a9afcfc886c6b43c7351f937eda2b44cadb8f2bccd27b414\
     672d040300483046022100d5efbcd52af5e0257bacefc754422c36568ce4b00ba2a82e71c4eb1d960568f7022100b28f57a2c9a7570f8c03\
     813f9f758d9a18479efd69d0d80ca746f85181cbcbc416030300040e000000";

/// A HelloRetryRequest to [`offer_13`].
const RETRY: &str = "1603030038020000340303cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c00130200000c002b0002030400\
     330002001d140303000101";

/// Octets of the certificate in [`elliptic`].
pub(super) const CERTIFICATE: usize = 371;

pub(super) fn elliptic() -> Vec<u8> {
    octets(ELLIPTIC)
}

pub(super) fn retry() -> Vec<u8> {
    octets(RETRY)
}

pub(super) fn octets(text: &str) -> Vec<u8> {
    HEXLOWER.decode(text.as_bytes()).expect("hexadecimal")
}

/// TLS 1.2 with ECDHE and DHE.
pub(super) fn offer() -> Offer {
    offer_of(Version::Tls12, &[0xc02b, 0x009e, 0xc018], &[0x001d, 0x0017])
}

pub(super) fn offer_13() -> Offer {
    offer_of(Version::Tls13, &[0x1301, 0x1302], &[0x11ec, 0x001d])
}

pub(super) fn offer_of(version: Version, suites: &[u16], groups: &[u16]) -> Offer {
    Offer {
        version,
        suites: suites.iter().copied().map(Suite).collect(),
        groups: groups.iter().copied().map(Group).collect(),
        fallback: false,
    }
}

/// A record of handshake messages.
pub(super) fn record(messages: &[u8]) -> Vec<u8> {
    let length = u16::try_from(messages.len()).expect("short").to_be_bytes();
    [&[22, 3, 3], &length[..], messages].concat()
}

/// A handshake message.
pub(super) fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("short").to_be_bytes();
    [&[kind], &length[1..], body].concat()
}

/// A ServerHello without extensions.
pub(super) fn server_hello(version: u16, suite: u16) -> Vec<u8> {
    let mut body = version.to_be_bytes().to_vec();
    body.extend([7; 32]);
    body.push(0);
    body.extend(suite.to_be_bytes());
    body.push(0);
    message(2, &body)
}

/// A ServerKeyExchange of DHE with this prime, signed with `rsa_pkcs1_sha256`.
pub(super) fn prime(prime: &[u8]) -> Vec<u8> {
    let length = u16::try_from(prime.len()).expect("short").to_be_bytes();
    let body = [&length[..], prime, &[0, 1, 2, 0, 1, 5], &[4, 1, 0, 1, 9]].concat();
    message(12, &body)
}
