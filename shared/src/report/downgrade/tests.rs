//! What follows from what each kind of sender does at each mail server.

use super::*;

fn passage(starttls: Offer, dane: Hold, mta_sts: Hold) -> Passage {
    Passage {
        exchange: Name::parse("mx.example.org").unwrap(),
        starttls,
        dane: without_tls(dane, starttls),
        mta_sts: without_tls(mta_sts, starttls),
    }
}

fn verdict(passages: &[(Offer, Hold, Hold)]) -> (Verdict, Vec<Sender>) {
    let passages = passages.iter();
    let passages: Vec<Passage> = passages
        .map(|(starttls, dane, mta_sts)| passage(*starttls, *dane, *mta_sts))
        .collect();
    conclude(&passages)
}

use Hold::{Insists, Refuses, Yields};
use Offer::{NotOffered, Offered};
use Sender::{Dane, MtaSts};

#[test]
fn one_mail_server() {
    for (offer, dane, mta_sts, expected, senders) in [
        (
            Offered,
            Insists,
            Insists,
            Verdict::Prevented,
            &[Dane, MtaSts][..],
        ),
        (Offered, Insists, Yields, Verdict::PreventedForSome, &[Dane]),
        (
            Offered,
            Yields,
            Insists,
            Verdict::PreventedForSome,
            &[MtaSts],
        ),
        (
            Offered,
            Insists,
            Hold::Unknown,
            Verdict::PreventedForSome,
            &[Dane],
        ),
        (
            Offer::Unknown,
            Yields,
            Insists,
            Verdict::PreventedForSome,
            &[MtaSts],
        ),
        (Offered, Yields, Yields, Verdict::Possible, &[]),
        (Offer::Unknown, Yields, Yields, Verdict::Possible, &[]),
        (NotOffered, Yields, Yields, Verdict::AlwaysClear, &[]),
        (NotOffered, Insists, Yields, Verdict::Breaks, &[Dane]),
        (
            NotOffered,
            Insists,
            Insists,
            Verdict::Breaks,
            &[Dane, MtaSts],
        ),
        (Offered, Refuses, Insists, Verdict::Breaks, &[Dane]),
        (Offered, Insists, Refuses, Verdict::Breaks, &[MtaSts]),
        (Offered, Hold::Unknown, Yields, Verdict::Unknown, &[]),
        (Offered, Hold::Unknown, Hold::Unknown, Verdict::Unknown, &[]),
    ] {
        assert_eq!(
            verdict(&[(offer, dane, mta_sts)]),
            (expected, senders.to_vec()),
            "{offer:?} {dane:?} {mta_sts:?}"
        );
    }
}

#[test]
fn whoever_stands_in_between_picks_the_weakest_server() {
    let good = (Offered, Insists, Yields);
    assert_eq!(
        verdict(&[good, (Offered, Yields, Yields)]),
        (Verdict::Partly, vec![Dane])
    );
    assert_eq!(
        verdict(&[good, (NotOffered, Yields, Yields)]),
        (Verdict::Partly, vec![Dane])
    );
    assert_eq!(
        verdict(&[(NotOffered, Yields, Yields), (Offered, Yields, Yields)]),
        (Verdict::Possible, vec![])
    );
    assert_eq!(
        verdict(&[(Offered, Refuses, Yields), (Offered, Yields, Yields)]),
        (Verdict::Possible, vec![]),
        "one at which mail waits guards none"
    );
    assert_eq!(
        verdict(&[good, (Offered, Hold::Unknown, Yields)]),
        (Verdict::Unknown, vec![])
    );
}

/// A server that the policy does not name is one at which its senders do not deliver: they turn to the next.
#[test]
fn where_mail_is_refused_it_is_not_read() {
    assert_eq!(
        verdict(&[(Offered, Yields, Insists), (Offered, Yields, Refuses)]),
        (Verdict::PreventedForSome, vec![MtaSts])
    );
    assert_eq!(
        verdict(&[(Offered, Insists, Yields), (Offered, Refuses, Yields)]),
        (Verdict::PreventedForSome, vec![Dane])
    );
    assert_eq!(
        verdict(&[(Offered, Yields, Insists), (NotOffered, Yields, Insists)]),
        (Verdict::PreventedForSome, vec![MtaSts])
    );
    assert_eq!(
        verdict(&[(Offered, Yields, Refuses), (Offered, Yields, Refuses)]),
        (Verdict::Breaks, vec![MtaSts])
    );
}
