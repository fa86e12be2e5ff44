//! Where a scan puts what it sees.

use postern_shared::evidence::{Fact, Observation};
use postern_shared::protocol::{Progress, ServerMessage};
use tokio::sync::mpsc;

use crate::clock;

/// Messages that may wait for a reader; then the scan waits for it.
const QUEUE: usize = 64;

/// What a scan tells.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ScanEvent {
    /// Something was seen.
    Observed(Observation),
    /// What is being done now.
    Progress(Progress),
}

impl From<ScanEvent> for ServerMessage {
    fn from(event: ScanEvent) -> Self {
        match event {
            ScanEvent::Observed(observation) => Self::Observed(observation),
            ScanEvent::Progress(progress) => Self::Progress(progress),
        }
    }
}

/// The scan's end of a bounded queue. Facts are never dropped: when the queue is full the scan pauses;
/// when nobody reads any more it may as well be dropped.
#[derive(Clone, Debug)]
pub struct Sink(mpsc::Sender<ScanEvent>);

impl Sink {
    /// A sink and where its events come out.
    #[must_use]
    pub fn new() -> (Self, mpsc::Receiver<ScanEvent>) {
        let (sender, receiver) = mpsc::channel(QUEUE);
        (Self(sender), receiver)
    }

    /// Tells a fact, seen now.
    pub async fn fact(&self, fact: Fact) {
        self.tell(ScanEvent::Observed(Observation::new(clock::now(), fact)))
            .await;
    }

    /// Tells what somebody else has seen or does.
    pub async fn tell(&self, event: ScanEvent) {
        // A reader that has gone drops the scan too, at its next await.
        let _ = self.0.send(event).await;
    }

    /// Tells what is being done, unless the reader is behind: that is no fact.
    pub(crate) fn progress(&self, progress: Progress) {
        let _ = self.0.try_send(ScanEvent::Progress(progress));
    }
}
