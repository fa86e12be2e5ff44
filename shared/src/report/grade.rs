//! Score, caps and letter, in integers, so that every machine agrees.

use core::fmt;

use serde::{Serialize, Serializer};

use super::Finding;

/// The letters, the worst first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Grade {
    /// Below 60.
    F,
    /// From 60.
    DMinus,
    /// From 63.
    D,
    /// From 67.
    DPlus,
    /// From 70.
    CMinus,
    /// From 73.
    C,
    /// From 77.
    CPlus,
    /// From 80.
    BMinus,
    /// From 83.
    B,
    /// From 87.
    BPlus,
    /// From 90.
    AMinus,
    /// From 93.
    A,
    /// From 97.
    APlus,
}

/// The letters with the score each begins at, the best first.
const BANDS: [(u32, Grade, &str); 13] = [
    (97, Grade::APlus, "A+"),
    (93, Grade::A, "A"),
    (90, Grade::AMinus, "A-"),
    (87, Grade::BPlus, "B+"),
    (83, Grade::B, "B"),
    (80, Grade::BMinus, "B-"),
    (77, Grade::CPlus, "C+"),
    (73, Grade::C, "C"),
    (70, Grade::CMinus, "C-"),
    (67, Grade::DPlus, "D+"),
    (63, Grade::D, "D"),
    (60, Grade::DMinus, "D-"),
    (0, Grade::F, "F"),
];

impl Grade {
    /// The letter as it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        BANDS
            .iter()
            .find(|(_, grade, _)| *grade == self)
            .map_or("F", |(_, _, letter)| letter)
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Grade {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What was earned of what was possible, in quarters of a point.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Score {
    /// Quarters earned.
    pub earned: u32,
    /// Quarters possible: of checks that were looked at and apply.
    pub possible: u32,
}

impl Score {
    /// What the findings earned of what was possible.
    #[must_use]
    pub(super) fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        findings.into_iter().fold(Self::default(), Self::with)
    }

    /// The score with one finding more.
    #[must_use]
    pub(super) fn with(self, finding: &Finding) -> Self {
        match finding.status.quarters() {
            Some(quarters) => Self {
                earned: self.earned + quarters * finding.weight,
                possible: self.possible + 4 * finding.weight,
            },
            None => self,
        }
    }

    /// How many points of a hundred lie between this score and a better one, rounded.
    #[must_use]
    pub(super) fn points_to(self, better: Self) -> u32 {
        let (ours, theirs) = (u64::from(self.possible), u64::from(better.possible));
        let gained =
            (u64::from(better.earned) * ours).saturating_sub(u64::from(self.earned) * theirs);
        let whole = ours * theirs;
        let points = (100 * gained + whole / 2).checked_div(whole).unwrap_or(0);
        u32::try_from(points).unwrap_or(u32::MAX)
    }

    /// Tenths of a percent, rounded down; 0 when nothing was possible.
    #[must_use]
    pub fn tenths(self) -> u32 {
        (self.earned * 1000).checked_div(self.possible).unwrap_or(0)
    }

    /// The letter before caps; `None` when nothing was possible.
    #[must_use]
    pub fn grade(self) -> Option<Grade> {
        if self.possible == 0 {
            return None;
        }
        // Cross-multiplied: no rounding can move a score over a band's edge.
        BANDS
            .iter()
            .find(|(from, _, _)| 100 * self.earned >= from * self.possible)
            .map(|(_, grade, _)| *grade)
    }
}

/// `77.5`: one decimal, as a number; nothing where nothing was possible, as there is no letter then either.
impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.possible == 0 {
            return serializer.serialize_none();
        }
        serializer.serialize_f64(f64::from(self.tenths()) / 10.0)
    }
}

/// A bound on the letter, and why.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Cap {
    /// The best letter that is left.
    pub grade: Grade,
    /// Why.
    pub cause: CapCause,
    /// Whether the score alone would have given a better letter.
    pub bit: bool,
}

/// Why a letter is bounded.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CapCause {
    /// An open relay, proven by a plain form.
    OpenRelay,
    /// Listed by a blocklist that decides.
    Listed,
    /// An MTA-STS policy keeps senders from delivering.
    MtaStsRefuses,
    /// No mail server offers TLS.
    NoStartTls,
    /// Commands sent in clear count inside TLS.
    Injection,
    /// TLSA records keep senders from delivering.
    DaneRefuses,
    /// A mail server takes no TLS newer than 1.1.
    OldTls,
    /// Neither SPF nor DMARC.
    NeitherSpfNorDmarc,
    /// No DMARC policy.
    NoDmarc,
    /// No SPF record.
    NoSpf,
    /// The SPF record is broken.
    SpfBroken,
    /// Less than 90 % could be looked at.
    Coverage,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_possible_is_no_score_of_zero() {
        let json = |earned, possible| serde_json::to_value(Score { earned, possible }).unwrap();
        assert_eq!(json(0, 0), serde_json::Value::Null);
        assert_eq!(json(0, 100), 0.0);
        assert_eq!(json(31, 40), 77.5);
    }

    #[test]
    fn bands_begin_where_they_say() {
        let grade = |earned| {
            Score {
                earned,
                possible: 1000,
            }
            .grade()
            .unwrap()
            .as_str()
        };
        assert_eq!(
            [970, 969, 930, 900, 870, 830, 800].map(grade),
            ["A+", "A", "A", "A-", "B+", "B", "B-"]
        );
        assert_eq!(
            [770, 730, 700, 670, 630, 600, 599].map(grade),
            ["C+", "C", "C-", "D+", "D", "D-", "F"]
        );
        assert_eq!(Score::default().grade(), None);
    }

    #[test]
    fn a_third_is_not_rounded_up() {
        // 48 of 90 points.
        let score = Score {
            earned: 192,
            possible: 360,
        };
        assert_eq!((score.tenths(), score.grade()), (533, Some(Grade::F)));
    }
}
