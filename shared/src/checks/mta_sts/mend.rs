//! The record to publish and the policy to serve, made from the domain's own mail exchanges.
//!
//! Nobody is told to enforce blindly: the first policy is on trial, and only who gets reports is told to end
//! that. A policy that is in force stays in force. Whatever policy is handed over comes with a record of another
//! `id`, as senders fetch the policy anew only when that changes.

use super::judge::Found;
use crate::checks::host::{operator, software};
use crate::checks::tls::mend::{CERTIFICATES, SWITCHED_ON, of_fault, with};
use crate::checks::{Lookup, Scene, tls_rpt as reports, transit};
use crate::diagnostic::Level;
use crate::dns::Name;
use crate::evidence::NoPolicy;
use crate::gather::Gather;
use crate::mta_sts::{self, Mode};
use crate::report::{Action, Mend, Owner, Serve};
use crate::tls::Fault;
use crate::tls_rpt;

/// Seconds for which a policy is remembered where its own says nothing better: a week on trial, four in force.
const TRIAL: u32 = 604_800;
const IN_FORCE: u32 = 4 * TRIAL;
/// Names in one policy: no honest domain has more.
const MAX_NAMES: usize = 100;

/// The first policy of a domain, on trial; `old` is the `id` that is published now.
pub(super) fn begin(scene: &Scene<'_>, names: &[Name], old: Option<&str>) -> Mend {
    let names = names.iter().map(Name::to_string).gather();
    let policy = write(Mode::Testing, names, TRIAL);
    serving(scene, Action::PublishMtaSts, policy, old)
}

/// A record that receivers read in the place of one that they do not. What it leads to comes into force by it,
/// so where a policy was seen that would do harm, or none, one on trial is handed over too.
pub(super) fn repair(scene: &Scene<'_>, names: &[Name], text: &str) -> Mend {
    let id = meant_id(text);
    match scene.policy() {
        Some(Ok(file)) if is_harmless(&file.body, names) => {
            let id = id.unwrap_or_else(|| mta_sts::digest(&file.body));
            handing_over(scene, Mend::new(Action::RepairMtaSts, Owner::Dns), &id)
        }
        Some(Err(why)) if why.is_ours() => Mend::new(Action::RepairMtaSts, Owner::Dns),
        None => Mend::new(Action::RepairMtaSts, Owner::Dns),
        Some(_) => begin(scene, names, id.as_deref()),
    }
}

/// Whether a policy that comes into force would keep no mail out.
fn is_harmless(body: &str, names: &[Name]) -> bool {
    let read = mta_sts::read_policy(body);
    let covers_all = names.iter().all(|name| read.policy.covers(name));
    read.is_valid() && (covers_all || read.policy.mode != Some(Mode::Enforce))
}

/// Of several records the first that is valid. None was in force, so it is handed over only where what it leads
/// to is known to do no harm.
pub(super) fn keep_one(scene: &Scene<'_>, names: &[Name], texts: &[String]) -> Mend {
    let mend = Mend::new(Action::KeepOneMtaSts, Owner::Dns);
    let valid = texts.iter().find_map(|text| {
        let published = mta_sts::read(text).ok()?;
        published.is_valid().then_some(published.record.id)?
    });
    match (valid, scene.policy()) {
        (Some(id), Some(Ok(file))) if is_harmless(&file.body, names) => {
            handing_over(scene, mend, &id)
        }
        _ => mend,
    }
}

/// What to do where no policy could be fetched.
pub(super) fn host(
    scene: &Scene<'_>,
    names: &[Name],
    host: &Name,
    why: &NoPolicy,
    id: Option<&str>,
) -> Mend {
    let host = host.clone();
    match why {
        NoPolicy::Untrusted { .. } | NoPolicy::NotSecured { .. } | NoPolicy::NotConnected(_) => {
            Mend::new(Action::SecurePolicyHost { host }, Owner::WebServer)
        }
        _ => {
            let policy = write(
                Mode::Testing,
                names.iter().map(Name::to_string).gather(),
                TRIAL,
            );
            serving(scene, Action::ServeMtaSts { host }, policy, id)
        }
    }
}

/// What to do about a policy that was fetched.
pub(super) fn policy(scene: &Scene<'_>, found: &Found<'_>) -> Option<Mend> {
    let id = found.published.record.id.as_deref();
    let policy = &found.read.policy;
    let (mode, uncovered) = (policy.mode, found.uncovered.clone());
    if !found.read.is_valid() {
        // Nobody follows it yet: to make it sound is to begin.
        let text = rewrite(found, Mode::Testing, TRIAL);
        return Some(serving(scene, Action::CorrectMtaSts, text, id));
    }
    let mode = mode.filter(|mode| *mode != Mode::None)?;
    if !uncovered.is_empty() {
        let text = rewrite(found, mode, max_age(found, mode));
        let exchanges = uncovered;
        return Some(serving(
            scene,
            Action::CoverExchanges { exchanges },
            text,
            id,
        ));
    }
    if !found.bare.is_empty() {
        let mend = Mend::new(Action::OfferStartTls, operator(scene, found.bare.iter()));
        return Some(mend.configuring_for(software(scene), &SWITCHED_ON));
    }
    if let Some((_, fault)) = found.refused.first() {
        let same = |(_, other): &&(Name, Fault)| {
            of_fault(other, Vec::new()) == of_fault(fault, Vec::new())
        };
        let hosts = found.refused.iter().filter(same);
        let hosts: Vec<Name> = hosts.map(|(name, _)| name.clone()).gather();
        let owner = operator(scene, hosts.iter());
        let mend = Mend::new(of_fault(fault, hosts), owner);
        return Some(with(scene, mend, CERTIFICATES));
    }
    if mode == Mode::Testing {
        return Some(match has_reports(scene)? {
            true => {
                let text = rewrite(found, Mode::Enforce, IN_FORCE);
                serving(scene, Action::EnforceMtaSts, text, id)
            }
            false => reports::mend::publish(scene),
        });
    }
    let weighs = |level: Level| level > Level::Note;
    if found
        .read
        .diagnostics
        .iter()
        .any(|r| weighs(r.code.level()))
    {
        let text = rewrite(found, mode, max_age(found, mode));
        return Some(serving(scene, Action::CorrectMtaSts, text, id));
    }
    if !found.is_text() {
        return Some(Mend::new(Action::ServeAsText, Owner::WebServer));
    }
    let mend = Mend::new(Action::RepairMtaSts, Owner::Dns);
    Some(handing_over(scene, mend, id?))
}

/// Whether anybody hears of what a policy turns away; nothing while that is not known.
fn has_reports(scene: &Scene<'_>) -> Option<bool> {
    match transit::texts(scene, tls_rpt::RECORD_LABEL) {
        Lookup::Known(response) => Some(matches!(
            tls_rpt::select(response),
            tls_rpt::Selection::One(published) if published.is_valid()
        )),
        Lookup::Pending | Lookup::Failed(..) => None,
    }
}

/// For how long the policy is to be remembered: as long as it says, in force no shorter than a week.
fn max_age(found: &Found<'_>, mode: Mode) -> u32 {
    let (least, instead) = match mode {
        Mode::Enforce => (TRIAL, IN_FORCE),
        Mode::Testing | Mode::None => (0, TRIAL),
    };
    let said = found.read.policy.max_age;
    said.filter(|seconds| *seconds >= least).unwrap_or(instead)
}

/// The policy with its own patterns and those names that they do not cover.
fn rewrite(found: &Found<'_>, mode: Mode, max_age: u32) -> Option<String> {
    let known = found.read.policy.mx.iter().map(ToString::to_string);
    let mut patterns: Vec<String> = Vec::new();
    for pattern in known.chain(found.uncovered.iter().map(Name::to_string)) {
        if !patterns.contains(&pattern) && patterns.len() < MAX_NAMES {
            patterns.push(pattern);
        }
    }
    write(mode, patterns, max_age)
}

/// The text of a policy that our own parser has nothing to say against.
fn write(mode: Mode, patterns: Vec<String>, max_age: u32) -> Option<String> {
    let mut text = format!("version: STSv1\r\nmode: {mode}\r\n");
    for pattern in patterns.iter().take(MAX_NAMES) {
        text.push_str("mx: ");
        text.push_str(pattern);
        text.push_str("\r\n");
    }
    text.push_str("max_age: ");
    text.push_str(&max_age.to_string());
    text.push_str("\r\n");
    mta_sts::read_policy(&text)
        .diagnostics
        .is_empty()
        .then_some(text)
}

/// A mend with a policy, and with a record whose `id` is not `old`.
fn serving(scene: &Scene<'_>, action: Action, policy: Option<String>, old: Option<&str>) -> Mend {
    let mend = Mend::new(action, Owner::WebServer);
    let domain = scene.evidence.domain().name();
    let (Some(text), Ok(host)) = (policy, domain.prefixed(mta_sts::HOST_LABEL)) else {
        return mend;
    };
    let id = old.map_or_else(|| mta_sts::digest(&text), mta_sts::next);
    let mend = mend.serving(Serve {
        host,
        path: mta_sts::POLICY_PATH,
        text,
    });
    handing_over(scene, mend, &id)
}

/// A mend with a record of this `id`.
fn handing_over(scene: &Scene<'_>, mend: Mend, id: &str) -> Mend {
    let value = format!("v=STSv1; id={id}");
    let sound = mta_sts::read(&value).is_ok_and(|known| known.diagnostics.is_empty());
    let domain = scene.evidence.domain().name();
    match domain.prefixed(mta_sts::RECORD_LABEL) {
        Ok(name) if sound => mend.publishing(name, value),
        _ => mend,
    }
}

/// The `id` that a text was meant to have.
fn meant_id(text: &str) -> Option<String> {
    let (_, behind) = text.rsplit_once("id=")?;
    let value = behind.split([';', '"', '\'', ',']).next()?;
    let id: String = value
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(32)
        .collect();
    (!id.is_empty()).then_some(id)
}
