//! `postern scan`.

use std::time::Duration;

use postern_shared::DomainName;
use postern_shared::checks::CheckId;
use postern_shared::evidence::{Evidence, Fact, ProbeOutcome};
use postern_shared::report::{Reason, Report, Status, assess};
use postern_shared::wording::{self, Language};
use probe_server::etiquette::Etiquette;
use probe_server::guard::Guard;
use probe_server::scan::{self, Sink};
use probe_server::{Context, Settings};

use crate::args::ScanArgs;
use crate::progress::Progress;
use crate::{Failed, driver, output, remote};

/// Scans, saves, prints.
///
/// # Errors
/// The domain is none, a file cannot be written, or the scan could not be made.
pub(crate) async fn run(args: ScanArgs) -> Result<(), Failed> {
    let language = args.report.lang;
    let domain = domain(&args.domain, language)?;
    let profile = args.report.profile.profile();
    let context =
        Context::new(settings(&args)).map_err(|error| Failed::Misuse(error.to_string()))?;
    let (sink, events) = Sink::new();
    let mut progress = Progress::new(language);
    let evidence = match &args.probe {
        None => {
            let probe = async {
                // How it ended is told as a fact.
                let _ = scan::run(&domain, &context, &sink).await;
            };
            driver::drive(
                domain.clone(),
                profile,
                context.resolver(),
                events,
                probe,
                &mut progress,
            )
            .await
        }
        Some(url) => {
            let target =
                remote::Target::parse(url, args.ca_file.as_deref()).map_err(Failed::Misuse)?;
            let probe = remote::run(&target, &domain, &sink);
            driver::drive(
                domain.clone(),
                profile,
                context.resolver(),
                events,
                probe,
                &mut progress,
            )
            .await
        }
    };
    if let Some(file) = &args.evidence_out {
        std::fs::write(file, evidence.to_json())
            .map_err(|error| Failed::NotDone(format!("{}: {error}", file.display())))?;
    }
    let report = assess(&evidence, profile);
    output::print(&report, args.report.format, language)?;
    failure(&evidence, &report, language).map_or(Ok(()), |message| Err(Failed::NotDone(message)))
}

/// Reads the domain as it was typed; Unicode is mapped by UTS 46.
fn domain(text: &str, language: Language) -> Result<DomainName, Failed> {
    let typed = text.trim();
    // Only what has something to map is mapped: everything else has clearer errors of its own.
    let ascii = if typed.is_ascii() {
        typed.to_owned()
    } else {
        idna::domain_to_ascii(typed).unwrap_or_else(|_| typed.to_owned())
    };
    DomainName::parse(&ascii).map_err(|error| {
        Failed::Misuse(wording::domain_name_error(language, &error).plain(language))
    })
}

fn settings(args: &ScanArgs) -> Settings {
    Settings {
        dns_server: args.dns_server,
        ca_file: args.ca_file.clone(),
        ehlo_name: args.ehlo_name.clone(),
        guard: Guard::new(args.allow_private_targets),
        etiquette: Etiquette {
            spacing: Duration::from_millis(args.spacing_ms),
            ..Etiquette::default()
        },
        ..Settings::default()
    }
}

/// Why this is no scan, where it is none: no resolver answered, no such domain, or no probe.
fn failure(evidence: &Evidence, report: &Report, language: Language) -> Option<String> {
    let say = |reason: &Reason| Some(wording::reason(language, reason).plain(language));
    let spf = report.finding(CheckId::Spf)?;
    match spf.reasons.first() {
        Some(reason @ Reason::NoSuchDomain) => return say(reason),
        Some(reason @ Reason::DnsFailed { .. })
            if report.checks.iter().all(|f| f.status == Status::Unknown) =>
        {
            let hint = wording::other_resolver(language).plain(language);
            return say(reason).map(|failure| format!("{failure} {hint}"));
        }
        _ => {}
    }
    evidence
        .observations()
        .find_map(|(_, observation)| match &observation.fact {
            Fact::Probe(ProbeOutcome::Refused(code)) => {
                Some(wording::refusal(language, *code, None).plain(language))
            }
            Fact::Probe(ProbeOutcome::Unreachable) => say(&Reason::ProbeUnreachable),
            Fact::Probe(ProbeOutcome::Cut) => say(&Reason::ProbeCut),
            _ => None,
        })
}
