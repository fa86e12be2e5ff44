//! `postern tls`.

mod found;
mod server;
mod text;

use postern_shared::evidence::{Evidence, Fact, Observation, SmtpEvent, Step};
use postern_shared::wording::{self, Language};
use probe_server::config;
use probe_server::dns::Resolver;
use probe_server::etiquette::Etiquette;
use probe_server::guard::Guard;
use probe_server::scan::{self, Depth, ScanEvent, Sink};
use probe_server::{Context, Settings, is_ehlo_name};

use self::found::Found;
use self::server::Named;
use crate::args::{Format, TlsArgs};
use crate::evidence_file::EvidenceFile;
use crate::progress::Progress;
use crate::{Failed, output};

/// Finds out and prints.
///
/// # Errors
/// What was named is no server, or it did not begin TLS.
pub(crate) async fn run(args: TlsArgs) -> Result<(), Failed> {
    let language = args.lang;
    let named = Named::read(&args)?;
    if let Some(name) = args.ehlo_name.as_deref().filter(|name| !is_ehlo_name(name)) {
        let words = wording::no_ehlo_name(language, name);
        return Err(Failed::Misuse(words.plain(language)));
    }
    let file = args.evidence_out.as_deref();
    let file = file.map(EvidenceFile::open).transpose()?;
    let resolver = Resolver::new(args.dns_server).map_err(Failed::Misuse)?;
    let server = named.find(&resolver, language).await?;
    let settings = settings(&args, named.port).map_err(Failed::Misuse)?;
    let context = Context::new(settings).map_err(|error| Failed::Misuse(error.to_string()))?;
    let mut evidence = Evidence::new(server.name.clone());
    let mut progress = Progress::new(language);
    let (sink, mut events) = Sink::new();
    let depth = Depth::from(args.deep);
    let scan = async {
        let admitted = scan::tls(&server, depth, &context, &sink).await;
        drop(sink);
        admitted
    };
    let take = async {
        while let Some(event) = events.recv().await {
            match event {
                ScanEvent::Observed(observation) => keep(&mut evidence, observation),
                ScanEvent::Progress(step) => progress.probe(&step),
            }
        }
    };
    let (admitted, ()) = tokio::join!(scan, take);
    progress.end();
    if admitted.is_err() {
        let words = wording::not_public_server(language, server.address);
        return Err(Failed::Misuse(words.plain(language)));
    }
    if let Some(file) = file {
        file.write(&evidence.to_json())?;
    }
    let found = Found::of(&evidence, server.address, named.port);
    match args.format {
        Format::Json => output::json(&found)?,
        // Of a server without TLS tables would say nothing.
        Format::Text if found.is_nothing() => {}
        Format::Text => output::write(&text::text(language, &found))?,
    }
    if !found.is_nothing() {
        return Ok(());
    }
    Err(Failed::NotDone(without_tls(language, &evidence)))
}

/// That there is no TLS, and the last that the server did before we took our leave, in its own words.
fn without_tls(language: Language, evidence: &Evidence) -> String {
    let words = wording::no_tls(language);
    let facts = evidence.observations().map(|(_, seen)| &seen.fact);
    let Some(last) = facts.filter(|fact| is_telling(fact)).last() else {
        return words.plain(language);
    };
    let seen = wording::observation(language, last);
    let mut lines = vec![words.then(seen.label).plain(language)];
    lines.extend(seen.lines.iter().map(|line| format!("    {line}")));
    lines.join("\n")
}

fn is_telling(fact: &Fact) -> bool {
    let Fact::Smtp(fact) = fact else {
        return false;
    };
    !matches!(
        fact.event,
        SmtpEvent::Replied {
            step: Step::Quit,
            ..
        } | SmtpEvent::NotReplied {
            step: Step::Quit,
            ..
        }
    )
}

fn keep(evidence: &mut Evidence, observation: Observation) {
    evidence.apply(observation);
}

fn settings(args: &TlsArgs, port: u16) -> Result<Settings, String> {
    Ok(Settings {
        dns_server: args.dns_server,
        ca_file: args.ca_file.clone(),
        ehlo_name: args.ehlo_name.clone(),
        guard: Guard::new(args.allow_private_targets).with_port(port),
        etiquette: Etiquette {
            spacing: config::spacing(args.spacing_ms, args.allow_private_targets)?,
            ..Etiquette::default()
        },
        ..Settings::default()
    })
}
