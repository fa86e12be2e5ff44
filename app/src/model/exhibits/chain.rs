//! The certificates that servers showed, as cards from the server's own up to the last that was sent.

use postern_shared::dns::Name;
use postern_shared::evidence::{Certificate, Chain, Link, Path};
use postern_shared::gather::Gather;
use postern_shared::report::Status;
use postern_shared::time::Timestamp;
use postern_shared::tls::{Level, key_level, signature_level};

use super::Server;

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Names that a certificate is held against.
const MAX_EXCHANGES: usize = 16;

/// What one server showed, or several that showed the same.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shown<'a, 'e> {
    /// Who.
    pub servers: Vec<&'a Server<'e>>,
    /// The chains: one for each kind of key, where there are several.
    pub chains: Vec<Drawn<'e>>,
}

/// One chain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Drawn<'e> {
    /// As it was sent.
    pub chain: &'e Chain,
    /// Its certificates.
    pub cards: Vec<Card<'e>>,
}

/// One certificate, what is to say about it, and what stands above it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Card<'e> {
    /// As it was sent.
    pub link: &'e Link,
    /// What is wrong with it, or worth knowing.
    pub marks: Vec<Mark<'e>>,
    /// Who vouches for it.
    pub above: Above<'e>,
}

/// Something about one certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mark<'e> {
    /// It is out of date, since so many days.
    Expired(u32),
    /// It is not valid yet.
    NotYetValid,
    /// It is not for this mail exchange, which showed it.
    NotFor(&'e str),
    /// It is the server's own, and nobody but itself vouches for it.
    SelfSigned,
    /// It is a root: whoever believes it has it already.
    Root,
    /// It may not vouch for others, and stands where one has to.
    NoAuthority,
}

/// Who vouches for a certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Above<'e> {
    /// The next one that came.
    Next,
    /// The next one that came does not: here the chain is broken.
    NotNext,
    /// Itself.
    Itself,
    /// This one, which senders have.
    Known(&'e str),
    /// This one, which was not sent, and which nobody knows.
    NotSent(&'e str),
    /// This one; more cannot be said.
    Unjudged(&'e str),
    /// Nobody can say: it cannot be read.
    Unreadable,
}

/// Chains with the moments at which they came.
type Seen<'e> = Vec<(&'e Chain, Timestamp)>;

/// All that was shown; what several servers showed alike, once.
#[must_use]
pub fn shown<'a, 'e>(servers: &'a [Server<'e>]) -> Vec<Shown<'a, 'e>> {
    let mut groups: Vec<(Vec<&'a Server<'e>>, Seen<'e>)> = Vec::new();
    for server in servers {
        let chains = server.chains();
        if chains.is_empty() {
            continue;
        }
        let same = groups
            .iter_mut()
            .find(|(_, known)| alike(known.as_slice(), chains.as_slice()));
        match same {
            Some((group, _)) => group.push(server),
            None => groups.push((vec![server], chains)),
        }
    }
    let drawn = groups.into_iter().map(|(servers, chains)| {
        let exchanges = exchanges(&servers);
        let chains = chains.into_iter();
        let chains = chains
            .map(|(chain, at)| draw(chain, &exchanges, at))
            .gather();
        Shown { servers, chains }
    });
    drawn.gather()
}

/// Whether the same certificates came in each of them.
fn alike(one: &[(&Chain, Timestamp)], other: &[(&Chain, Timestamp)]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|((one, _), (other, _))| one.links == other.links && one.path == other.path)
}

/// The exchanges of these servers, each once.
fn exchanges<'e>(servers: &[&Server<'e>]) -> Vec<&'e str> {
    let mut names: Vec<&str> = Vec::new();
    for name in servers.iter().flat_map(|server| &server.exchanges) {
        if !names.contains(name) && names.len() < MAX_EXCHANGES {
            names.push(name);
        }
    }
    names
}

fn draw<'e>(chain: &'e Chain, exchanges: &[&'e str], at: Timestamp) -> Drawn<'e> {
    let now = i64::try_from(at.0 / 1000).unwrap_or(i64::MAX);
    let cards = chain.links.iter().enumerate().map(|(place, link)| {
        let Link::Read(certificate) = link else {
            return Card {
                link,
                marks: Vec::new(),
                above: Above::Unreadable,
            };
        };
        let mut marks = dates(certificate, now);
        if place == 0 {
            marks.extend(not_for(certificate, exchanges));
            marks.extend(certificate.self_signed.then_some(Mark::SelfSigned));
        } else if certificate.self_signed {
            marks.push(Mark::Root);
        } else if !certificate.authority {
            marks.push(Mark::NoAuthority);
        }
        let above = above(chain, place, certificate);
        Card { link, marks, above }
    });
    let cards = cards.gather();
    Drawn { chain, cards }
}

fn dates(certificate: &Certificate, now: i64) -> Vec<Mark<'static>> {
    if certificate.not_after < now {
        let days = now.saturating_sub(certificate.not_after) / DAY;
        vec![Mark::Expired(u32::try_from(days).unwrap_or(u32::MAX))]
    } else if certificate.not_before > now {
        vec![Mark::NotYetValid]
    } else {
        Vec::new()
    }
}

/// The exchanges that it is not for.
fn not_for<'e>(certificate: &Certificate, exchanges: &[&'e str]) -> Vec<Mark<'e>> {
    let is_for = |exchange: &str| Name::parse(exchange).is_ok_and(|name| certificate.is_for(&name));
    let others = exchanges.iter().filter(|exchange| !is_for(exchange));
    others.map(|exchange| Mark::NotFor(exchange)).gather()
}

fn above<'e>(chain: &'e Chain, place: usize, certificate: &'e Certificate) -> Above<'e> {
    if certificate.self_signed {
        return Above::Itself;
    }
    let issuer = certificate.issuer.as_str();
    let is_last = place + 1 >= chain.links.len();
    match certificate.signed_by_next {
        Some(true) => Above::Next,
        Some(false) => Above::NotNext,
        None if !is_last || chain.left_out > 0 => Above::Unjudged(issuer),
        None => match chain.path {
            Path::Trusted => Above::Known(issuer),
            Path::UnknownIssuer => Above::NotSent(issuer),
            _ => Above::Unjudged(issuer),
        },
    }
}

/// The levels of its key and of its signature; a signature by which it vouches for itself protects nothing.
#[must_use]
pub fn levels(certificate: &Certificate) -> (Level, Option<Level>) {
    let key = key_level(
        &certificate.key,
        certificate.key_bits,
        certificate.curve.as_deref(),
    );
    let signature = (!certificate.self_signed).then(|| signature_level(&certificate.signature));
    (key, signature)
}

/// How a mark is shown.
#[must_use]
pub const fn status_of(mark: Mark<'_>) -> Status {
    match mark {
        Mark::Root => Status::Na,
        Mark::NoAuthority
        | Mark::Expired(_)
        | Mark::NotYetValid
        | Mark::NotFor(_)
        | Mark::SelfSigned => Status::Fail,
    }
}

#[cfg(test)]
mod tests {
    use super::super::servers;
    use super::super::world::{NOW, World};
    use super::*;

    fn leaf(chain: &mut Chain) -> &mut Certificate {
        certificate(chain, 0)
    }

    fn certificate(chain: &mut Chain, place: usize) -> &mut Certificate {
        match &mut chain.links[place] {
            Link::Read(certificate) => certificate,
            Link::Unreadable { .. } => panic!("it can be read"),
        }
    }

    /// What is drawn of one chain of `mx1.example.org`, as marks and what is above, card by card.
    fn told(chain: Chain) -> Vec<String> {
        let evidence = World::new()
            .target("mx1.example.org", "192.0.2.1")
            .secured("192.0.2.1", 25, chain)
            .evidence();
        let found = servers(&evidence);
        let all = shown(&found);
        let cards = all[0].chains[0].cards.iter();
        cards
            .map(|card| format!("{:?} {:?}", card.marks, card.above))
            .collect()
    }

    #[test]
    fn a_sound_chain_leads_to_one_that_is_known() {
        assert_eq!(
            told(World::chain("mx1.example.org")),
            ["[] Next", "[] Known(\"CN=Example Root\")"]
        );
    }

    #[test]
    fn what_is_wrong_is_marked_where_it_is_wrong() {
        let mut chain = World::chain("mx9.example.org");
        leaf(&mut chain).not_after = NOW - 3 * DAY - 5;
        certificate(&mut chain, 1).authority = false;
        certificate(&mut chain, 1).not_before = NOW + DAY;
        chain.path = Path::Expired;
        assert_eq!(
            told(chain),
            [
                "[Expired(3), NotFor(\"mx1.example.org\")] Next",
                "[NotYetValid, NoAuthority] Unjudged(\"CN=Example Root\")",
            ]
        );
    }

    #[test]
    fn where_the_issuer_did_not_come_there_is_a_gap() {
        let mut alone = World::chain("mx1.example.org");
        alone.links.truncate(1);
        leaf(&mut alone).signed_by_next = None;
        alone.path = Path::UnknownIssuer;
        assert_eq!(told(alone), ["[] NotSent(\"CN=Example CA\")"]);

        let mut wrong = World::chain("mx1.example.org");
        leaf(&mut wrong).signed_by_next = Some(false);
        assert_eq!(told(wrong), ["[] NotNext", "[] Known(\"CN=Example Root\")"]);
    }

    #[test]
    fn what_vouches_for_itself_is_a_root_only_above_another() {
        let mut chain = World::chain("mx1.example.org");
        certificate(&mut chain, 1).self_signed = true;
        assert_eq!(told(chain.clone()), ["[] Next", "[Root] Itself"]);
        chain.links.remove(0);
        certificate(&mut chain, 0).names = vec!["mx1.example.org".into()];
        assert_eq!(told(chain), ["[SelfSigned] Itself"]);
    }

    #[test]
    fn what_cannot_be_read_has_a_card_too() {
        let mut chain = World::chain("mx1.example.org");
        chain.links[1] = Link::Unreadable { octets: 70_000 };
        leaf(&mut chain).signed_by_next = None;
        assert_eq!(
            told(chain),
            ["[] Unjudged(\"CN=Example CA\")", "[] Unreadable"]
        );
    }

    #[test]
    fn the_same_chain_of_several_addresses_is_drawn_once() {
        let other = || {
            let mut other = World::chain("mx1.example.org");
            leaf(&mut other).key = "RSA".into();
            other
        };
        let evidence = World::new()
            .target("mx1.example.org", "192.0.2.1")
            .target("mx1.example.org", "192.0.2.2")
            .target("mx1.example.org", "192.0.2.3")
            .secured("192.0.2.1", 25, World::chain("mx1.example.org"))
            .secured("192.0.2.2", 25, World::chain("mx1.example.org"))
            .secured("192.0.2.3", 25, World::chain("mx1.example.org"))
            .secured("192.0.2.3", 25, other())
            .evidence();
        let found = servers(&evidence);
        let all = shown(&found);
        let counts: Vec<_> = all
            .iter()
            .map(|one| (one.servers.len(), one.chains.len()))
            .collect();
        assert_eq!(counts, [(2, 1), (1, 2)]);
    }
}
