//! What is fetched when it is needed: the words of a language, the view where changes are tried, and what is drawn of the
//! evidence.
//!
//! Each `#[wasm_split]` is a module of its own, made by `app/finish.mjs` out of what is reached through its function
//! and not otherwise: nobody waits for the words of a language that they do not read. A debug build holds everything.
// The macro declares what another module of the same program exports.
#![allow(unsafe_code)]

use std::sync::OnceLock;

use leptos::prelude::*;
use postern_shared::evidence::Evidence;
use postern_shared::evidence::ProbeOutcome;
use postern_shared::report::{Profile, Report, assess, close};
use postern_shared::spf::Params;
use postern_shared::what_if::{Editable, Trial};
use postern_shared::wording::{self, Language};
#[cfg(not(debug_assertions))]
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::components::draw;
use crate::i18n::{ENGLISH, PERSIAN, Texts};
use crate::pages::{Report as ReportPage, TryChange};

/// All words of one language.
struct Words {
    frame: &'static Texts,
    mail: &'static wording::Book,
}

static ENGLISH_WORDS: Words = Words {
    frame: &ENGLISH,
    mail: &wording::ENGLISH,
};
static PERSIAN_WORDS: Words = Words {
    frame: &PERSIAN,
    mail: &wording::PERSIAN,
};

/// The view where changes are tried, and what only it computes.
pub struct Workshop {
    /// The view.
    pub view: fn(Language) -> AnyView,
    /// What a change comes to.
    pub trial: TrialOf,
}

/// Of the evidence, the answers beside it, the texts tried, the profile and a sender; see [`Trial::of`].
pub type TrialOf =
    fn(&Evidence, &Evidence, &[(Editable, String)], &Profile, Option<&Params>) -> Trial;

static WORKSHOP: Workshop = Workshop {
    view: |language| view! { <TryChange language /> }.into_any(),
    trial: Trial::of,
};

/// What reads the evidence and shows what it means.
pub struct Judgment {
    /// Reads it.
    pub assess: fn(&Evidence, &Profile) -> Report,
    /// Ends evidence that nothing is added to any more.
    pub close: fn(&mut Evidence, &Profile, ProbeOutcome),
    /// The view of it.
    pub view: fn(Language) -> AnyView,
}

static JUDGMENT: Judgment = Judgment {
    assess,
    close,
    view: |language| view! { <ReportPage language /> }.into_any(),
};

/// What draws the evidence.
pub struct Exhibits {
    /// Draws one part of it; nothing where there is nothing of it.
    pub draw: fn(Language, Exhibit, &Evidence) -> Option<AnyView>,
}

/// What can be drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Exhibit {
    /// The versions of TLS that servers take.
    Versions,
    /// What they encrypt with.
    Suites,
    /// Their certificates.
    Chain,
    /// Every dialogue with them.
    Dialogues,
}

static EXHIBITS: Exhibits = Exhibits { draw };

/// Makes of each line a function that fetches a module, and gives what is in it.
macro_rules! fetched {
    ($(fn $name:ident() -> $kind:ty { $what:expr })+) => { $(
        #[cfg(not(debug_assertions))]
        #[wasm_split($name, fallible)]
        fn $name() -> Result<&'static $kind, SplitLoaderError> {
            Ok($what)
        }

        #[cfg(debug_assertions)]
        #[allow(clippy::unused_async)]
        async fn $name() -> Result<&'static $kind, ()> {
            Ok($what)
        }
    )+ };
}

fetched! {
    fn english() -> Words { &ENGLISH_WORDS }
    fn persian() -> Words { &PERSIAN_WORDS }
    fn judgment_module() -> Judgment { &JUDGMENT }
    fn workshop_module() -> Workshop { &WORKSHOP }
    fn exhibits_module() -> Exhibits { &EXHIBITS }
}

static KNOWN: [OnceLock<&'static Texts>; 2] = [const { OnceLock::new() }; 2];

const fn place(language: Language) -> &'static OnceLock<&'static Texts> {
    let [english, persian] = &KNOWN;
    match language {
        Language::En => english,
        Language::Fa => persian,
    }
}

/// Whether the words of a language are here.
#[must_use]
pub fn knows(language: Language) -> bool {
    place(language).get().is_some()
}

/// Fetches the words of a language, unless they are here; whether they are then.
pub async fn learn(language: Language) -> bool {
    let words = match language {
        Language::En => english().await,
        Language::Fa => persian().await,
    };
    let Ok(words) = words else {
        return false;
    };
    #[cfg(target_family = "wasm")]
    wording::lend(language, words.mail);
    #[cfg(not(target_family = "wasm"))]
    let _ = words.mail;
    let _ = place(language).set(words.frame);
    true
}

/// Fetches the words of the other language too, so that they are at hand when the server is not.
pub async fn learn_beside(language: Language) {
    // What fails here is tried again when somebody asks for it.
    let _ = learn(language.other()).await;
}

/// The frame's texts: those of the language, or the other's while its own are not here.
pub fn texts(language: Language) -> &'static Texts {
    let known = place(language).get();
    match known.or_else(|| place(language.other()).get()) {
        Some(texts) => texts,
        // Nothing is shown before `mount` has learned a language.
        None => std::process::abort(),
    }
}

/// What reads the evidence; nothing when it cannot be fetched now.
pub async fn judgment() -> Option<&'static Judgment> {
    judgment_module().await.ok()
}

/// The view where changes are tried; nothing when it cannot be fetched now.
pub async fn workshop() -> Option<&'static Workshop> {
    workshop_module().await.ok()
}

static DRAWING: OnceLock<&'static Exhibits> = OnceLock::new();

/// Fetches what draws the evidence; whether it is here then.
pub async fn learn_to_draw() -> bool {
    let Ok(exhibits) = exhibits_module().await else {
        return false;
    };
    let _ = DRAWING.set(exhibits);
    true
}

/// What draws the evidence, if it is here.
pub fn exhibits() -> Option<&'static Exhibits> {
    DRAWING.get().copied()
}
