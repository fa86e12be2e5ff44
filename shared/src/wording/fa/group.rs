//! The answers to the questions, and what a report comes down to.

use super::downgrade::transit;
use super::numbers::{count, list, number};
use super::reason::reason;
use crate::checks::CheckId;
use crate::diagnostic::Level;
use crate::dkim::DiagnosticCode;
use crate::mta_sts::Mode;
use crate::report::{
    CertificateReason, CipherReason, DaneReason, DkimReason, DnssecReason, Finding, Grade,
    Identity, MtaStsReason, MxReason, Protection, Reason, Report, StartTlsReason, SubmissionReason,
    TlsReason,
};
use crate::tls::Fault;
use crate::wording::group::{
    Rows, Shield, Silence, any_fails, any_keeps_out, is_left_alone, is_nowhere, misdirected,
    no_server, offers_in_clear, relay_unseen, shield, silence,
};
use crate::wording::sentence::say;
use crate::wording::{Group, Sentence};

/// Weak points that a verdict names.
const NAMED: usize = 3;

/// A group's question.
pub(in crate::wording) const fn group(group: Group) -> &'static str {
    match group {
        Group::Impersonation => "آیا غریبه‌ای می‌تواند به نام شما ایمیل بفرستد؟",
        Group::Transit => "آیا می‌شود ایمیل شما را در راه خواند یا به بیراهه برد؟",
        Group::Exposure => "سرور شما چه چیزی را لو می‌دهد یا اجازه می‌دهد؟",
        Group::Delivery => "آیا دیگران ایمیل شما را می‌پذیرند و ایمیلشان به شما می‌رسد؟",
    }
}

/// A group's answer, written from its rows.
pub(in crate::wording) fn group_answer(group: Group, report: &Report) -> Sentence {
    let rows = Rows::answering(report, group);
    if is_nowhere(report) {
        return say!("دامنه وجود ندارد، پس این پرسش پیش نمی‌آید.");
    }
    if rows.weak.is_empty() && rows.awaited > 0 {
        return say!(
            "هنوز در حال بررسی: {0} تا از {1} رسیده است.",
            number(rows.settled()),
            number(rows.total)
        );
    }
    if let (Group::Delivery, Some(why)) = (group, misdirected(report)) {
        return say!("نه: ایمیل به شما نمی‌رسد.").then(reason(why));
    }
    if let (Group::Delivery, Some(Silence::Closed(_))) = (group, silence(report)) {
        return say!("نتوانستیم بفهمیم: هیچ‌یک از سرورهای ایمیل دامنه با ما حرف نزد.");
    }
    let needs_server = matches!(group, Group::Delivery | Group::Transit);
    if rows.weak.is_empty() && rows.good.is_empty() || needs_server && no_server(report) {
        // Of a server that is not there nothing could be looked at.
        let unknown = if no_server(report) { 0 } else { rows.unknown };
        return match unknown {
            0 if is_left_alone(report) => {
                say!("نگاه نکردیم: وقتی رکورد MX نیست، فرستنده‌ها سراغ آدرس خود دامنه می‌روند.")
            }
            0 => {
                say!("این پرسش پیش نمی‌آید: هیچ سروری برای این دامنه ایمیل نمی‌گیرد.")
            }
            _ => say!("نتوانستیم ببینیم، پس نمی‌توانیم بگوییم."),
        };
    }
    let answer = match group {
        Group::Impersonation => impersonation(&rows, shield(report)),
        Group::Transit => transit(&rows, report.downgrade.as_ref()),
        Group::Exposure => exposure(&rows),
        Group::Delivery => delivery(&rows, silence(report).is_some()),
    };
    match group {
        Group::Exposure if relay_unseen(report) => {
            answer.then(say!("نتوانستیم بفهمیم که نامه‌ی غریبه‌ها را می‌برد یا نه."))
        }
        _ => answer.then(unseen(&rows)),
    }
}

fn impersonation(rows: &Rows<'_>, shield: Shield) -> Sentence {
    let causes = weaknesses(
        match shield {
            Shield::Whole | Shield::Unknown => rows.causes(),
            Shield::WithoutSubdomains | Shield::DmarcOnly | Shield::None => rows.openings(),
        },
        CheckId::ALL.len(),
    );
    let answer = match shield {
        Shield::None => say!("آری"),
        Shield::WithoutSubdomains => say!("به نام خود دامنه نه، اما به نام زیردامنه آری"),
        Shield::DmarcOnly => say!("هر جا گیرنده‌ها DMARC را بررسی نکنند، آری"),
        Shield::Whole if rows.weak.is_empty() => {
            return say!(
                "نه. گیرنده‌هایی که بررسی می‌کنند، زیر هر نامی از این دامنه، نامه‌ی غریبه را از نامه‌ی شما بازمی‌شناسند."
            );
        }
        Shield::Whole => {
            return say!(
                "نه: گیرنده‌هایی که بررسی می‌کنند می‌فهمند. با این حال، {0}.",
                causes
            );
        }
        Shield::Unknown if rows.weak.is_empty() => say!("آن‌قدر نتوانستیم ببینیم که پاسخ بدهیم"),
        Shield::Unknown => say!("شاید"),
    };
    match rows.weak.is_empty() {
        true => say!("{0}.", answer),
        false => say!("{0}: {1}.", answer, causes),
    }
}

fn exposure(rows: &Rows<'_>) -> Sentence {
    let given = rows.exposures();
    match (given.is_empty(), any_fails(&given)) {
        (true, _) if !rows.weak.is_empty() => {
            say!(
                "چیزی بیش از اندازه نیست. اما روی پورت `25` ورود کاربر پیشنهاد نمی‌شود که خوانش کلاسیک آن را می‌خواهد."
            )
        }
        (true, _) if rows.unknown > 0 => {
            say!("تا جایی که دیدیم، چیز نابجایی نه: {0}.", strengths(rows))
        }
        (true, _) => say!("هیچ چیز نابجایی نه: {0}.", strengths(rows)),
        (false, true) => say!("بیش از اندازه: {0}.", weaknesses(given, CheckId::ALL.len())),
        (false, false) => say!("اندکی: {0}.", weaknesses(given, CheckId::ALL.len())),
    }
}

fn delivery(rows: &Rows<'_>, by_dns_alone: bool) -> Sentence {
    let weak = weaknesses(rows.causes(), CheckId::ALL.len());
    match (rows.weak.is_empty(), any_keeps_out(&rows.weak)) {
        (true, _) if by_dns_alone => say!("تا جایی که از DNS پیداست، آری: {0}.", strengths(rows)),
        (true, _) => say!("تا جایی که می‌بینیم، آری: {0}.", strengths(rows)),
        (false, true) => say!("نه همه‌جا: {0}.", weak),
        (false, false) => say!("تا اندازه‌ی زیادی: {0}.", weak),
    }
}

/// What could not be looked at, if anything.
fn unseen(rows: &Rows<'_>) -> Sentence {
    match rows.unknown {
        0 => Sentence::default(),
        1 => say!("یک مورد را نتوانستیم بررسی کنیم."),
        more => say!("{0} مورد را نتوانستیم بررسی کنیم.", number(more)),
    }
}

/// What the report comes down to.
pub(in crate::wording) fn verdict(report: &Report) -> Sentence {
    let rows = Rows::all(report);
    let named = weaknesses(rows.causes(), NAMED);
    if is_nowhere(report) {
        return say!(
            "{0} در DNS وجود ندارد. آیا درست نوشته شده است؟",
            report.domain.name()
        );
    }
    if rows.awaited > 0 {
        let looking = say!(
            "هنوز در حال بررسی: {0} تا از {1} رسیده است.",
            number(rows.settled()),
            count(rows.total, "مورد")
        );
        return if rows.weak.is_empty() {
            looking
        } else {
            looking.then(say!("تا اینجا، {0}.", named))
        };
    }
    let judged = judgement(report, &rows, named);
    match misdirected(report) {
        Some(why) => say!("ایمیل به این دامنه نمی‌رسد.")
            .then(reason(why))
            .then(judged),
        None => match silence(report) {
            Some(Silence::NotAsked) => {
                say!("از سرورهای ایمیل چیزی پرسیده نشد؛ آنچه می‌بینید فقط از DNS است.").then(judged)
            }
            Some(Silence::Closed(why)) => say!("هیچ‌یک از سرورهای ایمیل این دامنه با ما حرف نزد.")
                .then(reason(why))
                .then(judged),
            None => judged,
        },
    }
}

/// What the rows come down to when all are in.
fn judgement(report: &Report, rows: &Rows<'_>, named: Sentence) -> Sentence {
    if rows.weak.is_empty() {
        return match (rows.good.len(), rows.unknown) {
            (0, _) => say!("چیزی را نتوانستیم ببینیم، پس هنوز حرفی نداریم."),
            (_, 0) => say!("هر چه دیدیم همان‌گونه است که باید."),
            _ => say!("آنچه توانستیم ببینیم همان‌گونه است که باید.").then(unseen(rows)),
        };
    }
    if report.finding(CheckId::Relay).is_some_and(is_open_relay) {
        return say!(
            "هر کسی می‌تواند از راه این سرور ایمیل بفرستد. پیش از هر کاری این راه را ببندید."
        );
    }
    match (shield(report), report.grade) {
        (Shield::None, _) => say!(
            "غریبه می‌تواند به نام شما نامه بنویسد. از همه مهم‌تر: {0}.",
            named
        ),
        (_, Some(Grade::APlus | Grade::A | Grade::AMinus)) => {
            say!("همه‌چیز مرتب است. آنچه مانده: {0}.", named)
        }
        _ => say!("از همه مهم‌تر: {0}.", named),
    }
}

fn is_open_relay(finding: &Finding) -> bool {
    finding
        .reasons
        .iter()
        .any(|reason| matches!(reason, Reason::RelayAccepted { .. }))
}

/// The weightiest weak points, as clauses.
pub(super) fn weaknesses(findings: Vec<&Finding>, most: usize) -> Sentence {
    list(findings.into_iter().take(most).map(weakness))
}

/// What is weak about a finding: its most telling reason, or what its check is about.
fn weakness(finding: &Finding) -> Sentence {
    finding
        .reasons
        .iter()
        .find_map(telling)
        .unwrap_or_else(|| match finding.id {
            CheckId::Relay => say!("سرور نامه‌ی غریبه برای غریبه را می‌پذیرد"),
            CheckId::Blacklist => say!("سرور در یک فهرست سیاه است"),
            CheckId::Dmarc => say!("رکورد DMARC ایراد دارد"),
            CheckId::Spf => say!("رکورد SPF نقطه‌ضعف دارد"),
            CheckId::Ptr => say!("آدرسی هست که نامی ندارد تا به آن برگردد"),
            CheckId::Spoofing => say!("غریبه می‌تواند به نام شما نامه بنویسد"),
            CheckId::Auth => say!("ورود کاربر جایی پیشنهاد می‌شود که نباید"),
            CheckId::Help => say!("سرور به `HELP` پاسخ می‌دهد"),
            CheckId::Vrfy => say!("`VRFY` می‌گوید کدام صندوق‌ها وجود دارند"),
            CheckId::Expn => say!("`EXPN` اعضا را نام می‌برد"),
            CheckId::Dkim => say!("کلیدهای DKIM نقطه‌ضعف دارند"),
            CheckId::StartTls => say!("ایمیل به سوی شما بدون رمزنگاری می‌رود"),
            CheckId::StartTlsInjection => say!("می‌شود به ارتباط رمزشده فرمان جا زد"),
            CheckId::Submission => say!("گذرواژه ممکن است بدون رمزنگاری از شبکه بگذرد"),
            CheckId::Ipv6 => say!("هیچ سرور ایمیلی از راه `IPv6` در دسترس نیست"),
            CheckId::TlsVersions => say!("نسخه‌های کهنه‌ی TLS پذیرفته می‌شوند"),
            CheckId::Ciphers => say!("رمزنگاری ضعیف پذیرفته می‌شود"),
            CheckId::Certificate => say!("گواهی ایراد دارد"),
            CheckId::MtaSts => say!("MTA-STS از ایمیل شما محافظت نمی‌کند"),
            CheckId::Dane => say!("DANE از ایمیل شما محافظت نمی‌کند"),
            CheckId::Dnssec => say!("روش امضای DNSSEC منسوخ است"),
            CheckId::TlsRpt => say!("کسی گزارش رمزنگاری را نمی‌گیرد"),
            CheckId::Caa => say!("هر مرکزی اجازه‌ی صدور گواهی دارد"),
            CheckId::Bimi => say!("رکورد BIMI به کار نمی‌آید"),
            CheckId::Mx => say!("رکوردهای MX ایراد دارند"),
        })
}

/// A reason that says more than its check's general clause.
fn telling(reason: &Reason) -> Option<Sentence> {
    Some(match reason {
        Reason::RelayRouted { .. } => say!("سرور شاید نامه‌ی غریبه‌ها را ببرد"),
        Reason::ListedDecisively { zones, .. } => say!("سرور در {0} ثبت شده است", list(zones)),
        Reason::Spoofing {
            identity: Identity::Exact,
            protection: Protection::Open,
            ..
        } => {
            say!("غریبه می‌تواند به نام شما نامه بنویسد")
        }
        Reason::Spoofing {
            protection: Protection::DmarcOnly,
            ..
        } => {
            say!("فقط گیرنده‌هایی که DMARC را بررسی می‌کنند نامه‌ی غریبه را می‌شناسند")
        }
        Reason::Spoofing {
            protection: Protection::Open,
            ..
        } => say!("DMARC زیردامنه‌ها را باز گذاشته است"),
        Reason::DmarcMissing | Reason::DmarcIgnored { .. } => say!("سیاست DMARC وجود ندارد"),
        Reason::DmarcSeveral { .. } => say!("چند رکورد DMARC هست"),
        Reason::DmarcVoid => say!("رکورد DMARC اثری ندارد"),
        Reason::DmarcWatches => say!("DMARC فقط نظاره می‌کند"),
        Reason::DmarcTesting { .. } => say!("DMARC در حالت آزمایشی است"),
        Reason::DmarcNoReports => say!("کسی گزارش DMARC نمی‌گیرد"),
        Reason::DmarcReportsUnauthorized { .. } => say!("گزارش‌های DMARC به مقصد نمی‌رسند"),
        Reason::SpfMissing => say!("رکورد SPF وجود ندارد"),
        Reason::SpfBroken { .. } => say!("رکورد SPF خراب است"),
        Reason::SpfOpen | Reason::SpfOpenOverIpv6 => say!("SPF به همه اجازه می‌دهد"),
        Reason::SpfWide { .. } | Reason::SpfWideOverIpv6 => {
            say!("SPF به آدرس‌های بسیار زیادی اجازه می‌دهد")
        }
        Reason::SpfNeutral => say!("SPF درباره‌ی غریبه‌ها چیزی نمی‌گوید"),
        Reason::ImplicitMx | Reason::Mx(MxReason::Nothing) => {
            say!("رکورد MX سرور ایمیلی را نام نمی‌برد")
        }
        Reason::Mx(MxReason::Dangling { .. }) => {
            say!("رکورد MX میزبانی را نام می‌برد که وجود ندارد")
        }
        Reason::Mx(MxReason::Alias { .. }) => say!("رکورد MX نام مستعاری دارد"),
        Reason::Mx(MxReason::Ipv6Only) => {
            say!("فرستنده‌هایی که `IPv6` ندارند به شما نمی‌رسند")
        }
        Reason::PtrPartlyConfirmed { .. } => say!("بعضی از نام‌های یک آدرس به آن برنمی‌گردند"),
        Reason::PtrGeneric { .. } => say!("آدرسی هست با نامی مانند خط‌های خانگی"),
        Reason::AuthAbsent => say!("روی پورت `25` ورود کاربر پیشنهاد نمی‌شود"),
        Reason::AuthObsolete { .. } => say!("ورود کاربر با روش‌های منسوخ است"),
        Reason::HelpVersion { .. } => say!("`HELP` نام نرم‌افزار را می‌گوید"),
        Reason::VrfyConfirmsAll => say!("`VRFY` هر نامی را تأیید می‌کند"),
        Reason::MtaSts(
            MtaStsReason::Uncovered {
                all: true,
                mode: Mode::Enforce,
                ..
            }
            | MtaStsReason::CertificateRefused {
                all: true,
                mode: Mode::Enforce,
                ..
            }
            | MtaStsReason::Bare {
                all: true,
                mode: Mode::Enforce,
                ..
            },
        ) => {
            say!("MTA-STS ایمیل را برمی‌گرداند")
        }
        Reason::MtaSts(MtaStsReason::Uncovered { .. }) => {
            say!("MTA-STS همه‌ی سرورهای ایمیل را نام نمی‌برد")
        }
        Reason::MtaSts(MtaStsReason::CertificateRefused {
            mode: Mode::Enforce,
            ..
        }) => {
            say!("MTA-STS جلوی رسیدن ایمیل به سروری را می‌گیرد که گواهی‌اش معتبر نیست")
        }
        Reason::MtaSts(MtaStsReason::Bare {
            mode: Mode::Enforce,
            ..
        }) => {
            say!("MTA-STS جلوی رسیدن ایمیل به سروری را می‌گیرد که رمزنگاری ندارد")
        }
        Reason::MtaSts(MtaStsReason::Testing) => say!("MTA-STS آزمایشی است"),
        Reason::MtaSts(MtaStsReason::Absent) => say!("سیاست MTA-STS وجود ندارد"),
        Reason::StartTls(StartTlsReason::WorksForSome) => {
            say!("فرستنده‌های امروزی رمزنگاری‌ای نمی‌یابند که بلد باشند")
        }
        Reason::StartTls(StartTlsReason::Partly { .. } | StartTlsReason::SomeAddresses { .. }) => {
            say!("بعضی سرورهای ایمیل رمزنگاری ندارند")
        }
        Reason::Submission(
            SubmissionReason::WithoutTls { .. } | SubmissionReason::BrokenTls { .. },
        ) => say!("جایی که کاربران ایمیل تحویل می‌دهند TLS نیست"),
        Reason::Dkim(reason) => return dkim(reason),
        Reason::Dane(
            DaneReason::Withheld { .. } | DaneReason::Differs { .. } | DaneReason::Bare { .. },
        ) => {
            say!("فرستنده‌هایی که DANE را می‌شناسند نمی‌توانند ایمیل برسانند")
        }
        Reason::Tls(TlsReason::OldOnly { .. }) => say!("هیچ نسخه‌ی امنی از TLS پذیرفته نمی‌شود"),
        Reason::Tls(TlsReason::Ssl { .. }) => say!("نسخه‌های شکسته‌ی SSL پذیرفته می‌شوند"),
        Reason::Ciphers(CipherReason::Open { .. }) => {
            say!("رمزنگاری‌ای پذیرفته می‌شود که هر کسی می‌تواند بشکند")
        }
        Reason::Certificate(CertificateReason::Refused { why, .. }) => match why {
            Fault::Expired { .. } => say!("گواهی منقضی شده است"),
            Fault::WrongName { .. } => say!("گواهی برای نام‌های دیگری است"),
            _ => say!("هر که گواهی را بسنجد به آن اعتماد نمی‌کند"),
        },
        Reason::Certificate(CertificateReason::EndsSoon { .. }) => {
            say!("گواهی به‌زودی منقضی می‌شود")
        }
        Reason::Dnssec(DnssecReason::Bogus | DnssecReason::HostsBogus { .. }) => {
            say!("امضاهای نادرست DNSSEC جلوی ایمیل را می‌گیرند")
        }
        Reason::Dnssec(DnssecReason::HostsUnsigned { .. }) => {
            say!("پاسخ‌های DNS درباره‌ی سرورهای ایمیل امضا نشده‌اند")
        }
        Reason::Dnssec(
            DnssecReason::Unsigned | DnssecReason::Island { .. } | DnssecReason::NotTrusted,
        ) => {
            say!("پاسخ‌های DNS امضا نشده‌اند")
        }
        _ => return None,
    })
}

fn dkim(reason: &DkimReason) -> Option<Sentence> {
    Some(match reason {
        DkimReason::Diagnostic { diagnostic, .. } => match diagnostic.code {
            DiagnosticCode::WeakKey(_)
            | DiagnosticCode::WeakExponent
            | DiagnosticCode::PrivateKey => say!("یکی از کلیدهای DKIM بسیار ضعیف است"),
            DiagnosticCode::ShortKey(_) => say!("یکی از کلیدهای DKIM کوتاه است"),
            DiagnosticCode::Testing => say!("یکی از کلیدهای DKIM در حالت آزمایشی است"),
            code if code.level() == Level::Error => say!("یکی از کلیدهای DKIM به کار نمی‌آید"),
            _ => return None,
        },
        DkimReason::Missing { .. } => say!("یکی از کلیدهای DKIM نیست"),
        DkimReason::Dangling { .. } => say!("نام مستعار یکی از کلیدهای DKIM به جایی نمی‌رسد"),
        DkimReason::NoNames => say!("کلید DKIM وجود ندارد"),
        DkimReason::Revoked { .. } => say!("کلیدهای DKIM باطل شده‌اند"),
        _ => return None,
    })
}

/// What is well, as clauses.
fn strengths(rows: &Rows<'_>) -> Sentence {
    list(rows.good.iter().map(|finding| match finding.id {
        CheckId::Relay => say!("نامه‌ی غریبه برای غریبه رد می‌شود"),
        CheckId::Blacklist => say!("سرورهای شما در هیچ فهرست سیاه مهمی نیستند"),
        CheckId::Dmarc => say!("DMARC بازدارنده است"),
        CheckId::Spf => say!("SPF درست است"),
        CheckId::Ptr => say!("هر آدرس نامی دارد که به خودش برمی‌گردد"),
        CheckId::Spoofing => say!("نامه‌ی غریبه از نامه‌ی شما بازشناخته می‌شود"),
        CheckId::Auth if offers_in_clear(finding) => say!("ورود کاربر پیشنهاد می‌شود"),
        CheckId::Auth => say!("ورود کاربر فقط درون TLS پیشنهاد می‌شود"),
        CheckId::Help => say!("`HELP` چیزی را لو نمی‌دهد"),
        CheckId::Vrfy => say!("`VRFY` میان صندوق‌ها فرقی نمی‌گذارد"),
        CheckId::Expn => say!("`EXPN` نام کسی را نمی‌گوید"),
        CheckId::Dkim => say!("کلیدهای DKIM قوی‌اند"),
        CheckId::StartTls => say!("همه‌ی سرورهای ایمیل رمزنگاری دارند"),
        CheckId::StartTlsInjection => say!("به ارتباط رمزشده چیزی نمی‌توان جا زد"),
        CheckId::Submission => say!("گذرواژه‌ها فقط درون TLS می‌گذرند"),
        CheckId::Ipv6 => say!("ایمیل از راه `IPv6` هم می‌رسد"),
        CheckId::TlsVersions => say!("فقط نسخه‌های امن TLS پذیرفته می‌شوند"),
        CheckId::Ciphers => say!("فقط رمزنگاری نیرومند پذیرفته می‌شود"),
        CheckId::Certificate => say!("گواهی‌ها درست‌اند"),
        CheckId::MtaSts => say!("MTA-STS از ایمیل شما محافظت می‌کند"),
        CheckId::Dane => say!("DANE از ایمیل شما محافظت می‌کند"),
        CheckId::Dnssec => say!("پاسخ‌های DNS امضا شده‌اند"),
        CheckId::TlsRpt => say!("گزارش رمزنگاری می‌رسد"),
        CheckId::Caa => say!("فقط مراکز معدودی اجازه‌ی صدور گواهی دارند"),
        CheckId::Bimi => say!("BIMI درست است"),
        CheckId::Mx => say!("رکوردهای MX درست‌اند"),
    }))
}
