//! The record that has reports come.

use super::super::dmarc::mailbox;
use super::super::{Scene, Sending};
use crate::dmarc::ReportTarget;
use crate::gather::Gather;
use crate::report::{Action, Mend, Owner};
use crate::tls_rpt::{self, RECORD_LABEL};

/// Destinations that are handed over.
const MAX_URIS: usize = 8;

/// The first record of a domain.
pub(in super::super) fn publish(scene: &Scene<'_>) -> Mend {
    let value = destination(scene).map(|rua| record(&rua));
    handing_over(scene, Action::PublishTlsRpt, value)
}

/// The record that some texts were meant to be: with the destinations in them, else with the domain's own.
pub(super) fn repair<'a>(scene: &Scene<'_>, texts: impl IntoIterator<Item = &'a str>) -> Mend {
    let meant = texts.into_iter().find_map(destinations);
    let value = meant.or_else(|| destination(scene)).map(|rua| record(&rua));
    handing_over(scene, Action::RepairTlsRpt, value)
}

/// Of several records the first that is valid.
pub(super) fn keep_one(scene: &Scene<'_>, texts: &[String]) -> Mend {
    let is_valid = |text: &&String| tls_rpt::read(text).is_ok_and(|known| known.is_valid());
    handing_over(
        scene,
        Action::KeepOneTlsRpt,
        texts.iter().find(is_valid).cloned(),
    )
}

fn record(rua: &str) -> String {
    format!("v=TLSRPTv1; rua={rua}")
}

/// A mend with a record that our own parser has nothing to say against.
fn handing_over(scene: &Scene<'_>, action: Action, value: Option<String>) -> Mend {
    let mend = Mend::new(action, Owner::Dns);
    let sound = |value: &String| tls_rpt::read(value).is_ok_and(|known| known.is_valid());
    let name = scene.evidence.domain().name().prefixed(RECORD_LABEL);
    match (name, value.filter(sound)) {
        (Ok(name), Some(value)) => mend.publishing(name, value),
        _ => mend,
    }
}

/// The destinations that a text names, `mailto:` put in front where it lacks.
fn destinations(text: &str) -> Option<String> {
    let bare: String = text
        .chars()
        .filter(|c| !matches!(c, '"' | '\'' | '\\'))
        .collect();
    let (_, rua) = bare.split_once("rua")?;
    let rua = rua.trim_start().strip_prefix('=')?;
    let rua = rua.split(';').next()?;
    let uris: Vec<String> = rua
        .split([',', ' '])
        .filter(|uri| !uri.is_empty())
        .take(MAX_URIS)
        .map(|uri| match uri.contains(':') {
            true => uri.to_owned(),
            false => format!("mailto:{uri}"),
        })
        .filter(|uri| tls_rpt::read(&record(uri)).is_ok_and(|known| known.diagnostics.is_empty()))
        .gather();
    (!uris.is_empty()).then(|| uris.join(","))
}

/// Where reports can go: to the mailbox at the domain that its DMARC reports go to, else to `postmaster`. One
/// elsewhere that reads DMARC reports need not read these.
fn destination(scene: &Scene<'_>) -> Option<String> {
    let domain = scene.evidence.domain().name();
    if scene.sending() != Sending::Yes {
        return None;
    }
    let reports = scene.dmarc().and_then(crate::dmarc::Discovery::published);
    let known = reports.and_then(|published| {
        let mut rua = published.record.rua.iter();
        rua.find(|uri| {
            let at_home = |host: &crate::dns::Name| host.is_within(domain);
            matches!(&uri.target, ReportTarget::Mailto(host) if at_home(host))
                && tls_rpt::read(&record(&uri.text)).is_ok_and(|known| known.diagnostics.is_empty())
        })
    });
    known.map_or_else(|| mailbox(scene, domain), |uri| Some(uri.text.clone()))
}
