//! Steps of a dialogue and forms of a relay test, as nouns.

use super::numbers::list;
use crate::evidence::Step;
use crate::smtp::RelayForm;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// What a step is about.
pub(in crate::wording) fn step(step: &Step) -> Sentence {
    match step {
        Step::Greeting => say!("the greeting"),
        Step::Ehlo => say!("`EHLO`"),
        Step::Helo => say!("`HELO`"),
        Step::StartTls => say!("`STARTTLS`"),
        Step::Smuggled => say!("a command smuggled behind `STARTTLS`"),
        Step::Help => say!("`HELP`"),
        Step::Vrfy { control: true, .. } => say!("`VRFY` of an invented mailbox"),
        Step::Vrfy { mailbox, .. } => Sentence::code(format!("VRFY {mailbox}")),
        Step::Expn { list } => Sentence::code(format!("EXPN {list}")),
        Step::MailFrom { form } => say!("`MAIL FROM` ({0})", relay_form(*form)),
        Step::RcptTo { form } => say!("`RCPT TO` ({0})", relay_form(*form)),
        Step::Rset => say!("`RSET`"),
        Step::Quit => say!("`QUIT`"),
    }
}

/// Which envelope a relay form tries.
pub(in crate::wording) fn relay_form(form: RelayForm) -> Sentence {
    match form {
        RelayForm::NullSender => say!("from the null sender"),
        RelayForm::ForeignSender => say!("from a foreign sender"),
        RelayForm::OwnSender => say!("from a sender at the domain itself"),
        RelayForm::AddressSender => say!("from a sender at the server's address"),
        RelayForm::Percent => say!("to a recipient with a percent sign"),
        RelayForm::SourceRoute => say!("to a recipient with a source route"),
    }
}

/// Several forms in one list.
pub(super) fn relay_forms(forms: &[RelayForm]) -> Sentence {
    list(forms.iter().map(|form| relay_form(*form)))
}
