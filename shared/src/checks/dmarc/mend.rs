//! The record to publish, made from the one that counts.
//!
//! Nobody is told to enforce blindly: first comes a policy that watches and brings reports, and only who
//! gets reports is told to raise it. What is published is never lowered. A domain that sends no mail needs
//! no reports: all that comes in its name is forged.

use super::super::misplaced::{self, Misplaced};
use super::super::{Scene, Sending};
use super::edit::Draft;
use super::reports::{ask_for_reports, authorize, mailbox, refusing, reports};
use super::{Found, flows, is_stray};
use crate::diagnostic::Level;
use crate::dmarc::{
    self, Discovery, Disposition, EffectivePolicy, Parsed, PolicyScope, Processing, Published,
    Record, TagName, TagValue, WalkFinding,
};
use crate::dns::Name;
use crate::report::{Action, Mend, Owner};

/// The record of a domain that sends no mail.
const DISOWNED: &str = "v=DMARC1; p=reject; sp=reject; np=reject";

/// What to do where there is no policy: put right what was meant as one, or take the first step.
pub(super) fn missing(scene: &Scene<'_>, discovery: &Discovery) -> Option<Mend> {
    // Nobody who reads this can mend the record of a top-level domain.
    let own = |domain: &Name| domain.labels().count() > 1;
    let meant = discovery
        .steps
        .iter()
        .filter(|step| own(&step.domain))
        .find_map(|step| match &step.finding {
            WalkFinding::Several(texts) => {
                let value = the_one(texts, scene.sending()).map(str::to_owned);
                Some(publish(Action::KeepOneDmarc, &step.domain, value))
            }
            WalkFinding::NearMisses(misses) => {
                let value = misses.iter().find_map(|(text, _)| dmarc::repaired(text));
                Some(publish(Action::RepairDmarc, &step.domain, value))
            }
            _ => None,
        });
    Some(
        meant
            .or_else(|| moved(scene))
            .unwrap_or_else(|| first(scene)),
    )
}

/// The record that stands at the wrong name, at the right one.
fn moved(scene: &Scene<'_>) -> Option<Mend> {
    let Misplaced { at, value, .. } = misplaced::dmarc(scene)?;
    let domain = scene.evidence.domain().name();
    Some(publish(Action::MoveDmarc { from: at }, domain, Some(value)))
}

/// What to do about a policy that there is.
pub(super) fn present(scene: &Scene<'_>, found: &Found<'_>) -> Option<Mend> {
    let Found {
        discovery,
        policy,
        published,
        ..
    } = found;
    if let Some(step) = discovery.discarded().find(|step| is_stray(found, step))
        && let WalkFinding::Several(texts) = &step.finding
    {
        let value = the_one(texts, scene.sending()).map(str::to_owned);
        return Some(publish(Action::KeepOneDmarc, &step.domain, value));
    }
    let reaches = flows(found.destinations);
    match policy.disposition {
        None => Some(sound(Action::CorrectDmarc, scene, found)),
        Some(disposition) if policy.testing || !disposition.is_enforcing() => {
            match scene.sending() {
                Sending::No => Some(disown(scene, found)),
                _ if policy.source.scope == PolicyScope::PublicSuffix => Some(first(scene)),
                _ if !reaches => Some(reports(scene, found)),
                _ if published.record.processing() != Processing::AsPublished
                    && inherited(scene, found) =>
                {
                    Some(publish(Action::CorrectDmarc, &policy.source.domain, None))
                }
                // In effect it only watches: what is corrected is raised, and told so.
                _ if published.record.processing() != Processing::AsPublished => {
                    Some(sound(Action::EnforceDmarc, scene, found))
                }
                _ if inherited(scene, found) => Some(raise_inherited(policy, published)),
                _ => Some(raise(found)),
            }
        }
        Some(_) if !published.record.has_aggregate_reports() => Some(reports(scene, found)),
        Some(_) => rest(found),
    }
}

/// What is left to do about a policy that enforces and has destinations for its reports.
fn rest(found: &Found<'_>) -> Option<Mend> {
    if let Some(refusing) = refusing(found.destinations) {
        return Some(authorize(refusing));
    }
    if let Some(step) = found.discovery.discarded().next()
        && let WalkFinding::Several(texts) = &step.finding
    {
        let value = the_one(texts, Sending::Unknown).map(str::to_owned);
        return Some(publish(Action::KeepOneDmarc, &step.domain, value));
    }
    let weighs = |diagnostic: &dmarc::Diagnostic| diagnostic.code.level() > Level::Note;
    found.published.diagnostics.iter().any(weighs).then(|| {
        let value = dmarc::corrected(found.published);
        publish(Action::CorrectDmarc, &found.policy.source.domain, value)
    })
}

/// A mend with the record of `domain`, if there is one to hand over.
pub(super) fn publish(action: Action, domain: &Name, value: Option<String>) -> Mend {
    let mend = Mend::new(action, Owner::Dns);
    // Nothing is handed over that our own parser would not take.
    let value = value.filter(|value| matches!(dmarc::parse(value), Parsed::Record(_)));
    match (domain.prefixed("_dmarc"), value) {
        (Ok(name), Some(value)) => mend.publishing(name, value),
        _ => mend,
    }
}

/// The first record of a domain: it watches, and brings the reports that the next step needs.
fn first(scene: &Scene<'_>) -> Mend {
    let domain = scene.evidence.domain().name();
    match scene.sending() {
        Sending::No => publish(Action::DisownDmarc, domain, Some(DISOWNED.to_owned())),
        Sending::Yes | Sending::Unknown => {
            let value = mailbox(scene, domain).map(|rua| format!("v=DMARC1; p=none; rua={rua}"));
            publish(Action::PublishDmarc, domain, value)
        }
    }
}

/// Of several records the one to keep: the gentlest, for none of them was in force, and of such one with
/// reports; of a domain that sends no mail the strictest.
fn the_one(texts: &[String], sending: Sending) -> Option<&str> {
    let read = |text: &str| match dmarc::parse(text) {
        Parsed::Record(published) => Some(published.record),
        _ => None,
    };
    texts
        .iter()
        .filter_map(|text| {
            let record = read(text)?;
            let policy = *record.p.valid()?;
            let gentle = core::cmp::Reverse(policy);
            Some(match sending {
                Sending::No => (core::cmp::Reverse(Disposition::None), policy, false, text),
                _ => (
                    gentle,
                    Disposition::None,
                    record.has_aggregate_reports(),
                    text,
                ),
            })
        })
        .max()
        .map(|(.., text)| text.as_str())
}

/// Raises what decides: the tag, or the test mode.
fn raise(found: &Found<'_>) -> Mend {
    let (policy, record) = (found.policy, &found.published.record);
    let mut draft = Draft::of(record);
    let enforces = policy.published.is_some_and(Disposition::is_enforcing);
    if !enforces && let Some(span) = policy.tag.and_then(|tag| value(record, tag).span()) {
        draft.replace(span, Disposition::Quarantine.as_str());
    }
    if policy.testing
        && let Some(span) = record.t.span()
    {
        draft.replace(span, "n");
    }
    let action = if enforces {
        Action::EndDmarcTesting
    } else {
        Action::EnforceDmarc
    };
    publish(action, &policy.source.domain, draft.finish())
}

/// Raises a parent's policy for its subdomains alone. Its test mode is its own affair.
fn raise_inherited(policy: &EffectivePolicy, published: &Published) -> Mend {
    let parent = &policy.source.domain;
    if policy.published.is_some_and(Disposition::is_enforcing) {
        return publish(Action::EndDmarcTesting, parent, None);
    }
    cover_subdomains(parent, published, &[policy])
}

/// Whether the record is another domain's: then it decides about much more than the domain that is looked at.
pub(super) fn inherited(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    found.policy.source.domain != *scene.evidence.domain().name()
}

/// The record of `domain` with the tags raised by which it leaves subdomains open.
pub(in super::super) fn cover_subdomains(
    domain: &Name,
    published: &Published,
    weak: &[&EffectivePolicy],
) -> Mend {
    publish(Action::CoverSubdomains, domain, covered(published, weak))
}

fn covered(published: &Published, weak: &[&EffectivePolicy]) -> Option<String> {
    let record = &published.record;
    let level = if record.is_testing() {
        // Test mode applies the next lower one.
        Disposition::Reject
    } else {
        Disposition::Quarantine
    };
    let mut draft = Draft::of(record);
    for policy in weak {
        match policy.tag? {
            tag @ (TagName::Sp | TagName::Np) => {
                draft.replace(value(record, tag).span()?, level.as_str());
            }
            // The policy of a parent for itself: its own mail is not ours to judge.
            _ => {
                draft.append(&format!("sp={level}"));
                break;
            }
        }
    }
    draft.finish()
}

/// The record of a domain without mail: everything is refused, at once.
fn disown(scene: &Scene<'_>, found: &Found<'_>) -> Mend {
    let source = &found.policy.source;
    let own = scene.evidence.domain().name();
    let record = &found.published.record;
    if source.domain != *own || record.processing() != Processing::AsPublished {
        return publish(Action::DisownDmarc, own, Some(DISOWNED.to_owned()));
    }
    let mut draft = Draft::of(record);
    let policies = [&record.p, &record.sp, &record.np];
    for span in policies.into_iter().filter_map(|tag| tag.span()) {
        draft.replace(span, Disposition::Reject.as_str());
    }
    if let Some(span) = record.t.span() {
        draft.replace(span, "n");
    }
    publish(Action::DisownDmarc, own, draft.finish())
}

/// The record with policies that can be read (RFC 9989 §4.10.1).
fn sound(action: Action, scene: &Scene<'_>, found: &Found<'_>) -> Mend {
    let record = &found.published.record;
    let reaches = flows(found.destinations);
    let policy = match scene.sending() {
        Sending::No => Disposition::Reject,
        _ if reaches => Disposition::Quarantine,
        _ => Disposition::None,
    };
    let mut draft = Draft::of(record);
    if let (TagValue::Absent, Some(version)) = (&record.p, record.tags.first()) {
        let place = crate::span::Span {
            start: version.value_span.end,
            end: version.value_span.end,
        };
        draft.replace(place, &format!("; p={policy}"));
    }
    for tag in [&record.p, &record.sp, &record.np] {
        if let TagValue::Invalid(span) = tag {
            draft.replace(*span, policy.as_str());
        }
    }
    let unseen = !reaches && scene.sending() != Sending::No;
    if unseen && !ask_for_reports(scene, found, &mut draft) {
        return publish(action, &found.policy.source.domain, None);
    }
    publish(action, &found.policy.source.domain, draft.finish())
}

/// The value of a tag that can decide.
pub(in super::super) fn value(record: &Record, tag: TagName) -> &TagValue<Disposition> {
    match tag {
        TagName::Sp => &record.sp,
        TagName::Np => &record.np,
        _ => &record.p,
    }
}

/// Whether anybody sees what a change of this record would do.
pub(in super::super) fn is_watched(published: &Published) -> bool {
    published.record.has_aggregate_reports()
}
