//! The domain's words for a `fail` (RFC 7208 §6.2).

use super::{Decision, Evaluation, Step};
use crate::dns::{RecordData, RecordType};
use crate::spf::MacroString;

impl Evaluation<'_> {
    /// Fetches and expands the explanation. Anything wrong with it means that there is none:
    /// "proceed as if no "exp" modifier was given".
    pub(super) fn explanation(&self, decision: &Decision) -> Step<Option<String>> {
        let Some((domain, spec)) = &decision.explanation else {
            return Ok(None);
        };
        let Ok(name) = self.target(domain, Some(spec))? else {
            return Ok(None);
        };
        let [RecordData::Txt(txt)] = self.ask(&name, RecordType::Txt)?.records() else {
            return Ok(None);
        };
        let Ok(text) = MacroString::parse_explanation(&txt.text()) else {
            return Ok(None);
        };
        let explanation =
            self.with_context(domain, &text, |context| context.expand_explanation(&text))?;
        // RFC 7208 §6.2: "the explanation string […] is limited to US-ASCII"; the sender may not be.
        Ok(Some(explanation).filter(|text| text.is_ascii()))
    }
}
