//! Who may be dialed, who may ask, and how often.

mod address;
mod limits;
mod opt_out;
mod origin;

pub use address::{Guard, NotPublic, PublicAddr, is_public};
pub use limits::{Allowance, Denial, Limits, ScanPermit};
pub use opt_out::{OptOutError, OptOuts};
pub use origin::Origins;
