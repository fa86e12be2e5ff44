//! One line that says what is being done, on a terminal only.

use std::io::{IsTerminal as _, Write as _, stderr};

use postern_shared::protocol;
use postern_shared::wording::{self, Language};

/// The progress line.
pub(crate) struct Progress {
    language: Language,
    shown: bool,
    answers: (usize, usize),
    probe: String,
}

impl Progress {
    /// Shows nothing where nobody looks: in a pipe.
    pub(crate) fn new(language: Language) -> Self {
        Self {
            language,
            shown: stderr().is_terminal(),
            answers: (0, 0),
            probe: String::new(),
        }
    }

    /// How many DNS questions were answered of those asked.
    pub(crate) fn answers(&mut self, answered: usize, asked: usize) {
        self.answers = (answered, asked);
        self.draw();
    }

    /// What the probe does now.
    pub(crate) fn probe(&mut self, step: &protocol::Progress) {
        self.probe = wording::progress(self.language, step).plain(self.language);
        self.draw();
    }

    /// Takes the line away.
    pub(crate) fn end(&self) {
        if self.shown {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }

    fn draw(&self) {
        if !self.shown {
            return;
        }
        let (answered, asked) = self.answers;
        let line: String = format!("DNS {answered}/{asked}  {}", self.probe)
            .chars()
            .take(100)
            .collect();
        let mut terminal = stderr();
        let _ = write!(terminal, "\r\x1b[K{line}");
        let _ = terminal.flush();
    }
}
