//! Who may be dialed, who may ask, and how often.

mod address;
mod bucket;
mod limits;
mod opt_out;
mod origin;

pub use address::{Guard, NotPublic, PublicAddr, is_public};
pub use limits::{Allowance, Denial, Limits, ScanPermit, SocketPermit};
pub use opt_out::{OptOutError, OptOuts};
pub use origin::Origins;
