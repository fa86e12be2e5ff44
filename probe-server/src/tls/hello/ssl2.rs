//! SSL 2 (draft-hickman-netscape-ssl-00; its hello also in RFC 5246 §E.2).

use super::cursor::Cursor;

/// All its ciphers: RC4, RC4 for export, RC2, RC2 for export, IDEA, DES, triple DES, and RC4 with 64 bits.
const CIPHERS: [[u8; 3]; 8] = [
    [0x01, 0x00, 0x80],
    [0x02, 0x00, 0x80],
    [0x03, 0x00, 0x80],
    [0x04, 0x00, 0x80],
    [0x05, 0x00, 0x80],
    [0x06, 0x00, 0x40],
    [0x07, 0x00, 0xc0],
    [0x08, 0x00, 0x80],
];

/// Octets of the challenge.
const CHALLENGE: usize = 16;

/// The octets of a client-hello, with the first half of `random` as its challenge.
pub(super) fn write(random: &[u8; 32]) -> Vec<u8> {
    // Its kind, its version, and the lengths of its parts: ciphers, session, challenge.
    let mut message = vec![1, 0x00, 0x02, 0, 24, 0, 0, 0, 16];
    message.extend(CIPHERS.as_flattened());
    message.extend(random.iter().take(CHALLENGE));
    // A length of two octets, without padding.
    let mut record = vec![0x80, 49];
    record.extend(message);
    record
}

/// What a server says of SSL 2.
pub(super) enum Said<'a> {
    /// It takes so many ciphers and shows a certificate, if any.
    Hello {
        ciphers: u32,
        certificate: Option<&'a [u8]>,
    },
    /// It speaks SSL 2, and takes nothing of it.
    Error,
    /// Nothing that could be read.
    Unreadable,
}

/// Reads a record; nothing while it is not complete.
pub(super) fn read(octets: &[u8]) -> Option<Said<'_>> {
    let mut rest = Cursor(octets);
    let length = rest.u16()? & 0x7fff;
    let message = Cursor(rest.take(usize::from(length))?);
    Some(said(message).unwrap_or(Said::Unreadable))
}

fn said(mut message: Cursor<'_>) -> Option<Said<'_>> {
    match message.u8()? {
        // `ERROR`, with a code of two octets.
        0 => return (message.0.len() == 2).then_some(Said::Error),
        4 => {}
        _ => return None,
    }
    let _session_was_known = message.u8()?;
    let _kind_of_certificate = message.u8()?;
    if message.u16()? != 0x0002 {
        return None;
    }
    let certificate = message.number(2)?;
    let ciphers = message.number(2)?;
    let _connection = message.number(2)?;
    let certificate = message.take(certificate)?;
    let ciphers = message.take(ciphers)?;
    Some(Said::Hello {
        ciphers: u32::try_from(ciphers.len() / 3).ok()?,
        certificate: (!certificate.is_empty()).then_some(certificate),
    })
}
