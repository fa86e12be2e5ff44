//! SMTP dialogues: [`Plan`]s of what to ask, the [`Dialogue`] machine apart from its socket, and the
//! pump that lends it one.

mod answers;
mod dialogue;
mod parting;
mod plan;
mod pump;
mod wire;

pub use dialogue::{Action, Dialogue, Input, Outcome};
pub(crate) use parting::Partings;
pub(crate) use plan::address_literal;
pub use plan::{Command, Encryption, Identity, Plan};
pub(crate) use pump::{connect_failure, converse};
