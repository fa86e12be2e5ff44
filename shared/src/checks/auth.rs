//! Where and how is SMTP AUTH offered? (RFC 4954, RFC 6409, RFC 8314)

use super::dialogue::Dialogues;
use super::host::{Word, fold, silence};
use super::{Check, CheckId, Scene};
use crate::evidence::{DialogueKind, SmtpEvent};
use crate::report::{Action, Finding, Mend, Owner, Reason, Status};

/// See the module.
pub(super) struct Auth;

impl Check for Auth {
    fn id(&self) -> CheckId {
        CheckId::Auth
    }

    fn assess(&self, scene: &Scene<'_>) -> Finding {
        let finding = fold(scene, self.id(), |exchange, address| {
            let dialogues = Dialogues::with(scene, address);
            let Some((clear, clear_id)) = dialogues.extensions(false) else {
                return dialogues.obstacle(DialogueKind::Survey).map_or_else(
                    || Word::unknown(silence(scene, exchange, address)),
                    |(reason, id)| Word::unknown(reason).proven_by([id]),
                );
            };
            let secure = dialogues.extensions(true);
            let in_clear = clear.auth_mechanisms();
            if in_clear.is_empty()
                && secure.is_none()
                && clear.has("STARTTLS")
                && !is_settled(scene, &dialogues)
            {
                // AUTH may still be offered inside TLS, and that dialogue comes last.
                return Word::unknown(Reason::Pending);
            }
            let secure_id = secure.as_ref().map(|(_, id)| *id);
            let in_tls = secure
                .map(|(extensions, _)| extensions.auth_mechanisms())
                .unwrap_or_default();
            let (status, reason) = read(in_clear, in_tls, scene.profile.readings.auth_absent);
            Word::new(status, reason)
                .proven_by([clear_id])
                .proven_by(secure_id)
        });
        let mend = match (finding.status, finding.reasons.first()) {
            (Status::Warn | Status::Fail, Some(Reason::AuthObsolete { .. })) => {
                Some(Mend::new(Action::ReplaceMechanisms, Owner::ServerOperator))
            }
            (Status::Fail, Some(Reason::AuthAbsent)) => Some(
                Mend::new(Action::OfferAuth, Owner::ServerOperator)
                    .configuring("Postfix", "smtpd_sasl_auth_enable = yes"),
            ),
            (_, Some(Reason::AuthInClear { .. })) => Some(
                Mend::new(Action::AuthOnlyInTls, Owner::ServerOperator)
                    .configuring("Postfix", "smtpd_tls_auth_only = yes")
                    .configuring(
                        "Exim",
                        "auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}",
                    ),
            ),
            _ => None,
        };
        finding.mended_by(mend)
    }
}

/// Whether nothing more can be learnt of what is offered inside TLS.
fn is_settled(scene: &Scene<'_>, dialogues: &Dialogues<'_>) -> bool {
    scene.probe_outcome().is_some()
        || dialogues.obstacle(DialogueKind::StartTls).is_some()
        || dialogues.any(DialogueKind::StartTls, |event| {
            matches!(event, SmtpEvent::NotSecured { .. })
        })
}

/// Reads what is offered in clear and inside TLS; `absent` is the profile's reading of neither.
fn read(in_clear: Vec<String>, in_tls: Vec<String>, absent: Status) -> (Status, Reason) {
    const OBSOLETE: [&str; 3] = ["CRAM-MD5", "DIGEST-MD5", "NTLM"];
    let obsolete =
        |mechanisms: &[String]| mechanisms.iter().all(|m| OBSOLETE.contains(&m.as_str()));
    if in_clear.is_empty() && in_tls.is_empty() {
        return (absent, Reason::AuthAbsent);
    }
    let mut all = in_clear.clone();
    all.extend(in_tls.iter().filter(|m| !in_clear.contains(m)).cloned());
    if obsolete(&all) {
        (Status::Warn, Reason::AuthObsolete { mechanisms: all })
    } else if in_clear.is_empty() {
        (Status::Pass, Reason::AuthAfterTls { mechanisms: in_tls })
    } else {
        // That passwords may cross in clear is a matter of transport; here it counts that it is announced.
        (
            Status::Pass,
            Reason::AuthInClear {
                mechanisms: in_clear,
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(clear: &[&str], tls: &[&str]) -> Status {
        let own = |list: &[&str]| list.iter().map(|&m| m.to_owned()).collect();
        read(own(clear), own(tls), Status::Na).0
    }

    #[test]
    fn absence_is_read_by_the_profile() {
        assert_eq!(status(&[], &[]), Status::Na);
        assert_eq!(status(&["LOGIN", "PLAIN"], &[]), Status::Pass);
        assert_eq!(status(&[], &["PLAIN"]), Status::Pass);
        assert_eq!(status(&["CRAM-MD5"], &["DIGEST-MD5"]), Status::Warn);
        assert_eq!(status(&["CRAM-MD5"], &["PLAIN"]), Status::Pass);
    }
}
