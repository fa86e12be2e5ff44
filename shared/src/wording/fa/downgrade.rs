//! Whether somebody in between can read or divert mail, and to which server.

use super::group::weaknesses;
use super::numbers::list;
use crate::checks::CheckId;
use crate::gather::Gather;
use crate::report::{Downgrade, Offer, Sender, Verdict};
use crate::wording::Sentence;
use crate::wording::downgrade::{Kept, Way, ways};
use crate::wording::group::Rows;
use crate::wording::sentence::say;

/// Whether mail can be read or diverted on its way.
pub(super) fn transit(rows: &Rows<'_>, downgrade: Option<&Downgrade>) -> Sentence {
    let weak = weaknesses(rows.causes(), CheckId::ALL.len());
    let whole = rows.weak.is_empty();
    let answer = match (downgrade, downgrade.map(|downgrade| downgrade.verdict)) {
        (Some(found), Some(Verdict::Prevented | Verdict::PreventedForSome)) => say!(
            "ایمیل فرستنده‌هایی که {0} را بررسی می‌کنند نه: رمزشده و فقط به سرورهای شما می‌رسد. ایمیل دیگران را کسی که در میانه باشد هنوز می‌تواند بخواند یا به بیراهه ببرد.",
            Sentence::text(checked(&found.senders))
        ),
        (Some(found), Some(Verdict::Partly)) => say!(
            "تا اندازه‌ای: کسی که در میانه باشد می‌تواند ایمیل شما را به {0} بکشاند، جایی که چیزی فرستنده‌ها را به رمزنگاری وانمی‌دارد.",
            list(found.open())
        ),
        (Some(found), Some(Verdict::Breaks)) => {
            let senders = Sentence::text(checked(&found.senders));
            let answer = say!(
                "بخشی از آن اصلاً نمی‌رسد: فرستنده‌هایی که {0} را بررسی می‌کنند نمی‌توانند برسانند.",
                senders
            );
            return match whole {
                true => answer,
                false => answer.then(weak.closed()),
            };
        }
        (_, Some(Verdict::Possible | Verdict::AlwaysClear)) if whole => {
            say!("آری: چیزی فرستنده‌ها را به رمزنگاری و به سرور درست وانمی‌دارد.")
        }
        (_, Some(verdict @ (Verdict::Possible | Verdict::AlwaysClear))) => {
            return yes(rows, verdict);
        }
        _ if !whole && rows.awaited > 0 => {
            return say!("هنوز در حال بررسی. تا اینجا، {0}.", weak);
        }
        _ if whole => say!("آن‌قدر نتوانستیم ببینیم که پاسخ بدهیم."),
        _ => return say!("آن‌قدر نتوانستیم ببینیم که پاسخ بدهیم: {0}.", weak),
    };
    match whole {
        true => answer,
        false => answer.then(say!("با این حال، {0}.", weak)),
    }
}

/// That it can, and by what; then what else is weak.
fn yes(rows: &Rows<'_>, verdict: Verdict) -> Sentence {
    let (ways, rest) = rows.ways_in();
    let ways = weaknesses(ways, CheckId::ALL.len());
    let answer = match verdict {
        Verdict::Possible => say!("آری، به دست کسی که در میانه باشد: {0}.", ways),
        _ => say!("آری، به دست هر کسی که در راه باشد: {0}.", ways),
    };
    match rest.is_empty() {
        true => answer,
        false => answer.then(say!(
            "افزون بر این، {0}.",
            weaknesses(rest, CheckId::ALL.len())
        )),
    }
}

/// What each mail server comes to.
pub(in crate::wording) fn passages(downgrade: &Downgrade) -> Vec<Sentence> {
    ways(downgrade).iter().map(passage).gather()
}

fn passage(way: &Way<'_>) -> Sentence {
    let exchanges = list(way.exchanges.iter().copied());
    let is_one = way.exchanges.len() == 1;
    match way.kept {
        Kept::For(senders) => say!(
            "فرستنده‌هایی که {0} را بررسی می‌کنند به {1} رمزشده می‌رسانند یا هیچ نمی‌رسانند. رمزنگاری ایمیل دیگران را کسی که در میانه باشد می‌تواند بردارد.",
            Sentence::text(checked(senders)),
            exchanges
        ),
        Kept::Out(senders) => say!(
            "فرستنده‌هایی که {0} را بررسی می‌کنند نمی‌توانند به {1} برسانند.",
            Sentence::text(checked(senders)),
            exchanges
        ),
        Kept::Encrypted => say!(
            "فرستنده‌هایی که DANE را بررسی می‌کنند به {0} فقط رمزشده می‌رسانند، اما به هر کس که به جای آن پاسخ دهد. رمزنگاری ایمیل دیگران را کسی که در میانه باشد می‌تواند بردارد.",
            exchanges
        ),
        Kept::ByNobody(Offer::Offered) if is_one => say!(
            "{0} رمزنگاری‌ای پیشنهاد می‌کند که کسی بر آن پافشاری نمی‌کند: کسی که در میانه باشد می‌تواند آن را بردارد یا خود را جای سرور بگذارد.",
            exchanges
        ),
        Kept::ByNobody(Offer::Offered) => say!(
            "{0} رمزنگاری‌ای پیشنهاد می‌کنند که کسی بر آن پافشاری نمی‌کند: کسی که در میانه باشد می‌تواند آن را بردارد یا خود را جای سرور بگذارد.",
            exchanges
        ),
        Kept::ByNobody(Offer::NotOffered) => say!(
            "ایمیل تا {0} بدون رمزنگاری می‌رود: هر کسی که در راه باشد می‌تواند آن را بخواند.",
            exchanges
        ),
        Kept::ByNobody(Offer::Unknown) => say!(
            "چیزی فرستنده‌ها را به رمزنگاری تا {0} وانمی‌دارد؛ و نتوانستیم ببینیم که پیشنهاد می‌شود یا نه.",
            exchanges
        ),
        Kept::Unknown => say!(
            "نتوانستیم ببینیم که فرستنده‌ها را چیزی به رمزنگاری تا {0} وامی‌دارد یا نه.",
            exchanges
        ),
    }
}

/// What senders check, as a noun.
const fn checked(senders: &[Sender]) -> &'static str {
    match senders {
        [Sender::Dane] => "DANE",
        [Sender::MtaSts] => "MTA-STS",
        _ => "DANE یا MTA-STS",
    }
}
