//! A domain as a literal zone, scanned to the end.

use postern_shared::DomainName;
use postern_shared::dns::{
    Answer, DnsView, Failure, Name, Question, RecordData, RecordType, Response, TxtRecord, Zone,
};
use postern_shared::evidence::{
    DnsFact, Evidence, Fact, Observation, PolicyFact, PolicyFile, PolicyOutcome, ProbeOutcome,
};
use postern_shared::mx;
use postern_shared::report::{Mend, ProfileName, Report, assess};
use postern_shared::time::{Millis, Timestamp};

const ROUNDS: usize = 30;

/// An address that mail can be delivered to, which none of the addresses for documentation is.
const PUBLIC: [u8; 4] = [1, 1, 1, 1];

/// How mail comes to the domain.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mail {
    /// A mail exchange of its own, with an address.
    Exchange,
    /// Another's mail exchange.
    Hosted,
    /// A null MX.
    Null,
    /// No MX record.
    None,
    /// Nobody knows.
    Failed,
}

/// A domain and the TXT records of its world.
#[derive(Clone, Debug)]
pub(crate) struct World {
    domain: &'static str,
    mail: Mail,
    texts: Vec<(String, String)>,
    failing: Vec<&'static str>,
    policy: Option<String>,
    /// MX records that were published since, one a line.
    exchanges: Option<String>,
    /// Another's mail exchange.
    host: &'static str,
}

impl World {
    pub(crate) fn new(domain: &'static str, mail: Mail, texts: &[(&str, &str)]) -> Self {
        let texts = texts
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        Self {
            domain,
            mail,
            texts,
            failing: Vec::new(),
            policy: None,
            exchanges: None,
            host: "mx.host.example",
        }
    }

    /// The same, where nobody answers for the TXT records of `name`.
    pub(crate) fn failing(mut self, name: &'static str) -> Self {
        self.failing.push(name);
        self
    }

    /// The same with its mail at another host.
    pub(crate) fn at(mut self, host: &str) -> Self {
        self.host = Box::leak(host.into());
        self
    }

    /// The same with the record of a mend published as a person would, in the place of all of its kind, and its
    /// file served; nothing where there is none.
    pub(crate) fn following(&self, mend: &Mend) -> Option<Self> {
        let publish = mend.publish.as_ref()?;
        let mut world = self.clone();
        if let Some(file) = &mend.serve {
            assert_eq!(file.host, parse(self.domain).prefixed("mta-sts").unwrap());
            world.policy = Some(file.text.clone());
        }
        let name = publish.name.to_string();
        if publish.record_type == RecordType::Mx {
            assert_eq!(name, self.domain);
            world.exchanges = Some(publish.value.clone());
            return Some(world);
        }
        assert_eq!(publish.record_type, RecordType::Txt);
        let is_spf = |text: &str| text.to_ascii_lowercase().contains("spf");
        let same = |text: &str| is_spf(text) == is_spf(&publish.value);
        world
            .texts
            .retain(|(owner, text)| *owner != name || !same(text));
        world.texts.push((name, publish.value.clone()));
        Some(world)
    }

    pub(crate) fn takes_mail(&self) -> bool {
        self.exchanges.is_none() && matches!(self.mail, Mail::Exchange | Mail::Hosted)
    }

    pub(crate) fn report(&self, profile: ProfileName) -> Report {
        let zone = self.zone();
        let mut evidence = Evidence::new(DomainName::parse(self.domain).unwrap());
        let fact = Fact::Probe(ProbeOutcome::NoServer);
        evidence.apply(Observation::new(Timestamp(1), fact));
        if let Some(body) = self.policy.clone() {
            let media_type = Some("text/plain".to_owned());
            let fact = Fact::Policy(PolicyFact {
                domain: parse(self.domain),
                address: None,
                outcome: PolicyOutcome::Fetched(PolicyFile { media_type, body }),
                took: Millis(1),
            });
            evidence.apply(Observation::new(Timestamp(1), fact));
        }
        for _ in 0..ROUNDS {
            let wants = assess(&evidence, profile.profile()).wants;
            if wants.is_empty() {
                break;
            }
            for question in wants {
                let answer = self.answer(&zone, &question);
                let fact = DnsFact {
                    question,
                    answer,
                    resolver: "zone".to_owned(),
                    took: Millis(1),
                };
                evidence.apply(Observation::new(Timestamp(1), Fact::Dns(fact)));
            }
        }
        assess(&evidence, profile.profile())
    }

    fn answer(&self, zone: &Zone, question: &Question) -> Answer {
        let fails = self.failing.iter().any(|name| question.name == parse(name))
            && question.record_type == RecordType::Txt;
        let unknown_mail = self.mail == Mail::Failed && question.record_type == RecordType::Mx;
        if fails || unknown_mail {
            return Answer::new(Response::Failed(Failure::ServFail));
        }
        zone.get(question).unwrap().clone()
    }

    fn zone(&self) -> Zone {
        let mut zone = Zone::new();
        for (name, text) in &self.texts {
            let text = TxtRecord::single(text);
            zone.add(&parse(name), RecordType::Txt, RecordData::Txt(text));
        }
        let domain = parse(self.domain);
        if let Some(lines) = &self.exchanges {
            for record in mx::parse(lines).records {
                zone.add(&domain, RecordType::Mx, record.data());
            }
            return zone;
        }
        let exchange = match self.mail {
            Mail::Exchange => domain.prefixed("mx").unwrap(),
            Mail::Hosted => parse(self.host),
            Mail::Null => Name::root(),
            Mail::None | Mail::Failed => {
                let address = RecordData::A(PUBLIC.into());
                zone.add(&domain, RecordType::A, address);
                return zone;
            }
        };
        let address = RecordData::A(PUBLIC.into());
        let host = if exchange.is_root() {
            &domain
        } else {
            &exchange
        };
        zone.add(host, RecordType::A, address);
        let preference = 10;
        let mx = RecordData::Mx {
            preference,
            exchange,
        };
        zone.add(&domain, RecordType::Mx, mx);
        zone
    }
}

fn parse(name: &str) -> Name {
    Name::parse(name).unwrap()
}
