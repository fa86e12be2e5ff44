//! The selectors of DKIM keys that the caller names: by themselves, or in a message.

use std::io::Read as _;
use std::path::Path;

use postern_shared::DomainName;
use postern_shared::dkim;
use postern_shared::evidence::SelectorFact;
use postern_shared::wording;

use crate::args::ScanArgs;
use crate::{Failed, unicode};

/// Octets of a message that are read: its header is looked at, and no more of it than this.
const MAX_READ: u64 = 64 * 1024;

/// All selectors that were named.
///
/// # Errors
/// One is none, or the message cannot be read or was not signed by the domain.
pub(crate) fn named(args: &ScanArgs, domain: &DomainName) -> Result<Vec<SelectorFact>, Failed> {
    let language = args.report.lang;
    let explain = |error| wording::not_named(language, &error).plain(language);
    let mut facts = Vec::new();
    for text in &args.selector {
        let named = dkim::named(text, domain.name(), unicode::to_ascii);
        facts.extend(named.map_err(|error| Failed::Misuse(explain(error)))?);
    }
    if let Some(path) = &args.message {
        let at = |why: String| Failed::Misuse(format!("{}: {why}", path.display()));
        let text = read(path).map_err(|error| at(error.to_string()))?;
        let signed = dkim::signed(&text, domain.name(), unicode::to_ascii);
        facts.extend(signed.map_err(|error| at(explain(error)))?);
    }
    Ok(facts)
}

/// The beginning of a message, whatever its letters are.
fn read(path: &Path) -> std::io::Result<String> {
    let mut octets = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().take(MAX_READ).read_to_end(&mut octets)?;
    } else {
        std::fs::File::open(path)?
            .take(MAX_READ)
            .read_to_end(&mut octets)?;
    }
    Ok(String::from_utf8_lossy(&octets).into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]

    use clap::Parser as _;

    use super::*;
    use crate::args::{Cli, Command};

    /// What is named by these arguments: `selector@domain`, or why nothing is.
    fn read(arguments: &[&str]) -> Result<Vec<String>, String> {
        let all = ["postern", "scan", "example.org"].iter().chain(arguments);
        let Command::Scan(args) = Cli::parse_from(all).command else {
            panic!("scan");
        };
        let domain = DomainName::parse("example.org").unwrap();
        match named(&args, &domain) {
            Ok(facts) => Ok(facts
                .iter()
                .map(|fact| format!("{}@{}", fact.selector, fact.domain))
                .collect()),
            Err(Failed::Misuse(why) | Failed::NotDone(why)) => Err(why),
            Err(Failed::ErrorsFound) => panic!("nothing is linted"),
        }
    }

    fn message(name: &str, text: &[u8]) -> String {
        let name = format!("postern-{name}-{}.eml", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    #[test]
    fn selectors_come_from_the_command_line_and_from_a_message() {
        let path = message(
            "signed",
            b"Subject: \xff\r\nDKIM-Signature: v=1; d=example.org;\r\n s=s2;\r\n\r\nHi",
        );
        let named = read(&["--selector", "one", "--selector", "two", "--message", &path]);
        assert_eq!(
            named.unwrap(),
            ["one@example.org", "two@example.org", "s2@example.org"]
        );
        std::fs::remove_file(path).unwrap();
        assert_eq!(read(&[]), Ok(vec![]));
    }

    #[test]
    fn what_names_none_is_said_in_the_callers_language() {
        let path = message("unsigned", b"hello");
        for (language, selector, unsigned) in [
            ("en", "A selector cannot hold", "There is no DKIM-Signature"),
            ("fa", "در گزینشگر نمی‌توان", "نیست"),
        ] {
            let why = read(&["--lang", language, "--selector", "a/b"]).unwrap_err();
            assert!(why.starts_with(selector), "{why}");
            let why = read(&["--lang", language, "--message", &path]).unwrap_err();
            assert!(why.contains(unsigned), "{why}");
        }
        std::fs::remove_file(path).unwrap();
        assert!(read(&["--message", "no/such/file"]).is_err());
    }
}
