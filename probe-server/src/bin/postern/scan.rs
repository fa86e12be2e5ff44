//! `postern scan`.

use std::cell::OnceCell;

use postern_shared::evidence::{Evidence, Fact, Observation, ProbeOutcome};
use postern_shared::input;
use postern_shared::report::assess;
use postern_shared::wording;
use probe_server::clock;
use probe_server::config;
use probe_server::dns::Memo;
use probe_server::etiquette::Etiquette;
use probe_server::guard::Guard;
use probe_server::scan::{self, Depth, Sink};
use probe_server::{Context, Settings, is_ehlo_name};
use tokio::signal::unix::{SignalKind, signal};

use crate::args::ScanArgs;
use crate::evidence_file::EvidenceFile;
use crate::progress::Progress;
use crate::{Failed, driver, ending, output, remote, selectors, unicode};

/// Scans, saves, prints.
///
/// # Errors
/// The domain is none, a file cannot be written, or the scan could not be made.
pub(crate) async fn run(args: ScanArgs) -> Result<(), Failed> {
    let language = args.report.lang;
    let domain = input::parse(&args.domain, unicode::to_ascii).map_err(|error| {
        Failed::Misuse(wording::domain_name_error(language, &error).plain(language))
    })?;
    let mut known = Evidence::new(domain.clone());
    for fact in selectors::named(&args, &domain)? {
        known.apply(Observation::new(clock::now(), Fact::Selector(fact)));
    }
    let profile = args.report.profile.profile();
    if let Some(name) = args.ehlo_name.as_deref().filter(|name| !is_ehlo_name(name)) {
        let words = wording::no_ehlo_name(language, name);
        return Err(Failed::Misuse(words.plain(language)));
    }
    let settings = settings(&args).map_err(Failed::Misuse)?;
    let context = Context::new(settings).map_err(|error| Failed::Misuse(error.to_string()))?;
    let remote = args.probe.as_deref();
    let remote = remote.map(|url| remote::Target::parse(url, args.ca_file.as_deref(), language));
    let remote = remote.transpose().map_err(Failed::Misuse)?;
    let evidence_out = args
        .evidence_out
        .as_deref()
        .map(EvidenceFile::open)
        .transpose()?;
    let (sink, events) = Sink::new();
    let memo = Memo::new(context.resolver(), &sink);
    let remark = OnceCell::new();
    let depth = Depth::from(args.deep);
    let probe = async {
        // How it ended is told as a fact.
        match &remote {
            None => drop(scan::run_with(&domain, depth, &context, &memo, &sink).await),
            Some(target) => drop(remark.set(remote::run(target, &domain, depth, &sink).await)),
        }
    };
    let mut interrupted =
        signal(SignalKind::interrupt()).map_err(|error| Failed::NotDone(error.to_string()))?;
    let mut progress = Progress::new(language);
    let driven = driver::drive(known, profile, &memo, events, probe, &mut progress);
    let evidence = tokio::select! {
        evidence = driven => Some(evidence),
        _ = interrupted.recv() => None,
    };
    // Whoever was being spoken to is told that we go.
    context.take_leave().await;
    let Some(evidence) = evidence else {
        progress.end();
        let stopped = wording::observation(language, &Fact::Probe(ProbeOutcome::Stopped));
        return Err(Failed::NotDone(stopped.label.plain(language)));
    };
    if let Some(file) = evidence_out {
        file.write(&evidence.to_json())?;
    }
    let report = assess(&evidence, profile);
    output::print(&report, &evidence, &args.report)?;
    let remark = remark.into_inner().unwrap_or_default();
    ending::of(&evidence, &report, language, &remark)
}

fn settings(args: &ScanArgs) -> Result<Settings, String> {
    Ok(Settings {
        dns_server: args.dns_server,
        ca_file: args.ca_file.clone(),
        ehlo_name: args.ehlo_name.clone(),
        relay_domain: args.relay_domain.clone(),
        guard: Guard::new(args.allow_private_targets),
        etiquette: Etiquette {
            spacing: config::spacing(args.spacing_ms, args.allow_private_targets)?,
            ..Etiquette::default()
        },
        ..Settings::default()
    })
}
