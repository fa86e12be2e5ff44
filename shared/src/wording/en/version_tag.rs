//! How a text comes close to a record that begins with a version.

use crate::version_tag::NearMiss;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// As a clause; `beginning` is what the record must begin with.
pub(super) fn near_miss(near_miss: NearMiss, beginning: &'static str) -> Sentence {
    match near_miss {
        NearMiss::Quoted => say!("the quotation marks around it are part of it"),
        NearMiss::LeadingWhiteSpace => say!("a space stands in front"),
        NearMiss::VersionCase => say!("it must begin with {0} in just these letters", beginning),
        NearMiss::Escaped => say!("the backslashes are part of it"),
        NearMiss::MissingSeparator => {
            say!(
                "it must begin with {0}, the semicolon right behind",
                beginning
            )
        }
        NearMiss::OtherVersion => {
            say!(
                "it must begin with {0}, the only version there is",
                beginning
            )
        }
        NearMiss::VersionNotFirst => say!("{0} must stand first", beginning),
    }
}
