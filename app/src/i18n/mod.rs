//! The words of the page's own frame, and its dates and numbers. What concerns mail is in
//! [`postern_shared::wording`].
//!
//! A text is a field of [`Texts`], and each language a constant of that type: what is missing does not compile.

mod en;
mod exhibits;
mod fa;
mod format;

use postern_shared::gather::Gather;
use postern_shared::wording::Sentence;

use crate::model::settings::BadUrl;

pub use crate::lazy::texts;
pub use en::TEXTS as ENGLISH;
pub use exhibits::exhibit_texts;
pub use fa::TEXTS as PERSIAN;
pub use format::{clock, day, moment, percent_tenths};

/// The texts of one language.
pub struct Texts {
    /// The empty page's title.
    pub title: &'static str,
    /// What Postern does.
    pub lead: &'static str,
    /// What stands over the search field.
    pub search_label: &'static str,
    /// The button that begins a scan.
    pub scan: &'static str,
    /// The button that begins it anew.
    pub scan_again: &'static str,
    /// The button that stops it.
    pub stop: &'static str,
    /// The link past the header.
    pub skip: &'static str,
    /// The name of the header's links.
    pub navigation: &'static str,
    /// The link to the list of scans.
    pub history: &'static str,
    /// The link to the settings.
    pub settings: &'static str,
    /// The button that goes from light to dark and back.
    pub switch_theme: &'static str,
    /// What each of the groups looks at, in the order of the page.
    pub group_leads: [&'static str; 3],
    /// Who learns the domain: these resolvers, each standing in for the one before, and the probe server.
    pub privacy: fn(resolvers: &[&str], probe: Prober<'_>) -> Sentence,
    /// Over the latest scans.
    pub recent: &'static str,
    /// No scan was made yet.
    pub no_history: &'static str,
    /// The browser does not keep the list.
    pub history_not_kept: &'static str,
    /// Opens a scan of the list, for those who cannot see its row.
    pub open: &'static str,
    /// Deletes it.
    pub delete: &'static str,
    /// The whole list.
    pub all_scans: &'static str,
    /// Before the letter, where it is spoken.
    pub grade: &'static str,
    /// The name of the score.
    pub score: &'static str,
    /// Rows that have settled, of so many.
    pub of: fn(total: usize) -> String,
    /// The name of the time of the newest observation.
    pub updated: &'static str,
    /// The name of the choice of a profile.
    pub profile: &'static str,
    /// Over the three mends.
    pub mend_first: &'static str,
    /// There is nothing to mend.
    pub nothing_to_mend: &'static str,
    /// There is nothing to mend in what could be looked at, which was not all.
    pub nothing_seen_to_mend: &'static str,
    /// A place where a mend may still come.
    pub mend_awaited: &'static str,
    /// Copies a line.
    pub copy: &'static str,
    /// It was copied.
    pub copied: &'static str,
    /// It could not be copied, but it is selected.
    pub selected: &'static str,
    /// DNS answers, of so many questions.
    pub dns_progress: fn(answered: u32, asked: u32) -> String,
    /// For how many seconds the same thing is being waited for.
    pub seconds: fn(u64) -> String,
    /// A scan has begun, in words for those who listen.
    pub scanning: fn(settled: usize, total: usize) -> String,
    /// The scan was stopped before its end.
    pub stopped: &'static str,
    /// So many mail hosts.
    pub hosts: fn(usize) -> String,
    /// Over each host's own finding.
    pub by_host: &'static str,
    /// Over what can be done to mail on its way to each mail server.
    pub in_between: &'static str,
    /// Over the lines.
    pub proof: &'static str,
    /// Over the mend.
    pub mend: &'static str,
    /// Over the links to the standards.
    pub standards: &'static str,
    /// Shows this many more proofs.
    pub more_proofs: fn(usize) -> String,
    /// Which record to publish under which name.
    pub record_at: fn(kind: &str, name: &str) -> Sentence,
    /// Where to serve a file.
    pub file_at: fn(url: &str) -> Sentence,
    /// No probe server is set.
    pub no_probe: &'static str,
    /// The probe server does not answer.
    pub probe_unreachable: &'static str,
    /// The socket broke.
    pub probe_cut: &'static str,
    /// The probe server's network keeps it from port 25.
    pub probe_blocked: &'static str,
    /// No resolver answers this browser.
    pub resolvers_fail: &'static str,
    /// The link to the settings in a notice.
    pub to_settings: &'static str,
    /// The choice of a resolver.
    pub resolver: &'static str,
    /// What choosing a resolver means.
    pub resolver_hint: &'static str,
    /// The probe server's own resolver.
    pub resolver_probe: &'static str,
    /// Another one, by its address.
    pub another: &'static str,
    /// The field for a resolver's address.
    pub resolver_url: &'static str,
    /// The choice of a probe server.
    pub probe: &'static str,
    /// What a probe server is for.
    pub probe_hint: &'static str,
    /// The one of this site.
    pub probe_same: &'static str,
    /// None.
    pub probe_none: &'static str,
    /// What having none means.
    pub probe_none_hint: &'static str,
    /// The field for a probe server's address.
    pub probe_url: &'static str,
    /// Which rule for addresses of servers was broken.
    pub bad_url: fn(BadUrl) -> &'static str,
    /// Language and theme.
    pub language: &'static str,
    /// The choice of a theme.
    pub theme: &'static str,
    /// As the system has it.
    pub theme_system: &'static str,
    /// Light.
    pub theme_light: &'static str,
    /// Dark.
    pub theme_dark: &'static str,
    /// Settings are kept at once.
    pub settings_hint: &'static str,
    /// The view in which a change is tried.
    pub try_change: &'static str,
    /// What trying means, and who learns of it.
    pub try_lead: &'static str,
    /// Puts a mend's record into the editor.
    pub try_this: &'static str,
    /// The link back.
    pub to_report: &'static str,
    /// The choice of a record to edit.
    pub record: &'static str,
    /// The choice of the policy that an MTA-STS record leads to.
    pub mta_sts_policy: &'static str,
    /// Over the text: a record of this type at this name.
    pub record_of: fn(kind: &str, name: &str) -> Sentence,
    /// In the place of a text that is not there.
    pub no_record: &'static str,
    /// So many remarks that are not shown.
    pub more_remarks: fn(usize) -> String,
    /// Takes the change back.
    pub undo: &'static str,
    /// Over what the change comes to.
    pub outcome: &'static str,
    /// Before the change.
    pub as_is: &'static str,
    /// With it.
    pub changed: &'static str,
    /// DNS is being asked.
    pub asking: &'static str,
    /// Nothing was changed yet.
    pub try_unchanged: &'static str,
    /// The change changes no row.
    pub try_nothing: &'static str,
    /// A text that nobody can publish is not weighed.
    pub try_left_out: &'static str,
    /// What stands between two clauses.
    pub comma: &'static str,
    /// Over the table of who could send.
    pub spoof_title: &'static str,
    /// Over the SPF tree.
    pub tree_title: &'static str,
    /// So many terms that are not shown.
    pub tree_more: fn(usize) -> String,
    /// Over the question about a sender.
    pub sender_title: &'static str,
    /// The field for an IP address.
    pub ip: &'static str,
    /// The field for a sender.
    pub sender: &'static str,
    /// The field for a name in HELO.
    pub helo: &'static str,
    /// The button that asks.
    pub judge: &'static str,
    /// The IP address cannot be read.
    pub bad_ip: &'static str,
    /// The sender cannot be read.
    pub bad_sender: &'static str,
    /// The name cannot be read.
    pub bad_helo: &'static str,
    /// The field for a selector or a header.
    pub selector: &'static str,
    /// The button beside it.
    pub look_for_key: &'static str,
    /// The field for a file.
    pub message_file: &'static str,
    /// What happens with what is typed there.
    pub selector_hint: &'static str,
    /// The promise at the foot of the page.
    pub promise: &'static str,
    /// Under which license it is.
    pub license: &'static str,
}

/// Who does what a browser cannot, as the privacy line names it.
#[derive(Clone, Copy)]
pub enum Prober<'a> {
    /// The server that serves this page.
    ThisSite,
    /// Another, at this host.
    Other(&'a str),
    /// Nobody.
    Nobody,
}

/// A sentence with its placeholders filled; see [`Sentence::fill`].
fn say(template: &str, arguments: &[&str]) -> Sentence {
    let arguments: Vec<Sentence> = arguments.iter().map(Sentence::code).gather();
    Sentence::fill(template, &arguments)
}
