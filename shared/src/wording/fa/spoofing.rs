//! Who could send as whom.

use crate::report::{Identity, Policy, Protection, Stranger};
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// One kind of name, and what stands between it and a stranger.
pub(super) fn spoofing(
    identity: Identity,
    policy: Policy,
    stranger: Option<Stranger>,
    protection: Protection,
) -> Sentence {
    let name = Sentence::text(whose(identity));
    let because = match stranger {
        Some(stranger) => say!("{0} و {1}", dmarc_says(policy), spf_says(stranger)),
        None => dmarc_says(policy),
    };
    match protection {
        Protection::Protected => say!(
            "اگر غریبه‌ای به نام {0} نامه بنویسد، دستش رو می‌شود: {1}.",
            name,
            because
        ),
        Protection::DmarcOnly => say!(
            "اگر غریبه‌ای به نام {0} نامه بنویسد، فقط گیرنده‌هایی که DMARC را بررسی می‌کنند می‌فهمند: {1}.",
            name,
            because
        ),
        Protection::Open => say!(
            "غریبه می‌تواند به نام {0} نامه بنویسد و نامه‌اش برسد: {1}.",
            name,
            because
        ),
    }
}

/// Whose name a stranger could use.
pub(in crate::wording) const fn identity(identity: Identity) -> &'static str {
    match identity {
        Identity::Exact => "خود دامنه",
        Identity::ExistingSubdomain => "زیردامنه‌ای که هست",
        Identity::NonExistentSubdomain => "زیردامنه‌ای که نیست",
    }
}

pub(super) const fn whose(identity: Identity) -> &'static str {
    match identity {
        Identity::Exact => "خود دامنه‌ی شما",
        Identity::ExistingSubdomain => "یکی از زیردامنه‌های شما",
        Identity::NonExistentSubdomain => "زیردامنه‌ای ساختگی از دامنه‌ی شما",
    }
}

fn dmarc_says(policy: Policy) -> Sentence {
    match policy {
        Policy::Unknown => say!("معلوم نیست DMARC چه می‌خواهد"),
        Policy::Absent => say!("سیاست DMARC وجود ندارد"),
        Policy::None => say!("DMARC فقط نظاره می‌کند (`none`)"),
        Policy::Quarantine => say!("DMARC می‌خواهد به چنین نامه‌ای بدگمان باشند (`quarantine`)"),
        Policy::Reject => say!("DMARC می‌خواهد چنین نامه‌ای را رد کنند (`reject`)"),
    }
}

fn spf_says(stranger: Stranger) -> Sentence {
    match stranger {
        Stranger::Fail => say!("SPF سرورهای غریبه را رد می‌کند (`fail`)"),
        Stranger::SoftFail => say!("SPF سرورهای غریبه را مشکوک می‌شمارد (`softfail`)"),
        Stranger::Neutral => say!("SPF درباره‌ی سرورهای غریبه چیزی نمی‌گوید (`neutral`)"),
        Stranger::None => say!("رکورد SPF وجود ندارد"),
        Stranger::PermError => say!("رکورد SPF خراب است (`permerror`)"),
        Stranger::Pass => say!("SPF به هر سروری اجازه می‌دهد (`pass`)"),
    }
}

/// What DMARC asks receivers to do.
pub(in crate::wording) fn policy(policy: Policy) -> Sentence {
    match policy {
        Policy::Unknown => say!("نامعلوم"),
        Policy::Absent => say!("بدون سیاست"),
        Policy::None => say!("`none`: تحویل بده"),
        Policy::Quarantine => say!("`quarantine`: بدگمان باش"),
        Policy::Reject => say!("`reject`: رد کن"),
    }
}

/// What SPF says to a stranger.
pub(in crate::wording) fn stranger(stranger: Stranger) -> Sentence {
    match stranger {
        Stranger::Fail => say!("نه (`fail`)"),
        Stranger::SoftFail => say!("احتمالاً نه (`softfail`)"),
        Stranger::Neutral => say!("چیزی نمی‌گوید (`neutral`)"),
        Stranger::None => say!("چیزی نمی‌گوید، چون رکوردی نیست"),
        Stranger::PermError => say!("چیزی که به کار آید نمی‌گوید (`permerror`)"),
        Stranger::Pass => say!("آری (`pass`)"),
    }
}

/// What follows for one kind of name.
pub(in crate::wording) const fn protection(protection: Protection) -> &'static str {
    match protection {
        Protection::Protected => "در امان",
        Protection::DmarcOnly => "فقط در پناه DMARC",
        Protection::Open => "بی‌پناه",
    }
}
