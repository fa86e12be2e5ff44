//! What is said about DKIM keys.

use super::numbers::{agree, count, list, number};
use crate::dkim::{Algorithm, Diagnostic, DiagnosticCode, NotNamed, SelectorError};
use crate::evidence::SelectorSource;
use crate::report::DkimReason;
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// Why a finding about DKIM keys has its status.
pub(super) fn reason(reason: &DkimReason) -> Sentence {
    match reason {
        DkimReason::Key {
            name,
            algorithm,
            bits,
            provider,
        } => {
            let kind = match algorithm {
                Algorithm::Rsa => say!("`RSA` with {0} bits", number(bits)),
                Algorithm::Ed25519 => say!("`Ed25519`"),
            };
            let key = say!("Receivers find a key at {0}: {1}.", name, kind);
            match provider {
                Some(provider) => key.then(say!("It is managed by {0}.", *provider)),
                None => key,
            }
        }
        DkimReason::Ed25519Alone => say!(
            "All keys found are `Ed25519`. Many receivers cannot check it yet, so sign with an RSA key too."
        ),
        DkimReason::Diagnostic {
            name,
            text,
            diagnostic: remark,
        } => say!("{0}: {1}", name, diagnostic(text, remark)),
        DkimReason::Several { name, count } => say!(
            "{0} key records stand at {1}; which one a receiver takes is left to chance.",
            number(count),
            name
        ),
        DkimReason::Revoked { names } => say!(
            "The {0} that we found {1} revoked: {2}. Mail that is signed with {3} counts as unsigned.",
            agree(names, "key", "keys"),
            agree(names, "is", "are"),
            list(names),
            agree(names, "it", "them")
        ),
        DkimReason::Missing {
            name,
            source: SelectorSource::Typed,
        } => say!(
            "There is no key at {0}. Is the selector right? If it is, what you sign under it fails everywhere.",
            name
        ),
        DkimReason::Missing {
            name,
            source: SelectorSource::Message,
        } => say!(
            "There is no key at {0}, though the message was signed with it. If the message is recent, your mail fails everywhere.",
            name
        ),
        DkimReason::Dangling {
            name,
            target,
            provider,
        } => {
            let dangling = say!(
                "{0} is an alias of {1}, where there is no key.",
                name,
                target
            );
            match provider {
                Some(provider) => dangling.then(say!(
                    "Perhaps signing was never switched on at {0}.",
                    *provider
                )),
                None => dangling,
            }
        }
        DkimReason::NoNames => say!(
            "There are no DKIM keys: nothing stands below `_domainkey`. Only a name server that answers wrongly could hide some."
        ),
        DkimReason::NotFound { answered } => say!(
            "We found no key under {0}. That proves nothing, for a key may have any name: give us a selector, or a message that you sent.",
            count(*answered, "usual name", "usual names")
        ),
        DkimReason::Wildcard { revokes: true } => say!(
            "Every name below `_domainkey` says that its key is revoked. Keys with a name of their own may still be there: give us a selector, or a message that you sent."
        ),
        DkimReason::Wildcard { revokes: false } => say!(
            "Every name below `_domainkey` has the same answer, so a guess tells nothing: give us a selector, or a message that you sent."
        ),
        DkimReason::SendsNothing => {
            say!("The domain says that it sends no mail, so there is nothing to sign.")
        }
    }
}

/// A remark about a key record, with the text that it is about.
pub(in crate::wording) fn diagnostic(record: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = || Sentence::code(excerpt(record, diagnostic.span));
    match diagnostic.code {
        DiagnosticCode::VersionNotFirst => {
            say!("`v=DKIM1` must be the first tag; receivers pass the record over.")
        }
        DiagnosticCode::OtherVersion => say!(
            "{0} is no version that receivers know; it must be `DKIM1`.",
            at()
        ),
        DiagnosticCode::NotATag => say!(
            "{0} is no tag: that is a name that begins with a letter, an equals sign and a value. Receivers pass the whole record over.",
            at()
        ),
        DiagnosticCode::MissingSemicolon => say!(
            "{0} lacks a semicolon in front of the next tag, so receivers pass the whole record over.",
            at()
        ),
        DiagnosticCode::InvalidCharacter => say!(
            "{0} is a character that no value can hold; receivers pass the whole record over.",
            at()
        ),
        DiagnosticCode::WrongCase => say!(
            "{0} must be a small letter: receivers know no tag that is called so.",
            at()
        ),
        DiagnosticCode::EmptyValue(tag) => say!(
            "The tag {0} is empty, which the standard does not allow; receivers may pass the whole record over.",
            tag.as_str()
        ),
        DiagnosticCode::EmptyTag => say!(
            "Two semicolons follow one another with nothing between them; some receivers pass such a record over."
        ),
        DiagnosticCode::DuplicateTag => say!(
            "{0} stands there a second time, which makes the whole record void.",
            at()
        ),
        DiagnosticCode::UnknownTag => say!(
            "{0} is a tag that no standard knows; receivers ignore it.",
            at()
        ),
        DiagnosticCode::RemovedTag => say!(
            "{0} is no longer part of the standard; receivers ignore it.",
            at()
        ),
        DiagnosticCode::MissingKey => say!("The record has no key (`p`)."),
        DiagnosticCode::Revoked => say!("The key is revoked (`p` is empty)."),
        DiagnosticCode::InvalidBase64 => say!(
            "The key holds {0}, which no key can hold; receivers cannot read it.",
            at()
        ),
        DiagnosticCode::MissingPadding => {
            say!("The key lacks the `=` at its end; some receivers cannot read it.")
        }
        DiagnosticCode::Truncated => say!(
            "The key is cut off, so nothing that is signed with it can be checked. Often a panel cut it at `255` characters, the length of one string of a TXT record."
        ),
        DiagnosticCode::ForeignKey => {
            say!("What stands in `p` is no key of the kind that the record names.")
        }
        DiagnosticCode::WeakExponent => {
            say!("The key has an exponent with which nothing is secret: anybody can sign as you.")
        }
        DiagnosticCode::PrivateKey => {
            say!("This is the private key. Whoever reads it can sign as you.")
        }
        DiagnosticCode::WrappedKey => say!(
            "The `Ed25519` key is wrapped; its `32` octets alone belong there, so receivers cannot read it."
        ),
        DiagnosticCode::UnknownKeyType => say!("{0} is no kind of key that receivers know.", at()),
        DiagnosticCode::WeakKey(bits) => say!(
            "An RSA key of {0} bits can be broken, and receivers must not accept it. It takes `2048`.",
            number(bits)
        ),
        DiagnosticCode::ShortKey(bits) => say!(
            "An RSA key of {0} bits still works, but is shorter than it should be. It should have `2048`.",
            number(bits)
        ),
        DiagnosticCode::LongKey(bits) => say!(
            "An RSA key of {0} bits is longer than receivers need to accept (`4096`).",
            number(bits)
        ),
        DiagnosticCode::WithoutSha256 => say!(
            "{0} leaves out `sha256`, the only one that may be used, so receivers take no signature with this key.",
            at()
        ),
        DiagnosticCode::UnknownHash => say!(
            "{0} is no way of signing that a standard knows; receivers ignore it.",
            at()
        ),
        DiagnosticCode::NotForMail => say!("The key is for {0}, not for mail.", at()),
        DiagnosticCode::Testing => say!(
            "The key is in test mode (`t=y`): receivers may treat what is signed with it as unsigned."
        ),
        DiagnosticCode::UnknownFlag => say!(
            "{0} is a flag that no standard knows; receivers ignore it.",
            at()
        ),
    }
}

/// What to give instead, where what was typed or pasted names no selector of the domain.
pub(in crate::wording) fn not_named(error: &NotNamed) -> Sentence {
    match error {
        NotNamed::Selector(error) => selector_error(error),
        NotNamed::Unsigned => say!(
            "There is no `DKIM-Signature` in it. Take a message as it arrived elsewhere, with its whole header."
        ),
        NotNamed::Foreign(domains) => say!(
            "The message was signed, but by {0}, not in the name of your domain.",
            list(domains)
        ),
    }
}

/// What to type instead of this selector.
pub(in crate::wording) fn selector_error(error: &SelectorError) -> Sentence {
    match error {
        SelectorError::Empty => say!(
            "Type the selector of a key, such as `s2026`: it stands behind `s=` in the `DKIM-Signature` field of your messages."
        ),
        SelectorError::Character(c) if c.is_whitespace() => {
            say!("A selector has no spaces. Type one, such as `s2026`.")
        }
        SelectorError::Character(c) => say!(
            "A selector cannot hold {0}. Take it out and try again.",
            Sentence::code(c)
        ),
        SelectorError::EmptyLabel => {
            say!("Two dots stand side by side, or one stands in front. Take one out.")
        }
        SelectorError::TooLong => say!("The selector is too long for a DNS name."),
    }
}
