//! Which servers of the lab are scanned, and how much is asked of which tool: testssl.sh takes a minute and more for the
//! suites of one server, so it is asked for them only where there are few.

use std::net::SocketAddr;

use postern_tests::anchors::{Anchor, Asked};

/// A server of the lab.
pub(crate) struct Server {
    pub(crate) domain: &'static str,
    address: &'static str,
    /// What each tool is asked, if anything.
    pub(crate) asked: [(Anchor, Option<Asked>); 4],
}

impl Server {
    /// The host of its certificate.
    pub(crate) fn name(&self) -> String {
        format!("mail.{}", self.domain)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address.parse().expect("an address")
    }

    /// About how long a task takes, in seconds, to begin with the longest.
    pub(crate) const fn duration(&self, task: Option<(Anchor, Asked)>) -> u32 {
        match task {
            Some((Anchor::Testssl, Asked::Everything)) => 60,
            Some((Anchor::Testssl, Asked::Quickly)) => 30,
            Some((Anchor::Testssl, Asked::Certificates)) => 20,
            Some((Anchor::Sslyze, _)) => 4,
            _ => 1,
        }
    }
}

/// `testssl` is what testssl.sh is asked; the others are asked for everything.
const fn transport(domain: &'static str, address: &'static str, testssl: Option<Asked>) -> Server {
    let all = Some(Asked::Everything);
    Server {
        domain,
        address,
        asked: [
            (Anchor::Testssl, testssl),
            (Anchor::Sslyze, all),
            (Anchor::Nmap, all),
            (Anchor::Sslscan, all),
        ],
    }
}

/// `testssl` says whether testssl.sh is asked too.
const fn certificate(domain: &'static str, address: &'static str, testssl: bool) -> Server {
    let asked = Some(Asked::Certificates);
    Server {
        domain,
        address,
        asked: [
            (Anchor::Testssl, if testssl { asked } else { None }),
            (Anchor::Sslyze, asked),
            (Anchor::Nmap, None),
            (Anchor::Sslscan, None),
        ],
    }
}

pub(crate) const TRANSPORT: [Server; 10] = [
    transport("modern.test", "127.25.1.11:25", Some(Asked::Everything)),
    transport("legacy.test", "127.25.1.12:25", Some(Asked::Quickly)),
    transport("old.test", "127.25.1.13:25", Some(Asked::Quickly)),
    transport("exim.test", "127.25.1.21:25", Some(Asked::Quickly)),
    transport("eximold.test", "127.25.1.22:25", None),
    transport("good.test", "127.25.0.12:25", None),
    transport("ssl3.test", "127.25.3.31:25", Some(Asked::Quickly)),
    transport("anon.test", "127.25.3.32:25", None),
    transport("export.test", "127.25.3.35:25", None),
    transport("hybrid.test", "127.25.3.34:25", None),
];

pub(crate) const CERTIFICATES: [Server; 12] = [
    certificate("good.test", "127.25.0.12:25", false),
    certificate("exim.test", "127.25.1.21:25", false),
    certificate("expired.test", "127.25.2.11:25", true),
    certificate("notyet.test", "127.25.2.12:25", false),
    certificate("selfsigned.test", "127.25.2.13:25", false),
    certificate("wrongname.test", "127.25.2.14:25", false),
    certificate("wildcard.test", "127.25.2.15:25", false),
    certificate("rsa1024.test", "127.25.2.16:25", true),
    certificate("sha1.test", "127.25.2.17:25", true),
    certificate("chain.test", "127.25.2.18:25", true),
    certificate("nochain.test", "127.25.2.19:25", false),
    certificate("disorder.test", "127.25.2.20:25", false),
];
