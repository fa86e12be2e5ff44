//! The very lines that prove a finding.

use postern_shared::gather::Gather;

use leptos::prelude::*;
use postern_shared::evidence::{Observation, ObservationId};
use postern_shared::report::Finding;
use postern_shared::sorted::SortedSet;
use postern_shared::wording::{self, Language};

use crate::components::words;
use crate::i18n::{clock, texts};
use crate::state::use_app;

/// Proofs shown before one asks for the rest: a row over forty blocklists must not become a scroll.
const FIRST: usize = 8;

/// The proofs of a finding, its hosts' included, each once.
#[component]
pub fn Proof(language: Language, finding: Memo<Option<Finding>>) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let all = RwSignal::new(false);
    let ids = Memo::new(move |_| {
        finding.with(|finding| finding.as_ref().map(pointers).unwrap_or_default())
    });
    let items = move || {
        let shown = if all.get() { usize::MAX } else { FIRST };
        let ids = ids.get();
        let found: Vec<Observation> = app.scan.evidence.with_untracked(|evidence| {
            let evidence = evidence.as_ref();
            ids.iter()
                .take(shown)
                .filter_map(|id| evidence?.observation(id.as_str()).cloned())
                .gather()
        });
        found
            .iter()
            .map(|observation| item(language, observation))
            .collect_view()
    };
    let hidden = move || ids.with(Vec::len).saturating_sub(FIRST);
    let more = move || {
        (hidden() > 0 && !all.get()).then(|| view! {
        <button class="proof__more" type="button" on:click=move |_| all.set(true)>{(t.more_proofs)(hidden())}</button>
    })
    };
    move || {
        (!ids.with(Vec::is_empty)).then(|| {
            view! {
                <section class="check-row__section">
                    <h4 class="check-row__heading">{t.proof}</h4>
                    <ul class="proof">{items}</ul>
                    {more}
                </section>
            }
        })
    }
}

/// All observations that a finding points at, in the order of their identities.
fn pointers(finding: &Finding) -> Vec<ObservationId> {
    let hosts = finding.hosts.iter().flat_map(|host| &host.proof);
    let mut ids = SortedSet::new();
    ids.extend(finding.proof.iter().chain(hosts));
    ids.into_vec().into_iter().cloned().gather()
}

fn item(language: Language, observation: &Observation) -> impl IntoView + use<> {
    let text = wording::observation(language, &observation.fact);
    let lines = (!text.lines.is_empty()).then(
        || view! { <pre class="proof__lines" dir="ltr" tabindex="0">{text.lines.join("\n")}</pre> },
    );
    view! {
        <li class="proof__item">
            <p class="proof__label">
                <span>{words(text.label)}</span>
                <bdi class="proof__time" dir="ltr"><time>{clock(observation.at)}</time></bdi>
            </p>
            {lines}
        </li>
    }
}
