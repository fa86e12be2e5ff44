//! What is said about CAA records.

use super::numbers::list;
use crate::report::CaaReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about CAA records has its status.
pub(super) fn reason(reason: &CaaReason) -> Sentence {
    match reason {
        CaaReason::Absent => say!(
            "هر مرکزی اجازه دارد برای سرورهای ایمیل دامنه گواهی صادر کند: هیچ رکورد CAA جز این نمی‌گوید."
        ),
        CaaReason::Issuers { at, issuers } => {
            say!(
                "{1} می‌گوید فقط {0} اجازه‌ی صدور گواهی دارد.",
                list(issuers),
                at
            )
        }
        CaaReason::Nobody { at } => say!(
            "{0} می‌گوید هیچ‌کس اجازه‌ی صدور گواهی ندارد: تمدید بعدی گواهی سرور ایمیل شکست می‌خورد.",
            at
        ),
        CaaReason::Critical { at, tag } => say!(
            "{0} ویژگی {1} را حیاتی می‌خواند، که مراکز صدور نمی‌شناسند: هیچ‌کدام اجازه‌ی صدور گواهی ندارند.",
            at,
            tag
        ),
        CaaReason::NoOwnHosts => {
            say!("نام هیچ سرور ایمیلی در این دامنه نیست، پس گواهی آن‌ها به آن ربطی ندارد.")
        }
    }
}
