//! The writer's thread: jobs come in queue order, answers go back when queries see the records.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::{Arrival, Writer};
use crate::ingest::{Prepared, Share};
use crate::stream::Outcome;

/// How often what failed is tried again.
const TICK: Duration = Duration::from_secs(1);

/// Something for the writer to do.
pub(crate) enum Job {
    /// A batch that is durable.
    Apply {
        arrival: Box<Arrival>,
        /// The room that the request holds; given back when the batch is in the memtable.
        share: Share,
        reply: oneshot::Sender<Result<Outcome, crate::queue::QueueTrouble>>,
    },
    /// A heartbeat, or a batch of which everything is held already.
    Hear { prepared: Box<Prepared>, duplicates: u64, reply: oneshot::Sender<()> },
    /// Everything before this is done, then the thread ends.
    Stop,
}

/// Works until `Stop`. A reader who has gone away does not matter: the batch is kept.
pub(crate) fn run(mut writer: Writer, jobs: &Receiver<Job>) {
    loop {
        match jobs.recv_timeout(TICK) {
            Ok(Job::Apply { arrival, share, reply }) => {
                let outcome = writer.apply(*arrival);
                drop(share);
                let _ = reply.send(Ok(outcome));
            }
            Ok(Job::Hear { prepared, duplicates, reply }) => {
                let head = &prepared.entry.head;
                writer.hear(&head.claim, &head.clients[0], prepared.statistics, duplicates);
                let _ = reply.send(());
            }
            Err(RecvTimeoutError::Timeout) => writer.tick(),
            Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
