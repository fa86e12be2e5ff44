//! As much of DER (ITU-T X.690 §8, §10) as a public key needs.

/// The tag of `INTEGER`.
pub(super) const INTEGER: u8 = 0x02;
/// The tag of `BIT STRING`.
pub(super) const BIT_STRING: u8 = 0x03;
/// The tag of `OBJECT IDENTIFIER`.
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
/// The tag of `SEQUENCE`.
pub(super) const SEQUENCE: u8 = 0x30;

/// Why an element cannot be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Unreadable {
    /// It says that it is longer than what there is.
    Cut,
    /// Something else stands there.
    Other,
}

/// Octets that are read one element after another.
#[derive(Clone, Copy)]
pub(super) struct Der<'a>(pub(super) &'a [u8]);

impl<'a> Der<'a> {
    /// The tag of what comes next.
    pub(super) fn tag(self) -> Option<u8> {
        self.0.first().copied()
    }

    /// The content of the next element, which must have this tag.
    pub(super) fn read(&mut self, tag: u8) -> Result<&'a [u8], Unreadable> {
        let (found, rest) = self.0.split_first().ok_or(Unreadable::Cut)?;
        if *found != tag {
            return Err(Unreadable::Other);
        }
        let (length, rest) = length(rest)?;
        let (content, rest) = rest.split_at_checked(length).ok_or(Unreadable::Cut)?;
        self.0 = rest;
        Ok(content)
    }
}

/// A definite length (X.690 §8.1.3) and what follows it.
fn length(octets: &[u8]) -> Result<(usize, &[u8]), Unreadable> {
    let (first, rest) = octets.split_first().ok_or(Unreadable::Cut)?;
    let count = match first {
        short @ ..=0x7f => return Ok((usize::from(*short), rest)),
        // No key is so long that its length takes more than four octets.
        0x81..=0x84 => usize::from(first & 0x7f),
        _ => return Err(Unreadable::Other),
    };
    let (long, rest) = rest.split_at_checked(count).ok_or(Unreadable::Cut)?;
    let length = long
        .iter()
        .fold(0_u32, |length, octet| length << 8 | u32::from(*octet));
    let length = usize::try_from(length).map_err(|_| Unreadable::Cut)?;
    Ok((length, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_follow_one_another() {
        let mut der = Der(&[0x02, 0x01, 0x07, 0x30, 0x81, 0x02, 0x05, 0x00]);
        assert_eq!(der.read(INTEGER), Ok(&[0x07][..]));
        assert_eq!(der.tag(), Some(SEQUENCE));
        assert_eq!(der.read(INTEGER), Err(Unreadable::Other));
        assert_eq!(der.read(SEQUENCE), Ok(&[0x05, 0x00][..]));
        assert_eq!(der.read(SEQUENCE), Err(Unreadable::Cut));
    }

    #[test]
    fn lengths_that_lie_are_told_apart() {
        for (octets, why) in [
            (&[0x30][..], Unreadable::Cut),
            (&[0x30, 0x02, 0x00], Unreadable::Cut),
            (&[0x30, 0x82, 0x01], Unreadable::Cut),
            (&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x00], Unreadable::Cut),
            (&[0x30, 0x80, 0x00, 0x00], Unreadable::Other),
            (&[0x30, 0x88, 0, 0, 0, 0, 0, 0, 0, 0], Unreadable::Other),
        ] {
            assert_eq!(Der(octets).read(SEQUENCE), Err(why), "{octets:x?}");
        }
    }
}
