//! `example.org` with its mail exchanges, some TXT records and perhaps a policy, for tests.

use crate::DomainName;
use crate::checks::CheckId;
use crate::dns::{
    Answer, DnsView as _, Failure, Name, Octets, Question, RecordData, RecordType, Response, Zone,
};
use crate::evidence::{
    DnsFact, Evidence, Fact, Observation, PolicyFact, PolicyFile, PolicyOutcome, ProbeOutcome,
};
use crate::gather::Gather;
use crate::report::{Finding, ProfileName, Report, Status, assess};
use crate::time::{Millis, Timestamp};

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

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}
