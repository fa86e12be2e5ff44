//! SMTP as it is read: replies, the EHLO list, the forms of a relay test, and whose software speaks it.

mod ehlo;
mod relay_form;
mod reply;
mod software;

pub use ehlo::Extensions;
pub use relay_form::RelayForm;
pub use reply::{
    EnhancedCode, MAX_LINE_CHARACTERS, MAX_REPLY_LINES, Reply, ReplyError, ReplyReader,
};
pub use software::Software;
