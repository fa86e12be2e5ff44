//! `example.org` with its mail exchanges, some TXT records and perhaps a policy, for tests.

use std::net::IpAddr;

use crate::DomainName;
use crate::checks::CheckId;
use crate::dns::{
    Answer, DnsView as _, Failure, Name, Octets, Question, RecordData, RecordType, Response, Zone,
};
use crate::evidence::{
    Chain, DialogueKind, DnsFact, Evidence, Fact, Observation, PolicyFact, PolicyFile,
    PolicyOutcome, ProbeOutcome, SmtpEvent, SmtpFact, Step, TlsFact, Trust,
};
use crate::gather::Gather;
use crate::report::{Finding, ProfileName, Report, Status, assess};
use crate::smtp::Reply;
use crate::time::{Millis, Timestamp};
use crate::tls::samples;

/// A policy as it should be.
pub(in crate::checks) const POLICY: &str =
    "version: STSv1\r\nmode: enforce\r\nmx: mx.example.org\r\nmax_age: 604800\r\n";
/// The record of it.
pub(in crate::checks) const RECORD: (&str, &str) = ("_mta-sts.example.org", "v=STSv1; id=7");
/// A record for reports.
pub(in crate::checks) const REPORTS: (&str, &str) = (
    "_smtp._tls.example.org",
    "v=TLSRPTv1; rua=mailto:tls@example.org",
);

#[derive(Clone)]
pub(in crate::checks) struct World {
    zone: Zone,
    secure: bool,
    policy: Option<PolicyOutcome>,
    probe: Option<ProbeOutcome>,
    events: Vec<(IpAddr, DialogueKind, SmtpEvent)>,
    /// Names whose servers fail.
    pub(in crate::checks) broken: Vec<&'static str>,
    /// Names whose servers do not answer.
    pub(in crate::checks) silent: Vec<&'static str>,
}

impl World {
    /// With one mail exchange, `mx.example.org`.
    pub(in crate::checks) fn new(texts: &[(&str, &str)]) -> Self {
        let mut zone = Zone::new();
        for (name, text) in texts {
            zone = zone.txt(name, text);
        }
        let world = Self {
            zone,
            secure: false,
            policy: None,
            probe: Some(ProbeOutcome::NoServer),
            events: Vec::new(),
            broken: Vec::new(),
            silent: Vec::new(),
        };
        world.exchange("mx.example.org")
    }

    pub(in crate::checks) fn exchange(mut self, exchange: &str) -> Self {
        let exchange = name(exchange);
        let address = RecordData::A([192, 0, 2, 1].into());
        self.zone.add(&exchange, RecordType::A, address);
        let preference = 10;
        let mx = RecordData::Mx {
            preference,
            exchange,
        };
        self.zone.add(&name("example.org"), RecordType::Mx, mx);
        self
    }

    /// With secure TLSA records of this usage for an exchange.
    pub(in crate::checks) fn dane(mut self, exchange: &str, usage: u8) -> Self {
        let data = RecordData::Tlsa {
            usage,
            selector: 1,
            matching: 1,
            data: Octets(vec![0; 32]),
        };
        let name = name(exchange).prefixed("_25._tcp").unwrap();
        self.zone.add(&name, RecordType::Tlsa, data);
        self.secure = true;
        self
    }

    /// With this secure TLSA record for an exchange.
    pub(in crate::checks) fn tlsa(mut self, exchange: &str, text: &str) -> Self {
        let record = crate::dane::parse(text).record.unwrap();
        let data = RecordData::Tlsa {
            usage: record.usage,
            selector: record.selector,
            matching: record.matching,
            data: record.data,
        };
        let name = name(exchange).prefixed("_25._tcp").unwrap();
        self.zone.add(&name, RecordType::Tlsa, data);
        self.secure = true;
        self
    }

    /// With another address for an exchange.
    pub(in crate::checks) fn address(mut self, exchange: &str, address: [u8; 4]) -> Self {
        let data = RecordData::A(address.into());
        self.zone.add(&name(exchange), RecordType::A, data);
        self
    }

    /// What the server at 192.0.2.1 did on port 25, looked at in [`samples::NOW`].
    pub(in crate::checks) fn seen(self, dialogue: DialogueKind, event: SmtpEvent) -> Self {
        self.seen_at([192, 0, 2, 1], dialogue, event)
    }

    /// What another did.
    pub(in crate::checks) fn seen_at(
        mut self,
        address: [u8; 4],
        dialogue: DialogueKind,
        event: SmtpEvent,
    ) -> Self {
        self.events.push((address.into(), dialogue, event));
        self.probe = Some(ProbeOutcome::Finished { took: Millis(9) });
        self
    }

    /// A handshake that showed this chain.
    pub(in crate::checks) fn shook(self, chain: Chain) -> Self {
        self.seen(DialogueKind::Relay, secured(chain))
    }

    pub(in crate::checks) fn serving(mut self, body: &str) -> Self {
        let (media_type, body) = (
            Some("text/plain; charset=utf-8".to_owned()),
            body.to_owned(),
        );
        self.policy = Some(PolicyOutcome::Fetched(PolicyFile { media_type, body }));
        self
    }

    pub(in crate::checks) fn fetched(mut self, outcome: PolicyOutcome) -> Self {
        self.policy = Some(outcome);
        self
    }

    pub(in crate::checks) fn probed(mut self, probe: Option<ProbeOutcome>) -> Self {
        self.probe = probe;
        self
    }

    pub(in crate::checks) fn report(&self) -> Report {
        let domain = DomainName::parse("example.org").unwrap();
        let mut evidence = Evidence::new(domain.clone());
        let mut apply = |fact| evidence.apply(Observation::new(Timestamp(1), fact));
        if let Some(outcome) = self.policy.clone() {
            apply(Fact::Policy(PolicyFact {
                domain: domain.name().clone(),
                address: None,
                outcome,
                took: Millis(1),
            }));
        }
        if let Some(probe) = self.probe.clone() {
            apply(Fact::Probe(probe));
        }
        let at = Timestamp(u64::try_from(samples::NOW).unwrap() * 1000);
        for (sequence, (address, dialogue, event)) in (0..).zip(self.events.clone()) {
            let fact = Fact::Smtp(SmtpFact {
                address,
                port: 25,
                dialogue,
                sequence,
                secure: false,
                event,
                took: Millis(1),
            });
            evidence.apply(Observation::new(at, fact));
        }
        loop {
            let report = assess(&evidence, ProfileName::Standards.profile());
            if report.wants.is_empty() {
                return report;
            }
            for question in report.wants {
                let fact = DnsFact {
                    answer: self.answer(&question),
                    question,
                    resolver: "zone".to_owned(),
                    took: Millis(1),
                };
                evidence.apply(Observation::new(Timestamp(1), Fact::Dns(fact)));
            }
        }
    }

    fn answer(&self, question: &Question) -> Answer {
        for (names, failure) in [
            (&self.broken, Failure::ServFail),
            (&self.silent, Failure::TimedOut),
        ] {
            if names.contains(&question.name.as_str()) {
                return Answer::new(Response::Failed(failure));
            }
        }
        let mut answer = self.zone.get(question).unwrap().clone();
        answer.authenticated = self.secure;
        answer
    }

    pub(in crate::checks) fn finding(&self, id: CheckId) -> Finding {
        self.report().finding(id).unwrap().clone()
    }

    /// The status, the codes of the reasons, and the code of what to do.
    pub(in crate::checks) fn told(&self, id: CheckId) -> (Status, Vec<String>, Option<String>) {
        let finding = self.finding(id);
        let code = |value: serde_json::Value| value["code"].as_str().unwrap().to_owned();
        let reasons = finding.reasons.iter();
        let reasons = reasons.map(|reason| code(serde_json::to_value(reason).unwrap()));
        let action = finding
            .mend
            .map(|mend| serde_json::to_value(&mend.action).unwrap());
        (finding.status, reasons.gather(), action.map(code))
    }
}

/// A handshake of TLS 1.3 that showed this chain.
pub(in crate::checks) fn secured(chain: Chain) -> SmtpEvent {
    SmtpEvent::Secured(TlsFact {
        version: "TLS 1.3".into(),
        suite: "TLS_AES_256_GCM_SHA384".into(),
        group: Some("x25519".into()),
        server_name: "mx.example.org".into(),
        trust: Trust::Trusted,
        chain: Some(Box::new(chain)),
    })
}

/// EHLO, answered without an extension.
pub(in crate::checks) fn without_starttls() -> SmtpEvent {
    SmtpEvent::Replied {
        step: Step::Ehlo,
        sent: Some("EHLO probe.example".into()),
        reply: Reply {
            code: 250,
            lines: vec!["mx.example.org".into(), "8BITMIME".into()],
        },
    }
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}
