//! The selectors that a person names: DNS does not list them.

use leptos::prelude::*;
use postern_shared::dkim::{NotNamed, named};
use postern_shared::evidence::{Fact, Observation};

use super::App;
use crate::net::browser;

/// What a person names a selector by.
#[derive(Default)]
pub struct Naming {
    /// A selector, a header or a message, as typed or read from a file.
    pub text: String,
    /// Why it names none, since it was last handed in.
    pub wrong: Option<NotNamed>,
}

impl App {
    /// Adds the selectors that the text names to what was seen, and asks DNS, and nobody else, for their keys.
    /// Whether it named any.
    pub fn name_selector(&self) -> bool {
        let Some(domain) = self.scan.domain.get_untracked() else {
            return false;
        };
        let read = self
            .naming
            .with_untracked(|naming| named(&naming.text, domain.name(), browser::to_ascii));
        let facts = match read {
            Ok(facts) => facts,
            Err(why) => {
                self.naming.update(|naming| naming.wrong = Some(why));
                return false;
            }
        };
        self.naming.update(|naming| naming.wrong = None);
        self.scan.evidence.update(|evidence| {
            for fact in facts {
                let seen = Observation::new(browser::now(), Fact::Selector(fact));
                evidence.iter_mut().for_each(|evidence| {
                    evidence.apply(seen.clone());
                });
            }
        });
        // A scan that runs finds them among what is wanted; one that has ended goes on.
        if !self.scan.phase.get_untracked().is_running() {
            self.run(self.plan_dns(&domain, 0));
        }
        true
    }
}
