//! What to do about a finding.

use std::net::IpAddr;

use serde::Serialize;

use crate::dns::{Name, RecordType};
use crate::smtp::Software;

/// One mend: who does what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mend {
    /// What to do; `wording` says it.
    pub action: Action,
    /// Who can do it.
    pub owner: Owner,
    /// The record to publish, made from the domain's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publish: Option<Publish>,
    /// The file to serve before the record is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serve: Option<Serve>,
    /// Lines for known servers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub configuration: Vec<Configuration>,
    /// Points of a hundred that it would win in this profile.
    pub gain: u32,
}

impl Mend {
    /// A mend without a record or a line to copy.
    #[must_use]
    pub const fn new(action: Action, owner: Owner) -> Self {
        Self {
            action,
            owner,
            publish: None,
            serve: None,
            configuration: Vec::new(),
            gain: 0,
        }
    }

    /// With the TXT record to publish.
    #[must_use]
    pub fn publishing(self, name: Name, value: String) -> Self {
        self.publishing_records(name, RecordType::Txt, value)
    }

    /// With the records to publish, one a line. They are made from the domain's own, which may hold anything: with
    /// more in it than printable ASCII nobody could type it into a zone, and the advice stands alone.
    #[must_use]
    pub fn publishing_records(
        mut self,
        name: Name,
        record_type: RecordType,
        value: String,
    ) -> Self {
        let between = if record_type == RecordType::Txt {
            b' '
        } else {
            b'\n'
        };
        let fits = |octet: u8| octet == between || matches!(octet, b' '..=b'~');
        let printable = value.bytes().all(fits);
        self.publish = printable.then_some(Publish {
            name,
            record_type,
            value,
        });
        self
    }

    /// With the file to serve.
    #[must_use]
    pub fn serving(mut self, file: Serve) -> Self {
        self.serve = Some(file);
        self
    }

    /// With a line for a known server.
    #[must_use]
    pub fn configuring(mut self, software: &'static str, line: &'static str) -> Self {
        self.configuration.push(Configuration { software, line });
        self
    }

    /// With the lines for the server that is `known`; with all of them where none of these is.
    #[must_use]
    pub fn configuring_for(
        mut self,
        known: Option<Software>,
        lines: &[(Software, &'static str)],
    ) -> Self {
        let alone = |of: &Software| known == Some(*of);
        let any = lines.iter().any(|(software, _)| alone(software));
        for (software, line) in lines {
            if !any || alone(software) {
                self = self.configuring(software.as_str(), line);
            }
        }
        self
    }
}

/// Who can mend it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Whoever edits the domain's DNS.
    Dns,
    /// Whoever runs the mail server.
    ServerOperator,
    /// Whoever the addresses belong to: reverse DNS is theirs.
    Provider,
    /// Whoever signs the domain's mail: its own server, or a service.
    Signer,
    /// Whoever runs the mail servers, where they are another's.
    MailProvider,
    /// Whoever DMARC reports are to go to: consent is published there.
    ReportReceiver,
    /// Whoever runs the web server of the MTA-STS policy.
    WebServer,
    /// Whoever runs the firewall before the mail server.
    Firewall,
}

/// What to publish at a name, in the place of all of its kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Publish {
    /// Where.
    pub name: Name,
    /// Its type.
    #[serde(rename = "type")]
    pub record_type: RecordType,
    /// The text of a TXT record; of others the data as zone files write it, one record a line.
    pub value: String,
}

/// A file to serve over HTTPS.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Serve {
    /// On which host; its certificate must be valid for this name.
    pub host: Name,
    /// Under which path.
    pub path: &'static str,
    /// Its text, printable ASCII in lines that end in CRLF.
    pub text: String,
}

impl Serve {
    /// Where it can be fetched.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}{}", self.host, self.path)
    }
}

/// A line of configuration.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Configuration {
    /// For which server, by its own name.
    pub software: &'static str,
    /// The line.
    pub line: &'static str,
}

/// What a term of an SPF record costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SpfCost {
    /// The term as written.
    pub term: String,
    /// Look-ups, those of the records below it too.
    pub lookups: u32,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Action {
    /// Refuse mail from strangers for strangers.
    CloseRelay,
    /// Find the cause, end it, then ask the lists to remove the address.
    Delist {
        /// The lists.
        zones: Vec<String>,
    },
    /// Send from an address outside a policy range, or have it taken out.
    LeavePolicyRange,
    /// Publish a DMARC policy that watches and asks for reports: the first step.
    PublishDmarc,
    /// Have all mail refused in the name of a domain that sends none.
    DisownDmarc,
    /// Write a record that receivers ignore so that they read it.
    RepairDmarc,
    /// Publish the DMARC record where receivers look for it.
    MoveDmarc {
        /// Where it stands.
        from: Name,
    },
    /// Leave one DMARC record.
    KeepOneDmarc,
    /// Correct the DMARC record.
    CorrectDmarc,
    /// Go from watching to enforcing.
    EnforceDmarc,
    /// Go from test mode to the policy that is published.
    EndDmarcTesting,
    /// Ask for aggregate reports.
    RequestReports,
    /// Have the destination agree to get reports.
    AuthorizeReports {
        /// The destination's host.
        host: Name,
    },
    /// Publish an SPF record.
    PublishSpf,
    /// Publish an SPF record that names the provider of the domain's mail exchanges.
    PublishProviderSpf {
        /// What people call it.
        provider: &'static str,
    },
    /// Let the SPF record need fewer look-ups.
    SaveSpfLookups {
        /// The terms of the domain's own record that need most of them.
        costly: Vec<SpfCost>,
    },
    /// Disown every server in the name of a domain that sends no mail.
    DisownSpf,
    /// Write a record that receivers ignore so that they read it.
    RepairSpf,
    /// Publish the SPF record where receivers look for it.
    MoveSpf {
        /// Where it stands.
        from: Name,
    },
    /// Leave one SPF record.
    KeepOneSpf,
    /// Take the broken term out, or mend what it leads to.
    CorrectSpf,
    /// End the SPF record in `~all` or `-all`.
    CloseSpf,
    /// Take out, or narrow, the term that lets nearly everybody pass.
    NarrowSpf,
    /// Have the addresses given a name that leads back.
    NameAddress {
        /// The addresses.
        addresses: Vec<IpAddr>,
    },
    /// Take out the names that do not lead back.
    PruneNames {
        /// The addresses.
        addresses: Vec<IpAddr>,
    },
    /// Let the MX record name a host that has an address: until then nothing arrives.
    PointExchange {
        /// What it names now.
        exchange: Name,
    },
    /// Write one BIMI record that receivers can use.
    CorrectBimi,
    /// Let the MX records name hosts with addresses, by their real names, and nothing else.
    CorrectMx,
    /// Say that the domain takes no mail (RFC 7505).
    PublishNullMx,
    /// Decide whether the domain takes mail, and say so.
    DecideMx,
    /// Give a mail exchange an IPv4 address too.
    AddIpv4,
    /// Cover subdomains too.
    CoverSubdomains,
    /// Have mail signed, and publish the key.
    SetUpDkim,
    /// Make a new, longer key under a new selector, and sign with it.
    ReplaceDkimKey {
        /// Where the old one stands.
        name: Name,
    },
    /// Make a new key at once: the other half of this one is known, or can be found out.
    RevokeDkimKey {
        /// Where the old one stands.
        name: Name,
    },
    /// Publish the key again, whole.
    RestoreDkimKey {
        /// Where it stands, or should.
        name: Name,
    },
    /// Write the key record so that verifiers read it.
    CorrectDkim {
        /// Where it stands.
        name: Name,
    },
    /// Leave one key record at a name.
    KeepOneDkim {
        /// Where they stand.
        name: Name,
    },
    /// End the test mode of a key.
    EndDkimTesting {
        /// Where it stands.
        name: Name,
    },
    /// Switch signing on at the service that an alias leads to, or take the alias out.
    ResolveDkimAlias {
        /// The alias.
        name: Name,
    },
    /// Serve an MTA-STS policy on trial, then publish the record that points to it: the first step.
    PublishMtaSts,
    /// Write the MTA-STS record so that senders read it.
    RepairMtaSts,
    /// Leave one MTA-STS record.
    KeepOneMtaSts,
    /// Serve the policy where senders look for it.
    ServeMtaSts {
        /// The policy host.
        host: Name,
    },
    /// Let the policy host answer over TLS with a certificate that is valid for it.
    SecurePolicyHost {
        /// The policy host.
        host: Name,
    },
    /// Correct the MTA-STS policy.
    CorrectMtaSts,
    /// Serve the policy as `text/plain`.
    ServeAsText,
    /// Name these mail exchanges in the policy too.
    CoverExchanges {
        /// Which.
        exchanges: Vec<Name>,
    },
    /// Go from trial to enforcing.
    EnforceMtaSts,
    /// Ask for reports about TLS.
    PublishTlsRpt,
    /// Write the TLS-RPT record so that senders read it.
    RepairTlsRpt,
    /// Leave one TLS-RPT record.
    KeepOneTlsRpt,
    /// Offer TLS between servers.
    OfferStartTls,
    /// Mend the TLS that is offered: certificate, key, versions.
    RepairStartTls,
    /// Have the firewall let STARTTLS pass.
    LetStartTlsPass,
    /// Bring the mail server up to date.
    UpdateServer,
    /// Have people hand in mail over TLS.
    SecureSubmission,
    /// Give a mail server an IPv6 address.
    AddIpv6,
    /// Let the mail server answer at its IPv6 address.
    OpenIpv6,
    /// Offer passwords only inside TLS.
    AuthOnlyInTls,
    /// Offer AUTH (asked for by the classic reading).
    OfferAuth,
    /// Offer a mechanism that is not obsolete.
    ReplaceMechanisms,
    /// Answer HELP with nothing, or without a name and a version.
    SilenceHelp,
    /// Answer VRFY the same for every name.
    LevelVrfy,
    /// Refuse EXPN.
    RefuseExpn,
    /// Sign the zone, then have its parent know.
    SignZone,
    /// Have the parent know the keys of a zone that is signed.
    PublishDs {
        /// The keys.
        key_tags: Vec<u16>,
    },
    /// Have the parent name the keys that the zone has.
    ReplaceDs {
        /// The keys that it has.
        key_tags: Vec<u16>,
    },
    /// Have the zone signed anew: its signatures do not validate.
    RepairSignatures,
    /// Go over to keys and digests that are safe.
    RenewKeys,
    /// Have the zones of mail servers signed.
    SignExchanges {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// Have the signatures of the zones of mail servers mended.
    RepairExchanges {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// Take TLS 1.2 and newer alone.
    EndOldTls,
    /// Take TLS 1.2 and 1.3.
    OfferNewTls,
    /// Take only suites that are safe.
    LimitSuites,
    /// Take only groups that are safe.
    LimitGroups,
    /// Switch the compression of TLS off.
    EndCompression,
    /// Go over to a TLS library of today.
    RenewTlsLibrary,
    /// Renew certificates, and have the server show them.
    RenewCertificate {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// Show certificates that an authority issued for the very names of these servers.
    ReplaceCertificate {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// Have the servers use the keys that belong to their certificates.
    MatchKey {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// Send the certificates along that vouch for the server's own.
    SendIssuers {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// Publish the digests of the keys that the server has now, in place of those that do not fit.
    CorrectTlsa {
        /// Where.
        names: Vec<Name>,
    },
    /// Offer TLS, as the TLSA records make it a must.
    OfferTlsForDane {
        /// The mail servers.
        hosts: Vec<Name>,
    },
    /// Publish the digest of the server's key.
    PublishTlsa {
        /// Where.
        names: Vec<Name>,
    },
    /// Publish the digest of the server's key in place of what no sender can use.
    ReplaceTlsa {
        /// Where.
        names: Vec<Name>,
    },
    /// Have the name servers answer questions for TLSA records.
    AnswerTlsa {
        /// The names that are asked for.
        names: Vec<Name>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gather::Gather;

    #[test]
    fn a_server_that_is_known_is_shown_its_own_lines_alone() {
        const LINES: [(Software, &str); 3] = [
            (Software::Postfix, "a"),
            (Software::Postfix, "b"),
            (Software::Exim, "c"),
        ];
        let lines = |known| {
            let mend = Mend::new(Action::AuthOnlyInTls, Owner::ServerOperator);
            let mend = mend.configuring_for(known, &LINES);
            let lines: Vec<&str> = mend.configuration.iter().map(|known| known.line).gather();
            lines.concat()
        };
        assert_eq!(lines(Some(Software::Postfix)), "ab");
        assert_eq!(lines(Some(Software::Exim)), "c");
        assert_eq!(lines(None), "abc");
        assert_eq!(lines(Some(Software::Sendmail)), "abc");
    }
}
