//! The MX records to publish, made from those that there are.

use super::super::route::addresses;
use super::super::{Exchange, Exchanges, Lookup, Route, Scene};
use super::{fault, is_deliverable};
use crate::dns::{Name, RecordType};
use crate::gather::Gather;
use crate::mx::{self, ExchangeProblem};
use crate::report::{Action, Mend, MxReason, Owner, Reason};

/// What to do about the first of `reasons`.
pub(super) fn mend(scene: &Scene<'_>, reasons: &[Reason]) -> Option<Mend> {
    match (reasons.first()?, &scene.route) {
        (Reason::Mx(MxReason::NullSends), _) => Some(Mend::new(Action::DecideMx, Owner::Dns)),
        (Reason::Mx(MxReason::Nothing), _) => Some(null(scene)),
        (Reason::ImplicitMx, _) => Some(implicit(scene)),
        (Reason::Mx(MxReason::Ipv6Only), _) => {
            Some(Mend::new(Action::AddIpv4, Owner::ServerOperator))
        }
        (Reason::Mx(MxReason::Valid { .. }) | Reason::Pending | Reason::DnsFailed { .. }, _) => {
            None
        }
        (_, Route::Exchanges(exchanges)) => correct(scene, exchanges),
        _ => None,
    }
}

/// A null MX: where there is nothing, nothing is lost by it.
fn null(scene: &Scene<'_>) -> Mend {
    publish(scene, Action::PublishNullMx, &[(0, Name::root())])
}

/// Whether the address takes mail only its owner knows; who says by SPF that nobody sends takes none either.
fn implicit(scene: &Scene<'_>) -> Mend {
    let tree = scene.spf_tree();
    let speaks = tree.is_some_and(|tree| tree.root.record.is_some());
    if speaks && scene.names_servers() == Some(false) {
        return null(scene);
    }
    Mend::new(Action::DecideMx, Owner::Dns)
}

/// The same records without those that lead nowhere, aliases by their real names.
fn correct(scene: &Scene<'_>, exchanges: &Exchanges) -> Option<Mend> {
    let first = exchanges.looked_at.first()?;
    let point = || {
        let exchange = first.name.clone();
        Mend::new(Action::PointExchange { exchange }, Owner::Dns)
    };
    // What is not known is not taken out, and what was not looked at is not kept unseen.
    let known = |exchange: &Exchange| matches!(exchange.addresses, Lookup::Known(_));
    if !exchanges.left_out.is_empty() || !exchanges.looked_at.iter().all(known) {
        return Some(Mend::new(Action::CorrectMx, Owner::Dns));
    }
    let mut records: Vec<(u16, Name)> = Vec::new();
    for exchange in &exchanges.looked_at {
        let name = match (&exchange.alias_of, exchange.problem) {
            (Some(canonical), _) => Some(canonical.clone()),
            (None, Some(ExchangeProblem::IsAddress)) => host_at(scene, &exchange.name),
            (None, _) => Some(exchange.name.clone()),
        };
        let stands = is_deliverable(fault(scene, exchange).as_ref())
            || exchange.problem == Some(ExchangeProblem::IsAddress);
        if let Some(name) = name.filter(|_| stands)
            && !records.iter().any(|(_, known)| *known == name)
        {
            records.push((exchange.preference, name));
        }
    }
    Some(match records.as_slice() {
        [] => point(),
        records => publish(scene, Action::CorrectMx, records),
    })
}

/// A host of the domain's own that has the address which stands in the MX record.
fn host_at(scene: &Scene<'_>, address: &Name) -> Option<Name> {
    let address = address.as_str().parse().ok()?;
    let domain = scene.evidence.domain().name();
    ["mail", "mx"]
        .into_iter()
        .filter_map(|label| domain.prefixed(label).ok())
        .chain([domain.clone()])
        .find(|name| {
            matches!(addresses(scene.dns, name), Lookup::Known(found) if found.contains(&address))
        })
}

fn publish(scene: &Scene<'_>, action: Action, records: &[(u16, Name)]) -> Mend {
    let lines: Vec<String> = records
        .iter()
        .map(|(preference, exchange)| mx::line(*preference, exchange))
        .gather();
    let domain = scene.evidence.domain().name().clone();
    Mend::new(action, Owner::Dns).publishing_records(domain, RecordType::Mx, lines.join("\n"))
}
