//! What was asked of whom, above the lines that prove it.

use super::mta_sts::no_policy;
use super::numbers::duration;
use super::scan::{connect_failure, dns_failure, refusal};
use super::step::step;
use crate::blocklist::{Meaning, meaning, passed};
use crate::dns::Response;
use crate::evidence::{
    BlocklistFact, BlocklistOutcome, BlocklistTest, DnsFact, Fact, HelloAnswer, NoReply,
    PolicyFact, PolicyOutcome, ProbeOutcome, SelectorFact, SelectorSource, SmtpEvent, SmtpFact,
    TargetFact, TargetRuling, TlsFact, Trust, Unlisted, Vantage,
};
use crate::time::Millis;
use crate::wording::lines::lines;
use crate::wording::sentence::say;
use crate::wording::{ObservationText, Sentence};

/// One observation as proof.
pub(in crate::wording) fn observation(fact: &Fact) -> ObservationText {
    let label = match fact {
        Fact::Dns(fact) => dns(fact),
        Fact::Vantage(fact) => vantage(fact),
        Fact::Target(fact) => target(fact),
        Fact::Smtp(fact) => smtp(fact),
        Fact::Blocklist(fact) => blocklist(fact),
        Fact::BlocklistTest(test) => blocklist_test(test),
        Fact::Selector(fact) => selector(fact),
        Fact::Policy(fact) => policy(fact),
        Fact::Probe(outcome) => probe(outcome),
    };
    ObservationText {
        label,
        lines: lines(fact),
    }
}

fn time(took: Millis) -> Sentence {
    Sentence::text(duration(took))
}

fn dns(
    DnsFact {
        question,
        answer,
        resolver,
        took,
    }: &DnsFact,
) -> Sentence {
    let answered = match &answer.response {
        Response::Records(_) => say!("پاسخ پس از {0} رسید", time(*took)),
        Response::NoData => say!("وجود ندارد (پس از {0})", time(*took)),
        Response::NxDomain => say!("این نام وجود ندارد (پس از {0})", time(*took)),
        Response::Failed(failure) => dns_failure(*failure),
    };
    let asked = match resolver.as_str() {
        DnsFact::SUPPOSED => {
            return say!(
                "رکورد {0} برای {1}: فرض شماست.",
                &question.record_type,
                &question.name
            );
        }
        DnsFact::PROBE => say!("سرور DNS کاوشگر"),
        name => Sentence::from(name),
    };
    say!(
        "رکورد {1} برای {2} از {0} پرسیده شد: {3}.",
        asked,
        &question.record_type,
        &question.name,
        answered
    )
}

fn vantage(
    Vantage {
        software,
        ehlo_name,
        port25,
        ipv6,
    }: &Vantage,
) -> Sentence {
    let mut seen = say!(
        "نرم‌افزار سرور کاوشگر {0} است و خود را {1} می‌نامد.",
        software,
        ehlo_name
    );
    if *port25 == Some(false) {
        seen = seen.then(say!("شبکه‌اش به آن اجازه‌ی اتصال به پورت `25` را نمی‌دهد."));
    }
    if *ipv6 == Some(false) {
        seen = seen.then(say!("`IPv6` ندارد."));
    }
    seen
}

fn target(
    TargetFact {
        exchange,
        address,
        ruling,
    }: &TargetFact,
) -> Sentence {
    match ruling {
        TargetRuling::Planned => say!("آدرس {0} برابر {1} است و کاوش شد.", exchange, address),
        TargetRuling::NotPublic => say!(
            "آدرس {0} برابر {1} است که عمومی نیست و کاوش نشد.",
            exchange,
            address
        ),
        TargetRuling::NoIpv6 => say!(
            "آدرس {0} برابر {1} است و سرور کاوشگر `IPv6` ندارد.",
            exchange,
            address
        ),
        TargetRuling::TooMany => say!(
            "آدرس {0} برابر {1} است که در سقف یک بررسی نگنجید.",
            exchange,
            address
        ),
        TargetRuling::OptedOut => say!(
            "آدرس {0} برابر {1} است که مسئولانش خواسته‌اند کاوش نشود.",
            exchange,
            address
        ),
        TargetRuling::Resting => say!(
            "آدرس {0} برابر {1} است که تازه زیاد به آن سر زده شده یا خودش مهلت خواسته است؛ کاوش نشد.",
            exchange,
            address
        ),
    }
}

fn smtp(
    SmtpFact {
        address,
        port,
        secure,
        event,
        took,
        ..
    }: &SmtpFact,
) -> Sentence {
    let port = Sentence::code(port);
    let server = match secure {
        true => say!("{0}، پورت {1}، درون TLS", address, port),
        false => say!("{0}، پورت {1}", address, port),
    };
    match event {
        SmtpEvent::Connected => say!("{0}: پس از {1} وصل شد.", server, time(*took)),
        SmtpEvent::NotConnected(failure) => {
            say!(
                "{0}: {1} (پس از {2}).",
                server,
                connect_failure(*failure),
                time(*took)
            )
        }
        SmtpEvent::Replied { step: at, .. } => {
            say!("{0}: {1}، پاسخ پس از {2}.", server, step(at), time(*took))
        }
        SmtpEvent::NotReplied {
            step: at, instead, ..
        } => {
            say!(
                "{0}: {1}، {2} (پس از {3}).",
                server,
                step(at),
                no_reply(instead),
                time(*took)
            )
        }
        SmtpEvent::Secured(TlsFact {
            server_name, trust, ..
        }) => {
            say!(
                "{0}: پس از {1} ارتباط TLS برقرار شد. {2}",
                server,
                time(*took),
                certificate(server_name, trust)
            )
        }
        SmtpEvent::NotSecured(_) => say!(
            "{0}: ارتباط TLS برقرار نشد (پس از {1}).",
            server,
            time(*took)
        ),
        SmtpEvent::Hello(hello) => say!(
            "{0}: پیام آغاز TLS از خود ما ({1}) {2}، پس از {3}.",
            server,
            Sentence::code(hello.offer.version.name()),
            answered(&hello.answer),
            time(*took)
        ),
    }
}

fn answered(answer: &HelloAnswer) -> Sentence {
    match answer {
        HelloAnswer::Chosen(_) | HelloAnswer::Ssl2 { .. } => say!("پاسخ گرفت"),
        HelloAnswer::Alert(_) => say!("رد شد"),
        HelloAnswer::Closed => say!("بی‌پاسخ ماند و سرور اتصال را بست"),
        HelloAnswer::TimedOut => say!("به‌موقع پاسخ نگرفت"),
        HelloAnswer::NotTls(_) => say!("پاسخی گرفت که TLS نیست"),
        HelloAnswer::Malformed => say!("پاسخی گرفت که خوانده نمی‌شود"),
        HelloAnswer::Endless => say!("پاسخی بی‌پایان گرفت"),
    }
}

fn no_reply(instead: &NoReply) -> Sentence {
    match instead {
        NoReply::TimedOut => say!("پاسخ به‌موقع نرسید"),
        NoReply::Closed => say!("سرور ارتباط را بست"),
        NoReply::Malformed(_) => say!("آنچه رسید SMTP نبود"),
        NoReply::Endless => say!("پاسخی بی‌پایان"),
    }
}

fn certificate(server_name: &str, trust: &Trust) -> Sentence {
    match trust {
        Trust::Trusted => say!("گواهی‌اش برای {0} معتبر است.", server_name),
        Trust::Untrusted(why) => say!("گواهی‌اش برای {0} معتبر نیست: {1}.", server_name, why),
        Trust::NoRoots => {
            say!("گواهی‌اش را نمی‌توان سنجید: سرور کاوشگر هیچ مرجع صدوری نمی‌شناسد.")
        }
    }
}

fn blocklist(
    BlocklistFact {
        zone,
        address,
        outcome,
    }: &BlocklistFact,
) -> Sentence {
    let word = match (meaning(zone, outcome), outcome) {
        (Meaning::Listed, _) => say!("ثبت شده است"),
        (Meaning::PolicyRange, _) => say!("در محدوده‌ای است که نباید مستقیم ایمیل بفرستد"),
        (Meaning::NotListed, _) => say!("ثبت نشده است"),
        (Meaning::NoAnswer, BlocklistOutcome::Failed(Unlisted::Dns(failure))) => {
            dns_failure(*failure)
        }
        (Meaning::NoAnswer, _) => say!("پاسخی که درباره‌ی آن چیزی نمی‌گوید"),
    };
    say!("درباره‌ی {1} از {0} پرسیده شد: {2}.", zone, address, word)
}

fn blocklist_test(test: &BlocklistTest) -> Sentence {
    match passed(test) {
        true => say!(
            "نخست {0} آزموده شد و درست پاسخ داد، پس حرفش را می‌پذیریم.",
            &test.zone
        ),
        false => say!(
            "نخست {0} آزموده شد و درست پاسخ نداد، پس حرفش را نمی‌پذیریم.",
            &test.zone
        ),
    }
}

fn selector(
    SelectorFact {
        domain,
        selector,
        source,
    }: &SelectorFact,
) -> Sentence {
    match source {
        SelectorSource::Typed => say!(
            "کسی {0} را گزینشگر یکی از کلیدهای {1} معرفی کرده است.",
            selector.as_str(),
            domain
        ),
        SelectorSource::Message => say!(
            "ایمیلی با امضای {1} گزینشگر کلیدش را {0} نامیده است.",
            selector.as_str(),
            domain
        ),
    }
}

fn policy(fact: &PolicyFact) -> Sentence {
    match &fact.outcome {
        PolicyOutcome::Fetched(_) => say!("{0} پس از {1} گرفته شد.", fact.url(), time(fact.took)),
        PolicyOutcome::NotFetched(why) => {
            say!(
                "{0} خواسته شد: {1} (پس از {2}).",
                fact.url(),
                no_policy(why),
                time(fact.took)
            )
        }
    }
}

fn probe(outcome: &ProbeOutcome) -> Sentence {
    match outcome {
        ProbeOutcome::Finished { took } => say!("کاوش پس از {0} تمام شد.", time(*took)),
        ProbeOutcome::Refused(code) => refusal(*code, None),
        ProbeOutcome::Stopped => say!("بررسی پیش از پایان متوقف شد."),
        ProbeOutcome::Cut => say!("ارتباط با سرور کاوشگر پیش از پایان قطع شد."),
        ProbeOutcome::Unreachable => say!("سرور کاوشگر در دسترس نبود."),
        ProbeOutcome::NoServer => say!("سرور کاوشگری انتخاب نشده است."),
    }
}
