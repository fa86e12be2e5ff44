//! What was found at each address.

use leptos::prelude::*;
use postern_shared::report::{Finding, HostFinding};
use postern_shared::wording::{self, Language};

use crate::components::status::status_mark;
use crate::components::words;
use crate::i18n::texts;

/// The list; nothing where the check asks no hosts, or where one host would say what the row says.
pub fn host_list(language: Language, finding: &Finding) -> Option<AnyView> {
    match finding.hosts.as_slice() {
        [] => return None,
        [only] if only.reasons == finding.reasons => return None,
        _ => {}
    }
    let items = finding
        .hosts
        .iter()
        .map(|host| item(language, host))
        .collect_view();
    Some(
        view! {
            <section class="check-row__section">
                <h4 class="check-row__heading">{texts(language).by_host}</h4>
                <ul class="host-list">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

fn item(language: Language, host: &HostFinding) -> impl IntoView {
    let address = host.address.map(|address| {
        view! {
            " " <bdi class="host-list__address" dir="ltr"><code>{address.to_string()}</code></bdi>
        }
    });
    let reasons = host
        .reasons
        .iter()
        .map(|reason| view! { <p>{words(wording::reason(language, reason))}</p> });
    view! {
        <li class="host-list__host" data-status=host.status.as_str()>
            {status_mark(language, host.status, false)}
            <p class="host-list__name"><bdi dir="ltr">{host.exchange.as_str().to_owned()}</bdi> {address}</p>
            <div class="host-list__finding">{reasons.collect_view()}</div>
        </li>
    }
}
