//! What is wrong with a suite.

/// What is wrong with a suite, by itself, whatever guideline is asked.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Weakness {
    /// Everything travels in clear.
    NoEncryption,
    /// Nobody proves to be the server.
    NoAuthentication,
    /// Made weak on purpose, for the export laws of the last century: FREAK, Logjam.
    Export,
    /// A cipher of the last century with blocks of 64 bits: DES, RC2, IDEA.
    OldBlock,
    /// Triple DES, whose blocks of 64 bits repeat: Sweet32.
    TripleDes,
    /// RC4, prohibited by RFC 7465.
    Rc4,
    /// Sealed with MD5.
    Md5,
    /// Who gets the server's key later reads all that was recorded.
    NoForwardSecrecy,
    /// Blocks are chained and then sealed, with SHA-1: Lucky Thirteen.
    CbcSha1,
    /// Blocks are chained and then sealed, with another hash.
    Cbc,
    /// A seal of 64 bits only.
    ShortTag,
    /// Ciphers of one country, which few have looked at.
    National,
}

impl Weakness {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::NoEncryption,
        Self::NoAuthentication,
        Self::Export,
        Self::OldBlock,
        Self::TripleDes,
        Self::Rc4,
        Self::Md5,
        Self::NoForwardSecrecy,
        Self::CbcSha1,
        Self::Cbc,
        Self::ShortTag,
        Self::National,
    ];
}
