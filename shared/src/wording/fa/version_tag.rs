//! Records that begin with a version: how a text comes close to one, and what is wrong with a field.

use crate::version_tag::{FieldFault, NearMiss};
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// As a clause; `beginning` is what the record must begin with.
pub(super) fn near_miss(near_miss: NearMiss, beginning: &'static str) -> Sentence {
    match near_miss {
        NearMiss::Quoted => say!("علامت نقل قول دور آن، بخشی از خود متن شده است"),
        NearMiss::LeadingWhiteSpace => say!("پیش از آن فاصله آمده است"),
        NearMiss::VersionCase => say!("باید با {0} و درست با همین حروف آغاز شود", beginning),
        NearMiss::Escaped => say!("خط‌های کج وارونه بخشی از خود متن شده‌اند"),
        NearMiss::MissingSeparator => {
            say!("باید با {0} آغاز شود، با نقطه‌ویرگول درست پشت آن", beginning)
        }
        NearMiss::OtherVersion => {
            say!("باید با {0} آغاز شود، که تنها نسخه‌ی موجود است", beginning)
        }
        NearMiss::VersionNotFirst => say!("{0} باید در آغاز بیاید", beginning),
    }
}

/// What is wrong with the field that stands `at` a place.
pub(super) fn field(fault: FieldFault, at: Sentence) -> Sentence {
    match fault {
        FieldFault::NotAField => say!(
            "{0} علامت مساوی ندارد، پس شاید فرستنده‌ها همه‌ی رکورد را نادیده بگیرند.",
            at
        ),
        FieldFault::InvalidField => say!(
            "{0} فیلدی نیست که در رکورد مجاز باشد؛ شاید فرستنده‌ها همه‌ی آن را نادیده بگیرند.",
            at
        ),
        FieldFault::SpaceAtEquals => say!(
            "{0} کنار علامت مساوی فاصله دارد؛ فرستنده‌های سخت‌گیر آن را نمی‌خوانند.",
            at
        ),
        FieldFault::EmptyField => {
            say!("دو نقطه‌ویرگول پشت سر هم آمده‌اند؛ فرستنده‌های سخت‌گیر آن را نمی‌خوانند.")
        }
        FieldFault::RepeatedVersion => {
            say!("{0} دومین نسخه است که فرستنده‌ها نادیده‌اش می‌گیرند.", at)
        }
        FieldFault::UnknownField => say!(
            "{0} فیلدی است که هیچ استانداردی نمی‌شناسد؛ فرستنده‌ها نادیده‌اش می‌گیرند.",
            at
        ),
    }
}
