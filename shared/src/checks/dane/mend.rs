//! What to do about TLSA records.

use super::Found;
use super::host::{Fit, Host, Outcome};
use crate::checks::{dnssec, tls};
use crate::dns::{Name, RecordType};
use crate::dnssec::State;
use crate::gather::Gather;
use crate::report::{Action, Mend, Owner};

impl Found<'_, '_> {
    /// What helps most: what stops mail before what protects it. Where answers are not signed, nobody is told to
    /// publish anything before they are.
    pub(super) fn mend(&self) -> Option<Mend> {
        let names = self.bases(|outcome| matches!(outcome, Outcome::Withheld));
        if !names.is_empty() {
            let owner = self.owner(&names, Owner::Dns);
            return Some(Mend::new(Action::AnswerTlsa { names }, owner));
        }
        if let Some(host) = self.first_without_authority() {
            let hosts = vec![host.name.clone()];
            let owner = self.owner(&hosts, Owner::ServerOperator);
            let action = Action::SendIssuers { hosts };
            return Some(tls::mend::of_pair(self.scene, action, owner));
        }
        if let Some(host) = self.first_that(Fit::Differs) {
            let names = vec![host.base.clone()];
            let owner = self.owner(&names, Owner::Dns);
            let mend = Mend::new(Action::CorrectTlsa { names }, owner);
            return Some(with_commands(with_records(mend, host)));
        }
        if let Some(host) = self.first_that(Fit::Bare) {
            let hosts = vec![host.name.clone()];
            let owner = self.owner(&hosts, Owner::ServerOperator);
            return Some(Mend::new(Action::OfferTlsForDane { hosts }, owner));
        }
        let names = self.bases(|outcome| matches!(outcome, Outcome::Useless(_)));
        if !names.is_empty() {
            let owner = self.owner(&names, Owner::Dns);
            let mend = with_commands(Mend::new(Action::ReplaceTlsa { names }, owner));
            return Some(
                self.with_first_records(mend, |outcome| matches!(outcome, Outcome::Useless(_))),
            );
        }
        let names = self.bases(|outcome| matches!(outcome, Outcome::Absent));
        if names.is_empty() || self.routed != State::Secure {
            return dnssec::mend(self.scene);
        }
        let owner = self.owner(&names, Owner::Dns);
        let mend = with_commands(Mend::new(Action::PublishTlsa { names }, owner));
        Some(self.with_first_records(mend, |outcome| matches!(outcome, Outcome::Absent)))
    }

    /// The first mail server whose records would fit, were the authority's certificate sent along, as far as it shows.
    pub(super) fn first_without_authority(&self) -> Option<&Host<'_>> {
        let mut differing = self
            .hosts
            .iter()
            .filter(|host| host.fit(self.scene) == Fit::Differs);
        differing.find(|host| host.lacks_authority())
    }

    fn first_that(&self, fit: Fit) -> Option<&Host<'_>> {
        self.hosts.iter().find(|host| host.fit(self.scene) == fit)
    }

    /// The mend with the records of the first of these mail servers that showed a certificate.
    fn with_first_records(&self, mend: Mend, wanted: fn(&Outcome) -> bool) -> Mend {
        let mut hosts = self.hosts.iter().filter(|host| wanted(&host.outcome));
        match hosts.find(|host| host.fitting().is_some()) {
            Some(host) => with_records(mend, host),
            None => mend,
        }
    }

    /// Where the records stand of the mail servers of which this is true.
    fn bases(&self, wanted: impl Fn(&Outcome) -> bool) -> Vec<Name> {
        let hosts = self.hosts.iter().filter(|host| wanted(&host.outcome));
        hosts.map(|host| host.base.clone()).gather()
    }

    /// `own` where all of these names are the domain's.
    fn owner(&self, names: &[Name], own: Owner) -> Owner {
        let domain = self.scene.evidence.domain().name();
        match names.iter().all(|name| name.is_within(domain)) {
            true => own,
            false => Owner::MailProvider,
        }
    }
}

/// The mend with the records that fit what a mail server showed, to stand there in the place of all others.
fn with_records(mend: Mend, host: &Host<'_>) -> Mend {
    match host.fitting() {
        Some(records) => mend.publishing_records(host.base.clone(), RecordType::Tlsa, records),
        None => mend,
    }
}

/// How the digest is made, and how the key outlives a renewal.
fn with_commands(mend: Mend) -> Mend {
    mend.configuring(
        "OpenSSL",
        "openssl x509 -in cert.pem -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha256",
    )
    .configuring("Certbot", "certbot renew --reuse-key")
}
