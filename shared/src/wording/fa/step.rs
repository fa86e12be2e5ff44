//! Steps of a dialogue and forms of a relay test, as nouns.

use super::numbers::list;
use crate::evidence::Step;
use crate::smtp::RelayForm;
use crate::wording::Sentence;
use crate::wording::sentence::say;

/// What a step is about.
pub(in crate::wording) fn step(step: &Step) -> Sentence {
    match step {
        Step::Greeting => say!("پیام خوشامد"),
        Step::Ehlo => say!("`EHLO`"),
        Step::Helo => say!("`HELO`"),
        Step::StartTls => say!("`STARTTLS`"),
        Step::Smuggled => say!("فرمانی که پشت `STARTTLS` جا زده شد"),
        Step::Help => say!("`HELP`"),
        Step::Vrfy { control: true, .. } => say!("`VRFY` برای صندوقی ساختگی"),
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
        RelayForm::NullSender => say!("از فرستنده‌ی تهی"),
        RelayForm::ForeignSender => say!("از فرستنده‌ای بیگانه"),
        RelayForm::OwnSender => say!("از فرستنده‌ای به نام خود دامنه"),
        RelayForm::AddressSender => say!("از فرستنده‌ای به نام آدرس سرور"),
        RelayForm::Percent => say!("به گیرنده‌ای با علامت درصد"),
        RelayForm::SourceRoute => say!("به گیرنده‌ای با مسیر نوشته‌شده"),
    }
}

/// Several forms in one list.
pub(super) fn relay_forms(forms: &[RelayForm]) -> Sentence {
    list(forms.iter().map(|form| relay_form(*form)))
}
