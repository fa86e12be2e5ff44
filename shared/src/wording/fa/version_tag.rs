//! How a text comes close to a record that begins with a version.

use crate::version_tag::NearMiss;
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
