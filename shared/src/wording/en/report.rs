//! Statuses, profiles, caps, and what the report says about itself.

use super::numbers::{count, duration, number};
use crate::report::{Cap, CapCause, Effort, ProfileName, Report, Status};
use crate::wording::group::{anything_applies, is_left_alone};
use crate::wording::sentence::say;
use crate::wording::{ProfileText, Sentence};

/// The word of a status.
pub(in crate::wording) const fn status(status: Status) -> &'static str {
    match status {
        Status::Pass => "Good",
        Status::Warn => "Could be better",
        Status::Fail => "Needs mending",
        Status::Unknown => "Could not look",
        Status::Na => "Does not apply",
    }
}

/// The word of a row that is still awaited.
pub(in crate::wording) const fn pending() -> &'static str {
    "Waiting"
}

/// The words of a profile.
pub(in crate::wording) const fn profile(name: ProfileName) -> ProfileText {
    match name {
        ProfileName::Standards => ProfileText {
            name: "Standards",
            description: "What the RFCs and current guidance say.",
        },
        ProfileName::Classic => ProfileText {
            name: "Classic",
            description: "The ten rows as the older, stricter reports read them: what is met in part counts as not met.",
        },
    }
}

/// Why the letter is bounded.
pub(in crate::wording) fn cap(cap: &Cap) -> Sentence {
    let grade = Sentence::code(cap.grade);
    match cap.cause {
        CapCause::OpenRelay => say!(
            "A server that relays for strangers gets no better than {0}.",
            grade
        ),
        CapCause::Listed => say!(
            "A server on a blocklist that many follow gets no better than {0}.",
            grade
        ),
        CapCause::MtaStsRefuses => say!(
            "While the MTA-STS policy keeps mail out, {0} is the best grade possible.",
            grade
        ),
        CapCause::NoStartTls => say!(
            "While no mail server offers encryption, {0} is the best grade possible.",
            grade
        ),
        CapCause::Injection => say!(
            "While commands can be slipped into encrypted connections, {0} is the best grade possible.",
            grade
        ),
        CapCause::DaneRefuses => say!(
            "While TLSA records keep mail out, {0} is the best grade possible.",
            grade
        ),
        CapCause::OldTls => say!(
            "While a mail server takes no TLS newer than `1.1`, {0} is the best grade possible.",
            grade
        ),
        CapCause::NeitherSpfNorDmarc => say!(
            "Without SPF and without DMARC, {0} is the best grade possible.",
            grade
        ),
        CapCause::NoDmarc => say!(
            "Without a DMARC policy, {0} is the best grade possible.",
            grade
        ),
        CapCause::NoSpf => say!(
            "Without an SPF record, {0} is the best grade possible.",
            grade
        ),
        CapCause::SpfBroken => say!(
            "With a broken SPF record, {0} is the best grade possible.",
            grade
        ),
        CapCause::Coverage => say!(
            "Less than 90 % could be tested, so {0} is the best grade possible.",
            grade
        ),
    }
}

/// How much could be tested.
pub(in crate::wording) fn coverage(report: &Report) -> Sentence {
    match report.coverage {
        100.. if is_left_alone(report) => {
            say!("Everything that DNS can tell was tested; no mail server was asked.")
        }
        100.. => say!("Everything that applies was tested."),
        // Of nothing there is no share.
        0 if !anything_applies(report) => Sentence::default(),
        0 => say!("Nothing could be tested yet."),
        percent if report.is_pending() => say!("{0} % tested so far.", number(percent)),
        percent => say!("{0} % of what applies could be tested.", number(percent)),
    }
}

/// What it means that a letter is provisional.
pub(in crate::wording) const fn provisional() -> &'static str {
    "Provisional: too little is known yet for this grade to be final."
}

/// What it means that there is no letter.
pub(in crate::wording) const fn no_grade() -> &'static str {
    "No grade yet: nothing that counts has been tested."
}

/// What the scan asked of the servers.
pub(in crate::wording) fn effort(effort: &Effort) -> Sentence {
    let asked = say!(
        "{0} and {1}, no message sent",
        count(effort.connections, "connection", "connections"),
        count(effort.commands, "command", "commands")
    );
    match effort.took {
        Some(took) => say!("{0}, in {1}.", asked, Sentence::text(duration(took))),
        None => say!("{0}.", asked),
    }
}
