//! What is said about MX records.

use super::numbers::number;
use crate::mx::{Diagnostic, DiagnosticCode};
use crate::report::MxReason;
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// Why a finding about MX records has its status.
pub(super) fn reason(reason: &MxReason) -> Sentence {
    match reason {
        MxReason::Valid { exchanges: 1 } => {
            say!("رکورد MX سروری را نام می‌برد که آدرس دارد.")
        }
        MxReason::Valid { exchanges } => say!(
            "هر {0} رکورد MX سروری را نام می‌برد که آدرس دارد.",
            number(exchanges)
        ),
        MxReason::NullBesideOthers => say!(
            "یک رکورد MX می‌گوید دامنه ایمیل نمی‌گیرد (`0 .`) و بقیه می‌گویند می‌گیرد. فرستنده‌ها شاید هر کدام را باور کنند."
        ),
        MxReason::Parked => say!(
            "SPF و DMARC هم هر نامه‌ای را که به نام آن باشد رد می‌کنند: دامنه‌ی بی‌ایمیل باید همین‌گونه باشد."
        ),
        MxReason::NotDisowned => say!(
            "اما SPF یا DMARC همه‌ی نامه‌هایی را که به نام آن است رد نمی‌کنند، پس غریبه‌ها هنوز می‌توانند به کارش ببرند."
        ),
        MxReason::NullSends => say!(
            "دامنه می‌گوید ایمیل نمی‌گیرد، اما رکورد SPF آن سرورهایی را نام می‌برد که ایمیل می‌فرستند. پاسخی نمی‌تواند برگردد و گیرنده‌ها شاید چنین نامه‌ای را رد کنند (`RFC 7505 §4.2`)."
        ),
        MxReason::Nothing => say!(
            "دامنه نه رکورد MX دارد و نه آدرس: ایمیلی به آن نمی‌رسد و چیزی نمی‌گوید که این خواسته‌ی شماست."
        ),
        MxReason::Alias { exchange, alias_of } => say!(
            "رکورد MX به {0} اشاره می‌کند که نام مستعار {1} است. آنجا فقط نام اصلی میزبان می‌آید (`RFC 2181 §10.3`)؛ بعضی فرستنده‌ها نام مستعار را دنبال نمی‌کنند.",
            exchange,
            alias_of
        ),
        MxReason::Dangling {
            exchange,
            foreign: true,
        } => say!(
            "رکورد MX به {0} اشاره می‌کند و چنین نامی وجود ندارد. این نام در دامنه‌ی دیگری است: هر کس آن را به دست آورد، ایمیل شما را هم می‌گیرد.",
            exchange
        ),
        MxReason::Dangling { exchange, .. } => say!(
            "رکورد MX به {0} اشاره می‌کند و چنین نامی وجود ندارد، پس نمی‌توان به آن ایمیل رساند.",
            exchange
        ),
        MxReason::NotPublic { exchange, address } => say!(
            "سرور {0} آدرسی ندارد که از بیرون در دسترس باشد، فقط آدرسی مانند {1}.",
            exchange,
            address
        ),
        MxReason::Ipv6Only => say!(
            "هیچ سرور ایمیل دامنه آدرس `IPv4` ندارد. فرستنده‌هایی که `IPv6` ندارند، و کم نیستند، نمی‌توانند ایمیل برسانند."
        ),
        MxReason::OneAddress { address } => say!(
            "همه‌ی سرورهای ایمیل روی یک آدرس‌اند، {0}: اگر از کار بیفتد، جانشینی نیست.",
            address
        ),
    }
}

/// A remark about a place in lines of MX records.
pub(in crate::wording) fn diagnostic(text: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(text, diagnostic.span));
    match diagnostic.code {
        DiagnosticCode::MissingPreference => {
            say!("پیش از {0} عددی کم است، مانند `10`.", at)
        }
        DiagnosticCode::InvalidPreference => {
            say!("{0} عددی از `0` تا `65535` نیست.", at)
        }
        DiagnosticCode::MissingExchange => say!("پس از {0} نام میزبان نیامده است.", at),
        DiagnosticCode::InvalidName => say!("{0} نامی نیست که در DNS بگنجد.", at),
        DiagnosticCode::IsAddress => {
            say!("در {0} آدرس آمده است؛ آنجا فقط نام میزبان می‌آید.", at)
        }
        DiagnosticCode::NotAHost => say!(
            "{0} نمی‌تواند نام میزبان باشد: چنین نامی از حرف لاتین و رقم و خط تیره است.",
            at
        ),
        DiagnosticCode::IsLocalhost => say!(
            "{0} همان دستگاه فرستنده را نام می‌برد، پس ایمیل هرگز به شما نمی‌رسد.",
            at
        ),
        DiagnosticCode::IsLocal => {
            say!(
                "در {0} نامی آمده که از بیرون به جایی نمی‌رسد. آن را کامل و با نام دامنه بنویسید.",
                at
            )
        }
        DiagnosticCode::NullBesideOthers => {
            say!(
                "{0} می‌گوید دامنه ایمیل نمی‌گیرد؛ فقط می‌تواند تنها بیاید.",
                at
            )
        }
        DiagnosticCode::NullPreference => say!(
            "{0} می‌گوید دامنه ایمیل نمی‌گیرد؛ اولویت معمول آن `0` است.",
            at
        ),
        DiagnosticCode::Repeated => say!("{0} میزبانی را نام می‌برد که پیش‌تر آمده است.", at),
        DiagnosticCode::TrailingText => say!("{0} بیش از چیزی است که یک رکورد دارد.", at),
        DiagnosticCode::TooMany => {
            say!("از {0} به بعد خوانده نشد: این همه را کسی نمی‌پرسد.", at)
        }
    }
}
