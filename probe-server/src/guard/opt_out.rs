//! The domains whose people asked not to be probed.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use postern_shared::dns::Name;
use postern_shared::{DomainName, DomainNameError};

/// A list of domains; each stands for all below it too.
#[derive(Clone, Debug, Default)]
pub struct OptOuts {
    domains: BTreeSet<Name>,
}

impl OptOuts {
    /// Reads a file: one domain a line; empty lines and what follows a `#` are not read.
    ///
    /// # Errors
    /// The file cannot be read, or a line is no domain: a request to be left alone must not be lost to a
    /// typing error.
    pub fn load(path: &Path) -> Result<Self, OptOutError> {
        let text = fs::read_to_string(path)
            .map_err(|error| OptOutError::Unreadable(path.to_owned(), error))?;
        Self::parse(&text).map_err(|(line, error)| OptOutError::Line(path.to_owned(), line, error))
    }

    /// Reads the text of a file; an error says which line, counted from 1.
    fn parse(text: &str) -> Result<Self, (usize, DomainNameError)> {
        let mut domains = BTreeSet::new();
        for (index, line) in text.lines().enumerate() {
            let domain = line.split('#').next().unwrap_or_default().trim();
            if !domain.is_empty() {
                let domain = DomainName::parse(domain).map_err(|error| (index + 1, error))?;
                domains.insert(domain.name().clone());
            }
        }
        Ok(Self { domains })
    }

    /// Whether `domain` is on the list, or lies below one that is.
    #[must_use]
    pub fn contain(&self, domain: &DomainName) -> bool {
        let mut name = Some(domain.name().clone());
        while let Some(current) = name {
            if self.domains.contains(&current) {
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
    /// This line of the file, counted from 1, is no domain.
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
            assert_eq!(list.contain(&domain), listed, "{domain}");
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
