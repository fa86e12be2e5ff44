//! Who may be dialed, who may ask, and how often.

mod address;
mod bucket;
mod limits;
mod names;
mod network;
mod opt_out;
mod origin;
mod tally;

pub use address::{Guard, NotPublic, PublicAddr};
pub(crate) use bucket::server_of;
pub use limits::{Allowance, Denial, Limits, QUESTIONS_PER_CLIENT, ScanPermit};
pub use names::is_public_name;
pub use opt_out::{OptOutError, OptOuts};
pub use origin::Origins;
pub use postern_shared::address::is_public;
pub use tally::{Place, Tally};
