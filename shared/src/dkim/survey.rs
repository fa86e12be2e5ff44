//! Which keys a domain has, as far as names can be guessed: DNS does not list them.
//!
//! Names that were given are asked first, and with them two questions that spare the others: whether anything
//! stands below `_domainkey` at all (RFC 8020 §2), and what a name says that nobody has. Then come the selectors
//! of the domain's providers, then the usual ones.

use super::parse::{Parsed, Published, parse};
use super::{Selector, header};
use crate::dns::{Answer, Failure, Name, Question, RecordData, RecordType, Response, Wanting};
use crate::evidence::{SelectorFact, SelectorSource};
use crate::gather::Gather;
use crate::provider::Provider;

/// Selectors that are asked for: with `_domainkey` and the control they make forty questions.
const MAX_SELECTORS: usize = 38;

/// The usual selectors, in the order in which they are asked for.
pub const COMMON: &str = "google selector1 selector2 k2 k3 mandrill zendesk1 fm1 protonmail sig1 mailjet \
    brevo1 kl cm resend zmail s1024 s2048 s1 s2 k1 key1 x default mail dkim pm amazonses zoho mailgun mx smtp \
    email dkim1 dkim2";

/// What was found under the names that were asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Survey {
    /// Every question in the order asked: `_domainkey` itself and the control first.
    pub questions: Vec<Question>,
    /// Whether nothing at all stands below `_domainkey`.
    pub is_empty: bool,
    /// Whether every name below `_domainkey` has the same answer, and then whether it revokes every key.
    pub wildcard: Option<bool>,
    /// Selectors with something to say, and all that were given, in the order asked.
    pub asked: Vec<Asked>,
    /// How many selectors were answered.
    pub answered: u32,
    /// A look-up that failed, if any did.
    pub failed: Option<(Question, Failure)>,
}

/// One selector.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Asked {
    /// The selector.
    pub selector: Selector,
    /// Where its key stands, or should.
    pub name: Name,
    /// The domain that signs with it.
    pub domain: Name,
    /// Who named it; `None` for a guess.
    pub given: Option<SelectorSource>,
    /// The end of the chain of aliases, where the name is one.
    pub canonical: Option<Name>,
    /// Who manages the key, where that shows.
    pub provider: Option<&'static Provider>,
    /// What stands there.
    pub found: Found,
}

impl Asked {
    /// The record that stands there; of several the first.
    #[must_use]
    pub fn published(&self) -> Option<&Published> {
        match &self.found {
            Found::Record(published) | Found::Several(published, _) => Some(published),
            Found::Nothing | Found::Failed(_) => None,
        }
    }
}

/// What stands under a selector.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Found {
    /// A key record.
    Record(Box<Published>),
    /// More than one, of which verifiers may take any (RFC 6376 §3.6.2.2); the first, and how many.
    Several(Box<Published>, u32),
    /// No key record: no such name, no text, or another text.
    Nothing,
    /// Nobody knows.
    Failed(Failure),
}

/// Asks for the keys of `domain`: `given` are the selectors that people or messages named, and `hints` gives the
/// names of its mail exchanges and of what its SPF record includes, once they are known. Nothing while answers
/// are wanted.
#[must_use]
pub fn survey(
    dns: &Wanting<'_>,
    domain: &Name,
    given: &[&SelectorFact],
    hints: impl FnOnce() -> Option<Vec<Name>>,
) -> Option<Survey> {
    let mut survey = Survey {
        questions: Vec::new(),
        is_empty: false,
        wildcard: None,
        asked: Vec::new(),
        answered: 0,
        failed: None,
    };
    // A name too long to have keys has none.
    let Ok(below) = domain.prefixed("_domainkey") else {
        survey.is_empty = true;
        return Some(survey);
    };
    let control_name = below.prefixed(&control(domain)).ok();
    let given: Vec<Candidate> = given
        .iter()
        .filter_map(|fact| Candidate::given(fact, domain))
        .take(MAX_SELECTORS)
        .gather();
    // All are wanted at once, so none of the three may wait for another.
    let whole = survey.ask(dns, &below);
    let control = control_name.map_or(Some(None), |name| survey.ask(dns, &name).map(Some));
    let answers: Vec<_> = given
        .iter()
        .map(|candidate| survey.ask(dns, &candidate.name))
        .gather();
    let (whole, control) = (whole?, control?);
    let answers: Vec<&Answer> = answers.into_iter().collect::<Option<_>>()?;
    if let (Response::Failed(failure), Some(Response::Failed(_))) =
        (&whole.response, control.map(|control| &control.response))
        && given.is_empty()
    {
        // Who cannot answer these will not answer forty.
        survey.failed = Some((Question::new(below, RecordType::Txt), *failure));
        return Some(survey);
    }
    let wildcard = control.filter(|control| !control.response.records().is_empty());
    survey.wildcard = wildcard.map(|wildcard| revokes(&wildcard.response));
    for (candidate, answer) in given.iter().zip(&answers) {
        survey.take(candidate, answer, &[]);
    }
    let exists = |answer: &&Answer| !answer.response.records().is_empty();
    // Some name servers say so of a name that has names below it, against RFC 8020: who answers gives them the lie.
    if whole.response == Response::NxDomain && wildcard.is_none() && !answers.iter().any(exists) {
        survey.is_empty = true;
        return Some(survey);
    }
    let providers = providers(&hints()?);
    let guesses = guesses(domain, &given, &providers);
    let answers: Vec<_> = guesses
        .iter()
        .map(|guess| survey.ask(dns, &guess.name))
        .gather();
    let answers: Vec<&Answer> = answers.into_iter().collect::<Option<_>>()?;
    for (guess, answer) in guesses.iter().zip(answers) {
        let same = wildcard.is_some_and(|wildcard| wildcard.response == answer.response);
        if !same {
            survey.take(guess, answer, &providers);
        }
    }
    Some(survey)
}

impl Survey {
    fn ask<'a>(&mut self, dns: &Wanting<'a>, name: &Name) -> Option<&'a Answer> {
        self.questions
            .push(Question::new(name.clone(), RecordType::Txt));
        dns.ask(name, RecordType::Txt)
    }

    fn take(&mut self, candidate: &Candidate, answer: &Answer, providers: &[&'static Provider]) {
        let found = read(&answer.response);
        match &found {
            Found::Failed(failure) => {
                let question = Question::new(candidate.name.clone(), RecordType::Txt);
                self.failed.get_or_insert((question, *failure));
            }
            _ => self.answered += 1,
        }
        // An alias that leads nowhere is something to say, too.
        if candidate.given.is_none() && found == Found::Nothing && answer.canonical.is_none() {
            return;
        }
        self.asked.push(Asked {
            selector: candidate.selector.clone(),
            name: candidate.name.clone(),
            domain: candidate.domain.clone(),
            given: candidate.given,
            provider: manager(candidate, answer, providers),
            canonical: answer.canonical.clone(),
            found,
        });
    }
}

/// Who manages a key: whoever its alias leads to, or else the provider of the domain that gives out such selectors.
/// The selector by itself says nothing: anybody may call a key `s1`.
fn manager(
    candidate: &Candidate,
    answer: &Answer,
    providers: &[&'static Provider],
) -> Option<&'static Provider> {
    match &answer.canonical {
        Some(canonical) => Provider::of(canonical),
        None => providers
            .iter()
            .find(|provider| {
                provider
                    .selectors()
                    .any(|selector| selector == candidate.selector.as_str())
            })
            .copied(),
    }
}

/// A name to ask for.
struct Candidate {
    selector: Selector,
    name: Name,
    domain: Name,
    given: Option<SelectorSource>,
}

impl Candidate {
    /// One that was given, unless it is about strangers, or too long.
    fn given(fact: &SelectorFact, domain: &Name) -> Option<Self> {
        let name = fact.selector.key_name(&fact.domain)?;
        header::is_kin(&fact.domain, domain).then(|| Self {
            selector: fact.selector.clone(),
            name,
            domain: fact.domain.clone(),
            given: Some(fact.source),
        })
    }
}

/// The selectors of the providers, then the usual ones, as many as may be asked for.
fn guesses(domain: &Name, given: &[Candidate], providers: &[&'static Provider]) -> Vec<Candidate> {
    let mut guesses: Vec<Candidate> = Vec::new();
    let hinted = providers.iter().flat_map(|provider| provider.selectors());
    for text in hinted.chain(COMMON.split(' ')) {
        if given.len() + guesses.len() >= MAX_SELECTORS {
            break;
        }
        let Ok(selector) = Selector::parse(text) else {
            continue;
        };
        let Some(name) = selector.key_name(domain) else {
            continue;
        };
        if !given.iter().chain(&guesses).any(|known| known.name == name) {
            guesses.push(Candidate {
                selector,
                name,
                domain: domain.clone(),
                given: None,
            });
        }
    }
    guesses
}

/// The providers whose names these are, each once.
fn providers(names: &[Name]) -> Vec<&'static Provider> {
    let mut providers: Vec<&'static Provider> = Vec::new();
    for provider in names.iter().filter_map(Provider::of) {
        if !providers.contains(&provider) {
            providers.push(provider);
        }
    }
    providers
}

/// What the TXT records of a name hold.
fn read(response: &Response) -> Found {
    if let Response::Failed(failure) = response {
        return Found::Failed(*failure);
    }
    let mut records = records(response);
    let Some(first) = records.next() else {
        return Found::Nothing;
    };
    match records.count() {
        0 => Found::Record(first),
        more => Found::Several(first, u32::try_from(more + 1).unwrap_or(u32::MAX)),
    }
}

/// The key records among the TXT records.
fn records(response: &Response) -> impl Iterator<Item = Box<Published>> {
    response.records().iter().filter_map(|data| match data {
        RecordData::Txt(txt) => match parse(&txt.text()) {
            Parsed::Record(published) => Some(published),
            Parsed::NotDkim => None,
        },
        _ => None,
    })
}

/// Whether a wildcard says of every key that it is revoked: good practice where nothing is signed.
fn revokes(response: &Response) -> bool {
    records(response).any(|published| published.record.key == Err(super::NoKey::Revoked))
}

/// The selector of the control, in its fixed shape `p` and sixteen hexadecimal digits.
///
/// It must be a name that nobody has. The core has no chance to draw lots with: the digits are a hash of the domain
/// (FNV-1a), which nobody publishes a key under but to fool their own report.
fn control(domain: &Name) -> String {
    let hash = domain
        .as_str()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, octet| {
            (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("p{hash:016x}")
}

#[cfg(test)]
mod tests;
