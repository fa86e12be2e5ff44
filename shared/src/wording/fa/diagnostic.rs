//! Remarks about a place in a DMARC record.

use crate::dmarc::{Diagnostic, DiagnosticCode, NearMiss, TagName};
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// The remark, with the text that it is about.
pub(super) fn diagnostic(record: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = Sentence::code(excerpt(record, diagnostic.span));
    let empty = diagnostic.span.start == diagnostic.span.end;
    match diagnostic.code {
        DiagnosticCode::MissingPolicy => {
            say!(
                "رکورد سیاستی ندارد (`p`). اگر آدرسی برای گزارش داشته باشد `p=none` به شمار می‌آید، وگرنه هیچ."
            )
        }
        DiagnosticCode::InvalidValue(tag @ (TagName::P | TagName::Sp | TagName::Np)) if empty => {
            say!(
                "برچسب {0} خالی است. اگر رکورد گزارش بخواهد `p=none` به شمار می‌آید، وگرنه هیچ.",
                tag.as_str()
            )
        }
        DiagnosticCode::InvalidValue(tag) if empty => {
            say!(
                "برچسب {0} خالی است؛ گیرنده‌ها مقدار پیش‌فرض را به کار می‌برند.",
                tag.as_str()
            )
        }
        DiagnosticCode::InvalidValue(tag @ (TagName::P | TagName::Sp | TagName::Np)) => say!(
            "{0} سیاستی نیست که {1} بپذیرد. اگر رکورد گزارش بخواهد `p=none` به شمار می‌آید، وگرنه هیچ.",
            at,
            tag.as_str()
        ),
        DiagnosticCode::InvalidValue(tag) => {
            say!(
                "{0} مقداری نیست که {1} بپذیرد؛ گیرنده‌ها مقدار پیش‌فرض را به کار می‌برند.",
                at,
                tag.as_str()
            )
        }
        DiagnosticCode::NotATag => {
            say!("{0} برچسب نیست: برچسب نامی دارد و علامت مساوی و مقداری.", at)
        }
        DiagnosticCode::EmptyTag => say!("دو نقطه‌ویرگول پشت سر هم آمده‌اند و میانشان چیزی نیست."),
        DiagnosticCode::DuplicateTag(tag) => say!(
            "{0} بیش از یک بار آمده است و رکورد را بی‌اثر می‌کند؛ گیرنده‌هایی که باز هم آن را بخوانند یکی از آن دو را به کار می‌برند.",
            tag.as_str()
        ),
        DiagnosticCode::InvalidCharacter => say!("{0} نویسه‌ای است که در هیچ مقداری مجاز نیست.", at),
        DiagnosticCode::InvalidUri if empty => say!("اینجا یک آدرس کم است."),
        DiagnosticCode::InvalidUri => say!("{0} آدرسی نیست که بتوان به آن گزارش فرستاد.", at),
        DiagnosticCode::MissingMailto => say!(
            "پیش از {0} باید `mailto:` بیاید؛ بدون آن گزارشی نمی‌رسد.",
            at
        ),
        DiagnosticCode::UnsupportedScheme => {
            say!(
                "{0} آدرسی با `mailto:` نیست؛ گیرنده‌ها گزارش را فقط با ایمیل می‌فرستند.",
                at
            )
        }
        DiagnosticCode::SizeLimit => say!(
            "{0} سقفی برای اندازه می‌گذارد که منسوخ است و اثری ندارد.",
            at
        ),
        DiagnosticCode::ManyUris(tag) => say!(
            "{0} بیش از دو آدرس دارد؛ شاید گیرنده‌ها {1} و پس از آن را کنار بگذارند.",
            tag.as_str(),
            at
        ),
        DiagnosticCode::FailureOptionsWithoutRuf => say!("`fo` بدون `ruf` اثری ندارد."),
        DiagnosticCode::FailureOptionsExclusive => {
            say!("{0} هم `0` را می‌خواهد و هم `1` را، که با هم نمی‌سازند.", at)
        }
        DiagnosticCode::RemovedTag(tag) => say!(
            "{0} دیگر در استاندارد نیست: شاید فقط گیرنده‌های قدیمی هنوز {1} را به کار ببرند.",
            tag.as_str(),
            at
        ),
        DiagnosticCode::WatchesOnly => say!(
            "با {0} هیچ ایمیلی رد نمی‌شود: هر که گزارش بخواهد فقط می‌فهمد چه کسی به نام دامنه می‌فرستد.",
            at
        ),
        DiagnosticCode::Testing => say!(
            "{0} حالت آزمایشی است: گیرنده‌ها `reject` را `quarantine` می‌گیرند و `quarantine` را `none`.",
            at
        ),
        DiagnosticCode::PublicSuffix => say!(
            "{0} می‌گوید دامنه پسوندی عمومی است که دیگران زیر آن دامنه می‌گیرند. دامنه‌ی معمولی آن را نمی‌نویسد.",
            at
        ),
        DiagnosticCode::UnknownTag => say!(
            "{0} برچسبی است که هیچ استانداردی نمی‌شناسد؛ گیرنده‌ها نادیده‌اش می‌گیرند.",
            at
        ),
    }
}

/// How a text comes close to a record, as a clause.
pub(super) fn near_miss(near_miss: NearMiss) -> Sentence {
    match near_miss {
        NearMiss::Quoted => say!("علامت نقل قول دور آن، بخشی از خود متن شده است"),
        NearMiss::LeadingWhiteSpace => say!("پیش از آن فاصله آمده است"),
        NearMiss::VersionCase => say!("`DMARC1` باید با حروف بزرگ باشد"),
        NearMiss::Escaped => say!("خط‌های کج وارونه بخشی از خود متن شده‌اند"),
        NearMiss::MissingSeparator => say!("پس از `v=DMARC1` باید نقطه‌ویرگول بیاید"),
        NearMiss::OtherVersion => say!("تنها نسخه‌ای که وجود دارد `v=DMARC1` است"),
        NearMiss::VersionNotFirst => say!("`v=DMARC1` باید در آغاز بیاید"),
        NearMiss::MissingVersion => say!("باید با `v=DMARC1;` آغاز شود"),
    }
}
