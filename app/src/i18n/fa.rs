//! فارسی.

use postern_shared::wording::{Language, Sentence, digits};

use super::{Prober, Texts, say};
use crate::model::settings::BadUrl;

/// The texts.
pub static TEXTS: Texts = Texts {
    title: "ایمیل دامنه‌ی شما چقدر در امان است؟",
    lead: "نام دامنه را بنویسید. پاسترن DNS آن را می‌خواند، کاوشگری را به در سرورهای ایمیلش می‌فرستد، و سطر به سطر نشان \
           می‌دهد چه چیزی درست است، چه چیزی نیست، و سندش کدام است. هیچ نامه‌ای فرستاده نمی‌شود.",
    search_label: "نام دامنه، نشانی ایمیل یا نشانی وب",
    scan: "بررسی",
    scan_again: "بررسی دوباره",
    stop: "توقف",
    skip: "رفتن به متن اصلی",
    navigation: "صفحه",
    history: "پیشینه",
    settings: "تنظیمات",
    switch_theme: "روشن یا تاریک کردن صفحه",
    group_leads: [
        "SPF و DMARC، و آنچه از این دو برای دامنه، زیردامنه‌ها و نام‌های ساختگی نتیجه می‌شود.",
        "رله‌ی باز، \u{2066}AUTH\u{2069}، \u{2066}VRFY\u{2069}، EXPN و HELP؛ در گفت‌وگویی کوتاه و مؤدبانه که پیش از هر \
         نامه‌ای پایان می‌یابد.",
        "آیا هر نشانی نامی دارد که به خودش برگردد، و آیا در فهرست‌های سیاهِ مهم آمده است.",
    ],
    privacy: |resolvers, probe| {
        let asked = match resolvers {
            [] => Sentence::default(),
            [only] => say("سرور DNS {0}", &[only]),
            [first, second, ..] => say("سرور DNS {0} (یا اگر جواب ندهد {1})", &[first, second]),
        };
        let and = if resolvers.is_empty() || matches!(probe, Prober::Nobody) {
            ""
        } else {
            " و "
        };
        let prober = match probe {
            Prober::ThisSite => say("کاوشگر همین سایت، که به سرورهای ایمیلش سر می‌زند،", &[]),
            Prober::Other(host) => say("کاوشگر {0}، که به سرورهای ایمیلش سر می‌زند،", &[host]),
            Prober::Nobody => Sentence::default(),
        };
        Sentence::fill(
            "نام دامنه‌ای که می‌نویسید به {0}{1}{2} می‌رسد و به هیچ‌کس دیگر نه. بررسی‌ها در همین مرورگر می‌مانند.",
            &[asked, Sentence::text(and), prober],
        )
    },
    recent: "بررسی‌های انجام‌شده در این مرورگر",
    no_history: "هنوز در این مرورگر بررسی‌ای انجام نشده است.",
    history_not_kept: "این مرورگر اجازه‌ی نگه‌داشتن چیزی نمی‌دهد: این فهرست تا وقتی می‌ماند که صفحه باز است.",
    open: "باز کردن بررسیِ",
    delete: "پاک کردن بررسیِ",
    all_scans: "همه‌ی بررسی‌ها",
    grade: "نمره",
    score: "امتیاز",
    of: |total| format!("از {}", digits(Language::Fa, total)),
    updated: "آخرین به‌روزرسانی",
    profile: "معیار",
    mend_first: "نخست این‌ها را درست کنید",
    nothing_to_mend: "چیزی برای درست کردن نیست.",
    nothing_seen_to_mend: "در آنچه دیده شد چیزی برای درست کردن نیست.",
    mend_awaited: "در حال بررسی",
    copy: "کپی",
    copied: "کپی شد",
    selected: "انتخاب شد",
    dns_progress: |answered, asked| {
        format!(
            "\u{2066}DNS\u{2069}: {} پاسخ از {}",
            digits(Language::Fa, answered),
            digits(Language::Fa, asked)
        )
    },
    seconds: |seconds| format!("{} ثانیه", digits(Language::Fa, seconds)),
    scanning: |settled, total| {
        format!(
            "در حال بررسی: {} ردیف از {} روشن شد.",
            digits(Language::Fa, settled),
            digits(Language::Fa, total)
        )
    },
    stopped: "این بررسی پیش از پایان متوقف شد. آنچه پیدا شد می‌ماند.",
    hosts: |count| format!("{} میزبان", digits(Language::Fa, count)),
    by_host: "میزبان به میزبان",
    in_between: "کسی که در میانه باشد چه می‌تواند بکند",
    proof: "سند",
    mend: "راه درست کردن",
    standards: "در کجا نوشته شده است",
    more_proofs: |count| format!("نمایش {} مورد دیگر", digits(Language::Fa, count)),
    file_at: |url| say("این فایل را در {0} عرضه کنید:", &[url]),
    record_at: |kind, name| say("رکورد {0} را با نام {1} منتشر کنید:", &[kind, name]),
    no_probe: "هیچ کاوشگری تنظیم نشده است. ردیف‌هایی که از DNS پیدا نیستند به کاوشگر نیاز دارند.",
    probe_unreachable: "کاوشگر در دسترس نیست. ردیف‌هایی که از DNS می‌آیند سر جای خود هستند؛ بقیه به کاوشگر نیاز دارند.",
    probe_cut: "ارتباط با کاوشگر قطع شد. آنچه پیدا کرده بود می‌ماند؛ برای بقیه دوباره بررسی کنید.",
    probe_blocked: "شبکه‌ی خودِ کاوشگر راه درگاه ۲۵ را بر او بسته است و نمی‌تواند با سرورهای ایمیل حرف بزند. این چیزی درباره‌ی \
                    این دامنه نمی‌گوید.",
    resolvers_fail: "هیچ سرور DNS به این مرورگر جواب نمی‌دهد. اتصال خود را ببینید، یا سرور DNS دیگری برگزینید: بعضی شبکه‌ها \
                     راه سرورهای شناخته‌شده را می‌بندند.",
    to_settings: "باز کردن تنظیمات",
    resolver: "سرور DNS",
    resolver_hint: "از مرورگر شما و با DNS-over-HTTPS پرسیده می‌شود و می‌فهمد به کدام دامنه‌ها نگاه می‌کنید. اگر جواب ندهد، یک \
                    سرور همگانی دیگر و سپس کاوشگر جایش را می‌گیرند.",
    resolver_probe: "سرور DNS خود کاوشگر",
    another: "یکی دیگر",
    resolver_url: "نشانی سرور DNS",
    probe: "کاوشگر",
    probe_hint: "کاری را می‌کند که از مرورگر برنمی‌آید: با سرورهای ایمیل دامنه به زبان SMTP حرف می‌زند و از فهرست‌های سیاه می‌پرسد.",
    probe_same: "کاوشگر همین سایت",
    probe_none: "هیچ‌کدام",
    probe_none_hint: "تنها ردیف‌هایی دیده می‌شوند که از DNS می‌آیند.",
    probe_url: "نشانی کاوشگر",
    bad_url: |broken| match broken {
        BadUrl::Form => {
            "نشانی‌ای مانند \u{2066}https://example.org\u{2069} بنویسید، بدون \u{2066}?\u{2069} یا \u{2066}#\u{2069}."
        }
        BadUrl::Scheme => {
            "با \u{2066}https://\u{2069} آغاز کنید. \u{2066}http://\u{2069} تنها برای همین دستگاه است (\u{2066}localhost\u{2069})."
        }
        BadUrl::Host => {
            "نام میزبان را کامل بنویسید، مانند \u{2066}example.org\u{2069}، یا آدرس IP آن را."
        }
        BadUrl::Port => "پس از دونقطه شماره‌ی درگاه می‌آید، مانند \u{2066}8443\u{2069}.",
        BadUrl::User => "آنچه را پیش از \u{2066}@\u{2069} است بردارید.",
    },
    language: "زبان",
    theme: "پوسته",
    theme_system: "مانند دستگاه",
    theme_light: "روشن",
    theme_dark: "تاریک",
    settings_hint: "هر انتخابی همان دم در این مرورگر نگه داشته می‌شود. سرور DNS و کاوشگر از بررسی بعدی به کار می‌آیند.",
    try_change: "تغییری را بیازمایید",
    try_lead: "رکورد را چنان ویرایش کنید که گویی می‌خواهید منتشرش کنید، و ببینید چه می‌شود. چیزی منتشر نمی‌شود، و چیزی فرستاده \
               نمی‌شود مگر پرسش‌های DNS که متن شما می‌خواهد.",
    try_this: "آزمودن این رکورد",
    to_report: "بازگشت به گزارش",
    record: "رکورد",
    mta_sts_policy: "سیاست MTA-STS",
    record_of: |kind, name| say("رکورد {0} برای {1}، چنان که منتشر شود", &[kind, name]),
    no_record: "چنین رکوردی منتشر نشده است.",
    more_remarks: |count| format!("{} نکته‌ی دیگر", digits(Language::Fa, count)),
    undo: "برگرداندن تغییر",
    outcome: "چه می‌شود",
    as_is: "اکنون",
    changed: "با تغییر شما",
    asking: "در حال پرسیدن آنچه متن شما می‌خواهد از DNS.",
    try_unchanged: "هنوز چیزی تغییر نکرده است. رکورد را ویرایش کنید و اینجا ببینید کدام ردیف‌ها تغییر می‌کنند.",
    try_nothing: "این تغییر هیچ ردیفی از گزارش را عوض نمی‌کند.",
    try_left_out: "آنچه خطا نشان داده شده منتشرشدنی نیست، پس سنجیده نمی‌شود.",
    comma: "،",
    spoof_title: "چه کسی می‌تواند به نام شما ایمیل بفرستد",
    tree_title: "رکورد SPF به کجا می‌رسد",
    tree_more: |count| format!("{} عبارت دیگر نشان داده نشد.", digits(Language::Fa, count)),
    sender_title: "آیا این آدرس اجازه‌ی فرستادن دارد؟",
    ip: "آدرس IP سرور",
    sender: "فرستنده (می‌تواند خالی بماند)",
    helo: "نام در HELO (می‌تواند خالی بماند)",
    judge: "بررسی کن",
    bad_ip: "یک آدرس IP بنویسید، مانند \u{2066}192.0.2.1\u{2069} یا \u{2066}2001:db8::1\u{2069}.",
    bad_sender: "نشانی ایمیل یا نام دامنه بنویسید، مانند \u{2066}info@example.org\u{2069}.",
    bad_helo: "نام یک میزبان را بنویسید، مانند \u{2066}mail.example.org\u{2069}.",
    selector: "با کدام کلید امضا می‌کنید؟ نام گزینشگر، یا سرآیند نامه‌ای که فرستاده‌اید",
    look_for_key: "یافتن کلید",
    message_file: "باز کردن فایل یک نامه",
    selector_hint: "در همین صفحه خوانده می‌شود و به جایی فرستاده نمی‌شود: تنها نام کلید از DNS پرسیده می‌شود.",
    promise: "پاسترن در می‌زند، هرگز در را هل نمی‌دهد. هیچ نامه‌ای فرستاده نمی‌شود.",
    license: "نرم‌افزار آزاد: MIT یا Apache-2.0",
};
