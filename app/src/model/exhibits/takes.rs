//! What a server takes: versions, suites and groups, as a table has them.

use postern_shared::gather::Gather;
use postern_shared::report::Status;
use postern_shared::sorted::SortedSet;
use postern_shared::tls::{Group, Level, Observed, Suite, Taken, Version};

use super::Server;

/// What one server takes, or several that take the same.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Takes<'a, 'e> {
    /// Who.
    pub servers: Vec<&'a Server<'e>>,
    /// What.
    pub observed: Observed,
}

/// The suites of one version.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Suites {
    /// The version.
    pub version: Version,
    /// Those that are taken, the weakest first.
    pub taken: Vec<Suite>,
    /// How many were refused.
    pub refused: usize,
    /// On how many the server was not asked, or did not say.
    pub not_asked: usize,
}

/// All servers that showed anything of TLS; those that are alike, together.
#[must_use]
pub fn takes<'a, 'e>(
    servers: &'a [Server<'e>],
    alike: impl Fn(&Observed, &Observed) -> bool,
) -> Vec<Takes<'a, 'e>> {
    let mut all: Vec<Takes<'_, '_>> = Vec::new();
    for server in servers {
        let observed = Observed::of(server.seen.iter().map(|event| &event.fact.event));
        if observed.versions().all(|(_, is)| is == Taken::NotAsked) {
            continue;
        }
        match all
            .iter_mut()
            .find(|known| alike(&known.observed, &observed))
        {
            Some(same) => same.servers.push(server),
            None => all.push(Takes {
                servers: vec![server],
                observed,
            }),
        }
    }
    all
}

/// Whether it is well that a version is taken, or is not; that a newer one is not, is neither well nor ill.
#[must_use]
pub fn weigh(version: Version, taken: Taken) -> Status {
    match (taken, version.level()) {
        (Taken::NotAsked, _) => Status::Unknown,
        (Taken::Yes, level) => status_of(level),
        (Taken::No, Level::Insufficient | Level::PhaseOut) => Status::Pass,
        (Taken::No, Level::Sufficient | Level::Good) => Status::Na,
    }
}

/// The status of what is in use and has this level.
#[must_use]
pub const fn status_of(level: Level) -> Status {
    match level {
        Level::Insufficient => Status::Fail,
        Level::PhaseOut => Status::Warn,
        Level::Sufficient | Level::Good => Status::Pass,
    }
}

/// The suites of each version that is taken and names any, the newest version first.
#[must_use]
pub fn suites(observed: &Observed) -> Vec<Suites> {
    let versions = Version::ALL.into_iter().rev();
    let taken = versions.filter(|version| observed.version(*version) == Taken::Yes);
    taken
        .map(|version| suites_of(observed, version))
        .filter(|suites| !suites.taken.is_empty())
        .gather()
}

fn suites_of(observed: &Observed, version: Version) -> Suites {
    let mut taken = SortedSet::new();
    let mut refused = 0;
    for (_, suite, is) in observed.suites().filter(|(of, ..)| *of == version) {
        match is {
            Taken::Yes => {
                taken.insert((suite.level(), suite.0));
            }
            Taken::No => refused += 1,
            Taken::NotAsked => {}
        }
    }
    let is_open =
        |suite: &Suite| suite.fits(version) && observed.suite(version, *suite) == Taken::NotAsked;
    let sorted = taken.into_vec().into_iter();
    Suites {
        version,
        taken: sorted.map(|(_, code)| Suite(code)).gather(),
        refused,
        not_asked: Suite::all().filter(is_open).count(),
    }
}

/// The groups that are taken in any version, the weakest first.
#[must_use]
pub fn groups(observed: &Observed) -> Vec<Group> {
    let mut taken = SortedSet::new();
    for (_, group, is) in observed.groups() {
        if is == Taken::Yes {
            taken.insert((group.level(), group.0));
        }
    }
    let sorted = taken.into_vec().into_iter();
    sorted.map(|(_, code)| Group(code)).gather()
}

#[cfg(test)]
mod tests {
    use postern_shared::evidence::HelloAnswer;

    use super::super::servers;
    use super::super::world::World;
    use super::*;

    #[test]
    fn servers_that_take_the_same_stand_together() {
        let evidence = World::new()
            .target("mx1.example.org", "192.0.2.1")
            .target("mx2.example.org", "192.0.2.2")
            .secured("192.0.2.1", 25, World::chain("mx1.example.org"))
            .secured("192.0.2.2", 25, World::chain("mx2.example.org"))
            .connected("192.0.2.3", 25)
            .hello("192.0.2.4", 25, Version::Tls12, &[], HelloAnswer::Alert(70))
            .evidence();
        let found = servers(&evidence);
        let all = takes(&found, |one, other| one == other);
        let who: Vec<Vec<String>> = all
            .iter()
            .map(|one| {
                one.servers
                    .iter()
                    .map(|server| server.address.to_string())
                    .collect()
            })
            .collect();
        // Of the third, which never spoke TLS, there is nothing to draw.
        assert_eq!(
            who,
            [
                vec!["192.0.2.1".to_owned(), "192.0.2.2".into()],
                vec!["192.0.2.4".into()]
            ]
        );
    }

    #[test]
    fn versions_are_weighed() {
        assert_eq!(weigh(Version::Tls13, Taken::Yes), Status::Pass);
        assert_eq!(weigh(Version::Tls13, Taken::No), Status::Na);
        assert_eq!(weigh(Version::Tls10, Taken::Yes), Status::Fail);
        assert_eq!(weigh(Version::Tls10, Taken::No), Status::Pass);
        assert_eq!(weigh(Version::Ssl2, Taken::NotAsked), Status::Unknown);
    }

    /// `TLS_RSA_WITH_3DES_EDE_CBC_SHA` was chosen of three, another at the handshake, and one refused alone.
    #[test]
    fn the_weakest_suite_comes_first_and_what_was_not_asked_is_counted() {
        let evidence = World::new()
            .chose(
                "192.0.2.1",
                Version::Tls12,
                &[0x000a, 0x002f, 0xc02f],
                0x000a,
            )
            .chose("192.0.2.1", Version::Tls12, &[0xc02f], 0xc02f)
            .chose("192.0.2.1", Version::Tls12, &[0x002f], 0x002f)
            .hello(
                "192.0.2.1",
                25,
                Version::Tls12,
                &[0xc030],
                HelloAnswer::Alert(40),
            )
            .evidence();
        let found = servers(&evidence);
        let all = takes(&found, |_, _| true);
        let all = suites(&all[0].observed);
        let [of_12] = all.as_slice() else {
            panic!("{all:?}");
        };
        assert_eq!(of_12.version, Version::Tls12);
        assert_eq!(of_12.taken[0], Suite(0x000a));
        assert_eq!(of_12.taken.last(), Some(&Suite(0xc02f)));
        assert_eq!(of_12.taken.len(), 3);
        assert_eq!(of_12.refused, 1);
        let fitting = Suite::all()
            .filter(|suite| suite.fits(Version::Tls12))
            .count();
        assert_eq!(of_12.not_asked, fitting - 4);
    }
}
