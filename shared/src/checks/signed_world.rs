//! A small DNS in which some zones are signed, and a resolver that validates: what the tests of DNSSEC and DANE stand on.

use crate::gather::Gather;
use std::collections::BTreeMap;

use super::{CHECKS, CheckId, Scene};
use crate::DomainName;
use crate::dns::{
    Answer, DnsView as _, Failure, Name, Question, RecordData, RecordType, Response, Wanting, Zone,
};
use crate::evidence::{DnsFact, Evidence, Fact, Observation, ProbeOutcome};
use crate::report::{Finding, ProfileName};
use crate::time::{Millis, Timestamp};

/// The world around `example.org`.
#[derive(Clone, Default)]
pub(super) struct World {
    zone: Zone,
    secure: Vec<Name>,
    signed_names: Vec<Name>,
    withheld: Vec<Name>,
    broken: Vec<Name>,
    aliases: BTreeMap<Name, Name>,
    /// Asked by another resolver before, one that does not validate.
    told: Vec<Question>,
}

/// The questions that a check asked.
#[derive(Debug, PartialEq)]
pub(super) struct Asked(Vec<Question>);

impl Asked {
    pub(super) fn of(questions: &[(&str, RecordType)]) -> Self {
        let question = |(owner, of): &(&str, RecordType)| Question::new(name(owner), *of);
        let mut questions: Vec<Question> = questions.iter().map(question).gather();
        questions.sort();
        Self(questions)
    }

    pub(super) fn has(&self, owner: &str, of: RecordType) -> bool {
        self.0.contains(&Question::new(name(owner), of))
    }
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            zone: Zone::new(),
            ..Self::default()
        }
    }

    pub(super) fn add(mut self, owner: &str, of: RecordType, data: RecordData) -> Self {
        self.zone.add(&name(owner), of, data);
        self
    }

    pub(super) fn mx(self, owner: &str, hosts: &[&str]) -> Self {
        hosts.iter().fold(self, |world, host| {
            let exchange = name(host);
            let data = RecordData::Mx {
                preference: 10,
                exchange,
            };
            world.add(owner, RecordType::Mx, data)
        })
    }

    pub(super) fn a(self, owner: &str, address: [u8; 4]) -> Self {
        self.add(owner, RecordType::A, RecordData::A(address.into()))
    }

    /// This answer and no other.
    pub(super) fn answering(mut self, owner: &str, of: RecordType, response: Response) -> Self {
        self.zone.insert(Question::new(name(owner), of), response);
        self
    }

    /// `owner` is an alias of `target`.
    pub(super) fn alias(mut self, owner: &str, target: &str) -> Self {
        self.aliases.insert(name(owner), name(target));
        self
    }

    /// A zone is signed, up to the root; "." is the root alone.
    pub(super) fn secure(mut self, zone: &str) -> Self {
        self.secure.push(name(zone));
        self
    }

    /// One name is signed, and nothing below it.
    pub(super) fn signed_name(mut self, owner: &str) -> Self {
        self.signed_names.push(name(owner));
        self
    }

    /// A zone's signatures are wrong.
    pub(super) fn withheld(mut self, zone: &str) -> Self {
        self.withheld.push(name(zone));
        self
    }

    /// A zone's servers do not answer.
    pub(super) fn broken(mut self, zone: &str) -> Self {
        self.broken.push(name(zone));
        self
    }

    /// The answer to a question came from a resolver that does not validate.
    pub(super) fn told_by_another(mut self, owner: &str, of: RecordType) -> Self {
        self.told.push(Question::new(name(owner), of));
        self
    }

    /// What a check finds when everything that it asks is answered.
    pub(super) fn finding(&self, id: CheckId) -> Finding {
        self.run(id).0
    }

    /// What a check asks for that, in order.
    pub(super) fn asked(&self, id: CheckId) -> Asked {
        self.run(id).1
    }

    fn run(&self, id: CheckId) -> (Finding, Asked) {
        let mut evidence = Evidence::new(DomainName::parse("example.org").unwrap());
        for question in &self.told {
            let answer = Answer::new(self.answer(question).response);
            tell(&mut evidence, question.clone(), "another", answer);
        }
        // Nobody looks at certificates here.
        let nobody = Fact::Probe(ProbeOutcome::NoServer);
        evidence.apply(Observation::new(Timestamp(1), nobody));
        let mut asked = Vec::new();
        let check = CHECKS.iter().find(|check| check.id() == id).unwrap();
        loop {
            let dns = Wanting::new(&evidence);
            let profile = ProfileName::Standards.profile();
            let finding = check.assess(&Scene::new(&evidence, &dns, profile));
            let wants = dns.into_wants();
            if wants.is_empty() {
                asked.sort();
                return (finding, Asked(asked));
            }
            for question in wants {
                asked.push(question.clone());
                let answer = self.answer(&question);
                tell(&mut evidence, question, "validating", answer);
            }
        }
    }

    fn answer(&self, question: &Question) -> Answer {
        let canonical = self.aliases.get(&question.name);
        let owners = [Some(&question.name), canonical];
        let mut owners = owners.into_iter().flatten();
        let within = |zones: &[Name], owner: &Name| {
            zones.iter().any(|zone| match zone.is_root() {
                true => owner.is_root(),
                // DS stands in the zone above.
                false if question.record_type == RecordType::Ds && owner == zone => false,
                false => owner.is_within(zone),
            })
        };
        let servfail = Answer::new(Response::Failed(Failure::ServFail));
        if owners.clone().any(|owner| within(&self.broken, owner)) {
            return servfail;
        }
        let withheld = owners.clone().any(|owner| within(&self.withheld, owner));
        if withheld && !question.unchecked {
            return servfail;
        }
        let at = Question {
            name: canonical.unwrap_or(&question.name).clone(),
            ..question.clone()
        };
        let validates = !self.secure.is_empty();
        let secure = owners.all(|owner| {
            within(&self.secure, owner)
                || self.signed_names.contains(owner)
                || owner.is_root() && validates
        });
        Answer {
            authenticated: secure && !question.unchecked,
            canonical: canonical.cloned(),
            ..self.zone.get(&at).unwrap().clone()
        }
    }
}

fn tell(evidence: &mut Evidence, question: Question, resolver: &str, answer: Answer) {
    let fact = DnsFact {
        question,
        answer,
        resolver: resolver.to_owned(),
        took: Millis(1),
    };
    evidence.apply(Observation::new(Timestamp(1), Fact::Dns(fact)));
}
