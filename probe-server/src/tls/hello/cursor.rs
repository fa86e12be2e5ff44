//! Reading octets one field after another.

/// What has not been read yet.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl<'a> Cursor<'a> {
    /// The next octets.
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number of so many octets, the highest first; at most four.
    pub(super) fn number(&mut self, octets: usize) -> Option<usize> {
        let fold = |number: usize, octet: &u8| (number << 8) | usize::from(*octet);
        Some(self.take(octets)?.iter().fold(0, fold))
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        u16::try_from(self.number(2)?).ok()
    }

    /// A field with its length, of so many octets, in front.
    pub(super) fn field(&mut self, octets: usize) -> Option<Self> {
        let length = self.number(octets)?;
        self.take(length).map(Self)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}
