//! What lies outside of the components: the title, language, direction and theme of the document.

use leptos::prelude::*;

use super::App;
use crate::model::settings::Theme;
use crate::net::browser;

impl App {
    pub(super) fn keep_document(self) {
        Effect::new(move |_| {
            let language = self.language.get();
            browser::set_attribute("lang", Some(language.as_str()));
            browser::set_attribute("dir", Some(language.direction()));
        });
        let theme = Memo::new(move |_| self.settings.with(|settings| settings.theme));
        Effect::new(move |_| browser::set_attribute("data-theme", Theme::as_str(theme.get())));
        let title = Memo::new(move |_| self.title());
        Effect::new(move |_| browser::set_title(&title.get()));
    }

    /// `C+ · example.org · Postern`: a tab shows only the beginning.
    fn title(self) -> String {
        let Some(domain) = self.scan.domain.get() else {
            return "Postern".to_owned();
        };
        let running = self.scan.phase.get().is_running();
        let grade = self
            .scan
            .report
            .with(|report| report.as_ref().and_then(|report| report.grade));
        match grade.filter(|_| !running) {
            Some(grade) => format!("{grade} · {domain} · Postern"),
            None => format!("{domain} · Postern"),
        }
    }
}
