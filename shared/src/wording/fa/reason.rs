//! Why a finding has its status.

use super::cause::{note, problem};
use super::diagnostic::{diagnostic, near_miss};
use super::numbers::{agree, count, list, number, reply, share};
use super::scan::{connect_failure, dns_failure, refusal};
use super::spoofing::{policy, spoofing, stranger, whose};
use super::step::{relay_forms, step};
use crate::report::{OwnKey, Policy, Reason};
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// One table of them all: the compiler asks here for what a new reason says.
pub(in crate::wording) fn reason(reason: &Reason) -> Sentence {
    match reason {
        Reason::Pending => say!("هنوز بررسی نشده است."),
        Reason::NeedsProbe => {
            say!("این را فقط سرور کاوشگر می‌تواند ببیند و هنوز سروری انتخاب نشده است.")
        }
        Reason::ProbeUnreachable => say!("به سرور کاوشگر دسترسی نداشتیم و این مورد بررسی نشد."),
        Reason::ProbeRefused { refusal: code } => {
            say!("نتوانستیم بررسی کنیم. {0}", refusal(*code, None))
        }
        Reason::ProbeCut => say!("پیش از رسیدن به این مورد، ارتباط با سرور کاوشگر قطع شد."),
        Reason::ProbeStopped => say!("بررسی پیش از رسیدن به این مورد متوقف شد."),
        Reason::NotAsked => {
            say!("کار کاوشگر تمام شد و نوبت این مورد نرسید، پس نتوانستیم بررسی کنیم.")
        }
        Reason::DnsFailed { question, failure } => say!(
            "نتوانستیم بررسی کنیم: رکورد {0} را برای {1} پرسیدیم، اما {2}.",
            &question.record_type,
            &question.name,
            dns_failure(*failure)
        ),
        Reason::NotConnected { port, failure } => say!(
            "به پورت {0} وصل نشدیم: {1}.",
            Sentence::code(port),
            connect_failure(*failure)
        ),
        Reason::Throttled { reply_code, text } => say!(
            "سرور گفت بعداً برگردیم ({0}). این پاسخ به شلوغی سرور یا به ما مربوط است، نه به این پرسش.",
            reply(*reply_code, text)
        ),
        Reason::TurnedAway { reply_code, text } => say!(
            "سرور با کاوشگر ما گفت‌وگو نمی‌کند ({0})، پس نتوانستیم بررسی کنیم. شاید با دیگران گفت‌وگو کند.",
            reply(*reply_code, text)
        ),
        Reason::Silent { step: at } => say!(
            "نتوانستیم بررسی کنیم: سرور در مرحله‌ی {0} پاسخی نداد.",
            step(at)
        ),
        Reason::HungUp { step: at } => say!(
            "نتوانستیم بررسی کنیم: سرور در مرحله‌ی {0} ارتباط را بست.",
            step(at)
        ),
        Reason::NotSmtp { step: at } => say!(
            "نتوانستیم بررسی کنیم: آنچه در مرحله‌ی {0} رسید SMTP نبود یا پایانی نداشت.",
            step(at)
        ),
        Reason::NeedsTls => {
            say!(
                "سرور فقط درون TLS به این پرسش پاسخ می‌دهد و ارتباط TLS برقرار نشد، پس نتوانستیم بررسی کنیم."
            )
        }
        Reason::NotPublic { address } => {
            say!(
                "آدرس {0} عمومی نیست و هیچ‌کس از بیرون نمی‌تواند به آن ایمیل برساند.",
                address
            )
        }
        Reason::ProbeWithoutIpv6 => say!("سرور کاوشگر `IPv6` ندارد و به این آدرس نرسید."),
        Reason::NotAllProbed => {
            say!("دامنه بیش از آن آدرس دارد که در یک بررسی بگنجد؛ این یکی کنار گذاشته شد.")
        }
        Reason::ServerOptedOut => {
            say!("مسئولان این سرور ایمیل خواسته‌اند که کاوش نشود، پس به آن سر نزدیم.")
        }
        Reason::ServerResting => {
            say!(
                "به این سرور ایمیل در دقیقه‌های گذشته زیاد سر زده شده یا خودش خواسته که کمی صبر کنیم، پس کاوش نشد. چند دقیقه‌ی دیگر دوباره بررسی کنید."
            )
        }

        Reason::NoSuchDomain => say!("این دامنه در DNS وجود ندارد."),
        Reason::NullMx => {
            say!("دامنه اعلام کرده که ایمیل نمی‌گیرد (`null MX`)، پس سروری برای پرسیدن نیست.")
        }
        Reason::NoMx => say!("دامنه سرور ایمیلی معرفی نکرده است: رکورد MX ندارد."),
        Reason::ImplicitMx => say!(
            "دامنه رکورد MX ندارد. فرستنده‌ها در این حال آدرس خود دامنه را می‌آزمایند؛ ما به آن سر نمی‌زنیم، چون شاید اصلاً سرور ایمیل نباشد."
        ),
        Reason::ExchangesLeftOut { exchanges } => say!(
            "دامنه بیش از گنجایش یک بررسی سرور ایمیل دارد؛ {0} کنار گذاشته شد.",
            count(exchanges, "سرور")
        ),
        Reason::AddressesLeftOut {
            exchange,
            addresses,
        } => say!(
            "{0} بیش از گنجایش یک بررسی آدرس دارد؛ {1} کنار گذاشته شد.",
            exchange,
            count(addresses, "آدرس")
        ),
        Reason::ExchangeWithoutAddress { exchange } => {
            say!(
                "سرور {0} آدرسی ندارد، پس نمی‌توان به آن ایمیل رساند.",
                exchange
            )
        }
        Reason::ExchangeIsAddress { exchange } => {
            say!(
                "رکورد MX به {0} اشاره می‌کند. این یک آدرس است و آنجا فقط نام میزبان می‌آید.",
                exchange
            )
        }
        Reason::ExchangeIsLocal { exchange } => {
            say!(
                "رکورد MX به {0} اشاره می‌کند؛ نامی که از بیرون به جایی نمی‌رسد.",
                exchange
            )
        }

        Reason::RelayRefused { forms, tried } if forms < tried => say!(
            "فرستادن نامه‌ی غریبه برای غریبه را به {0} شکل از {1} شکلی که آزمودیم رد کرد؛ پاسخش به بقیه ربطی به رله‌کردن نداشت.",
            number(forms),
            number(tried)
        ),
        Reason::RelayRefused { forms: 1, .. } => {
            say!("فرستادن نامه‌ی غریبه برای غریبه را به تنها شکلی که آزمودیم رد کرد.")
        }
        Reason::RelayRefused { forms, .. } => {
            say!(
                "فرستادن نامه‌ی غریبه برای غریبه را به هر {0} شکلی که آزمودیم رد کرد.",
                number(forms)
            )
        }
        Reason::RelayAccepted { forms } => say!(
            "سرور نامه‌ی غریبه برای غریبه را پذیرفت ({0}): هر کسی می‌تواند از راه آن هرزنامه بفرستد. ما پیش از فرستادن پیام ایستادیم.",
            relay_forms(forms)
        ),
        Reason::RelayRouted { forms } => say!(
            "گیرنده‌ای به شکل قدیمی و مسیردار پذیرفته شد ({0}). شاید سرور آن را نامی محلی بداند؛ تنها با فرستادن پیام معلوم می‌شود.",
            relay_forms(forms)
        ),
        Reason::RelaySenderRefused { reply_code, text } => say!(
            "سرور فرستنده‌ی ما را نپذیرفت ({0})، پس نشنیدیم که درباره‌ی گیرنده‌ها چه می‌گوید.",
            reply(*reply_code, text)
        ),
        Reason::RelayDeferred { reply_code, text } => say!(
            "سرور پاسخ را به بعد موکول کرد ({0}). این نه آری است و نه خیر.",
            reply(*reply_code, text)
        ),
        Reason::RelayInconclusive { reply_code, text } => say!(
            "سرور گیرنده‌ی ما را نپذیرفت ({0})، اما نه به این دلیل که رله نمی‌کند. این چیزی را ثابت نمی‌کند.",
            reply(*reply_code, text)
        ),

        Reason::NotListed { answered, asked } => not_listed(*answered, *asked),
        Reason::ListedDecisively { zones, text } => listed(zones, text.as_deref()),
        Reason::ListedByMinor { zones } => say!(
            "این آدرس در {0} ثبت شده است؛ کمتر گیرنده‌ای تنها به این دلیل ایمیل را رد می‌کند.",
            list(zones)
        ),
        Reason::NeighborhoodListed { zones } => say!(
            "آدرس‌هایی در همسایگی این آدرس در {0} ثبت شده‌اند. این درباره‌ی خود آدرس چیزی نمی‌گوید.",
            list(zones)
        ),
        Reason::PolicyRangeListed => say!(
            "این آدرس در محدوده‌ای است که نباید مستقیم ایمیل بفرستد (`Spamhaus PBL`). سروری که فقط ایمیل می‌گیرد می‌تواند آنجا باشد."
        ),
        Reason::PolicyRangeSends => say!(
            "رکورد SPF شما می‌گوید این آدرس ایمیل شما را می‌فرستد، اما آدرس در محدوده‌ای است که نباید مستقیم ایمیل بفرستد (`Spamhaus PBL`): بسیاری از گیرنده‌ها آن را رد می‌کنند."
        ),
        Reason::TooFewListsAnswered { answered, asked } => say!(
            "از فهرست‌های سیاه فقط {0} پاسخ دادند؛ کمتر از آن که بتوان آدرس را پاک دانست.",
            share(*answered, *asked)
        ),

        Reason::PtrConfirmed { names } => match names.as_slice() {
            [name] => say!("نام این آدرس {0} است و {0} به همین آدرس برمی‌گردد.", name),
            _ => say!(
                "این آدرس {0} نام دارد و همه به خودش برمی‌گردند: {1}.",
                number(names.len()),
                list(names)
            ),
        },
        Reason::PtrPartlyConfirmed {
            confirmed,
            unconfirmed,
        } => say!(
            "{0} به همین آدرس {1}، اما {2} نه.",
            list(confirmed),
            agree(confirmed, "برمی‌گردد", "برمی‌گردند"),
            list(unconfirmed)
        ),
        Reason::PtrUnconfirmed { names } => say!(
            "نام این آدرس {0} است، اما {1} به آن برنمی‌گردد.",
            list(names),
            agree(names, "این نام", "هیچ‌یک از این نام‌ها")
        ),
        Reason::PtrMissing => say!(
            "این آدرس در DNS معکوس نامی ندارد. بسیاری از گیرنده‌ها به چنین سروری اعتماد نمی‌کنند."
        ),
        Reason::PtrManyNames { names, followed } => say!(
            "این آدرس در DNS معکوس {0} نام دارد و ما فقط {1} نام نخست را دنبال کردیم.",
            number(names),
            number(followed)
        ),
        Reason::PtrGeneric { name } => say!(
            "نام این آدرس {0} است؛ نامی که مانند خط‌های خانگی از خود عدد ساخته شده. بسیاری از گیرنده‌ها به آن اعتماد نمی‌کنند.",
            name
        ),

        Reason::AuthAbsent => say!(
            "روی پورت `25` ورود کاربر (`AUTH`) پیشنهاد نمی‌شود. سرورهای دیگر آنجا نیازی به آن ندارند؛ کاربران از `465` یا `587` وارد می‌شوند."
        ),
        Reason::AuthBehindTls => say!(
            "پیش از TLS ورود کاربر پیشنهاد نمی‌شود. شاید درون آن پیشنهاد شود، اما ارتباط TLS برقرار نشد و نتوانستیم بررسی کنیم."
        ),
        Reason::AuthInClear { mechanisms } => say!(
            "ورود کاربر پیشنهاد می‌شود ({0})، پیش از TLS هم. این اینجا به شمار نمی‌آید، اما گذرواژه ممکن است بدون رمزنگاری بگذرد.",
            list(mechanisms)
        ),
        Reason::AuthWithoutPassword { mechanisms } => say!(
            "ورود کاربر پیش از TLS پیشنهاد می‌شود، با روش‌هایی که خود گذرواژه را نمی‌فرستند ({0}).",
            list(mechanisms)
        ),
        Reason::AuthAfterTls { mechanisms } => {
            say!(
                "ورود کاربر فقط درون TLS پیشنهاد می‌شود ({0}).",
                list(mechanisms)
            )
        }
        Reason::AuthObsolete { mechanisms } => {
            say!(
                "ورود کاربر فقط با روش‌های منسوخ ممکن است: {0}.",
                list(mechanisms)
            )
        }

        Reason::HelpRefused { reply_code } => {
            say!(
                "`HELP` رد می‌شود ({0}) و چیزی را لو نمی‌دهد.",
                Sentence::code(reply_code)
            )
        }
        Reason::HelpList { text } => {
            say!(
                "سرور به `HELP` با فهرستی از فرمان‌ها یا موضوع‌ها پاسخ می‌دهد. آغاز آن: {0}",
                text
            )
        }
        Reason::HelpPointer { text } => {
            say!(
                "سرور به `HELP` با جمله‌ای ثابت پاسخ می‌دهد که چیزی را لو نمی‌دهد: {0}",
                text
            )
        }
        Reason::HelpVersion { software } => say!(
            "`HELP` نام نرم‌افزار را می‌گوید: {0}. کسی که دنبال رخنه‌ای شناخته‌شده است، دیگر نیازی به حدس‌زدن ندارد.",
            software
        ),
        Reason::HelpInconclusive { reply_code } => say!(
            "از پاسخ `HELP` ({0}) معلوم نمی‌شود که چه چیزی را لو می‌دهد.",
            Sentence::code(reply_code)
        ),

        Reason::VrfyUniform {
            reply_code,
            invented: false,
        } => say!(
            "`VRFY` برای هر نامی که پرسیدیم پاسخ {0} می‌دهد، پس چیزی لو نمی‌رود.",
            Sentence::code(reply_code)
        ),
        Reason::VrfyUniform { reply_code, .. } => say!(
            "`VRFY` برای هر نامی، حتی نام ساختگی، پاسخ {0} می‌دهد، پس چیزی لو نمی‌رود.",
            Sentence::code(reply_code)
        ),
        Reason::VrfyConfirms { mailboxes } => say!(
            "`VRFY` وجود {0} را تأیید می‌کند: هر که بپرسد، می‌فهمد کدام صندوق‌ها وجود دارند.",
            list(mailboxes)
        ),
        Reason::VrfyTells { accepted, refused } if refused.is_empty() => say!(
            "نام ساختگی رد می‌شود اما {0} پذیرفته {1}: هر که بپرسد، می‌فهمد کدام صندوق‌ها وجود دارند.",
            list(accepted),
            agree(accepted, "می‌شود", "می‌شوند")
        ),
        Reason::VrfyTells { accepted, refused } => say!(
            "{0} رد {1} اما {2} پذیرفته {3}: هر که بپرسد، می‌فهمد کدام صندوق‌ها وجود دارند.",
            list(refused),
            agree(refused, "می‌شود", "می‌شوند"),
            list(accepted),
            agree(accepted, "می‌شود", "می‌شوند")
        ),
        Reason::VrfyConfirmsAll => say!(
            "`VRFY` هر نامی را تأیید می‌کند، حتی نام ساختگی را. چیزی لو نمی‌رود، اما `250` ادعای بررسی‌ای است که انجام نشده."
        ),
        Reason::VrfyInconclusive { reply_code } => say!(
            "از پاسخ `VRFY` ({0}) معلوم نمی‌شود که میان صندوق‌ها فرق می‌گذارد یا نه.",
            Sentence::code(reply_code)
        ),

        Reason::ExpnRefused { reply_code } => {
            say!(
                "`EXPN` رد می‌شود ({0}) و نام کسی گفته نمی‌شود.",
                Sentence::code(reply_code)
            )
        }
        Reason::ExpnNeutral { reply_code } => {
            say!(
                "`EXPN` پاسخ {0} می‌دهد، بی‌آنکه نام کسی را بگوید.",
                Sentence::code(reply_code)
            )
        }
        Reason::ExpnMembers { members } => say!(
            "`EXPN` در {0} اعضا را فاش می‌کند: هر که بپرسد، آدرس‌هایی برای نامه‌نگاری به دست می‌آورد.",
            count(members, "سطر")
        ),
        Reason::ExpnWrongStep { reply_code } => say!(
            "سرور نخست گام دیگری می‌خواست ({0}) و این درباره‌ی `EXPN` چیزی نمی‌گوید.",
            Sentence::code(reply_code)
        ),
        Reason::ExpnInconclusive { reply_code } => say!(
            "از پاسخ `EXPN` ({0}) معلوم نمی‌شود که نام اعضا را می‌گوید یا نه.",
            Sentence::code(reply_code)
        ),

        Reason::DmarcMissing => say!(
            "سیاست DMARC وجود ندارد. به گیرنده‌ها گفته نشده با نامه‌ای که فقط ادعا می‌کند از شماست چه کنند."
        ),
        Reason::DmarcIgnored {
            text,
            near_miss: kind,
        } => say!(
            "{0} قرار بوده سیاست DMARC باشد، اما گیرنده‌ها نادیده‌اش می‌گیرند: {1}.",
            text,
            near_miss(*kind)
        ),
        Reason::DmarcVoid => {
            say!("این رکورد اثری ندارد: نه سیاست قابل استفاده‌ای در آن هست و نه آدرسی برای گزارش.")
        }
        Reason::DmarcSeveral { name, count } => say!(
            "{0} دارای {1} رکورد DMARC است. در این حال گیرنده‌ها هیچ‌کدام را به کار نمی‌برند.",
            name,
            number(count)
        ),
        Reason::DmarcEnforces { policy } => enforces(*policy),
        Reason::DmarcWatches => {
            say!("این سیاست فقط نظاره می‌کند (`p=none`): نامه‌ی جعلی همچنان تحویل می‌شود.")
        }
        Reason::DmarcTesting { policy: applied } => {
            say!(
                "این سیاست در حالت آزمایشی است (`t=y`). تا پایان آن، {0}",
                enforces_now(*applied)
            )
        }
        Reason::DmarcInherited { from } => {
            say!(
                "دامنه رکوردی از آنِ خود ندارد و سیاست {0} برای آن به کار می‌رود.",
                from
            )
        }
        Reason::DmarcNoReports => {
            say!(
                "کسی گزارشی نمی‌گیرد (`rua` وجود ندارد)، پس نمی‌بینید چه کسانی به نام شما ایمیل می‌فرستند."
            )
        }
        Reason::DmarcReportsUnauthorized { uri, .. } => say!(
            "{0} نپذیرفته است که گزارش‌های شما را بگیرد، پس گیرنده‌ها چیزی به آنجا نمی‌فرستند.",
            uri
        ),
        Reason::DmarcReportsUnverified { uri, host } => say!(
            "نتوانستیم بفهمیم که {0} گرفتن گزارش‌های شما را در {1} پذیرفته است یا نه.",
            host,
            uri
        ),
        Reason::DmarcDiagnostic {
            text,
            diagnostic: found,
        } => diagnostic(text, found),

        Reason::SpfMissing => say!(
            "رکورد SPF وجود ندارد. گیرنده‌ها نمی‌توانند سرورهای شما را از سرور یک غریبه بازشناسند."
        ),
        Reason::SpfIgnored { text } => say!(
            "{0} قرار بوده رکورد SPF باشد، اما گیرنده‌ها نادیده‌اش می‌گیرند: باید با `v=spf1` و یک فاصله آغاز شود.",
            text
        ),
        Reason::SpfValid { lookups, strangers } => say!(
            "رکورد درست است و {0} می‌خواهد (سقف مجاز ده تاست)؛ پاسخش به غریبه‌ها: {1}.",
            count(lookups, "پرس‌وجو"),
            stranger(*strangers)
        ),
        Reason::SpfBroken { problem: found } => say!(
            "رکورد SPF خراب است و گیرنده‌ها نمی‌توانند به کارش ببرند (`permerror`): {0}.",
            problem(found)
        ),
        Reason::SpfNote { note: found } => say!("نقطه‌ضعفی در SPF: {0}.", note(found)),
        Reason::SpfNearLimit { lookups } => say!(
            "ارزیابی رکورد SPF تا {0} می‌خواهد و سقف مجاز ده تاست: فراتر از آن گیرنده‌ها رهایش می‌کنند.",
            count(lookups, "پرس‌وجو")
        ),
        Reason::SpfOpen => {
            say!("رکورد SPF به همه اجازه می‌دهد: هر سروری در جهان می‌تواند به نام شما ایمیل بفرستد.")
        }
        Reason::SpfOpenOverIpv6 => say!(
            "رکورد SPF روی `IPv6` به همه اجازه می‌دهد: هر سروری که `IPv6` دارد می‌تواند به نام شما ایمیل بفرستد."
        ),
        Reason::SpfWide { addresses } => say!(
            "محدوده‌های رکورد SPF آن را باز کرده‌اند: بیش از {0} میلیون آدرس می‌توانند به نام شما ایمیل بفرستند و هیچ فرستنده‌ای به این همه نیاز ندارد.",
            number(addresses / 1_000_000)
        ),
        Reason::SpfWideOverIpv6 => say!(
            "محدوده‌های رکورد SPF آن را روی `IPv6` باز کرده‌اند: روی هم از `/16` بزرگ‌ترند و هیچ فرستنده‌ای به این همه نیاز ندارد."
        ),
        Reason::SpfNeutral => say!("رکورد SPF درباره‌ی غریبه‌ها چیزی نمی‌گوید، پس انگار که نیست."),
        Reason::Misplaced { text, at, belongs } => say!(
            "{0} در جای نادرستی آمده است: کسی آن را در {1} نمی‌جوید. جای درستش {2} است.",
            text,
            at,
            belongs
        ),

        Reason::Spoofing {
            identity,
            policy,
            stranger,
            protection,
        } => spoofing(*identity, *policy, *stranger, *protection),
        Reason::Bimi(reason) => super::bimi::reason(reason),
        Reason::Caa(reason) => super::caa::reason(reason),
        Reason::Certificate(reason) => super::tls::certificate(reason),
        Reason::Ciphers(reason) => super::tls::ciphers(reason),
        Reason::Tls(reason) => super::tls::reason(reason),
        Reason::Dane(reason) => super::dane::reason(reason),
        Reason::Dkim(reason) => super::dkim::reason(reason),
        Reason::Dnssec(reason) => super::dnssec::reason(reason),
        Reason::StartTls(reason) => super::starttls::reason(reason),
        Reason::Injection(reason) => super::injection::reason(reason),
        Reason::Submission(reason) => super::submission::reason(reason),
        Reason::Ipv6(reason) => super::ipv6::reason(reason),
        Reason::MtaSts(reason) => super::mta_sts::reason(reason),
        Reason::Mx(reason) => super::mx::reason(reason),
        Reason::TlsRpt(reason) => super::tls_rpt::reason(reason),
        Reason::SpoofingOlder {
            identity,
            policy: asked,
            percentage: 100,
        } => say!(
            "گیرنده‌هایی که هنوز از `RFC 7489` پیروی می‌کنند برای {0} سیاست دیگری می‌خوانند: {1}.",
            Sentence::text(whose(*identity)),
            policy(*asked)
        ),
        Reason::SpoofingOlder { percentage, .. } => say!(
            "گیرنده‌هایی که هنوز از `RFC 7489` پیروی می‌کنند سیاست را فقط درباره‌ی {0} نامه از هر ۱۰۰ نامه به کار می‌برند (`pct`)؛ گیرنده‌های تازه‌تر درباره‌ی همه.",
            number(percentage)
        ),
        Reason::OwnMailNeedsDkim { key } => own_mail(*key),
    }
}

/// Whether the domain's own mail can still be delivered.
fn own_mail(key: OwnKey) -> Sentence {
    let needs = say!("SPF پشتوانه‌ی نامه‌های خودتان نیست، پس آن‌ها فقط با DKIM از DMARC می‌گذرند.");
    needs.then(match key {
        OwnKey::Found => say!("کلیدش هست: هر نامه باید امضا شود."),
        OwnKey::NotFound => say!(
            "کلیدی برای آن نیافتیم. اگر نامه‌هایتان امضا نشوند، گیرنده‌ها آن‌ها را رد می‌کنند یا کنار می‌گذارند."
        ),
        OwnKey::Unknown => say!("هر نامه باید امضا شود."),
    })
}

fn not_listed(answered: u32, asked: u32) -> Sentence {
    let clean = match answered {
        1 => say!("تنها فهرست سیاهی که پاسخ داد، این آدرس را ندارد."),
        _ => say!(
            "هیچ‌یک از {0} فهرست سیاهی که پاسخ دادند این آدرس را ندارد.",
            number(answered)
        ),
    };
    match asked.saturating_sub(answered) {
        0 => clean,
        silent => clean.then(say!("{0} پاسخ نداد.", count(silent, "فهرست دیگر"))),
    }
}

fn listed(zones: &[String], text: Option<&str>) -> Sentence {
    let listed = say!(
        "این آدرس در {0} ثبت شده است: بسیاری از گیرنده‌ها ایمیلش را رد می‌کنند.",
        list(zones)
    );
    match text {
        Some(text) => listed.then(say!("دلیلی که نوشته‌اند: {0}", text)),
        None => listed,
    }
}

fn enforces(policy: Policy) -> Sentence {
    match policy {
        Policy::Reject => {
            say!("این سیاست بازدارنده است: از گیرنده‌ها می‌خواهد نامه‌ی جعلی را رد کنند (`p=reject`).")
        }
        Policy::Quarantine => {
            say!(
                "این سیاست بازدارنده است: از گیرنده‌ها می‌خواهد به نامه‌ی جعلی بدگمان باشند (`p=quarantine`)."
            )
        }
        Policy::None | Policy::Absent | Policy::Unknown => {
            say!("این سیاست از گیرنده‌ها چیزی نمی‌خواهد.")
        }
    }
}

fn enforces_now(policy: Policy) -> Sentence {
    match policy {
        Policy::Reject => say!("از گیرنده‌ها می‌خواهد نامه‌ی جعلی را رد کنند (`reject`)."),
        Policy::Quarantine => say!("گیرنده‌ها فقط به نامه‌ی جعلی بدگمان می‌شوند (`quarantine`)."),
        Policy::None | Policy::Absent | Policy::Unknown => {
            say!("نامه‌ی جعلی همچنان تحویل می‌شود (`none`).")
        }
    }
}
