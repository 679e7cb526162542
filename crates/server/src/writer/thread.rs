//! The writer's thread: jobs come in queue order, answers go back when queries see the records.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::{Arrival, Writer};
use crate::ingest::{Prepared, Share};
use crate::merge::Merged;
use crate::seal::{Sealed, Trouble};
use crate::stream::Outcome;

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
    /// The sealer has made parts, or could not.
    Sealed(Result<Sealed, Trouble>),
    /// The merger has made a part, or could not.
    Merged(Result<Merged, String>),
    /// Everything before this is done, also a seal that has begun; then the thread ends.
    Stop,
}

/// Works until `Stop`. A reader who has gone away does not matter: the batch is kept.
pub(crate) fn run(mut writer: Writer, jobs: &Receiver<Job>, tick: Duration) {
    let mut stopping = false;
    writer.tick();
    let mut ticked = Instant::now();
    while !stopping || writer.is_sealing() {
        match jobs.recv_timeout(tick) {
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
            Ok(Job::Sealed(sealed)) => writer.sealed(sealed),
            Ok(Job::Merged(merged)) => writer.take_merged(merged),
            Ok(Job::Stop) => {
                stopping = true;
                writer.stop_merging();
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if ticked.elapsed() >= tick {
            writer.tick();
            ticked = Instant::now();
        }
    }
}
