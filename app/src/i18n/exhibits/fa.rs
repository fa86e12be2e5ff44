//! فارسی.

use postern_shared::evidence::{DialogueKind, HelloAnswer, NoReply, Path};
use postern_shared::tls::{Level, Taken, Weakness};
use postern_shared::wording::{Language, Sentence, digits};

use super::ExhibitTexts;
use crate::i18n::say;
use crate::model::exhibits::chain::{Above, Mark};

/// The texts.
pub static TEXTS: ExhibitTexts = ExhibitTexts {
    port: |port| format!("پورت شماره‌ی {}", digits(Language::Fa, port)),
    more: |count| format!("و {} تای دیگر", digits(Language::Fa, count)),
    versions: "سرورها کدام نسخه‌ها را می‌پذیرند",
    suites: "سرورها با چه رمزنگاری می‌کنند",
    version: "نسخه",
    answer: "رفتار سرور",
    level: "تراز (\u{2066}NCSC-NL\u{2069})",
    taken: |taken, level| match (taken, level) {
        (Taken::Yes, Level::Insufficient | Level::PhaseOut) => "می‌پذیرد، و نباید بپذیرد",
        (Taken::Yes, _) => "می‌پذیرد",
        (Taken::No, Level::Insufficient | Level::PhaseOut) => "نمی‌پذیرد، چنان که باید",
        (Taken::No, _) => "نمی‌پذیرد",
        (Taken::NotAsked, _) => "روشن نیست",
    },
    not_known: "روشن نیست: عرضه نشد، یا پاسخ چیزی را ثابت نمی‌کند. بررسی معمول فقط آنچه را می‌پرسد که نتیجه را روشن می‌کند؛ بررسی \
                ژرف، برای سرورهای خودتان، همه را می‌پرسد.",
    deeper: "همه را بپرس",
    suite: "مجموعه‌ی رمز",
    group: "گروه تبادل کلید",
    rest: |refused, not_asked| {
        let fa = |count| digits(Language::Fa, count);
        let refused =
            (refused > 0).then(|| format!("{} مجموعه‌ی دیگر عرضه شد و سرور نپذیرفت", fa(refused)));
        let not_asked =
            (not_asked > 0).then(|| format!("{} مجموعه‌ی دیگر پرسیده نشد", fa(not_asked)));
        match (refused, not_asked) {
            (Some(refused), Some(not_asked)) => Some(format!("{refused}؛ {not_asked}.")),
            (Some(one), None) | (None, Some(one)) => Some(format!("{one}.")),
            (None, None) => None,
        }
    },
    weakness: |weakness| match weakness {
        Weakness::NoEncryption => "چیزی را پنهان نمی‌کند",
        Weakness::NoAuthentication => "سرور خود را نمی‌شناساند",
        Weakness::Export => "عمداً ضعیف (\u{2066}FREAK\u{2069}، \u{2066}Logjam\u{2069})",
        Weakness::OldBlock => "رمزی از سده‌ی گذشته",
        Weakness::TripleDes => {
            "سه‌بار \u{2066}DES\u{2069}: بلوک‌هایش تکرار می‌شوند (\u{2066}Sweet32\u{2069})"
        }
        Weakness::Rc4 => "رمز \u{2066}RC4\u{2069} شکسته است",
        Weakness::Md5 => "چکیده‌ی \u{2066}MD5\u{2069} شکسته است",
        Weakness::NoForwardSecrecy => "هر که روزی کلید را بیابد همه را می‌خواند",
        Weakness::CbcSha1 => {
            "\u{2066}CBC\u{2069} با \u{2066}SHA-1\u{2069} (\u{2066}Lucky Thirteen\u{2069})"
        }
        Weakness::Cbc => "\u{2066}CBC\u{2069} با چکیده‌ای دیگر",
        Weakness::ShortTag => "مُهرش کوتاه است",
        Weakness::National => "رمزی که کمتر کسی بررسی کرده است",
    },
    hybrid: "رایانه‌ی کوانتومی آن را نمی‌شکند",
    prime: |bits| format!("عدد اولِ خودِ سرور، {} بیت", digits(Language::Fa, bits)),
    habits: "رفتارهای دیگر سرور",
    chain: "گواهی‌ها، چنان که فرستاده شدند",
    own: "گواهی خود سرور",
    issuers: "گواهی همراه",
    subject: "برای",
    names: "نام‌ها",
    valid: "اعتبار",
    from_to: |from, to| format!("از {from} تا {to}"),
    key: "نوع کلید",
    bits: |bits| format!("{}‌بیتی", digits(Language::Fa, bits)),
    signature: "امضا",
    mark: |mark| match mark {
        Mark::Expired(0) => Sentence::text("همین امروز منقضی شد"),
        Mark::Expired(days) => {
            Sentence::text(format!("{} روز پیش منقضی شد", digits(Language::Fa, days)))
        }
        Mark::NotYetValid => Sentence::text("اعتبارش هنوز آغاز نشده است"),
        Mark::NotFor(exchange) => say("برای {0} نیست", &[exchange]),
        Mark::SelfSigned => Sentence::text("کسی جز خودش تأییدش نکرده است"),
        Mark::Root => {
            Sentence::text("ریشه است: هر که به آن اعتماد دارد خودش آن را دارد و فرستادنش لازم نیست")
        }
        Mark::NoAuthority => Sentence::text("اجازه‌ی تأیید گواهی دیگران را ندارد"),
    },
    above: |above| match above {
        Above::Next => Sentence::text("تأییدکننده‌اش:"),
        Above::NotNext => {
            Sentence::text("گواهی بعدی این را تأیید نمی‌کند: زنجیره اینجا گسسته یا نامرتب است.")
        }
        Above::Itself => Sentence::text("خودش را تأیید می‌کند"),
        Above::Known(issuer) => say("تأییدکننده‌اش {0} است، که فرستنده‌ها می‌شناسندش", &[issuer]),
        Above::NotSent(issuer) => say(
            "تأییدکننده‌اش باید {0} باشد: نه فرستاده شد و نه فرستنده‌ها می‌شناسندش.",
            &[issuer],
        ),
        Above::Unjudged(issuer) => say("نام {0} را می‌برد، که پس از آن نیامد", &[issuer]),
        Above::Unreadable => Sentence::text("نمی‌توان گفت چه کسی تأییدش کرده است: خوانده نمی‌شود."),
    },
    path: |path| match path {
        Path::BadSignature => Some("امضایی در این زنجیره نادرست است."),
        Path::WeakSignature => {
            Some("امضایی در این زنجیره از نوعی است که فرستنده‌ها دیگر نمی‌پذیرند.")
        }
        Path::Misused => Some("یکی از این زنجیره برای سرور نیست، یا اجازه‌ی تأیید دیگران را ندارد."),
        Path::Unreadable => Some("یکی از این زنجیره خوانده نمی‌شود."),
        Path::Other => Some("این زنجیره به کسی که فرستنده‌ها بشناسند نمی‌رسد."),
        Path::NoRoots => Some(
            "نمی‌شد دید که این زنجیره به کسی می‌رسد که فرستنده‌ها بشناسند یا نه: سرور کاوشگر هیچ مرکز صدوری نمی‌شناسد.",
        ),
        Path::Trusted | Path::UnknownIssuer | Path::Expired | Path::NotYetValid => None,
    },
    unreadable: |octets| format!("{} بایت که خوانده نمی‌شود", digits(Language::Fa, octets)),
    dialogues: "همه‌ی گفت‌وگوها، کلمه به کلمه",
    dialogues_lead: "\u{2066}C:\u{2069} آن است که فرستاده شد و \u{2066}S:\u{2069} پاسخ سرور. پیش از هر کدام آمده که چقدر پس از \
                     آغاز اتصال بود.",
    kind: |kind| match kind {
        DialogueKind::Survey => {
            "سرور چه چیزی را فاش می‌کند: \u{2066}HELP\u{2069}، \u{2066}VRFY\u{2069}، \u{2066}EXPN\u{2069}"
        }
        DialogueKind::Relay => "آیا نامه‌ی غریبه‌ها را به غریبه‌ها می‌رساند؟",
        DialogueKind::StartTls => "درون \u{2066}TLS\u{2069} چه می‌گوید",
        DialogueKind::Hello => "از \u{2066}TLS\u{2069} چه می‌پذیرد",
        DialogueKind::Injection => "فرمانی که پشت \u{2066}STARTTLS\u{2069} جا زده شد",
        DialogueKind::Submission => "جایی که کاربران نامه می‌سپارند",
    },
    events: |count| format!("{} رویداد", digits(Language::Fa, count)),
    show_all: |count| format!("نمایش هر {} مورد", digits(Language::Fa, count)),
    copy: "کپی متن",
    copy_all: "کپی متن همه",
    after: |time| format!("در {time}"),
    connected: "وصل شد.",
    secured: "ارتباط \u{2066}TLS\u{2069} برقرار شد؛ از اینجا به بعد همه چیز رمز می‌شود.",
    not_secured: "ارتباط \u{2066}TLS\u{2069} برقرار نشد.",
    no_reply: |instead| match instead {
        NoReply::TimedOut => "پاسخ به‌موقع نرسید.",
        NoReply::Closed => "سرور ارتباط را بست.",
        NoReply::Malformed(_) => "آنچه رسید \u{2066}SMTP\u{2069} نبود.",
        NoReply::Endless => "پاسخی بی‌پایان.",
    },
    hello: |answer| match answer {
        HelloAnswer::Chosen(_) => "سرور برگزید.",
        HelloAnswer::Ssl2 { .. } => "سرور \u{2066}SSL 2\u{2069} را می‌پذیرد.",
        HelloAnswer::Alert(_) => "سرور نپذیرفت.",
        HelloAnswer::Closed => "سرور ارتباط را بست.",
        HelloAnswer::TimedOut => "پاسخ به‌موقع نرسید.",
        HelloAnswer::NotTls(_) => "آنچه رسید \u{2066}TLS\u{2069} نبود.",
        HelloAnswer::Malformed => "آنچه رسید خوانده نمی‌شود.",
        HelloAnswer::Endless => "پاسخی بی‌پایان.",
    },
};
