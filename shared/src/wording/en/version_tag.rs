//! Records that begin with a version: how a text comes close to one, and what is wrong with a field.

use crate::version_tag::{FieldFault, NearMiss};
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

/// What is wrong with the field that stands `at` a place.
pub(super) fn field(fault: FieldFault, at: Sentence) -> Sentence {
    match fault {
        FieldFault::NotAField => {
            say!(
                "{0} has no equals sign, so senders may ignore the whole record.",
                at
            )
        }
        FieldFault::InvalidField => {
            say!(
                "{0} is no field that a record can have; senders may ignore it all.",
                at
            )
        }
        FieldFault::SpaceAtEquals => {
            say!(
                "{0} has a space beside the equals sign; strict senders do not read that.",
                at
            )
        }
        FieldFault::EmptyField => {
            say!("Two semicolons follow one another; strict senders do not read that.")
        }
        FieldFault::RepeatedVersion => say!("{0} is a second version, which senders ignore.", at),
        FieldFault::UnknownField => {
            say!(
                "{0} is a field that no standard knows; senders ignore it.",
                at
            )
        }
    }
}
