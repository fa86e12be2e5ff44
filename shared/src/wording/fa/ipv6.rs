//! What is said about IPv6.

use super::numbers::{agree, list};
use crate::report::Ipv6Reason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about IPv6 has its status.
pub(super) fn reason(reason: &Ipv6Reason) -> Sentence {
    match reason {
        Ipv6Reason::Reachable { hosts } => say!(
            "{0} از راه `IPv6` پاسخ {1}.",
            list(hosts),
            agree(hosts, "می‌دهد", "می‌دهند")
        ),
        Ipv6Reason::OnlySome { hosts } => say!(
            "{0} آدرس `IPv6` {1}.",
            list(hosts),
            agree(hosts, "ندارد", "ندارند")
        ),
        Ipv6Reason::Unreachable { hosts } => say!(
            "{0} آدرس `IPv6` {1}، اما آنجا چیزی پاسخ نمی‌دهد و وقت فرستنده‌ها هدر می‌رود.",
            list(hosts),
            agree(hosts, "دارد", "دارند")
        ),
        Ipv6Reason::Absent => say!(
            "هیچ سرور ایمیلی آدرس `IPv6` ندارد. ایمیل به هر حال از راه `IPv4` می‌رسد؛ بعضی شبکه‌ها `IPv6` را بهتر می‌دانند."
        ),
    }
}
