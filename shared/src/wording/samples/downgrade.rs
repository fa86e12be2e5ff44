//! The way to mail servers.

use super::name;
use crate::report::{Downgrade, Hold, Offer, Passage, Verdict};

/// Every way to one mail server, and to two.
pub(in crate::wording) fn ways() -> Vec<Downgrade> {
    let holds = [
        Hold::Insists,
        Hold::Refuses,
        Hold::Encrypts,
        Hold::Yields,
        Hold::Unknown,
    ];
    let offers = [Offer::Offered, Offer::NotOffered, Offer::Unknown];
    let mut ways = Vec::new();
    for (dane, mta_sts) in holds
        .into_iter()
        .flat_map(|dane| holds.map(|policy| (dane, policy)))
    {
        for (starttls, names) in offers
            .into_iter()
            .flat_map(|offer| [(offer, 1), (offer, 2)])
        {
            let passages = ["mx1.example.org", "mx2.example.org"]
                .into_iter()
                .take(names);
            let exchanges = passages.map(|exchange| Passage {
                exchange: name(exchange),
                starttls,
                dane,
                mta_sts,
            });
            ways.push(Downgrade {
                verdict: Verdict::Possible,
                senders: Vec::new(),
                exchanges: exchanges.collect(),
            });
        }
    }
    ways
}
