//! What can stand in the middle of the page.

mod history;
mod home;
mod report;
mod settings;
mod try_change;

pub use history::History;
pub use home::Home;
pub use report::Report;
pub use settings::Settings;
pub use try_change::TryChange;
