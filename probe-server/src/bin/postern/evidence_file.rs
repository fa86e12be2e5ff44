//! Where `--evidence-out` leads.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use crate::Failed;

/// The file for the evidence, opened before the scan: minutes of work must not end at a wrong path.
pub(crate) struct EvidenceFile<'a> {
    path: &'a Path,
    file: File,
}

impl<'a> EvidenceFile<'a> {
    /// Opens it.
    ///
    /// # Errors
    /// It cannot be written to.
    pub(crate) fn open(path: &'a Path) -> Result<Self, Failed> {
        // What is in it stays until there is something better.
        let mut options = File::options();
        let file = options.write(true).create(true).truncate(false).open(path);
        let file = file.map_err(|error| Failed::Misuse(format!("{}: {error}", path.display())))?;
        Ok(Self { path, file })
    }

    /// Writes the text in the place of all that was in it.
    ///
    /// # Errors
    /// It was not written whole.
    pub(crate) fn write(mut self, text: &str) -> Result<(), Failed> {
        // What is no file, such as a pipe, has no length to set.
        let _ = self.file.set_len(0);
        self.file
            .write_all(text.as_bytes())
            .map_err(|error| Failed::NotDone(format!("{}: {error}", self.path.display())))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_file_that_cannot_be_written_is_known_before_the_scan() {
        let missing = EvidenceFile::open(Path::new("no/such/folder/seen.json"));
        assert!(matches!(missing.map(drop), Err(Failed::Misuse(_))));
        let path = std::env::temp_dir().join(format!("postern-out-{}.json", std::process::id()));
        std::fs::write(&path, "what was seen before").unwrap();
        let output = EvidenceFile::open(&path).unwrap();
        // A scan that is cut leaves the old file alone.
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "what was seen before"
        );
        output.write("{}").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{}");
        std::fs::remove_file(&path).unwrap();
    }
}
