//! What is said about STARTTLS.

use super::numbers::{agree, list, reply};
use crate::report::StartTlsReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about STARTTLS has its status.
pub(super) fn reason(reason: &StartTlsReason) -> Sentence {
    match reason {
        StartTlsReason::Works => {
            say!("ارتباط رمزشده برقرار شد: فرستنده‌ها می‌توانند با TLS برسانند.")
        }
        StartTlsReason::WorksForSome => say!(
            "ارتباط TLS خود ما برقرار نشد، اما سرور با روش‌های دیگری کنار می‌آید: بعضی فرستنده‌ها می‌توانند رمزنگاری کنند و فرستنده‌های امروزی شاید نه."
        ),
        StartTlsReason::Missing => say!(
            "سرور `STARTTLS` را پیشنهاد نمی‌دهد: ایمیل تا آنجا بدون رمزنگاری می‌رود و هر کس در راه باشد می‌تواند آن را بخواند."
        ),
        StartTlsReason::HeloAlone => {
            say!("سرور فقط `HELO` را می‌شناسد و رمزنگاری ندارد: ایمیل تا آنجا بدون رمزنگاری می‌رود.")
        }
        StartTlsReason::Stripped { keyword } => say!(
            "چیزی در راه `STARTTLS` را برمی‌دارد: به جای آن {0} آمده است. فایروال‌هایی که ایمیل را وارسی می‌کنند چنین می‌کنند و ایمیل آن‌گاه بدون رمزنگاری می‌رود.",
            keyword
        ),
        StartTlsReason::KeyMismatch => say!(
            "کلید سرور از آنِ گواهی‌ای نیست که نشان می‌دهد، پس ارتباط رمزشده برقرار نمی‌شود. بیشتر فرستنده‌ها آن‌گاه بدون رمزنگاری می‌رسانند یا اصلاً نمی‌رسانند."
        ),
        StartTlsReason::Broken { detail } => say!(
            "سرور `STARTTLS` را پیشنهاد می‌دهد، اما ارتباط رمزشده برقرار نمی‌شود ({0}). بیشتر فرستنده‌ها آن‌گاه بدون رمزنگاری می‌رسانند یا اصلاً نمی‌رسانند.",
            detail
        ),
        StartTlsReason::Refused { reply_code, text } => say!(
            "سرور `STARTTLS` را پیشنهاد می‌دهد و سپس رد می‌کند ({0})، پس ایمیل تا آنجا بدون رمزنگاری می‌رود.",
            reply(*reply_code, text)
        ),
        StartTlsReason::Deferred { reply_code, text } => say!(
            "سرور رمزنگاری را به بعد واگذاشت ({0})، پس نتوانستیم بررسی کنیم.",
            reply(*reply_code, text)
        ),
        StartTlsReason::Partly { hosts } => say!(
            "{0} رمزنگاری کارآمدی {1} و فرستنده‌ها شاید همین {2} را برگزینند.",
            list(hosts),
            agree(hosts, "ندارد", "ندارند"),
            agree(hosts, "سرور", "سرورها")
        ),
        StartTlsReason::SomeAddresses { addresses } => say!(
            "در {0} رمزنگاری برقرار نمی‌شود، هرچند سرور ایمیل در آدرس دیگری آن را دارد. فرستنده‌ها شاید هر کدام را برگزینند.",
            list(addresses)
        ),
    }
}
