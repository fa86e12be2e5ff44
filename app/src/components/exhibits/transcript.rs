//! A dialogue as text: what is shown of each event, and all of it to take along.

use postern_shared::evidence::{SmtpEvent, Step};
use postern_shared::gather::Gather;
use postern_shared::time::Millis;
use postern_shared::wording::{self, Language, Sentence};

use crate::i18n::{clock, exhibit_texts};
use crate::model::exhibits::Server;
use crate::model::exhibits::dialogue::{Dialogue, Turn};

/// One event, as it is shown.
pub struct Shown {
    /// What happened, where lines do not say it.
    pub said: Option<Sentence>,
    /// The very lines.
    pub lines: Vec<String>,
}

/// What is shown of an event.
pub fn of_turn(language: Language, turn: &Turn<'_>) -> Shown {
    let lines = wording::observation(language, turn.event.whole).lines;
    let said = said(language, &turn.event.fact.event);
    Shown { said, lines }
}

fn said(language: Language, event: &SmtpEvent) -> Option<Sentence> {
    let t = exhibit_texts(language);
    Some(match event {
        SmtpEvent::Connected => Sentence::text(t.connected),
        SmtpEvent::NotConnected(failure) => wording::connect_failure(language, *failure),
        // Of these the lines do not say what they are for.
        SmtpEvent::Replied {
            step: step @ (Step::MailFrom { .. } | Step::Smuggled | Step::Vrfy { control: true, .. }),
            ..
        } => wording::step(language, step),
        SmtpEvent::Replied { .. } => return None,
        SmtpEvent::NotReplied { instead, .. } => Sentence::text((t.no_reply)(instead)),
        SmtpEvent::Secured(_) => Sentence::text(t.secured),
        SmtpEvent::NotSecured(_) => Sentence::text(t.not_secured),
        SmtpEvent::Hello(hello) => Sentence::text((t.hello)(&hello.answer)),
    })
}

/// `1.250 s`: as the lines beside it, in Latin digits.
pub fn seconds(time: Millis) -> String {
    let thousandths = (time.0 % 1000).to_string();
    let zeros = "00".get(thousandths.len() - 1..).unwrap_or_default();
    format!("{}.{zeros}{thousandths} s", time.0 / 1000)
}

/// A whole dialogue, to take along.
pub fn text_of(language: Language, server: &Server<'_>, dialogue: &Dialogue<'_>) -> String {
    let t = exhibit_texts(language);
    let mut lines = vec![format!(
        "{} {}:{} {} · {}",
        server.exchanges.join(" "),
        server.address,
        server.port,
        clock(dialogue.began),
        (t.kind)(dialogue.kind)
    )];
    for turn in &dialogue.turns {
        let Shown { said, lines: very } = of_turn(language, turn);
        let said = said.map(|said| said.plain(language));
        let time = seconds(turn.after);
        let all = said.into_iter().chain(very);
        lines.extend(all.map(|line| format!("{time}\t{line}")).gather());
    }
    lines.push(String::new());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_three_places() {
        let told = [0, 7, 45, 999, 1000, 61_020].map(|ms| seconds(Millis(ms)));
        assert_eq!(
            told,
            [
                "0.000 s", "0.007 s", "0.045 s", "0.999 s", "1.000 s", "61.020 s"
            ]
        );
    }
}
