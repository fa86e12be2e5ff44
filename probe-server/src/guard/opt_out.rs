//! The domains, servers and networks whose people asked not to be probed.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use postern_shared::dns::Name;
use postern_shared::{DomainName, DomainNameError};

use super::network::Network;

/// A list of names, each of which stands for all below it too, and of networks.
#[derive(Clone, Debug, Default)]
pub struct OptOuts {
    names: BTreeSet<Name>,
    networks: Vec<Network>,
}

impl OptOuts {
    /// Reads a file: one domain, mail server, address or network (`192.0.2.0/24`) a line; empty lines and what follows a `#` are not read.
    ///
    /// # Errors
    /// The file cannot be read, or a line is none of these: a request to be left alone must not be lost to a
    /// typing error.
    pub fn load(path: &Path) -> Result<Self, OptOutError> {
        let text = fs::read_to_string(path)
            .map_err(|error| OptOutError::Unreadable(path.to_owned(), error))?;
        Self::parse(&text).map_err(|(line, error)| OptOutError::Line(path.to_owned(), line, error))
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// Says which line, counted from 1, is neither a name nor a network.
    pub fn parse(text: &str) -> Result<Self, (usize, DomainNameError)> {
        let mut list = Self::default();
        for (index, line) in text.lines().enumerate() {
            let entry = line.split('#').next().unwrap_or_default().trim();
            if let Some(network) = Network::parse(entry) {
                list.networks.push(network);
            } else if !entry.is_empty() {
                let domain = DomainName::parse(entry).map_err(|error| (index + 1, error))?;
                list.names.insert(domain.name().clone());
            }
        }
        Ok(list)
    }

    /// Whether `address` lies in a network on the list.
    #[must_use]
    pub fn contain_address(&self, address: IpAddr) -> bool {
        self.networks
            .iter()
            .any(|network| network.contains(address))
    }

    /// Whether the name of a domain or of a mail exchange is on the list, or lies below one that is.
    #[must_use]
    pub fn contain(&self, name: &Name) -> bool {
        let mut name = Some(name.clone());
        while let Some(current) = name {
            if self.names.contains(&current) {
                return true;
            }
            name = current.parent();
        }
        false
    }
}

/// Why a list cannot be used.
#[derive(Debug)]
pub enum OptOutError {
    /// The file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// This line of the file, counted from 1, is neither a name nor a network.
    Line(PathBuf, usize, DomainNameError),
}

impl fmt::Display for OptOutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Line(path, line, error) => write!(f, "{}:{line}: {error}", path.display()),
        }
    }
}

impl core::error::Error for OptOutError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_stands_for_all_below_it() {
        let list = OptOuts::parse("# asked in May\nExample.org # the whole\n\nmail.example.net\n");
        let list = list.unwrap();
        for (domain, listed) in [
            ("example.org", true),
            ("sub.example.org", true),
            ("anexample.org", false),
            ("example.net", false),
            ("mail.example.net", true),
        ] {
            let domain = DomainName::parse(domain).unwrap();
            assert_eq!(list.contain(domain.name()), listed, "{domain}");
        }
    }

    #[test]
    fn addresses_and_networks() {
        let list = OptOuts::parse("192.0.2.25 # one\n198.51.100.0/24\n2001:db8:1::/48\n").unwrap();
        for (address, listed) in [
            ("192.0.2.25", true),
            ("::ffff:192.0.2.25", true),
            ("192.0.2.26", false),
            ("198.51.100.255", true),
            ("198.51.101.0", false),
            ("2001:db8:1:2::3", true),
            ("2001:db8:2::", false),
        ] {
            let listed_now = list.contain_address(address.parse().unwrap());
            assert_eq!(listed_now, listed, "{address}");
        }
        for line in [
            "192.0.2.0/33",
            "2001:db8::/129",
            "192.0.2.0/",
            "192.0.2.0/x",
            "192.0.2",
        ] {
            assert!(OptOuts::parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_line_that_is_no_domain_is_named() {
        let error = OptOuts::parse("example.org\nexample\n").unwrap_err();
        assert_eq!(error, (2, DomainNameError::SingleLabel));
        let missing = OptOuts::load(Path::new("no/such/file")).unwrap_err();
        assert!(missing.to_string().starts_with("no/such/file: "));
    }
}
