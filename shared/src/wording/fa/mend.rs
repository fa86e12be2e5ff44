//! What to do, and who can.

use super::numbers::{list, number};
use crate::report::{Action, Owner};
use crate::wording::sentence::say;
use crate::wording::{Language, Sentence, digits};

/// What to do.
pub(in crate::wording) fn action(action: &Action) -> Sentence {
    match action {
        Action::CloseRelay => {
            say!("سرور را طوری تنظیم کنید که از غریبه‌ها فقط نامه‌های دامنه‌های خودش را بگیرد.")
        }
        Action::Delist { zones } => say!(
            "علت ثبت‌شدن آدرس را پیدا و برطرف کنید؛ سپس از {0} بخواهید آن را بردارند.",
            list(zones)
        ),
        Action::LeavePolicyRange => say!(
            "ایمیل را از راه سرور ارائه‌دهنده‌ی خود بفرستید، یا از صاحب این آدرس بخواهید آن را از `PBL` بیرون بیاورد."
        ),
        Action::PublishDmarc => say!(
            "برای گام نخست، سیاستی از DMARC منتشر کنید که نظاره کند و برایتان گزارش بیاورد. وقتی گزارش‌ها نشان دادند که نامه‌های خودتان می‌گذرند، آن را به `p=quarantine` و سپس به `p=reject` برسانید."
        ),
        Action::DisownDmarc => say!(
            "این دامنه ایمیل نمی‌گیرد. اگر ایمیلی هم نمی‌فرستد، با سیاست DMARC بخواهید هر نامه‌ای را که به نام آن است رد کنند."
        ),
        Action::RepairDmarc => say!(
            "رکورد DMARC را چنان بنویسید که گیرنده‌ها آن را بخوانند: با `v=DMARC1;` آغاز می‌شود. از آن پس به کار می‌افتد: اگر هنوز گزارشی ندیده‌اید، با `p=none` آغاز کنید."
        ),
        Action::KeepOneDmarc => say!(
            "همه‌ی رکوردهای DMARC جز یکی را پاک کنید. تا کنون هیچ‌کدام به کار نمی‌آمد؛ آن که می‌ماند از آن پس به کار می‌افتد."
        ),
        Action::CorrectDmarc => say!("رکورد DMARC را در جایی که نشان داده‌ایم درست کنید."),
        Action::EnforceDmarc => say!(
            "وقتی گزارش‌ها نشان دادند که نامه‌های خودتان می‌گذرند، سیاست را به `p=quarantine` و سپس به `p=reject` برسانید."
        ),
        Action::EndDmarcTesting => say!(
            "وقتی گزارش‌ها نشان دادند که نامه‌های خودتان می‌گذرند، حالت آزمایشی را پایان دهید (`t=n`)."
        ),
        Action::RequestReports => {
            say!("گزارش بخواهید: `rua=mailto:` را با صندوقی که کسی آن را می‌خواند بیفزایید.")
        }
        Action::AuthorizeReports { host } => say!(
            "از گرداننده‌ی {0} بخواهید رکوردی را منتشر کند که با آن گرفتن گزارش‌های شما را می‌پذیرد.",
            host
        ),
        Action::PublishSpf => {
            say!(
                "یک رکورد SPF منتشر کنید که همه‌ی سرورها و سرویس‌هایی را که برای شما ایمیل می‌فرستند نام ببرد و بقیه را رد کند."
            )
        }
        Action::PublishProviderSpf { provider } => say!(
            "ایمیل شما به {0} می‌رسد: رکورد SPF را طوری منتشر کنید که سرورهایش بتوانند برای شما بفرستند. هر چه را جز آن به نام شما ایمیل می‌فرستد، مانند وب‌سایت یا خبرنامه، به آن بیفزایید.",
            *provider
        ),
        Action::SaveSpfLookups { costly } => say!(
            "پرس‌وجوها را کم کنید: {0}. آنچه را که دیگر برای شما نمی‌فرستد بردارید، یا بگذارید هر سرویس از زیردامنه‌ی خودش بفرستد.",
            list(costly.iter().map(|cost| say!(
                "{0} به {1} پرس‌وجو نیاز دارد",
                &cost.term,
                number(cost.lookups)
            )))
        ),
        Action::DisownSpf => say!(
            "این دامنه ایمیل نمی‌گیرد. اگر ایمیلی هم نمی‌فرستد، رکورد SPF را طوری منتشر کنید که همه‌ی سرورها را رد کند."
        ),
        Action::RepairSpf => say!(
            "رکورد SPF را چنان بنویسید که گیرنده‌ها آن را بخوانند: با `v=spf1` و یک فاصله آغاز می‌شود."
        ),
        Action::KeepOneSpf => say!("رکوردهای SPF خود را در یکی بگنجانید."),
        Action::CorrectSpf => {
            say!(
                "عبارت خراب را از رکورد SPF بردارید یا آنچه را که این عبارت به آن اشاره می‌کند درست کنید."
            )
        }
        Action::CloseSpf => say!("رکورد SPF را با `~all` یا `-all` تمام کنید."),
        Action::NarrowSpf => say!(
            "عبارتی از رکورد SPF را که کم‌وبیش به همه اجازه می‌دهد پیدا کنید و بردارید یا تنگ‌ترش کنید."
        ),
        Action::NameAddress { addresses } => say!(
            "بخواهید برای {0} در DNS معکوس نامی بگذارند، و آن نام را به همین آدرس برسانید.",
            list(addresses)
        ),
        Action::PruneNames { addresses } => say!(
            "نام‌هایی از {0} را که به خود آدرس برنمی‌گردند حذف کنید.",
            list(addresses)
        ),
        Action::PointExchange { exchange } => say!(
            "در رکورد MX به جای {0} نام سروری را بگذارید که آدرس دارد.",
            exchange
        ),
        Action::CorrectBimi => {
            say!("یک رکورد BIMI بگذارید: `v=BIMI1; l=` و سپس نشانی `https` تصویر `SVG` نشان شما.")
        }
        Action::CorrectMx => say!(
            "رکوردهای MX را طوری بنویسید که فقط میزبان‌هایی با آدرس عمومی را نام ببرند، هر یک را با نام اصلی‌اش."
        ),
        Action::PublishNullMx => {
            say!("اگر دامنه ایمیل نمی‌گیرد، این را با MX تهی اعلام کنید.")
        }
        Action::DecideMx => say!(
            "روشن کنید که دامنه ایمیل می‌گیرد یا نه. اگر می‌گیرد، سرورش را در رکورد MX نام ببرید؛ اگر نه، MX تهی (`0 .`) منتشر کنید و به نام آن چیزی نفرستید."
        ),
        Action::AddIpv4 => say!("به یکی از سرورهای ایمیل دامنه آدرس `IPv4` هم بدهید."),
        Action::CoverSubdomains => say!(
            "وقتی گزارش‌ها نشان دادند که نامه‌های درست زیردامنه‌های شما می‌گذرند، سیاست DMARC را به آن‌ها هم برسانید (`sp` و `np`)."
        ),
        Action::AuthOnlyInTls => say!("ورود کاربر را فقط پس از `STARTTLS` پیشنهاد دهید."),
        Action::OfferAuth => say!(
            "روی پورت `25` و درون TLS، `AUTH` را پیشنهاد دهید. فقط خوانش کلاسیک این را می‌خواهد؛ استانداردها نه."
        ),
        Action::ReplaceMechanisms => {
            say!("به جای روش‌های منسوخ، `PLAIN` درون TLS یا `SCRAM-SHA-256` را پیشنهاد دهید.")
        }
        Action::SilenceHelp => say!("`HELP` را رد کنید یا بدون فرمان‌ها، نام و نسخه پاسخ دهید."),
        Action::LevelVrfy => say!("سرور را طوری تنظیم کنید که `VRFY` به همه‌ی نام‌ها یک پاسخ بدهد."),
        Action::RefuseExpn => say!("`EXPN` را خاموش کنید."),
    }
}

/// Who can do it.
pub(in crate::wording) const fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::Dns => "در DNS شما",
        Owner::ServerOperator => "روی سرور ایمیل",
        Owner::Provider => "نزد ارائه‌دهنده‌ی آدرس",
        Owner::ReportReceiver => "نزد گیرنده‌ی گزارش‌های شما",
    }
}

/// What a mend would win. In words: a sign in front of Persian digits would jump behind them.
pub(in crate::wording) fn gain(points: u32) -> String {
    format!("{} امتیاز بیشتر", digits(Language::Fa, points))
}
