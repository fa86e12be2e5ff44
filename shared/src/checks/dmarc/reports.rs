//! Whether reports come, and how they could.

use super::super::{Scene, Sending};
use super::Found;
use super::edit::Draft;
use super::mend::{inherited, publish};
use crate::dmarc::{
    self, Destination, DestinationStatus, Parsed, Record, ReportKind, ReportTarget, TagName,
};
use crate::dns::Name;
use crate::gather::Gather;
use crate::report::{Action, Mend, Owner};

/// Destinations that are put right; receivers need not use more than two.
const MAX_URIS: usize = 8;

/// Has reports come: from destinations that agreed, or to a mailbox of the domain's own.
pub(super) fn reports(scene: &Scene<'_>, found: &Found<'_>) -> Mend {
    if let Some(refusing) = refusing(found.destinations) {
        return authorize(refusing);
    }
    let source = &found.policy.source;
    if inherited(scene, found) {
        let own = scene.evidence.domain().name();
        // Another's record: one of its own, no weaker, takes its place.
        let policy = found.policy.published.unwrap_or_default();
        let testing = if found.policy.testing { "; t=y" } else { "" };
        let value =
            mailbox(scene, own).map(|rua| format!("v=DMARC1; p={policy}{testing}; rua={rua}"));
        return publish(Action::RequestReports, own, value);
    }
    let record = &found.published.record;
    let mut draft = Draft::of(record);
    let asked = ask_for_reports(scene, found, &mut draft);
    let value = asked.then(|| draft.finish()).flatten();
    publish(Action::RequestReports, &source.domain, value)
}

/// Puts the `rua` right that there is, or writes one; whether there was anything to write.
pub(super) fn ask_for_reports(scene: &Scene<'_>, found: &Found<'_>, draft: &mut Draft) -> bool {
    let record = &found.published.record;
    let own_mailbox = || mailbox(scene, &found.policy.source.domain);
    let Some(uris) = meant(record).or_else(own_mailbox) else {
        return false;
    };
    let rua = |tag: &&dmarc::Tag| tag.name == Some(TagName::Rua);
    match record.tags.iter().find(rua) {
        Some(tag) => draft.replace(tag.value_span, &uris),
        None => draft.append(&format!("rua={uris}")),
    }
    true
}

/// The destinations that were meant: mail addresses, `mailto:` put in front where it lacks.
fn meant(record: &Record) -> Option<String> {
    let reaches = |uri: &str| {
        let text = format!("v=DMARC1; p=none; rua={uri}");
        matches!(dmarc::parse(&text), Parsed::Record(published) if published.record.has_aggregate_reports())
    };
    let uris: Vec<String> = record
        .rua
        .iter()
        .take(MAX_URIS)
        .filter_map(|uri| match uri.target {
            ReportTarget::Mailto(_) => Some(uri.text.clone()),
            _ => Some(format!("mailto:{}", uri.text)).filter(|with| reaches(with)),
        })
        .gather();
    (!uris.is_empty()).then(|| uris.join(","))
}

/// The first destination of aggregate reports that has not agreed.
pub(super) fn refusing(destinations: &[Destination]) -> Option<&Destination> {
    destinations.iter().find(|destination| {
        destination.kind == ReportKind::Aggregate
            && matches!(
                destination.status,
                DestinationStatus::Unauthorized | DestinationStatus::VoidOverride
            )
    })
}

/// The record by which a destination agrees (RFC 9990 §4); none where its name would be too long.
pub(super) fn authorize(destination: &Destination) -> Mend {
    let host = destination.host.clone();
    let mend = Mend::new(Action::AuthorizeReports { host }, Owner::ReportReceiver);
    match &destination.question {
        Some(question) => mend.publishing(question.name.clone(), "v=DMARC1".to_owned()),
        None => mend,
    }
}

/// Where reports can go: `postmaster`, which every domain that takes mail must have (RFC 5321 §4.5.1).
/// Of another domain nobody here knows whether it takes mail.
pub(in super::super) fn mailbox(scene: &Scene<'_>, domain: &Name) -> Option<String> {
    let takes_mail = scene.sending() == Sending::Yes && domain == scene.evidence.domain().name();
    takes_mail.then(|| format!("mailto:postmaster@{domain}"))
}
