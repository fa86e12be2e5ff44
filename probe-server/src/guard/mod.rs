//! Who may be dialed, who may ask, and how often.

mod address;
mod limits;
mod origin;

pub use address::{Guard, NotPublic, PublicAddr, is_public};
pub use limits::{Allowance, Denial, Limits, ScanPermit};
pub use origin::Origins;
