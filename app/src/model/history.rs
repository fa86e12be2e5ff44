//! The list of scans made in this browser.

use postern_shared::DomainName;
use postern_shared::gather::Gather;
use postern_shared::report::ProfileName;
use postern_shared::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Scans that are kept; past it the oldest goes.
pub const MAX_ENTRIES: usize = 200;

/// One line of the list. The evidence is kept beside it, under the same id.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Entry {
    /// Sorts as the scans were made.
    pub id: String,
    /// The domain.
    pub domain: DomainName,
    /// When the scan was started.
    pub at: Timestamp,
    /// The letter as it was written, under `profile`; `None` when nothing could be looked at.
    pub grade: Option<String>,
    /// Tenths of a percent, under `profile`.
    pub score: u32,
    /// The profile's name as [`ProfileName::as_str`] spells it.
    pub profile: String,
}

impl Entry {
    /// The profile that the letter was given under; the default for one that is not known any more.
    #[must_use]
    pub fn profile(&self) -> ProfileName {
        self.profile.parse().unwrap_or_default()
    }
}

/// The id of a scan of `domain` started at `at`: thirteen digits last until the year 2286.
#[must_use]
pub fn id(at: Timestamp, domain: &DomainName) -> String {
    format!("{:013}-{domain}", at.0)
}

/// When the scan with this id was started.
#[must_use]
pub fn made_at(id: &str) -> Option<Timestamp> {
    id.split_once('-')?.0.parse().ok().map(Timestamp)
}

/// Puts `entry` into a list that has the newest first, in the place of one with the same id.
/// Gives back the ids of those that are too many now.
pub fn insert(entries: &mut Vec<Entry>, entry: Entry) -> Vec<String> {
    entries.retain(|known| known.id != entry.id);
    let place = entries.partition_point(|known| known.id > entry.id);
    entries.insert(place, entry);
    let kept = entries.len().min(MAX_ENTRIES);
    entries
        .split_off(kept)
        .into_iter()
        .map(|old| old.id)
        .gather()
}

#[cfg(test)]
mod tests {
    use postern_shared::json;

    use super::*;

    fn entry(at: u64) -> Entry {
        let domain = DomainName::parse("example.org").unwrap();
        Entry {
            id: id(Timestamp(at), &domain),
            domain,
            at: Timestamp(at),
            grade: Some("C+".to_owned()),
            score: 775,
            profile: "standards".to_owned(),
        }
    }

    #[test]
    fn the_newest_is_first_and_the_oldest_goes() {
        let mut entries = Vec::new();
        for at in [5, 900, 30, 5] {
            assert!(insert(&mut entries, entry(at)).is_empty());
        }
        assert_eq!(
            entries.iter().map(|e| e.at.0).collect::<Vec<_>>(),
            [900, 30, 5]
        );
        for at in 1000..1000 + MAX_ENTRIES as u64 - 3 {
            assert!(insert(&mut entries, entry(at)).is_empty());
        }
        assert_eq!(insert(&mut entries, entry(9000)), [entry(5).id]);
        assert_eq!(entries.len(), MAX_ENTRIES);
    }

    #[test]
    fn an_id_says_when() {
        assert_eq!(
            made_at(&entry(1_774_000_000_000).id),
            Some(Timestamp(1_774_000_000_000))
        );
        assert_eq!(made_at("example-1"), None);
    }

    #[test]
    fn an_entry_survives_being_written() {
        let text = serde_json::to_string(&entry(1_774_000_000_000)).unwrap();
        assert_eq!(json::read::<Entry>(&text), Ok(entry(1_774_000_000_000)));
        assert!(json::read::<Entry>(&text.replace("example.org", "localhost")).is_err());
    }
}
