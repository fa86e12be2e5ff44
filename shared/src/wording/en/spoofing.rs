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
        Some(stranger) => say!("{0}, and {1}", dmarc_says(policy), spf_says(stranger)),
        None => dmarc_says(policy),
    };
    match protection {
        Protection::Protected => {
            say!(
                "A stranger who writes as {0} is found out: {1}.",
                name,
                because
            )
        }
        Protection::DmarcOnly => say!(
            "A stranger who writes as {0} is found out only by receivers that check DMARC: {1}.",
            name,
            because
        ),
        Protection::Open => say!(
            "A stranger can write as {0} and get through: {1}.",
            name,
            because
        ),
    }
}

/// Whose name a stranger could use.
pub(in crate::wording) const fn identity(identity: Identity) -> &'static str {
    match identity {
        Identity::Exact => "The domain itself",
        Identity::ExistingSubdomain => "A subdomain that exists",
        Identity::NonExistentSubdomain => "A subdomain that does not exist",
    }
}

pub(super) const fn whose(identity: Identity) -> &'static str {
    match identity {
        Identity::Exact => "your own domain",
        Identity::ExistingSubdomain => "one of your subdomains",
        Identity::NonExistentSubdomain => "an invented subdomain of yours",
    }
}

fn dmarc_says(policy: Policy) -> Sentence {
    match policy {
        Policy::Unknown => say!("what DMARC asks for is not known"),
        Policy::Absent => say!("there is no DMARC policy"),
        Policy::None => say!("DMARC only watches (`none`)"),
        Policy::Quarantine => say!("DMARC asks to treat such mail as suspicious (`quarantine`)"),
        Policy::Reject => say!("DMARC asks to refuse such mail (`reject`)"),
    }
}

fn spf_says(stranger: Stranger) -> Sentence {
    match stranger {
        Stranger::Fail => say!("SPF disowns strange servers (`fail`)"),
        Stranger::SoftFail => say!("SPF calls strange servers doubtful (`softfail`)"),
        Stranger::Neutral => say!("SPF says nothing about strange servers (`neutral`)"),
        Stranger::None => say!("there is no SPF record"),
        Stranger::PermError => say!("the SPF record is broken (`permerror`)"),
        Stranger::Pass => say!("SPF lets every server pass (`pass`)"),
    }
}

/// What DMARC asks receivers to do.
pub(in crate::wording) fn policy(policy: Policy) -> Sentence {
    match policy {
        Policy::Unknown => say!("not known"),
        Policy::Absent => say!("no policy"),
        Policy::None => say!("`none`: deliver"),
        Policy::Quarantine => say!("`quarantine`: treat as suspicious"),
        Policy::Reject => say!("`reject`: refuse"),
    }
}

/// What SPF says to a stranger.
pub(in crate::wording) fn stranger(stranger: Stranger) -> Sentence {
    match stranger {
        Stranger::Fail => say!("no (`fail`)"),
        Stranger::SoftFail => say!("probably not (`softfail`)"),
        Stranger::Neutral => say!("nothing (`neutral`)"),
        Stranger::None => say!("nothing, for there is no record"),
        Stranger::PermError => say!("nothing usable (`permerror`)"),
        Stranger::Pass => say!("yes (`pass`)"),
    }
}

/// What follows for one kind of name.
pub(in crate::wording) const fn protection(protection: Protection) -> &'static str {
    match protection {
        Protection::Protected => "protected",
        Protection::DmarcOnly => "protected by DMARC alone",
        Protection::Open => "open",
    }
}
