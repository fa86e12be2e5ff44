//! What is said about commands behind STARTTLS.

use super::numbers::reply;
use crate::report::InjectionReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about commands behind STARTTLS has its status.
pub(super) fn reason(reason: &InjectionReason) -> Sentence {
    match reason {
        InjectionReason::Answered { reply_code, text } => say!(
            "سرور به فرمانی که پیش از TLS و بدون رمز فرستاده شده بود، درون TLS پاسخ داد ({0}): کسی که در میانه باشد می‌تواند فرمان‌های خودش را به ارتباط دیگران جا بزند.",
            reply(*reply_code, text)
        ),
        InjectionReason::Discarded => {
            say!("آنچه پیش از TLS فرستاده شود درون آن فراموش می‌شود؛ همین درست است.")
        }
        InjectionReason::Refused => say!(
            "سرور تا وقتی فرمانی پشت `STARTTLS` در انتظار است سراغ TLS نمی‌رود، پس چیزی را نمی‌توان جا زد."
        ),
        InjectionReason::Deferred { reply_code, text } => say!(
            "سرور رمزنگاری را به بعد واگذاشت ({0})، پس این را نتوانستیم بیازماییم.",
            reply(*reply_code, text)
        ),
        InjectionReason::Inconclusive { reply_code, text } => say!(
            "درون TLS یک پاسخ آمد ({0}) و نمی‌توان گفت پاسخ کدام فرمان است.",
            reply(*reply_code, text)
        ),
        InjectionReason::WithoutTls => {
            say!("اینجا TLS پیشنهاد نمی‌شود تا بتوان چیزی به آن جا زد.")
        }
    }
}
