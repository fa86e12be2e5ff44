//! Reports on standard output.

mod mend;
mod proof;
mod text;

use std::io::{ErrorKind, IsTerminal as _, Write as _, stdout};

use postern_shared::evidence::Evidence;
use postern_shared::report::Report;
use serde::Serialize;

use self::text::Text;
use crate::Failed;
use crate::args::{Format, ReportArgs};

/// Prints a report on this evidence.
///
/// # Errors
/// Standard output cannot be written to.
pub(crate) fn print(report: &Report, evidence: &Evidence, args: &ReportArgs) -> Result<(), Failed> {
    match args.format {
        Format::Json => json(report),
        Format::Text => {
            let colored = stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            let text = Text {
                language: args.lang,
                colored,
                proven: args.proof,
            };
            write(&text.report(report, evidence))
        }
    }
}

/// Prints anything as JSON.
///
/// # Errors
/// Standard output cannot be written to.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failed> {
    let text =
        serde_json::to_string_pretty(value).map_err(|error| Failed::NotDone(error.to_string()))?;
    write(&text)
}

/// Prints text with a final line end. A reader that has had enough is no failure.
///
/// # Errors
/// Standard output cannot be written to.
pub(crate) fn write(text: &str) -> Result<(), Failed> {
    match writeln!(stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failed::NotDone(error.to_string()))
        }
        _ => Ok(()),
    }
}
