//! The merger's thread. One merge at a time, and nothing waits for it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, Sender};

use super::build::build;
use crate::parts::{Part, PartMeta, PartStore, name, put};
use crate::writer::Job;

/// Parts of one folder, to become one.
pub(crate) struct MergeJob {
    pub(crate) parts: Vec<Arc<Part>>,
    pub(crate) now_ns: i64,
    /// Set when the server stops: nobody waits for a merge.
    pub(crate) stop: Arc<AtomicBool>,
}

/// A durable part that holds what others hold.
#[derive(Debug, Clone)]
pub(crate) struct Merged {
    pub(crate) inputs: Vec<String>,
    pub(crate) part: PartMeta,
}

/// Works until the writer has gone.
pub(crate) fn run(store: &dyn PartStore, inbox: &Receiver<MergeJob>, writer: &Sender<Job>) {
    while let Ok(job) = inbox.recv() {
        let merged = merge(store, &job);
        drop(job);
        if writer.send(Job::Merged(merged)).is_err() {
            return;
        }
    }
}

fn merge(store: &dyn PartStore, job: &MergeJob) -> Result<Merged, String> {
    let inputs: Vec<String> = job.parts.iter().map(|part| part.meta.name.clone()).collect();
    let folder = inputs.first().and_then(|name| name.split('/').next()).unwrap_or_default();
    let written = build(&job.parts, name::fresh(folder, job.now_ns)?, &job.stop)?;
    put(store, std::slice::from_ref(&written)).map_err(|error| error.to_string())?;
    Ok(Merged { inputs, part: written.meta })
}
