//! What is said about DANE.

use super::numbers::{agree, list};
use crate::dane::{Diagnostic, DiagnosticCode, Field, Unusable};
use crate::report::DaneReason;
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// Why a finding about DANE has its status.
pub(super) fn reason(reason: &DaneReason) -> Sentence {
    match reason {
        DaneReason::Fits { hosts } => say!(
            "رکوردهای TLSA برای {0} با گواهی‌ای که آنجا نشان داده می‌شود جورند: فرستنده‌هایی که DANE را می‌شناسند فقط به همین سرور می‌رسانند.",
            list(hosts)
        ),
        DaneReason::Differs { hosts } => say!(
            "فرستنده‌هایی که DANE را می‌شناسند نمی‌توانند به {0} برسانند: هیچ رکورد TLSA با گواهی‌ای که آنجا نشان داده می‌شود جور نیست.",
            list(hosts)
        ),
        DaneReason::AuthorityNotSent { hosts } => say!(
            "رکوردهای TLSA برای {0} مرکز صدوری را نام می‌برند (کاربرد `2`) که گواهی‌اش باید همراه گواهی سرور بیاید، اما گواهی سرور تنها می‌آید.",
            list(hosts)
        ),
        DaneReason::IdleRecord { name, text } => say!(
            "در {0}، رکورد {1} با هیچ گواهی‌ای که دیدیم جور نیست: اگر برای کلید بعدی آنجا باشد سودمند است.",
            name,
            text
        ),
        DaneReason::Bare { hosts } => say!(
            "فرستنده‌هایی که DANE را می‌شناسند نمی‌توانند به {0} برسانند: رکوردهای TLSA رمزنگاری را الزامی می‌کنند، اما سرور آن را پیشنهاد نمی‌دهد.",
            list(hosts)
        ),
        DaneReason::Usable { hosts } => say!(
            "رکوردهای TLSA برای {0} به کار می‌آیند: فرستنده‌هایی که DANE را می‌شناسند فقط به سروری می‌رسانند که با آن‌ها جور باشد. گواهی سرور را ندیدیم، پس نتوانستیم مقایسه کنیم.",
            list(hosts)
        ),
        DaneReason::NotEffective => say!(
            "رکوردهای TLSA اثری ندارند، چون رکوردهای MX که به آن‌ها می‌رسند امضا ندارند: هر کس آن‌ها را جعل کند ایمیل را از کنارشان می‌گذراند."
        ),
        DaneReason::Missing { hosts } => say!(
            "برای {0} رکورد TLSA نیست: فرستنده‌ها هر گواهی را می‌پذیرند، حتی نبود گواهی را.",
            list(hosts)
        ),
        DaneReason::NeedsDnssec => say!(
            "اینجا DANE نیست و بدون DNSSEC هم نمی‌تواند باشد: فرستنده‌ها فقط جایی دنبال رکورد TLSA می‌گردند که پاسخ‌ها امضا دارند."
        ),
        DaneReason::MtaStsInstead => {
            say!("دامنه DANE ندارد، اما رکورد MTA-STS دارد که همان کار را می‌کند.")
        }
        DaneReason::InVain { hosts } => say!(
            "رکوردهای TLSA برای {0} اثری ندارند: کسی به آن‌ها نگاه نمی‌کند، چون پاسخ‌های DNS در آنجا امضا ندارند.",
            list(hosts)
        ),
        DaneReason::Withheld { hosts } => say!(
            "فرستنده‌هایی که DANE را می‌شناسند نمی‌توانند به {0} برسانند: DNS آنجا امضا دارد، اما پرسش رکوردهای TLSA به جایی نمی‌رسد و آن‌ها باید تا درست‌شدن این صبر کنند.",
            list(hosts)
        ),
        DaneReason::Useless { hosts } => say!(
            "هیچ فرستنده‌ای نمی‌تواند از رکوردهای TLSA برای {0} استفاده کند: این رکوردها رمزنگاری را الزامی می‌کنند، اما سرور درست را از نادرست باز نمی‌شناسانند.",
            list(hosts)
        ),
        DaneReason::UselessRecord { name, text, why } => say!(
            "در {0}، رکورد {1} به کار نمی‌آید: {2}.",
            name,
            text,
            unusable(*why)
        ),
        DaneReason::Full { hosts } => say!(
            "رکوردهای TLSA برای {0} گواهی یا کلید کامل را در خود دارند. چکیده همان کار را می‌کند و در هر پاسخ DNS جا می‌شود.",
            list(hosts)
        ),
        DaneReason::RenewalBreaks { hosts } => say!(
            "رکوردهای TLSA برای {0} خود گواهی را نام می‌برند (`3 0`) نه کلیدش را (`3 1`): پس از تمدید گواهی دیگر با آن جور نیستند.",
            list(hosts)
        ),
        DaneReason::Alone { hosts } => say!(
            "{0} {1} یک رکورد TLSA دارد. پیش از عوض‌شدن کلید، رکورد کلید بعدی باید کنار آن باشد.",
            list(hosts),
            agree(hosts, "فقط", "هر کدام فقط")
        ),
        DaneReason::Agility { hosts } => say!(
            "رکوردهای TLSA برای {0} چکیده‌های `SHA-256` و `SHA-512` از یک نوع دارند. فرستنده‌ها شاید فقط به دومی نگاه کنند، پس آن‌ها باید به‌تنهایی درست باشند.",
            list(hosts)
        ),
    }
}

/// The remark, with the text that it is about.
pub(in crate::wording) fn diagnostic(record: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(record, diagnostic.span));
    match diagnostic.code {
        DiagnosticCode::Missing(missing) => {
            say!(
                "رکورد پیش از {0} تمام می‌شود.",
                Sentence::text(field(missing))
            )
        }
        DiagnosticCode::NotANumber(of) => say!(
            "{0} نمی‌تواند {1} باشد: آنجا عددی می‌آید یا واژه‌ای به جای آن.",
            at,
            Sentence::text(field(of))
        ),
        DiagnosticCode::NotHexadecimal => say!("{0} رقم شانزده‌شانزدهی نیست.", at),
        DiagnosticCode::OddDigits => {
            say!("یک رقم کم یا زیاد است: هر دو رقم یک بایت می‌سازند.")
        }
        DiagnosticCode::Unusable(why) => {
            say!(
                "هیچ سرور ایمیلی نمی‌تواند از این رکورد استفاده کند: {0}.",
                unusable(why)
            )
        }
        DiagnosticCode::RenewalBreaks => {
            say!("رکورد خود گواهی را نام می‌برد نه کلیدش را: پس از تمدید گواهی دیگر با آن جور نیست.")
        }
        DiagnosticCode::Full => {
            say!("رکورد گواهی یا کلید کامل را در خود دارد؛ چکیده همان کار را می‌کند.")
        }
    }
}

const fn field(field: Field) -> &'static str {
    match field {
        Field::Usage => "کاربرد",
        Field::Selector => "گزینشگر",
        Field::Matching => "نوع تطبیق",
        Field::Data => "داده",
    }
}

fn unusable(why: Unusable) -> Sentence {
    match why {
        Unusable::PkixUsage => say!("کاربردهای `0` و `1` برای ایمیل به حساب نمی‌آیند"),
        Unusable::Usage => say!("چنین کاربردی تعریف نشده است"),
        Unusable::Selector => say!("چنین گزینشگری تعریف نشده است"),
        Unusable::Matching => say!("چنین نوع تطبیقی تعریف نشده است"),
        Unusable::Length => say!("چکیده کوتاه‌تر یا بلندتر از آن است که باید"),
        Unusable::Der => say!("داده نه گواهی است و نه کلید"),
    }
}
