//! What is said about DNSSEC.

use super::numbers::{agree, list};
use crate::dnssec::mnemonic;
use crate::report::DnssecReason;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// Why a finding about DNSSEC has its status.
pub(super) fn reason(reason: &DnssecReason) -> Sentence {
    match reason {
        DnssecReason::Secure => {
            say!("پاسخ‌های DNS درباره‌ی دامنه و سرورهای ایمیل آن امضا دارند و امضاها معتبرند.")
        }
        DnssecReason::Unsigned => say!(
            "پاسخ‌های DNS درباره‌ی دامنه امضا ندارند: هر کس یکی را جعل کند می‌تواند ایمیل شما را به جای دیگری ببرد."
        ),
        DnssecReason::Island { key_tags } => say!(
            "دامنه امضا شده، اما ناحیه‌ی بالادست خبر ندارد: برای {0} {1} رکورد `DS` ندارد. پس این امضاها از چیزی محافظت نمی‌کنند.",
            agree(key_tags, "کلید", "کلیدهای"),
            tags(key_tags)
        ),
        DnssecReason::NotTrusted => say!(
            "دامنه امضا شده و با این حال سرورهای DNS آن را بی‌امضا می‌شمارند: الگوریتم آن برایشان بسیار کهنه است، یا یکی از ناحیه‌های بالادست امضا ندارد."
        ),
        DnssecReason::Bogus => say!(
            "امضاهای دامنه نادرست‌اند یا تاریخشان گذشته است. سرورهای DNS که اعتبار را می‌سنجند پاسخ‌های آن را نگه می‌دارند، پس کاربرانشان نمی‌توانند به شما ایمیل بفرستند."
        ),
        DnssecReason::KeysDiffer { named, keys } => say!(
            "رکوردهای `DS` در ناحیه‌ی بالادست {0} {1} را نام می‌برند، اما ناحیه با {2} امضا شده است.",
            agree(named, "کلید", "کلیدهای"),
            tags(named),
            tags(keys)
        ),
        DnssecReason::HostsUnsigned { hosts } => say!(
            "پاسخ‌های DNS درباره‌ی {0} امضا ندارند: هر کس یکی را جعل کند می‌تواند جای {1} را بگیرد.",
            list(hosts),
            agree(hosts, "آن", "آن‌ها")
        ),
        DnssecReason::HostsBogus { hosts } => say!(
            "امضاهای {0} نادرست‌اند یا تاریخشان گذشته است. فرستنده‌هایی که سرور DNS آن‌ها اعتبار را می‌سنجد {1} را پیدا نمی‌کنند.",
            list(hosts),
            agree(hosts, "آن", "آن‌ها")
        ),
        DnssecReason::HostsUnseen { hosts } => say!(
            "نتوانستیم بفهمیم که پاسخ‌های DNS درباره‌ی {0} امضا دارند یا نه.",
            list(hosts)
        ),
        DnssecReason::WeakAlgorithm { algorithm } => say!(
            "یکی از کلیدهای دامنه از الگوریتم {0} استفاده می‌کند که دیگر امن نیست؛ بعضی سرورهای DNS آن را نادیده می‌گیرند.",
            mnemonic(*algorithm)
        ),
        DnssecReason::WeakDigest { key_tags } => say!(
            "ناحیه‌ی بالادست {0} {1} را با چکیده‌ای نام می‌برد که دیگر امن نیست (`SHA-1` یا `GOST`).",
            agree(key_tags, "کلید", "کلیدهای"),
            tags(key_tags)
        ),
        DnssecReason::Unvalidated => {
            say!("نتوانستیم بررسی کنیم: سرور DNS که از آن پرسیدیم اعتبار امضاها را نمی‌سنجد.")
        }
    }
}

/// Key tags as zone files write them.
pub(super) fn tags(tags: &[u16]) -> Sentence {
    list(tags.iter().map(Sentence::code))
}
