//! The TLSA records of one server together.

use super::Record;

/// What is to say about records that can be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Note {
    /// A certificate or key stands in DNS whole (RFC 7671 §10.1.2).
    Full,
    /// All hang on the certificate itself: the next renewal makes all of them wrong (RFC 7671 §5.1).
    RenewalBreaks,
    /// One key alone: when it changes there is a time in which nothing fits (RFC 7671 §8.1).
    Alone,
    /// SHA-256 beside SHA-512 for the same: senders may look at the stronger alone (RFC 7671 §9).
    Agility,
}

/// What is to say about `records`, of which those that nobody can use do not count.
#[must_use]
pub fn notes(records: &[Record]) -> Vec<Note> {
    let usable = || records.iter().filter(|record| record.unusable().is_none());
    let hangs_on_certificate = |record: &Record| (record.usage, record.selector) == (3, 0);
    // All pairs of usage and selector that can be used: few, so that the time stays linear.
    let both = |usage, selector| {
        let has = |matching| {
            usable().any(|record| {
                (record.usage, record.selector, record.matching) == (usage, selector, matching)
            })
        };
        has(1) && has(2)
    };
    // A trust anchor outlives the keys below it.
    let alone = usable().count() == 1 && usable().all(|record| record.usage == 3);
    let mut notes = Vec::new();
    let mut add = |applies, note| {
        if applies {
            notes.push(note);
        }
    };
    add(usable().any(|record| record.matching == 0), Note::Full);
    add(
        usable().next().is_some() && usable().all(hangs_on_certificate),
        Note::RenewalBreaks,
    );
    add(alone, Note::Alone);
    add(
        both(2, 0) || both(2, 1) || both(3, 0) || both(3, 1),
        Note::Agility,
    );
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dane::parse;

    fn of(records: &[&str]) -> Vec<Note> {
        let digest = |fields: &&str| {
            let octets = if fields.ends_with('2') { 64 } else { 32 };
            format!("{fields} {}", "ab".repeat(octets))
        };
        let full = |fields: &&str| format!("{fields} 30020500");
        let text = |fields: &&str| match fields.ends_with('0') {
            true => full(fields),
            false => digest(fields),
        };
        let record = |fields| parse(&text(fields)).record.unwrap();
        notes(&records.iter().map(record).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_said_of_a_set() {
        for (records, expected) in [
            (&[][..], &[][..]),
            (&["3 1 1"], &[Note::Alone]),
            (&["2 1 1"], &[]),
            (&["3 1 1", "3 1 1"], &[]),
            (&["3 1 1", "2 1 1"], &[]),
            (&["3 0 1"], &[Note::RenewalBreaks, Note::Alone]),
            (&["3 0 1", "3 0 1"], &[Note::RenewalBreaks]),
            (&["3 0 1", "3 1 1"], &[]),
            (&["3 1 1", "3 1 2"], &[Note::Agility]),
            (&["3 1 1", "3 0 2"], &[]),
            (&["3 1 0", "2 1 1"], &[Note::Full]),
            // What nobody can use does not count.
            (&["3 1 1", "1 1 2"], &[Note::Alone]),
            (&["1 0 1"], &[]),
        ] {
            assert_eq!(of(records), expected, "{records:?}");
        }
    }
}
