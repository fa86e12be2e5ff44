//! What is said about the ports where people hand in mail.

use super::numbers::{list, reply};
use crate::report::SubmissionReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about these ports has its status.
pub(super) fn reason(reason: &SubmissionReason) -> Sentence {
    match reason {
        SubmissionReason::Closed => {
            say!("کسی اینجا ایمیلی برای فرستادن تحویل نمی‌دهد: پورت‌های `465` و `587` بسته‌اند.")
        }
        SubmissionReason::Elsewhere => say!(
            "پورت‌های `465` و `587` به غریبه‌ها پاسخ نمی‌دهند. کاربران ارائه‌دهنده‌های ایمیل جای دیگری وارد می‌شوند."
        ),
        SubmissionReason::InTls { port } => say!(
            "روی پورت {0} ورود کاربر فقط درون TLS پیشنهاد می‌شود. فقط بررسی ژرف می‌پرسد آنجا کدام نسخه‌ها و مجموعه‌های رمز پذیرفته می‌شوند.",
            Sentence::code(port)
        ),
        SubmissionReason::OptionalTls { port, mechanisms } => say!(
            "روی پورت {0} ورود کاربر پیش از TLS هم پیشنهاد می‌شود ({1}): گذرواژه ممکن است بدون رمزنگاری از شبکه بگذرد.",
            Sentence::code(port),
            list(mechanisms)
        ),
        SubmissionReason::InClear { port, mechanisms } => say!(
            "روی پورت {0} ورود کاربر بدون هیچ TLS پیشنهاد می‌شود ({1}): هر کس گوش بایستد گذرواژه‌ها را می‌فهمد.",
            Sentence::code(port),
            list(mechanisms)
        ),
        SubmissionReason::WithoutTls { port } => say!(
            "پورت {0} بدون TLS است: هر چه آنجا تحویل شود بدون رمزنگاری می‌رود.",
            Sentence::code(port)
        ),
        SubmissionReason::BrokenTls { port } => say!(
            "روی پورت {0} ارتباط رمزشده برقرار نمی‌شود.",
            Sentence::code(port)
        ),
        SubmissionReason::Deferred {
            port,
            reply_code,
            text,
        } => say!(
            "روی پورت {0} سرور رمزنگاری را به بعد واگذاشت ({1})، پس نتوانستیم بررسی کنیم.",
            Sentence::code(port),
            reply(*reply_code, text)
        ),
        SubmissionReason::WithoutLogin { port } => say!(
            "روی پورت {0} سروری پاسخ می‌دهد و ورود کاربر را پیشنهاد نمی‌دهد، پس گذرواژه‌ای آنجا در خطر نیست.",
            Sentence::code(port)
        ),
    }
}
