//! Reports on standard output.

use std::io::{ErrorKind, IsTerminal as _, Write as _, stdout};

use postern_shared::DomainName;
use postern_shared::checks::CheckId;
use postern_shared::dns::RecordType;
use postern_shared::report::{Finding, Mend, Report, Status};
use postern_shared::text::visible;
use postern_shared::wording::{self, Language, Sentence};
use serde::Serialize;

use crate::args::Format;
use crate::{Failed, unicode};

/// Prints a report.
///
/// # Errors
/// Standard output cannot be written to.
pub(crate) fn print(report: &Report, format: Format, language: Language) -> Result<(), Failed> {
    match format {
        Format::Json => json(report),
        Format::Text => {
            let colored = stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            write(&Text { language, colored }.report(report))
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

/// A report for people.
struct Text {
    language: Language,
    colored: bool,
}

impl Text {
    fn report(&self, report: &Report) -> String {
        let mut lines = vec![
            self.heading(report),
            self.plain(&wording::verdict(self.language, report)),
            String::new(),
        ];
        for cap in report.caps.iter().filter(|cap| cap.bit) {
            lines.push(self.plain(&wording::cap(self.language, cap)));
        }
        for finding in &report.checks {
            lines.extend(self.finding(finding));
        }
        lines.push(String::new());
        lines.extend(
            report
                .mends
                .iter()
                .filter_map(|id| self.mend(report, *id))
                .flatten(),
        );
        let coverage = self.plain(&wording::coverage(self.language, report));
        lines.extend(Some(coverage).filter(|words| !words.is_empty()));
        if report.provisional {
            lines.push(wording::provisional(self.language).to_owned());
        }
        if report.effort.connections > 0 {
            lines.push(self.plain(&wording::effort(self.language, &report.effort)));
        }
        lines.join("\n")
    }

    /// `example.org  C+  77.5  standards 2026.1`; without a letter there is no score either.
    fn heading(&self, report: &Report) -> String {
        let none = || ("–", "–".to_owned());
        let (letter, score) = report.grade.map_or_else(none, |grade| {
            let tenths = report.score.tenths();
            (grade.as_str(), format!("{}.{}", tenths / 10, tenths % 10))
        });
        let profile = format!(
            "{} {}",
            report.profile.name.as_str(),
            report.profile.version
        );
        let domain = self.domain(&report.domain);
        let heading = format!("{domain}  {letter}  {score}  {profile}");
        self.paint("1", &heading)
    }

    /// The domain; before it, where it has other letters, as its owner writes it.
    fn domain(&self, domain: &DomainName) -> String {
        let Some(name) = unicode::of(domain) else {
            return domain.to_string();
        };
        // Its letters may run from right to left: isolated, they leave the line as it is, in whatever language.
        let ascii = self.plain(&Sentence::code(domain));
        format!("\u{2066}{name}\u{2069} ({ascii})")
    }

    /// The row, and what was found beyond its first reason.
    fn finding(&self, finding: &Finding) -> Vec<String> {
        let (glyph, color) = match finding.status {
            Status::Pass => ("✓", "32"),
            Status::Warn => ("!", "33"),
            Status::Fail => ("✗", "31"),
            Status::Unknown => ("?", "36"),
            Status::Na => ("–", "2"),
        };
        let status = self.paint(
            color,
            &format!("{glyph} {}", wording::status(self.language, finding.status)),
        );
        let name = wording::check(self.language, finding.id).name;
        let mut reasons = finding
            .reasons
            .iter()
            .map(|reason| self.plain(&wording::reason(self.language, reason)));
        let first = reasons.next().unwrap_or_default();
        let mut lines = vec![format!("{status}  {name}: {first}")];
        lines.extend(reasons.map(|reason| format!("    {reason}")));
        lines
    }

    fn mend(&self, report: &Report, id: CheckId) -> Option<Vec<String>> {
        let mend: &Mend = report.finding(id)?.mend.as_ref()?;
        let action = self.plain(&wording::action(self.language, &mend.action));
        let owner = wording::owner(self.language, mend.owner);
        // Points that nobody can tell, or that a note does not have, are not named.
        let gain = match mend.gain {
            0 => "→".to_owned(),
            gain => format!("+{gain}"),
        };
        let mut lines = vec![format!("{gain}  {action} ({owner})")];
        if let Some(file) = &mend.serve {
            lines.push(format!("    {}", file.url()));
            lines.extend(
                file.text
                    .lines()
                    .map(|line| format!("      {}", visible(line))),
            );
        }
        if let Some(publish) = &mend.publish {
            let (name, kind) = (&publish.name, publish.record_type);
            let quote = if kind == RecordType::Txt { "\"" } else { "" };
            // The domain's own record is inside, and a terminal would obey what steers in it.
            let values = publish.value.lines().map(visible);
            lines.extend(values.map(|value| format!("    {name}. {kind} {quote}{value}{quote}")));
        }
        lines.extend(
            mend.configuration
                .iter()
                .map(|c| format!("    {}: {}", c.software, c.line)),
        );
        lines.push(String::new());
        Some(lines)
    }

    fn plain(&self, sentence: &Sentence) -> String {
        sentence.plain(self.language)
    }

    fn paint(&self, color: &str, text: &str) -> String {
        if self.colored {
            format!("\x1b[{color}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use postern_shared::evidence::Evidence;
    use postern_shared::report::{Action, Owner, ProfileName, Publish, assess};

    use super::*;

    /// A report whose one mend hands over `value`.
    fn publishing(value: &str) -> Report {
        let domain = DomainName::parse("evil.example").unwrap();
        let name = domain.name().clone();
        let mut report = assess(&Evidence::new(domain), ProfileName::Standards.profile());
        let mut mend = Mend::new(Action::KeepOneDmarc, Owner::Dns);
        // As it would be without the rule that keeps such a value from being handed over.
        mend.publish = Some(Publish {
            name,
            record_type: RecordType::Txt,
            value: value.to_owned(),
        });
        let dmarc = report.checks.iter_mut().find(|f| f.id == CheckId::Dmarc);
        dmarc.unwrap().mend = Some(mend);
        report.mends = vec![CheckId::Dmarc];
        report
    }

    #[test]
    fn a_domain_of_other_letters_is_shown_in_them_too() {
        let domain = DomainName::parse("xn--hhbbbed.test").unwrap();
        let report = assess(&Evidence::new(domain), ProfileName::Standards.profile());
        for (language, heading) in [
            (
                Language::En,
                "\u{2066}نمونه.test\u{2069} (xn--hhbbbed.test)  –  –  standards",
            ),
            (
                Language::Fa,
                "\u{2066}نمونه.test\u{2069} (\u{2066}xn--hhbbbed.test\u{2069})  –  –  standards",
            ),
        ] {
            let colored = false;
            let shown = Text { language, colored }.report(&report);
            assert!(shown.starts_with(heading), "{shown:?}");
        }
    }

    #[test]
    fn a_record_cannot_steer_the_terminal() {
        let report = publishing("v=DMARC1; x=\x1b]0;gotcha\x07\u{9b}2J\u{202e}");
        for language in [Language::En, Language::Fa] {
            let colored = false;
            let shown = Text { language, colored }.report(&report);
            let safe = "\"v=DMARC1; x=␛]0;gotcha␇⟨U+009B⟩2J⟨U+202E⟩\"";
            assert!(shown.contains(safe), "{shown:?}");
            let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!shown.contains(steers), "{shown:?}");
        }
    }
}
