//! `postern lint`.

mod strings;

use std::io::Read as _;

use postern_shared::diagnostic::Level;
use postern_shared::lint::{Code, Lint, RecordKind, Remark, lint, lint_rrset};
use postern_shared::span::Span;
use postern_shared::text::visible;
use postern_shared::wording::{self, Language};
use serde::Serialize;

use crate::args::{Format, LintArgs};
use crate::excerpt::Excerpts;
use crate::{Failed, output};

/// The most octets that standard input may hold.
const MAX_INPUT: u32 = 1_000_000;

/// Reads, lints, prints.
///
/// # Errors
/// There is an error in the text, or too much of it.
pub(crate) fn run(args: &LintArgs) -> Result<(), Failed> {
    let given = match args.text.as_str() {
        "-" => read_input(args)?,
        text => text.to_owned(),
    };
    let records = strings::records(&given).filter(|_| args.kind.is_txt());
    let is_joined = records.is_some();
    let (text, found) = match records {
        Some(records) => lint_rrset(args.kind, &records),
        None => {
            let found = lint(args.kind, &given);
            (given, found)
        }
    };
    match args.format {
        Format::Json => output::json(&Report::of(args, &text, is_joined, &found))?,
        Format::Text => output::write(&shown(args, &text, is_joined, &found))?,
    }
    if found.has_errors {
        return Err(Failed::ErrorsFound);
    }
    Ok(())
}

/// Standard input; of a record without the line end that whoever wrote it left there.
fn read_input(args: &LintArgs) -> Result<String, Failed> {
    let mut octets = Vec::new();
    std::io::stdin()
        .take(u64::from(MAX_INPUT) + 1)
        .read_to_end(&mut octets)
        .map_err(|error| Failed::Misuse(format!("standard input: {error}")))?;
    if octets.len() > MAX_INPUT as usize {
        let message = wording::too_much_input(args.lang, MAX_INPUT);
        return Err(Failed::Misuse(message.plain(args.lang)));
    }
    let text = strings::characters(octets).characters;
    if !args.kind.is_txt() {
        return Ok(text);
    }
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}

/// The remarks for people: level, place and sentence, then the place itself.
fn shown(args: &LintArgs, text: &str, is_joined: bool, found: &Lint) -> String {
    let language = args.lang;
    let mut lines = Vec::new();
    if is_joined {
        lines.push(wording::joined_strings(language).to_owned());
        lines.extend(text.split('\n').map(|line| format!("  {}", visible(line))));
    }
    if found.remarks.is_empty() {
        lines.push(wording::no_remarks(language, args.kind).plain(language));
    }
    let excerpts = Excerpts::of(text);
    for remark in &found.remarks {
        let (line, column) = excerpts.place(remark.span);
        let line = Some(line).filter(|_| excerpts.has_several_lines());
        lines.push(format!(
            "{}: {}: {}",
            wording::level(language, remark.level),
            wording::place(language, line, column).plain(language),
            in_plain(language, text, remark)
        ));
        let [record, caret] = excerpts.show(remark.span);
        lines.push(format!("  {record}"));
        lines.push(format!("  {caret}"));
    }
    if found.more > 0 {
        let more = u32::try_from(found.more).unwrap_or(u32::MAX);
        lines.push(wording::more_remarks(language, more).plain(language));
    }
    lines.join("\n")
}

/// The remarks for programs.
#[derive(Serialize)]
struct Report<'a> {
    kind: RecordKind,
    /// What the places are places of; of several records one a line.
    text: &'a str,
    /// Whether it was given as the strings of a zone file.
    joined_strings: bool,
    has_errors: bool,
    remarks: Vec<Placed<'a>>,
    /// How many more there are, none of them graver than these.
    more: usize,
}

/// A remark with its words, and its place as editors count.
#[derive(Serialize)]
struct Placed<'a> {
    level: Level,
    /// Characters, counted from 0.
    span: Span,
    /// Counted from 1.
    line: usize,
    /// Counted from 1.
    column: usize,
    code: &'a Code,
    message: String,
}

impl<'a> Report<'a> {
    fn of(args: &LintArgs, text: &'a str, joined_strings: bool, found: &'a Lint) -> Self {
        let excerpts = Excerpts::of(text);
        let placed = |remark: &'a Remark| {
            let (line, column) = excerpts.place(remark.span);
            Placed {
                level: remark.level,
                span: remark.span,
                line,
                column,
                code: &remark.code,
                message: in_plain(args.lang, text, remark),
            }
        };
        Self {
            kind: args.kind,
            text,
            joined_strings,
            has_errors: found.has_errors,
            remarks: found.remarks.iter().map(placed).collect(),
            more: found.more,
        }
    }
}

fn in_plain(language: Language, text: &str, remark: &Remark) -> String {
    wording::remark(language, text, remark.span, &remark.code).plain(language)
}
