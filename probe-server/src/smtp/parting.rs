//! QUIT where nobody listens any more: a scan that is stopped still takes leave of the servers that it was
//! speaking to.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use super::dialogue::{Action, Dialogue};
use super::wire::{READ_BUFFER, Wire};
use crate::etiquette::Turn;

/// For the answer that is awaited yet, for QUIT and for the answer to that, together.
const PATIENCE: Duration = Duration::from_secs(2);

/// Partings at once, more than there commonly are dialogues; beyond that, connections are closed without a word.
const AT_ONCE: u32 = 1024;

/// The partings under way.
#[derive(Clone, Debug)]
pub(crate) struct Partings(Arc<Semaphore>);

impl Default for Partings {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE as usize)))
    }
}

impl Partings {
    /// Takes leave in a task of its own, for there is nobody left to do it.
    pub(super) fn begin(&self, parting: Parting) {
        let place = Arc::clone(&self.0).try_acquire_owned();
        // Without a runtime the process is at its end.
        if let (Ok(runtime), Ok(place)) = (Handle::try_current(), place) {
            runtime.spawn(async move {
                parting.run().await;
                drop(place);
            });
        }
    }

    /// Waits until all are over.
    pub(crate) async fn over(&self) {
        let _ = timeout(2 * PATIENCE, self.0.acquire_many(AT_ONCE)).await;
    }
}

/// A dialogue that was left, and what it needs to end.
pub(super) struct Parting {
    /// What goes on of it.
    pub(super) dialogue: Dialogue,
    /// How that begins.
    pub(super) actions: Vec<Action>,
    pub(super) wire: Wire,
    /// Nobody else knocks before we have gone.
    pub(super) turn: Arc<Turn>,
}

impl Parting {
    async fn run(mut self) {
        let over = Instant::now() + PATIENCE;
        let mut buffer = [0; READ_BUFFER];
        loop {
            for action in mem::take(&mut self.actions) {
                match action {
                    Action::Send(octets) => self.wire.send(&octets, over).await,
                    Action::Close => return self.close(),
                    // Nobody is told anything any more, and nothing new is begun.
                    Action::Emit(..) | Action::EmitHello(..) | Action::Expect(..) => {}
                    Action::Connect | Action::StartTls(_) | Action::Hello(..) => {
                        return self.close();
                    }
                }
            }
            let input = self.wire.receive(&mut buffer, over).await;
            self.actions = self.dialogue.handle(input);
        }
    }

    /// The connection first: then the next may come.
    fn close(self) {
        drop(self.wire);
        drop(self.turn);
    }
}
