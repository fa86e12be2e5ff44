//! Remarks about a place in a DMARC record.

use crate::dmarc::{Diagnostic, DiagnosticCode, NearMiss, TagName};
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// The remark, with the text that it is about.
pub(super) fn diagnostic(record: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(record, diagnostic.span));
    let empty = diagnostic.span.start == diagnostic.span.end;
    match diagnostic.code {
        DiagnosticCode::MissingPolicy => {
            say!(
                "The record has no policy (`p`). With an address for reports it counts as `p=none`, else as nothing."
            )
        }
        DiagnosticCode::InvalidValue(tag @ (TagName::P | TagName::Sp | TagName::Np)) if empty => {
            say!(
                "The tag {0} is empty. The record counts as `p=none` when it asks for reports, else as nothing.",
                tag.as_str()
            )
        }
        DiagnosticCode::InvalidValue(tag) if empty => {
            say!(
                "The tag {0} is empty; receivers use the default.",
                tag.as_str()
            )
        }
        DiagnosticCode::InvalidValue(tag @ (TagName::P | TagName::Sp | TagName::Np)) => say!(
            "{0} is no policy that {1} can have. The record counts as `p=none` when it asks for reports, else as nothing.",
            at,
            tag.as_str()
        ),
        DiagnosticCode::InvalidValue(tag) => {
            say!(
                "{0} is no value that {1} can have; receivers use the default.",
                at,
                tag.as_str()
            )
        }
        DiagnosticCode::NotATag => say!(
            "{0} is no tag: that is a name, an equals sign and a value.",
            at
        ),
        DiagnosticCode::EmptyTag => {
            say!("Two semicolons follow one another with nothing between them.")
        }
        DiagnosticCode::DuplicateTag(tag) => say!(
            "{0} is there more than once, which makes the record void; receivers that read it all the same go by one of the two.",
            tag.as_str()
        ),
        DiagnosticCode::InvalidCharacter => say!("{0} is a character that no value can hold.", at),
        DiagnosticCode::InvalidUri if empty => say!("An address is missing here."),
        DiagnosticCode::InvalidUri => say!("{0} is no address that reports can be sent to.", at),
        DiagnosticCode::MissingMailto => {
            say!("{0} lacks `mailto:` in front, so no reports come.", at)
        }
        DiagnosticCode::UnsupportedScheme => {
            say!(
                "{0} is no `mailto:` address; receivers send reports by mail only.",
                at
            )
        }
        DiagnosticCode::SizeLimit => say!(
            "{0} sets a size limit, which is obsolete and does nothing.",
            at
        ),
        DiagnosticCode::ManyUris(tag) => say!(
            "{0} names more than two addresses; receivers may leave out {1} and those after it.",
            tag.as_str(),
            at
        ),
        DiagnosticCode::FailureOptionsWithoutRuf => say!("`fo` does nothing without `ruf`."),
        DiagnosticCode::FailureOptionsExclusive => say!(
            "{0} asks for `0` and `1` at once, which exclude each other.",
            at
        ),
        DiagnosticCode::RemovedTag(tag) => say!(
            "{0} is no longer part of the standard: only older receivers may still follow {1}.",
            tag.as_str(),
            at
        ),
        DiagnosticCode::WatchesOnly => say!(
            "With {0} nothing is refused: whoever asks for reports learns who sends in the name of the domain, no more.",
            at
        ),
        DiagnosticCode::Testing => say!(
            "{0} is the test mode: receivers treat `reject` as `quarantine`, and `quarantine` as `none`.",
            at
        ),
        DiagnosticCode::PublicSuffix => say!(
            "{0} says that the domain is a public suffix, under which others register theirs. An ordinary domain leaves it out.",
            at
        ),
        DiagnosticCode::UnknownTag => say!(
            "{0} is a tag that no standard knows; receivers ignore it.",
            at
        ),
    }
}

/// How a text comes close to a record, as a clause.
pub(super) fn near_miss(near_miss: NearMiss) -> Sentence {
    match near_miss {
        NearMiss::Quoted => say!("the quotation marks around it are part of it"),
        NearMiss::LeadingWhiteSpace => say!("a space stands in front"),
        NearMiss::VersionCase => say!("`DMARC1` must be in capital letters"),
        NearMiss::Escaped => say!("the backslashes are part of it"),
        NearMiss::MissingSeparator => say!("a semicolon must follow `v=DMARC1`"),
        NearMiss::OtherVersion => say!("`v=DMARC1` is the only version there is"),
        NearMiss::VersionNotFirst => say!("`v=DMARC1` must stand first"),
        NearMiss::MissingVersion => say!("it must begin with `v=DMARC1;`"),
    }
}
