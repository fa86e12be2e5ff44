//! What is wrong in an SPF record, as a clause.

use super::numbers::number;
use super::scan::dns_failure;
use crate::span::Span;
use crate::spf::{Cause, Note, NoteCode, Problem, SyntaxCode};
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// The cause and its place, without a full stop.
pub(super) fn problem(problem: &Problem) -> Sentence {
    placed(
        cause(&problem.domain, &problem.cause),
        &problem.domain,
        problem.span,
    )
}

/// What is allowed and unwise, and its place, without a full stop.
pub(super) fn note(note: &Note) -> Sentence {
    placed(unwise(&note.code), &note.domain, note.span)
}

/// With the place, counted from 1 as editors do.
fn placed(clause: Sentence, domain: &str, span: Option<Span>) -> Sentence {
    match span {
        Some(span) => say!(
            "{0} (رکورد {1}، نویسه‌ی {2})",
            clause,
            domain,
            number(u64::from(span.start) + 1)
        ),
        None => clause,
    }
}

/// What is wrong in the record of `domain`, without a full stop.
pub(super) fn cause(domain: &str, cause: &Cause) -> Sentence {
    match cause {
        Cause::DomainMalformed => say!("{0} دامنه‌ای نیست که ایمیل از آن بیاید", domain),
        Cause::DomainMissing => say!("{0} وجود ندارد", domain),
        Cause::IncludeWithoutRecord { target } => {
            say!("`include:` به {0} می‌رسد که رکورد SPF ندارد", target)
        }
        Cause::Loop { target } => say!("رکورد در یک دور به {0} برمی‌گردد", target),
        Cause::LookupFailed { question, failure } => say!(
            "رکورد {0} را برای {1} پرسیدیم، اما {2}",
            &question.record_type,
            &question.name,
            dns_failure(*failure)
        ),
        Cause::NoRecord => say!("{0} رکورد SPF ندارد", domain),
        Cause::RedirectWithoutRecord { target } => {
            say!("`redirect=` به {0} می‌رسد که رکورد SPF ندارد", target)
        }
        Cause::SeveralRecords { count } => {
            say!(
                "{0} دارای {1} رکورد SPF است و فقط یکی مجاز است",
                domain,
                number(count)
            )
        }
        Cause::Syntax { code } => syntax(*code),
        Cause::TooManyLookups => say!("ارزیابی آن بیش از ده پرس‌وجو می‌خواهد"),
        Cause::TooManyMxHosts { target, count } => say!(
            "`mx` برای {0} به {1} سرور ایمیل می‌رسد و سقف مجاز ده تاست",
            target,
            number(count)
        ),
        Cause::TooManyVoidLookups => say!("بیش از دو پرس‌وجوی آن چیزی نمی‌یابد"),
        Cause::TargetMalformed { target } => say!("{0} نامی نیست که در DNS بگنجد", target),
    }
}

fn syntax(code: SyntaxCode) -> Sentence {
    match code {
        SyntaxCode::BareAddress => say!("آدرسی بدون `ip4:` یا `ip6:` آمده است"),
        SyntaxCode::BareDomain => say!("نامی بدون `include:` یا `a:` آمده است"),
        SyntaxCode::Character => {
            say!("نویسه‌ای که در رکورد مجاز نیست؛ فقط فاصله‌ی ساده عبارت‌ها را جدا می‌کند")
        }
        SyntaxCode::InvalidDomain => say!("این نام کامل یک دامنه نیست"),
        SyntaxCode::InvalidIpv4 => say!("این آدرس `IPv4` نیست"),
        SyntaxCode::InvalidIpv6 => say!("این آدرس `IPv6` نیست"),
        SyntaxCode::InvalidMacro => say!("`%` ماکروی شناخته‌شده‌ای را آغاز نمی‌کند"),
        SyntaxCode::InvalidPrefix => say!("این طول پیشوند نیست"),
        SyntaxCode::Ipv4InIp6 => say!("آدرس `IPv4` در `ip6:` آمده است"),
        SyntaxCode::Ipv6InIp4 => say!("آدرس `IPv6` در `ip4:` آمده است"),
        SyntaxCode::MacroInAddress => say!("در آدرس نمی‌توان ماکرو گذاشت"),
        SyntaxCode::MacroOnlyInExplanation => say!("این ماکرو فقط برای متن توضیح است"),
        SyntaxCode::MissingArgument => say!("این عبارت مقدار می‌خواهد"),
        SyntaxCode::PrefixOutOfRange => say!("طول پیشوند از خود آدرس بیشتر است"),
        SyntaxCode::QualifierOnModifier => say!("این عبارت علامت نمی‌پذیرد"),
        SyntaxCode::RepeatedExp => say!("`exp=` دو بار آمده است"),
        SyntaxCode::RepeatedRedirect => say!("`redirect=` دو بار آمده است"),
        SyntaxCode::SingleLabel => say!("این نام فقط یک بخش دارد"),
        SyntaxCode::UnexpectedArgument => say!("این عبارت مقدار نمی‌پذیرد"),
        SyntaxCode::UnexpectedPrefix => say!("این عبارت طول پیشوند نمی‌پذیرد"),
        SyntaxCode::UnknownMechanism => say!("مکانیزمی با این نام وجود ندارد"),
        SyntaxCode::Version => say!("رکورد باید با `v=spf1` و یک فاصله آغاز شود"),
    }
}

/// What is allowed and unwise, without a full stop.
pub(super) fn unwise(code: &NoteCode) -> Sentence {
    match code {
        NoteCode::HostBitsSet => say!("آدرس پشت طول پیشوندش بیت‌هایی دارد که نادیده گرفته می‌شوند"),
        NoteCode::LongRecord { octets } => say!(
            "رکورد {0} بایت است؛ از ۴۵۰ به بعد پاسخ‌ها کم‌کم بیش از اندازه بلند می‌شوند",
            number(octets)
        ),
        NoteCode::OversizeRecord { octets } => {
            say!(
                "رکورد {0} بایت است و در یک پاسخ ساده‌ی DNS نمی‌گنجد",
                number(octets)
            )
        }
        NoteCode::NeutralAll => say!("`?all` درباره‌ی غریبه‌ها چیزی نمی‌گوید"),
        NoteCode::NoAll => {
            say!(
                "رکورد نه با `all` پایان می‌یابد و نه با `redirect=`، پس درباره‌ی غریبه‌ها چیزی نمی‌گوید"
            )
        }
        NoteCode::OpenRanges => {
            say!(
                "محدوده‌هایی مانند این بسیار بیش از آدرس‌های هر فرستنده‌ای را راه می‌دهند: رکورد مانند `+all` به روی همه باز است"
            )
        }
        NoteCode::PassAll => say!("`+all` به همه اجازه می‌دهد"),
        NoteCode::Ptr => say!("`ptr` کند و نامطمئن است و دیگر نباید به کار رود"),
        NoteCode::PtrMacro => say!(
            "{0} کند و نامطمئن است و نباید به کار رود",
            Sentence::code("%{p}")
        ),
        NoteCode::RedirectWithAll => say!("`redirect=` در کنار `all` هرگز دنبال نمی‌شود"),
        NoteCode::RepeatedInclude { target } => {
            say!("{0} دوباره آمده است و هر بار پرس‌وجو می‌خواهد", target)
        }
        NoteCode::RepeatedTerm => say!("همین عبارت پیش‌تر هم آمده است"),
        NoteCode::RepeatedVersion => say!("`v=spf1` دوم معنایی ندارد"),
        NoteCode::SpecialPurposeRange => say!("این محدوده‌ی آدرس از اینترنت عمومی نیست"),
        NoteCode::TargetMalformed { target } => {
            say!(
                "{0} نامی نیست که در DNS بگنجد، پس این عبارت با کسی جور نمی‌شود",
                target
            )
        }
        NoteCode::TargetNotHost { target } => {
            say!("هیچ میزبانی {0} نام ندارد: جای نام خود میزبان است", target)
        }
        NoteCode::TermAfterAll => say!("آنچه پشت `all` آمده هرگز خوانده نمی‌شود"),
        NoteCode::TooManyVoidLookupsIpv6 => {
            say!("برای سرورهای `IPv6` بیش از دو پرس‌وجوی آن چیزی نمی‌یابد")
        }
        NoteCode::UnknownModifier { name } => say!("{0} شناخته‌شده نیست و اثری ندارد", name),
        NoteCode::VoidLookup => {
            say!("یکی از پرس‌وجوها چیزی نمی‌یابد، پس این عبارت با کسی جور نمی‌شود")
        }
        NoteCode::WideRange { prefix } => say!(
            "یک عبارت به محدوده‌ی بسیار بزرگی از آدرس‌ها اجازه می‌دهد ({0})",
            Sentence::code(format!("/{prefix}"))
        ),
    }
}
