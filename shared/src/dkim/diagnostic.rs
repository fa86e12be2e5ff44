//! What is to say about a key record's text.

use serde::Serialize;

use super::record::TagName;
use crate::diagnostic::Level;

/// One remark about one place in a key record.
pub type Diagnostic = crate::diagnostic::Diagnostic<DiagnosticCode>;

/// The remarks there are.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// `v` is not the first tag: the record is discarded (RFC 6376 §3.6.1).
    VersionNotFirst,
    /// `v` is not `DKIM1`: the record is discarded (RFC 6376 §3.6.1).
    OtherVersion,
    /// Text between semicolons that has no equals sign, or no name that begins with a letter: no tag list
    /// (RFC 6376 §3.2).
    NotATag,
    /// A value that holds the next tag: the semicolon between them is missing.
    MissingSemicolon,
    /// A character that no value can hold: only printable ASCII makes a tag list (RFC 6376 §3.2).
    InvalidCharacter,
    /// The name of a tag in capitals: "Tags MUST be interpreted in a case-sensitive manner" (RFC 6376 §3.2).
    WrongCase,
    /// A tag that must hold something (RFC 6376 §3.6.1).
    EmptyValue(TagName),
    /// Two semicolons with nothing between them, which the grammar does not have.
    EmptyTag,
    /// A tag that was there before: the whole list is void (RFC 6376 §3.2).
    DuplicateTag,
    /// A tag that no DKIM standard defines: ignored.
    UnknownTag,
    /// A tag of RFC 4871 that RFC 6376 removed (`g`): ignored.
    RemovedTag,
    /// There is no `p`.
    MissingKey,
    /// `p` is empty: the key is revoked (RFC 6376 §3.6.1).
    Revoked,
    /// Characters that base64 has not.
    InvalidBase64,
    /// Base64 without the `=` at its end.
    MissingPadding,
    /// The key ends too early.
    Truncated,
    /// No public key of the kind that `k` names.
    ForeignKey,
    /// An RSA key with an exponent with which nothing is secret.
    WeakExponent,
    /// A private key, for everybody to see.
    PrivateKey,
    /// An Ed25519 key in a wrapping that does not belong there.
    WrappedKey,
    /// A kind of key that no verifier knows.
    UnknownKeyType,
    /// RSA of less than 1024 bits: verifiers must not accept it (RFC 8301 §3.2).
    WeakKey(u32),
    /// RSA of less than 2048 bits: signers should use more (RFC 8301 §3.2).
    ShortKey(u32),
    /// RSA of more than 4096 bits: verifiers need not accept it (RFC 8301 §3.2).
    LongKey(u32),
    /// `h` does not allow `sha256`, and nothing else may be used (RFC 8301 §3.1).
    WithoutSha256,
    /// A hash that no standard knows: ignored.
    UnknownHash,
    /// `s` does not name `email`: the key is not for mail.
    NotForMail,
    /// `t=y`: verifiers are to treat what is signed as if it were not (RFC 6376 §3.6.1).
    Testing,
    /// A flag that no standard knows: ignored.
    UnknownFlag,
}

impl DiagnosticCode {
    /// How much it matters.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::EmptyValue(TagName::T) => Level::Warning,
            Self::VersionNotFirst
            | Self::OtherVersion
            | Self::NotATag
            | Self::MissingSemicolon
            | Self::InvalidCharacter
            | Self::EmptyValue(_)
            | Self::DuplicateTag
            | Self::MissingKey
            | Self::InvalidBase64
            | Self::Truncated
            | Self::ForeignKey
            | Self::WeakExponent
            | Self::PrivateKey
            | Self::WrappedKey
            | Self::UnknownKeyType
            | Self::WeakKey(_)
            | Self::WithoutSha256
            | Self::NotForMail => Level::Error,
            Self::EmptyTag
            | Self::WrongCase
            | Self::MissingPadding
            | Self::ShortKey(_)
            | Self::Testing => Level::Warning,
            Self::UnknownTag
            | Self::RemovedTag
            | Self::Revoked
            | Self::LongKey(_)
            | Self::UnknownHash
            | Self::UnknownFlag => Level::Note,
        }
    }
}
