//! A report for people.

use postern_shared::DomainName;
use postern_shared::checks::CheckId;
use postern_shared::dns::Wanting;
use postern_shared::evidence::Evidence;
use postern_shared::report::{Finding, Report, Status};
use postern_shared::spf;
use postern_shared::wording::{self, Group, Language, Sentence};

use crate::unicode;

/// Terms of an SPF record that are shown: no honest one has so many, a hostile one has thousands.
const MAX_TERMS: usize = 100;

/// How a report is written.
pub(super) struct Text {
    pub(super) language: Language,
    pub(super) colored: bool,
    /// Whether each row is followed by what proves it.
    pub(super) proven: bool,
}

impl Text {
    pub(super) fn report(&self, report: &Report, evidence: &Evidence) -> String {
        let mut lines = vec![
            self.heading(report),
            self.plain(&wording::verdict(self.language, report)),
            String::new(),
        ];
        let caps = report.caps.iter().filter(|cap| cap.bit);
        let before = lines.len();
        lines.extend(caps.map(|cap| self.plain(&wording::cap(self.language, cap))));
        if lines.len() > before {
            lines.push(String::new());
        }
        lines.extend(self.on_its_way(report));
        for finding in &report.checks {
            lines.extend(self.finding(finding));
            if finding.id == CheckId::Spf {
                lines.extend(self.authorized(evidence));
            }
            let is_wanting = matches!(finding.status, Status::Warn | Status::Fail);
            if is_wanting || report.mends.contains(&finding.id) {
                lines.extend(finding.mend.iter().flat_map(|mend| self.mend(mend)));
            }
            if self.proven {
                lines.extend(self.proof(finding, evidence));
            }
        }
        lines.push(String::new());
        lines.extend(self.mend_first(report));
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

    /// Whether mail can be read or diverted on its way, and to which server.
    fn on_its_way(&self, report: &Report) -> Vec<String> {
        let Some(downgrade) = &report.downgrade else {
            return Vec::new();
        };
        let question = wording::group(self.language, Group::Transit);
        let answer = wording::group_answer(self.language, Group::Transit, report);
        let passages = wording::passages(self.language, downgrade);
        let passages = passages
            .iter()
            .map(|passage| format!("    {}", self.plain(passage)));
        [self.paint("1", question), self.plain(&answer)]
            .into_iter()
            .chain(passages)
            .chain([String::new()])
            .collect()
    }

    /// `example.org  C+  77.5  standards 2026.1`; `C+?` where it is provisional, and without a letter no score either.
    fn heading(&self, report: &Report) -> String {
        let none = || ("–", "–".to_owned());
        let (letter, score) = report.grade.map_or_else(none, |grade| {
            let tenths = report.score.tenths();
            let score = format!("{}.{}", tenths / 10, tenths % 10);
            (grade.as_str(), wording::digits(self.language, score))
        });
        let profile = format!(
            "{} {}",
            report.profile.name.as_str(),
            report.profile.version
        );
        let domain = self.domain(&report.domain);
        let doubt = if report.grade.is_some() && report.provisional {
            "?"
        } else {
            ""
        };
        let heading = format!("{domain}  {letter}{doubt}  {score}  {profile}");
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

    /// How many addresses the SPF record authorizes, in all and through each of its terms; nothing where no record
    /// can be followed.
    fn authorized(&self, evidence: &Evidence) -> Vec<String> {
        let tree = spf::walk(&Wanting::new(evidence), evidence.domain().name());
        let Some(tree) = tree.filter(|tree| tree.root.record.is_some()) else {
            return Vec::new();
        };
        let passing = self.plain(&wording::spf_passing(self.language, &tree));
        let mut lines = vec![format!("    {passing}")];
        let mut told = tree.root.terms.iter().filter_map(|term| {
            let cost = self.plain(&wording::spf_cost(self.language, term));
            let shown = self.plain(&Sentence::code(&term.text));
            (!cost.is_empty()).then(|| format!("      {shown}: {cost}"))
        });
        lines.extend(told.by_ref().take(MAX_TERMS));
        lines.extend(told.next().map(|_| "      …".to_owned()));
        lines
    }

    pub(super) fn plain(&self, sentence: &Sentence) -> String {
        sentence.plain(self.language)
    }

    pub(super) fn paint(&self, color: &str, text: &str) -> String {
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

    use postern_shared::report::{Action, Grade, Mend, Owner, ProfileName, Publish, assess};

    use postern_shared::dns::{
        Answer, Name, Question, RecordData, RecordType, Response, TxtRecord,
    };
    use postern_shared::evidence::{DnsFact, Fact, Observation};
    use postern_shared::time::{Millis, Timestamp};

    use super::*;

    const fn text(language: Language) -> Text {
        Text {
            language,
            colored: false,
            proven: false,
        }
    }

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
        let dmarc = dmarc.unwrap();
        dmarc.mend = Some(mend);
        dmarc.status = Status::Fail;
        report.mends = vec![CheckId::Dmarc];
        report
    }

    #[test]
    fn a_domain_of_other_letters_is_shown_in_them_too() {
        let domain = DomainName::parse("xn--hhbbbed.test").unwrap();
        let evidence = Evidence::new(domain);
        let report = assess(&evidence, ProfileName::Standards.profile());
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
            let shown = text(language).report(&report, &evidence);
            assert!(shown.starts_with(heading), "{shown:?}");
        }
    }

    #[test]
    fn the_score_is_in_the_digits_of_the_language() {
        let mut report = publishing("v=DMARC1; p=reject");
        report.grade = Some(Grade::F);
        for (language, score) in [(Language::En, "  F?  0.0  "), (Language::Fa, "  F?  ۰٫۰  ")] {
            let heading = text(language).heading(&report);
            assert!(heading.contains(score), "{heading}");
        }
    }

    /// Evidence of a domain whose SPF record is this, and of a record that it includes.
    fn with_spf(text: &str) -> Evidence {
        let domain = DomainName::parse("example.org").unwrap();
        let mut evidence = Evidence::new(domain);
        for (owner, text) in [
            ("example.org", text),
            (
                "host.example",
                "v=spf1 ip4:1.0.0.0/16 ip6:2a00:1450::/48 -all",
            ),
        ] {
            let name = Name::parse(owner).unwrap();
            let text = RecordData::Txt(TxtRecord::single(text));
            evidence.apply(Observation::new(
                Timestamp(1),
                Fact::Dns(DnsFact {
                    question: Question::new(name, RecordType::Txt),
                    answer: Answer::new(Response::Records(vec![text])),
                    resolver: "doh".to_owned(),
                    took: Millis(1),
                }),
            ));
        }
        evidence
    }

    #[test]
    fn what_spf_authorizes_is_told_term_by_term() {
        let evidence = with_spf("v=spf1 include:host.example ip4:8.8.8.0/24 ip4:9.9.9.9 -all");
        let report = assess(&evidence, ProfileName::Standards.profile());
        let shown = text(Language::En).report(&report, &evidence);
        let expected = "
    IPv4 addresses that pass: 65,793. IPv6 networks (/64) that pass: 65,536.
      include:host.example: 1 look-up, 65,536 IPv4 addresses, 65,536 IPv6 networks
      ip4:8.8.8.0/24: 256 IPv4 addresses
";
        assert!(shown.contains(expected), "{shown}");
        let shown = text(Language::Fa).report(&report, &evidence);
        let expected = "include:host.example\u{2069}: ۱ پرس‌وجو، ۶۵٬۵۳۶ آدرس \u{2066}IPv4\u{2069}، ";
        assert!(shown.contains(expected), "{shown}");
        let nothing = Evidence::new(DomainName::parse("example.org").unwrap());
        assert_eq!(text(Language::En).authorized(&nothing), [""; 0]);
    }

    #[test]
    fn a_term_cannot_steer_the_terminal_nor_fill_it() {
        let many = ["v=spf1", &" ip4:8.8.8.0/24".repeat(4_000), " -all"].concat();
        let told = text(Language::En).authorized(&with_spf(&many));
        assert_eq!(told.len(), 1 + MAX_TERMS + 1);
        assert_eq!(told[1 + MAX_TERMS], "      …");
        let steering = "v=spf1 include:host.example/\u{1b}]0;x\u{7} exists:%{i}.\u{202e}.example mx:\u{9b}2J -all";
        for line in text(Language::Fa).authorized(&with_spf(steering)) {
            let steers = |c: char| c.is_control() || c == '\u{202e}';
            assert!(!line.contains(steers), "{line:?}");
        }
    }

    #[test]
    fn a_record_cannot_steer_the_terminal() {
        let evidence = Evidence::new(DomainName::parse("evil.example").unwrap());
        let report = publishing("v=DMARC1; x=\x1b]0;gotcha\x07\u{9b}2J\u{202e}");
        for language in [Language::En, Language::Fa] {
            let shown = text(language).report(&report, &evidence);
            let safe = "\"v=DMARC1; x=␛]0;gotcha␇⟨U+009B⟩2J⟨U+202E⟩\"";
            assert!(shown.contains(safe), "{shown:?}");
            let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!shown.contains(steers), "{shown:?}");
        }
    }

    #[test]
    fn each_row_has_its_mend_and_the_best_are_named_again() {
        let evidence = with_spf("v=spf1 ip4:8.8.8.8 +all");
        let report = assess(&evidence, ProfileName::Standards.profile());
        let best = report.finding(*report.mends.first().unwrap()).unwrap();
        let mend = best.mend.as_ref().unwrap();
        for (language, heading) in [
            (Language::En, "\nMend first\n"),
            (Language::Fa, "\nنخست این‌ها را درست کنید\n"),
        ] {
            let shown = text(language).report(&report, &evidence);
            let action = wording::action(language, &mend.action).plain(language);
            let (rows, first) = shown.split_once(heading).unwrap();
            assert!(rows.contains(&format!("\n    → {action} (")), "{shown}");
            assert!(first.contains(&action) && !rows.contains("·"), "{shown}");
        }
    }

    #[test]
    fn what_was_seen_is_shown_where_it_is_asked_for() {
        let evidence = with_spf("v=spf1 include:host.example -all");
        let report = assess(&evidence, ProfileName::Standards.profile());
        let proven = Text {
            proven: true,
            ..text(Language::En)
        };
        let shown = proven.report(&report, &evidence);
        let record = "\n        example.org. TXT \"v=spf1 include:host.example -all\"\n";
        assert!(shown.contains(record), "{shown}");
        let plain = text(Language::En).report(&report, &evidence);
        assert!(!plain.contains(record), "{plain}");
    }
}
