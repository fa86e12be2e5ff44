//! `postern assess`.

use std::io::Read as _;
use std::path::Path;

use postern_shared::evidence::{Evidence, ProbeOutcome};
use postern_shared::report::{assess, close};
use postern_shared::wording;

use crate::args::AssessArgs;
use crate::{Failed, ending, output, remote};

/// One octet more than evidence may have: enough to see that it is too large.
const MAX_READ: u64 = 16 * 1024 * 1024 + 1;

/// Reads, assesses, prints.
///
/// # Errors
/// The file cannot be read or holds something else, or the scan that it was saved from could not be made.
pub(crate) fn run(args: &AssessArgs) -> Result<(), Failed> {
    let language = args.report.lang;
    let text = read(&args.file)
        .map_err(|error| Failed::Misuse(format!("{}: {error}", args.file.display())))?;
    let mut evidence = Evidence::from_json(&text)
        .map_err(|error| Failed::Misuse(wording::load_error(language, &error).plain(language)))?;
    let profile = args.report.profile.profile();
    // A saved scan goes on no more; one that does not say how it ended was cut.
    close(&mut evidence, profile, ProbeOutcome::Cut);
    let report = assess(&evidence, profile);
    output::print(&report, &evidence, &args.report)?;
    // What was no scan is none when it is read again.
    ending::of(&evidence, &report, language, &remote::Remark::default())
}

fn read(file: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    if file == Path::new("-") {
        std::io::stdin().take(MAX_READ).read_to_string(&mut text)?;
    } else {
        std::fs::File::open(file)?
            .take(MAX_READ)
            .read_to_string(&mut text)?;
    }
    Ok(text)
}
