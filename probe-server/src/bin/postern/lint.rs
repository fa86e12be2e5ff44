//! `postern lint`.

mod excerpt;
mod strings;

use std::borrow::Cow;
use std::io::Read as _;

use postern_shared::diagnostic::Level;
use postern_shared::dns::TxtRecord;
use postern_shared::lint::{Code, Lint, RecordKind, Remark, lint};
use postern_shared::span::Span;
use postern_shared::text::visible;
use postern_shared::wording::{self, Language};
use serde::Serialize;

use self::excerpt::Excerpts;
use crate::args::{Format, LintArgs};
use crate::{Failed, output};

/// The most octets that standard input may hold.
const MAX_INPUT: usize = 1_000_000;

/// Reads, lints, prints.
///
/// # Errors
/// There is an error in the text, or too much of it.
pub(crate) fn run(args: &LintArgs) -> Result<(), Failed> {
    let given = match args.text.as_str() {
        "-" => Cow::Owned(read_input(args.kind)?),
        text => Cow::Borrowed(text),
    };
    let joined = strings::joined(&given).filter(|_| args.kind.is_txt());
    let text = joined.as_deref().unwrap_or(&given);
    let found = lint(args.kind, text);
    match args.format {
        Format::Json => output::json(&Report::of(args, text, joined.is_some(), &found))?,
        Format::Text => output::write(&shown(args, text, joined.is_some(), &found))?,
    }
    if found.has_errors {
        return Err(Failed::ErrorsFound);
    }
    Ok(())
}

/// Standard input; of a record without the line end that whoever wrote it left there. Octets that are no UTF-8 are read as
/// DNS hands them over, each a character.
fn read_input(kind: RecordKind) -> Result<String, Failed> {
    let mut octets = Vec::new();
    std::io::stdin()
        .take(MAX_INPUT as u64 + 1)
        .read_to_end(&mut octets)
        .map_err(|error| Failed::Misuse(format!("standard input: {error}")))?;
    if octets.len() > MAX_INPUT {
        let message = format!("standard input: a {kind} text of more than {MAX_INPUT} octets");
        return Err(Failed::Misuse(message));
    }
    let text = String::from_utf8(octets)
        .unwrap_or_else(|error| TxtRecord::from_octets([error.as_bytes()]).text());
    if !kind.is_txt() {
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
        lines.push(format!("  {}", visible(text)));
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
    lines.join("\n")
}

/// The remarks for programs.
#[derive(Serialize)]
struct Report<'a> {
    kind: RecordKind,
    /// What the places are places of.
    text: &'a str,
    /// Whether it was given as the strings of a zone file.
    joined_strings: bool,
    has_errors: bool,
    remarks: Vec<Placed<'a>>,
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
        }
    }
}

fn in_plain(language: Language, text: &str, remark: &Remark) -> String {
    wording::remark(language, text, remark.span, &remark.code).plain(language)
}
