//! Mends, for people.

use postern_shared::dns::RecordType;
use postern_shared::report::{Mend, Report};
use postern_shared::text::visible;
use postern_shared::wording;

use super::text::Text;

impl Text {
    /// What to do about a row, who can, and the lines to take along.
    pub(super) fn mend(&self, mend: &Mend) -> Vec<String> {
        let mut lines = vec![format!("    → {}", self.action(mend))];
        if let Some(file) = &mend.serve {
            lines.push(format!("        {}", file.url()));
            let content = file.text.lines().map(visible);
            lines.extend(content.map(|line| format!("          {line}")));
        }
        if let Some(publish) = &mend.publish {
            let (name, kind) = (&publish.name, publish.record_type);
            let quote = if kind == RecordType::Txt { "\"" } else { "" };
            // The domain's own record is inside, and a terminal would obey what steers in it.
            let values = publish.value.lines().map(visible);
            lines.extend(
                values.map(|value| format!("        {name}. {kind} {quote}{value}{quote}")),
            );
        }
        let configuration = mend.configuration.iter();
        lines.extend(configuration.map(|c| format!("        {}: {}", c.software, c.line)));
        lines
    }

    /// The mends that win most, by their rows.
    pub(super) fn mend_first(&self, report: &Report) -> Vec<String> {
        let findings = report.mends.iter().filter_map(|id| report.finding(*id));
        let mut lines: Vec<String> = findings
            .filter_map(|finding| Some((finding, finding.mend.as_ref()?)))
            .map(|(finding, mend)| {
                // Points that nobody can tell, or that a note does not have, are not named.
                let gain = match mend.gain {
                    0 => "→".to_owned(),
                    gain => format!("+{gain}"),
                };
                let name = wording::check(self.language, finding.id).name;
                format!("  {gain}  {name}: {}", self.action(mend))
            })
            .collect();
        if !lines.is_empty() {
            let heading = wording::mend_first(self.language);
            lines.insert(0, self.paint("1", heading));
            lines.push(String::new());
        }
        lines
    }

    fn action(&self, mend: &Mend) -> String {
        let action = self.plain(&wording::action(self.language, &mend.action));
        format!("{action} ({})", wording::owner(self.language, mend.owner))
    }
}
