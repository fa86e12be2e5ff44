//! What the checks of TLS between mail servers share: whom they are about, and what stands in for MTA-STS.

use super::route::addresses;
use super::{Exchanges, Lookup, Route, Scene};
use crate::dns::{Failure, Name, Question, RecordData, RecordType, Response};
use crate::evidence::ObservationId;
use crate::gather::Gather;
use crate::mta_sts::{self, Mode, Selection};
use crate::report::{Reason, Status};

/// The mail exchanges of the domain, or why there is nothing to protect.
pub(super) fn exchanges<'a>(scene: &'a Scene<'_>) -> Result<&'a Exchanges, (Status, Reason)> {
    match &scene.route {
        Route::Exchanges(exchanges) => Ok(exchanges),
        Route::Pending => Err((Status::Unknown, Reason::Pending)),
        Route::Failed(question, failure) => Err((
            Status::Unknown,
            Reason::DnsFailed {
                question: question.clone(),
                failure: *failure,
            },
        )),
        Route::NoSuchDomain => Err((Status::Na, Reason::NoSuchDomain)),
        Route::NullMx => Err((Status::Na, Reason::NullMx)),
        Route::NoMx => match addresses(scene.dns, scene.evidence.domain().name()) {
            Lookup::Pending => Err((Status::Unknown, Reason::Pending)),
            Lookup::Known(found) if !found.is_empty() => Err((Status::Na, Reason::ImplicitMx)),
            _ => Err((Status::Na, Reason::NoMx)),
        },
    }
}

/// The observation that says why there is nothing to protect; nothing where there is something.
pub(super) fn proof(scene: &Scene<'_>) -> Vec<ObservationId> {
    match exchanges(scene) {
        Ok(_) => Vec::new(),
        Err(_) => {
            let domain = scene.evidence.domain().name();
            scene.answered(domain, RecordType::Mx).gather()
        }
    }
}

/// The TXT records at `label` in front of the domain; a name that would be too long has none.
pub(super) fn texts<'a>(scene: &Scene<'a>, label: &str) -> Lookup<&'a Response> {
    let Ok(name) = scene.evidence.domain().name().prefixed(label) else {
        return Lookup::Known(&Response::NoData);
    };
    match scene.dns.ask(&name, RecordType::Txt) {
        None => Lookup::Pending,
        Some(answer) => match &answer.response {
            Response::Failed(failure) => {
                Lookup::Failed(Question::new(name, RecordType::Txt), *failure)
            }
            response => Lookup::Known(response),
        },
    }
}

/// How many of the mail exchanges have TLSA records that senders must heed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Dane {
    /// None.
    Nowhere,
    /// Some.
    Partly,
    /// All.
    Everywhere,
}

/// Whether DANE binds senders: the MX records and the TLSA records are secure, and of a usage that SMTP knows
/// (RFC 7672 §2.2, §3.1). Whether the certificate fits is not asked here.
pub(super) fn dane(scene: &Scene<'_>, exchanges: &Exchanges) -> Lookup<Dane> {
    let domain = scene.evidence.domain().name();
    let secure = scene.dns.ask(domain, RecordType::Mx);
    if !secure.is_some_and(|answer| answer.authenticated) {
        return Lookup::Known(Dane::Nowhere);
    }
    let sound = exchanges.looked_at.iter().filter(|e| e.problem.is_none());
    // All are asked at once, so that they cost one round.
    let bound: Vec<_> = sound.map(|exchange| binds(scene, &exchange.name)).gather();
    let (mut with, mut without) = (false, false);
    for lookup in &bound {
        match lookup {
            Lookup::Pending => return Lookup::Pending,
            Lookup::Failed(question, failure) => {
                return Lookup::Failed(question.clone(), *failure);
            }
            Lookup::Known(true) => with = true,
            Lookup::Known(false) => without = true,
        }
    }
    Lookup::Known(match (with, without || !exchanges.left_out.is_empty()) {
        (true, false) => Dane::Everywhere,
        (true, true) => Dane::Partly,
        (false, _) => Dane::Nowhere,
    })
}

/// Whether an MTA-STS policy in force names a mail server: senders that honour it deliver only to a certificate that is
/// valid for that name (RFC 8461 §4.2). Nothing while that is not known.
pub(super) fn enforces(scene: &Scene<'_>, exchange: &Name) -> Option<bool> {
    let response = match texts(scene, mta_sts::RECORD_LABEL) {
        Lookup::Pending => return None,
        Lookup::Failed(..) => return Some(false),
        Lookup::Known(response) => response,
    };
    match mta_sts::select(response) {
        Selection::One(published) if published.is_valid() => {}
        _ => return Some(false),
    }
    Some(match scene.policy() {
        None if scene.probe_outcome().is_none() => return None,
        None | Some(Err(_)) => false,
        Some(Ok(file)) => {
            let read = mta_sts::read_policy(&file.body);
            let policy = &read.policy;
            read.is_valid() && policy.mode == Some(Mode::Enforce) && policy.covers(exchange)
        }
    })
}

fn binds(scene: &Scene<'_>, exchange: &Name) -> Lookup<bool> {
    let Ok(name) = exchange.prefixed("_25._tcp") else {
        return Lookup::Known(false);
    };
    let Some(answer) = scene.dns.ask(&name, RecordType::Tlsa) else {
        return Lookup::Pending;
    };
    // Senders wait where this question fails (RFC 7672 §2.1.2), and that guards nothing.
    if answer.response == Response::Failed(Failure::ServFail) {
        return Lookup::Known(false);
    }
    if let Response::Failed(failure) = answer.response {
        return Lookup::Failed(Question::new(name, RecordType::Tlsa), failure);
    }
    let usable = |data: &RecordData| matches!(data, RecordData::Tlsa { usage: 2 | 3, .. });
    Lookup::Known(answer.authenticated && answer.response.records().iter().any(usable))
}

#[cfg(test)]
pub(super) mod world;
