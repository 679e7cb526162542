//! The sealer's thread: makes parts durable while the writer goes on. One seal at a time.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use super::build;
use crate::batch::Batch;
use crate::parts::{PartMeta, PartStore, put};
use crate::queue::QueueTrouble;
use crate::writer::Job;

/// The oldest batches, to be sealed.
pub(crate) struct SealJob {
    pub(crate) batches: Vec<Arc<Batch>>,
    pub(crate) now_ns: i64,
}

/// Parts that are durable and that nobody knows yet.
pub(crate) struct Sealed {
    pub(crate) parts: Vec<PartMeta>,
    pub(crate) spoilt: Vec<Arc<Batch>>,
}

/// Why there are no parts.
#[derive(Debug, Clone)]
pub(crate) struct Trouble {
    /// The reason word of spec/wire.md.
    pub(crate) reason: &'static str,
    pub(crate) what: String,
}

/// Works until the writer has gone.
pub(crate) fn run(store: &dyn PartStore, inbox: &Receiver<SealJob>, writer: &Sender<Job>) {
    while let Ok(job) = inbox.recv() {
        let sealed = seal(store, &job);
        // The batches are given back before the writer counts the room as free.
        drop(job);
        if writer.send(Job::Sealed(sealed)).is_err() {
            return;
        }
    }
}

fn seal(store: &dyn PartStore, job: &SealJob) -> Result<Sealed, Trouble> {
    let built = build(&job.batches, job.now_ns).map_err(|what| Trouble {
        reason: "disk",
        what: format!("A part cannot be made: {what}."),
    })?;
    let parts = put(store, &built.parts).map_err(|error| {
        let trouble = QueueTrouble::of(&error);
        Trouble { reason: trouble.reason(), what: trouble.to_string() }
    })?;
    Ok(Sealed { parts, spoilt: built.spoilt })
}
