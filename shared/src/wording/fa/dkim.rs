//! What is said about DKIM keys.

use super::numbers::{agree, list, number};
use crate::dkim::{Algorithm, Diagnostic, DiagnosticCode, NotNamed, SelectorError};
use crate::evidence::SelectorSource;
use crate::report::DkimReason;
use crate::wording::Sentence;
use crate::wording::lines::excerpt;
use crate::wording::sentence::say;

/// Why a finding about DKIM keys has its status.
pub(super) fn reason(reason: &DkimReason) -> Sentence {
    match reason {
        DkimReason::Key {
            name,
            algorithm,
            bits,
            provider,
        } => {
            let kind = match algorithm {
                Algorithm::Rsa => say!("`RSA` با {0} بیت", number(bits)),
                Algorithm::Ed25519 => say!("`Ed25519`"),
            };
            let key = say!("گیرنده‌ها در {0} کلیدی می‌یابند: {1}.", name, kind);
            match provider {
                Some(provider) => key.then(say!("اداره‌اش با {0} است.", *provider)),
                None => key,
            }
        }
        DkimReason::Ed25519Alone => say!(
            "همه‌ی کلیدهایی که یافتیم `Ed25519` اند. بسیاری از گیرنده‌ها هنوز نمی‌توانند آن را بسنجند، پس با کلید RSA هم امضا کنید."
        ),
        DkimReason::Diagnostic {
            name,
            text,
            diagnostic: remark,
        } => say!("{0}: {1}", name, diagnostic(text, remark)),
        DkimReason::Several { name, count } => say!(
            "در {1} {0} رکورد کلید هست؛ اینکه گیرنده کدام را بردارد به بخت بسته است.",
            number(count),
            name
        ),
        DkimReason::Revoked { names } => say!(
            "{0} باطل {1}: {2}. نامه‌ای که با {3} امضا شود، بی‌امضا به شمار می‌آید.",
            agree(names, "کلیدی که یافتیم", "کلیدهایی که یافتیم"),
            agree(names, "شده است", "شده‌اند"),
            list(names),
            agree(names, "آن", "آن‌ها")
        ),
        DkimReason::Missing {
            name,
            source: SelectorSource::Typed,
        } => say!(
            "در {0} کلیدی نیست. آیا گزینشگر را درست نوشته‌اید؟ اگر آری، هر چه با آن امضا کنید همه‌جا رد می‌شود.",
            name
        ),
        DkimReason::Missing {
            name,
            source: SelectorSource::Message,
        } => say!(
            "در {0} کلیدی نیست، با اینکه ایمیل با آن امضا شده است. اگر ایمیل تازه است، امضای نامه‌های شما همه‌جا رد می‌شود.",
            name
        ),
        DkimReason::Dangling {
            name,
            target,
            provider,
        } => {
            let dangling = say!("{0} نام مستعار {1} است که کلیدی در آن نیست.", name, target);
            match provider {
                Some(provider) => {
                    dangling.then(say!("شاید امضا هیچ‌گاه نزد {0} روشن نشده باشد.", *provider))
                }
                None => dangling,
            }
        }
        DkimReason::NoNames => say!(
            "کلید DKIM وجود ندارد: زیر `_domainkey` هیچ نامی نیست. فقط سرور DNS نادرست می‌تواند کلیدی را پنهان کرده باشد."
        ),
        DkimReason::NotFound { answered } => say!(
            "زیر {0} نام رایج کلیدی نیافتیم. این چیزی را ثابت نمی‌کند، چون کلید هر نامی می‌تواند داشته باشد: گزینشگر را بنویسید یا ایمیلی را که فرستاده‌اید بدهید.",
            number(answered)
        ),
        DkimReason::Wildcard { revokes: true } => say!(
            "هر نامی زیر `_domainkey` می‌گوید کلیدش باطل است. شاید کلیدهایی با نام خودشان باز هم باشند: گزینشگر را بنویسید یا ایمیلی را که فرستاده‌اید بدهید."
        ),
        DkimReason::Wildcard { revokes: false } => say!(
            "هر نامی زیر `_domainkey` همان یک پاسخ را دارد و حدس زدن چیزی نمی‌گوید: گزینشگر را بنویسید یا ایمیلی را که فرستاده‌اید بدهید."
        ),
        DkimReason::SendsNothing => {
            say!("دامنه می‌گوید ایمیلی نمی‌فرستد، پس چیزی برای امضا نیست.")
        }
    }
}

/// A remark about a key record, with the text that it is about.
pub(in crate::wording) fn diagnostic(record: &str, diagnostic: &Diagnostic) -> Sentence {
    let at = || Sentence::code(excerpt(record, diagnostic.span));
    match diagnostic.code {
        DiagnosticCode::VersionNotFirst => {
            say!("`v=DKIM1` باید نخستین برچسب باشد؛ گیرنده‌ها از این رکورد می‌گذرند.")
        }
        DiagnosticCode::OtherVersion => say!(
            "{0} نسخه‌ای نیست که گیرنده‌ها بشناسند؛ باید `DKIM1` باشد.",
            at()
        ),
        DiagnosticCode::NotATag => say!(
            "{0} برچسب نیست: برچسب نامی دارد که با حرف لاتین آغاز می‌شود و علامت مساوی و مقداری. گیرنده‌ها از همه‌ی رکورد می‌گذرند.",
            at()
        ),
        DiagnosticCode::MissingSemicolon => say!(
            "در {0} پیش از برچسب بعدی نقطه‌ویرگول نیامده است، پس گیرنده‌ها از همه‌ی رکورد می‌گذرند.",
            at()
        ),
        DiagnosticCode::InvalidCharacter => say!(
            "{0} نویسه‌ای است که در هیچ مقداری مجاز نیست؛ گیرنده‌ها از همه‌ی رکورد می‌گذرند.",
            at()
        ),
        DiagnosticCode::WrongCase => say!(
            "{0} باید حرف کوچک باشد: گیرنده‌ها برچسبی با این نام نمی‌شناسند.",
            at()
        ),
        DiagnosticCode::EmptyValue(tag) => say!(
            "برچسب {0} خالی است و استاندارد آن را مجاز نمی‌داند؛ شاید گیرنده‌ها از همه‌ی رکورد بگذرند.",
            tag.as_str()
        ),
        DiagnosticCode::EmptyTag => say!(
            "دو نقطه‌ویرگول پشت سر هم آمده‌اند و میانشان چیزی نیست؛ بعضی گیرنده‌ها از چنین رکوردی می‌گذرند."
        ),
        DiagnosticCode::DuplicateTag => say!(
            "{0} بار دوم است که می‌آید و همه‌ی رکورد را بی‌اثر می‌کند.",
            at()
        ),
        DiagnosticCode::UnknownTag => say!(
            "{0} برچسبی است که هیچ استانداردی نمی‌شناسد؛ گیرنده‌ها نادیده‌اش می‌گیرند.",
            at()
        ),
        DiagnosticCode::RemovedTag => say!(
            "{0} دیگر در استاندارد نیست؛ گیرنده‌ها نادیده‌اش می‌گیرند.",
            at()
        ),
        DiagnosticCode::MissingKey => say!("رکورد کلید (`p`) ندارد."),
        DiagnosticCode::Revoked => say!("کلید باطل شده است (`p` خالی است)."),
        DiagnosticCode::InvalidBase64 => say!(
            "در کلید {0} آمده است که در هیچ کلیدی مجاز نیست؛ گیرنده‌ها نمی‌توانند آن را بخوانند.",
            at()
        ),
        DiagnosticCode::MissingPadding => {
            say!("کلید `=` پایانی را ندارد؛ بعضی گیرنده‌ها نمی‌توانند آن را بخوانند.")
        }
        DiagnosticCode::Truncated => say!(
            "کلید بریده شده است و هیچ امضایی با آن سنجیده نمی‌شود. بیشتر پنل‌ها آن را در نویسه‌ی `255` می‌بُرند که درازای یک رشته از رکورد متنی است."
        ),
        DiagnosticCode::ForeignKey => {
            say!("آنچه در `p` آمده، کلیدی از نوعی که رکورد می‌گوید نیست.")
        }
        DiagnosticCode::WeakExponent => say!(
            "نمای کلید چنان است که هیچ‌چیز را پنهان نمی‌کند: هر کسی می‌تواند به جای شما امضا کند."
        ),
        DiagnosticCode::PrivateKey => {
            say!("این نیمه‌ی خصوصی کلید است. هر که آن را بخواند می‌تواند به جای شما امضا کند.")
        }
        DiagnosticCode::WrappedKey => say!(
            "کلید `Ed25519` در پوشش آمده است؛ فقط `32` بایت خودش باید باشد و گیرنده‌ها نمی‌توانند آن را بخوانند."
        ),
        DiagnosticCode::UnknownKeyType => {
            say!("{0} نوعی از کلید نیست که گیرنده‌ها بشناسند.", at())
        }
        DiagnosticCode::WeakKey(bits) => say!(
            "کلید RSA با {0} بیت شکستنی است و گیرنده‌ها نباید بپذیرندش. `2048` بیت لازم است.",
            number(bits)
        ),
        DiagnosticCode::ShortKey(bits) => say!(
            "کلید RSA با {0} بیت هنوز کار می‌کند، اما کوتاه‌تر از آن است که باید باشد. بهتر است `2048` بیت داشته باشد.",
            number(bits)
        ),
        DiagnosticCode::LongKey(bits) => say!(
            "کلید RSA با {0} بیت بلندتر از آن است که گیرنده‌ها ناچار به پذیرفتنش باشند (`4096`).",
            number(bits)
        ),
        DiagnosticCode::WithoutSha256 => say!(
            "{0} جایی برای `sha256` نگذاشته است که تنها روش مجاز است؛ گیرنده‌ها هیچ امضایی با این کلید را نمی‌پذیرند.",
            at()
        ),
        DiagnosticCode::UnknownHash => say!(
            "{0} روشی برای امضا نیست که استانداردی بشناسد؛ گیرنده‌ها نادیده‌اش می‌گیرند.",
            at()
        ),
        DiagnosticCode::NotForMail => say!("کلید برای {0} است، نه برای ایمیل.", at()),
        DiagnosticCode::Testing => say!(
            "کلید در حالت آزمایشی است (`t=y`): شاید گیرنده‌ها نامه‌ای را که با آن امضا شود بی‌امضا بشمارند."
        ),
        DiagnosticCode::UnknownFlag => say!(
            "{0} پرچمی است که هیچ استانداردی نمی‌شناسد؛ گیرنده‌ها نادیده‌اش می‌گیرند.",
            at()
        ),
    }
}

/// What to give instead, where what was typed or pasted names no selector of the domain.
pub(in crate::wording) fn not_named(error: &NotNamed) -> Sentence {
    match error {
        NotNamed::Selector(error) => selector_error(error),
        NotNamed::Unsigned => say!(
            "فیلد `DKIM-Signature` در آن نیست. ایمیلی را بدهید که جای دیگری رسیده است، با همه‌ی سرآیندش."
        ),
        NotNamed::Foreign(domains) => say!(
            "ایمیل امضا شده است، اما به نام {0}، نه به نام دامنه‌ی شما.",
            list(domains)
        ),
    }
}

/// What to type instead of this selector.
pub(in crate::wording) fn selector_error(error: &SelectorError) -> Sentence {
    match error {
        SelectorError::Empty => say!(
            "گزینشگر یکی از کلیدها را بنویسید، مانند `s2026`: در فیلد `DKIM-Signature` ایمیل‌های شما پس از `s=` می‌آید."
        ),
        SelectorError::Character(c) if c.is_whitespace() => {
            say!("در گزینشگر فاصله نیست. یکی بنویسید، مانند `s2026`.")
        }
        SelectorError::Character(c) => say!(
            "در گزینشگر نمی‌توان {0} نوشت. آن را بردارید و دوباره امتحان کنید.",
            Sentence::code(c)
        ),
        SelectorError::EmptyLabel => {
            say!("دو نقطه کنار هم آمده یا نام با نقطه آغاز شده است. یکی را بردارید.")
        }
        SelectorError::TooLong => say!("گزینشگر برای یک نام DNS زیادی بلند است."),
    }
}
