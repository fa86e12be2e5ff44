//! Who is asked: the resolver, and the probe server.

use leptos::prelude::*;
use postern_shared::wording::Language;

use crate::i18n::texts;
use crate::model::resolvers::{RESOLVERS, ResolverChoice};
use crate::model::settings::{HttpUrl, ProbeChoice};
use crate::state::use_app;

/// Who is asked over DNS-over-HTTPS.
#[component]
pub fn ResolverSetting(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let chosen = Memo::new(move |_| app.settings.with(|settings| settings.resolver.clone()));
    let known = RESOLVERS.iter().map(|resolver| {
        let choice = ResolverChoice::BuiltIn(resolver);
        let host = HttpUrl::parse(resolver.url)
            .map(|url| url.host().to_owned())
            .unwrap_or_default();
        let is = {
            let choice = choice.clone();
            move || chosen.get() == choice
        };
        let label = view! { <bdi dir="ltr">{resolver.name}</bdi> }.into_any();
        let hint = view! { <bdi dir="ltr">{host}</bdi> }.into_any();
        radio("resolver", resolver.id, is, label, Some(hint), move || {
            app.set_resolver(choice.clone())
        })
    });
    let probe = radio(
        "resolver",
        "probe",
        move || chosen.get() == ResolverChoice::Probe,
        t.resolver_probe.into_any(),
        None,
        move || app.set_resolver(ResolverChoice::Probe),
    );
    let custom = move || match chosen.get() {
        ResolverChoice::Custom(url) => Some(url),
        ResolverChoice::BuiltIn(_) | ResolverChoice::Probe => None,
    };
    view! {
        <fieldset class="settings__group">
            <legend class="settings__legend">{t.resolver}</legend>
            <p class="settings__hint">{t.resolver_hint}</p>
            {known.collect_view()}
            {probe}
            <OwnAddress language name="resolver" label=t.resolver_url example="https://dns.example.org/dns-query"
                chosen=Signal::derive(custom)
                on_choose=Callback::new(move |url| app.set_resolver(ResolverChoice::Custom(url))) />
        </fieldset>
    }
}

/// Who does what a browser cannot.
#[component]
pub fn ProbeSetting(language: Language) -> impl IntoView {
    let app = use_app();
    let t = texts(language);
    let chosen = Memo::new(move |_| app.settings.with(|settings| settings.probe.clone()));
    let same = radio(
        "probe",
        "same-origin",
        move || chosen.get() == ProbeChoice::SameOrigin,
        t.probe_same.into_any(),
        None,
        move || app.set_probe(ProbeChoice::SameOrigin),
    );
    let none = radio(
        "probe",
        "none",
        move || chosen.get() == ProbeChoice::None,
        t.probe_none.into_any(),
        Some(t.probe_none_hint.into_any()),
        move || app.set_probe(ProbeChoice::None),
    );
    let custom = move || match chosen.get() {
        ProbeChoice::Custom(url) => Some(url),
        ProbeChoice::SameOrigin | ProbeChoice::None => None,
    };
    view! {
        <fieldset class="settings__group">
            <legend class="settings__legend">{t.probe}</legend>
            <p class="settings__hint">{t.probe_hint}</p>
            {same}
            {none}
            <OwnAddress language name="probe" label=t.probe_url example="https://probe.example.org"
                chosen=Signal::derive(custom)
                on_choose=Callback::new(move |url| app.set_probe(ProbeChoice::Custom(url))) />
        </fieldset>
    }
}

/// One thing to choose, with a line that says what it is.
fn radio(
    name: &'static str,
    value: &'static str,
    is: impl Fn() -> bool + Send + Sync + 'static,
    label: AnyView,
    hint: Option<AnyView>,
    choose: impl Fn() + 'static,
) -> AnyView {
    view! {
        <label class="settings__choice">
            <input type="radio" name=name value=value prop:checked=is on:change=move |_| choose() />
            <span>{label}</span>
            {hint.map(|hint| view! { <span class="settings__choice-hint">{hint}</span> })}
        </label>
    }
    .into_any()
}

/// A server of one's own: chosen when its address can be read, and said when it cannot.
#[component]
fn OwnAddress(
    language: Language,
    name: &'static str,
    label: &'static str,
    example: &'static str,
    chosen: Signal<Option<HttpUrl>>,
    on_choose: Callback<HttpUrl>,
) -> impl IntoView {
    let t = texts(language);
    let text = RwSignal::new(
        chosen
            .get_untracked()
            .map(|url| url.as_str().to_owned())
            .unwrap_or_default(),
    );
    let asked = RwSignal::new(chosen.get_untracked().is_some());
    let error = RwSignal::new(String::new());
    let read = move || {
        let url = text.with_untracked(|text| HttpUrl::typed(text));
        // An empty field that nobody asked for is no mistake.
        let matters = asked.get_untracked() || !text.with_untracked(String::is_empty);
        let mut said = "";
        match url {
            Ok(url) => {
                asked.set(true);
                on_choose.run(url);
            }
            Err(broken) if matters => said = (t.bad_url)(broken),
            Err(_) => {}
        }
        error.set(said.to_owned());
    };
    let error_id = format!("{name}-error");
    let radio = radio(
        name,
        "custom",
        move || chosen.get().is_some(),
        t.another.into_any(),
        None,
        move || {
            asked.set(true);
            read();
        },
    );
    view! {
        {radio}
        <input class="settings__field" type="url" dir="ltr" name=format!("{name}-url") aria-label=label
            placeholder=example spellcheck="false" autocapitalize="none"
            aria-invalid=move || (!error.with(String::is_empty)).then_some("true") aria-describedby=error_id.clone()
            prop:value=move || text.get()
            on:input:target=move |event| text.set(event.target().value())
            on:change=move |_| read() />
        <p class="settings__error" id=error_id role="alert">{move || error.get()}</p>
    }
}
