//! Several reasons, one status: what decides the status is told first.

use crate::report::{Reason, Status};

/// The reasons of one record, gathered in any order.
pub(super) struct Weighing {
    status: Status,
    main: Vec<Reason>,
    /// Reasons that turn a pass into a warning.
    weighing: Vec<Reason>,
    notes: Vec<Reason>,
}

impl Weighing {
    /// Begins with the record's main word, and the status that it alone deserves.
    pub(super) const fn new(status: Status, main: Vec<Reason>) -> Self {
        Self {
            status,
            main,
            weighing: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a reason; one that `weighs` leaves no pass.
    pub(super) fn add(&mut self, reason: Reason, weighs: bool) {
        if weighs {
            self.weighing.push(reason);
        } else {
            self.notes.push(reason);
        }
    }

    /// The status and all reasons. Good news comes after what spoils it: the first reason is the row's line.
    pub(super) fn told(self) -> (Status, Vec<Reason>) {
        let Self {
            status,
            main,
            weighing,
            notes,
        } = self;
        let spoiled = status == Status::Pass && !weighing.is_empty();
        let (status, mut told, then) = if spoiled {
            (Status::Warn, weighing, main)
        } else {
            (status, main, weighing)
        };
        told.extend(then);
        told.extend(notes);
        (status, told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: Status) -> (Status, Vec<Reason>) {
        let mut weighing = Weighing::new(status, vec![Reason::NoMx]);
        weighing.add(Reason::ImplicitMx, false);
        weighing.add(Reason::NullMx, true);
        weighing.told()
    }

    #[test]
    fn what_decides_the_status_comes_first() {
        let (status, reasons) = told(Status::Pass);
        assert_eq!(status, Status::Warn);
        assert_eq!(
            reasons,
            [Reason::NullMx, Reason::NoMx, Reason::ImplicitMx],
            "a pass that is spoiled"
        );
        let (status, reasons) = told(Status::Fail);
        assert_eq!(status, Status::Fail);
        assert_eq!(
            reasons,
            [Reason::NoMx, Reason::NullMx, Reason::ImplicitMx],
            "a failure is the news itself"
        );
    }
}
