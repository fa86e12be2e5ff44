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
            "Not where senders check {0}: they deliver to your servers alone, and encrypted. The mail of others can still be read or diverted by whoever stands in between.",
            Sentence::text(checked(&found.senders))
        ),
        (Some(found), Some(Verdict::Partly)) => say!(
            "In part: whoever stands in between can lead your mail to {0}, where nothing makes senders insist on encryption.",
            list(found.open())
        ),
        (Some(found), Some(Verdict::Breaks)) => {
            let senders = Sentence::text(checked(&found.senders));
            let answer = say!(
                "Some of it does not even arrive: senders that check {0} cannot deliver.",
                senders
            );
            return match whole {
                true => answer,
                false => answer.then(weak.closed()),
            };
        }
        (_, Some(Verdict::Possible | Verdict::AlwaysClear)) if whole => {
            say!("Yes: nothing makes senders insist on encryption and on the right server.")
        }
        (_, Some(verdict @ (Verdict::Possible | Verdict::AlwaysClear))) => {
            return yes(rows, verdict);
        }
        _ if !whole && rows.awaited > 0 => {
            return say!("Still looking. So far, {0}.", weak);
        }
        _ if whole => say!("We could not see enough to say."),
        _ => return say!("We could not see enough to say: {0}.", weak),
    };
    match whole {
        true => answer,
        false => answer.then(say!("Besides, {0}.", weak)),
    }
}

/// That it can, and by what; then what else is weak.
fn yes(rows: &Rows<'_>, verdict: Verdict) -> Sentence {
    let (ways, rest) = rows.ways_in();
    let ways = weaknesses(ways, CheckId::ALL.len());
    let answer = match verdict {
        Verdict::Possible => say!("Yes, by whoever stands in between: {0}.", ways),
        _ => say!("Yes, by anybody on the way: {0}.", ways),
    };
    match rest.is_empty() {
        true => answer,
        false => answer.then(say!("Besides, {0}.", weaknesses(rest, CheckId::ALL.len()))),
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
            "Senders that check {0} deliver to {1} encrypted, or not at all. For all others, whoever stands in between can strip the encryption.",
            Sentence::text(checked(senders)),
            exchanges
        ),
        Kept::Out(senders) => say!(
            "Senders that check {0} cannot deliver to {1}.",
            Sentence::text(checked(senders)),
            exchanges
        ),
        Kept::Encrypted => say!(
            "Senders that check DANE deliver to {0} encrypted or not at all, but to whoever answers in its place. For all others, whoever stands in between can strip the encryption.",
            exchanges
        ),
        Kept::ByNobody(Offer::Offered) if is_one => say!(
            "{0} offers encryption that nobody insists on: whoever stands in between can strip it, or answer in the place of the server.",
            exchanges
        ),
        Kept::ByNobody(Offer::Offered) => say!(
            "{0} offer encryption that nobody insists on: whoever stands in between can strip it, or answer in the place of the server.",
            exchanges
        ),
        Kept::ByNobody(Offer::NotOffered) => say!(
            "Mail to {0} travels without encryption: whoever is on the way can read it.",
            exchanges
        ),
        Kept::ByNobody(Offer::Unknown) => say!(
            "Nothing makes senders insist on encryption to {0}; whether it is offered we could not see.",
            exchanges
        ),
        Kept::Unknown => say!(
            "Whether senders are told to insist on encryption to {0} we could not see.",
            exchanges
        ),
    }
}

/// What senders check, as a noun.
const fn checked(senders: &[Sender]) -> &'static str {
    match senders {
        [Sender::Dane] => "DANE",
        [Sender::MtaSts] => "MTA-STS",
        _ => "DANE or MTA-STS",
    }
}
