//! What to do, and who can.

use super::numbers::list;
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
        Action::CoverSubdomains => say!(
            "وقتی گزارش‌ها نشان دادند که نامه‌های درست زیردامنه‌های شما می‌گذرند، سیاست DMARC را به آن‌ها هم برسانید (`sp` و `np`)."
        ),
        Action::SetUpDkim => say!(
            "امضای DKIM را در هر جایی که ایمیلتان از آن فرستاده می‌شود روشن کنید و کلیدی را که همان‌جا به شما می‌دهند منتشر کنید."
        ),
        Action::ReplaceDkimKey { name } => say!(
            "کلید RSA تازه‌ای با `2048` بیت و گزینشگری نو بسازید، منتشرش کنید و سپس با آن امضا کنید. {0} را یک هفته نگه دارید تا آخرین نامه‌ای که با آن امضا شده برسد.",
            name
        ),
        Action::RevokeDkimKey { name } => say!(
            "کلید RSA تازه‌ای با `2048` بیت و گزینشگری نو بسازید، با آن امضا کنید و {0} را همین حالا بردارید: شاید غریبه‌ها بتوانند با آن امضا کنند.",
            name
        ),
        Action::RestoreDkimKey { name } => say!(
            "کلید {0} را دوباره منتشر کنید، درست همان‌طور که سرور یا سرویس امضاکننده به شما می‌دهد: کامل، بدون گیومه در میانش، و در رشته‌هایی که هر کدام بیش از `255` نویسه ندارند.",
            name
        ),
        Action::CorrectDkim { name } => say!(
            "رکورد {0} را درست کنید و بگذارید نامه‌هایتان با `sha256` امضا شوند.",
            name
        ),
        Action::KeepOneDkim { name } => say!(
            "در {0} کلیدی را که نامه‌هایتان با آن امضا می‌شوند نگه دارید و بقیه را حذف کنید.",
            name
        ),
        Action::EndDkimTesting { name } => say!(
            "وقتی نامه‌های امضاشده‌ی شما جاهای دیگر پذیرفته شدند، حالت آزمایشی {0} را تمام کنید: `t=y` را بردارید. رکورد درازتر از `255` نویسه را در چند رشته منتشر کنید.",
            name
        ),
        Action::ResolveDkimAlias { name } => say!(
            "DKIM را در سرویسی که {0} به آن می‌رسد روشن کنید. اگر دیگر از آن استفاده نمی‌کنید، این نام مستعار را حذف کنید.",
            name
        ),
        Action::PublishMtaSts => say!(
            "برای گام نخست، سیاستی آزمایشی را روی وب‌سروری با این نام، با گواهی معتبر عرضه کنید؛ سپس رکورد را منتشر کنید. وقتی گزارش‌ها نشان دادند که ایمیل‌ها با TLS می‌رسند، آن را به اجرا بگذارید."
        ),
        Action::RepairMtaSts => say!(
            "رکورد MTA-STS را چنان بنویسید که فرستنده‌ها آن را بخوانند. سیاست از آن پس به کار می‌افتد."
        ),
        Action::KeepOneMtaSts => say!(
            "همه‌ی رکوردهای MTA-STS جز یکی را پاک کنید. تا کنون هیچ‌کدام به کار نمی‌آمد؛ سیاست از آن پس به کار می‌افتد."
        ),
        Action::ServeMtaSts { host } => say!(
            "سیاست را روی خود {0}، با گواهی معتبر و بدون هدایت به جای دیگر عرضه کنید؛ سپس رکورد را با `id` تازه منتشر کنید. سیاست با دوره‌ی آزمایشی آغاز می‌شود.",
            host
        ),
        Action::SecurePolicyHost { host } => say!(
            "کاری کنید که {0} با TLS و گواهی‌ای که برای همین نام معتبر است پاسخ دهد.",
            host
        ),
        Action::CorrectMtaSts => say!(
            "سیاست را چنان که نشان داده‌ایم عرضه کنید؛ سپس رکورد را با `id` تازه منتشر کنید تا فرستنده‌ها آن را دوباره بگیرند."
        ),
        Action::ServeAsText => {
            say!("وب‌سرور را طوری تنظیم کنید که سیاست را با نوع `text/plain` عرضه کند.")
        }
        Action::CoverExchanges { exchanges } => say!(
            "اگر {0} باید ایمیل شما را بگیرد، آن را در سیاست نام ببرید؛ سپس رکورد را با `id` تازه منتشر کنید.",
            list(exchanges)
        ),
        Action::EnforceMtaSts => say!(
            "وقتی گزارش‌ها چند هفته نشان دادند که ایمیل‌ها با TLS می‌رسند، سیاست را به اجرا بگذارید؛ سپس رکورد را با `id` تازه منتشر کنید."
        ),
        Action::PublishTlsRpt => {
            say!("از فرستنده‌ها بخواهید به صندوقی گزارش دهند که کسی آن را می‌خواند.")
        }
        Action::RepairTlsRpt => say!("رکورد TLS-RPT را چنان بنویسید که فرستنده‌ها آن را بخوانند."),
        Action::KeepOneTlsRpt => say!("همه‌ی رکوردهای TLS-RPT جز یکی را پاک کنید."),
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
        Owner::Signer => "نزد فرستنده‌ی ایمیل شما",
        Owner::ReportReceiver => "نزد گیرنده‌ی گزارش‌های شما",
        Owner::WebServer => "روی وب‌سرور سیاست",
    }
}

/// What a mend would win. In words: a sign in front of Persian digits would jump behind them.
pub(in crate::wording) fn gain(points: u32) -> String {
    format!("{} امتیاز بیشتر", digits(Language::Fa, points))
}
