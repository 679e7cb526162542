//! tracing with JSON through tracing-appender's thread into a file: a reference for the call alone. It delivers nothing.

use std::path::Path;

use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};

use crate::entry::Entry;
use crate::workload::Contender;

/// The library's guard writes what waits when it is dropped.
pub struct Appender {
    guard: WorkerGuard,
    dropped: ErrorCounter,
}

impl Appender {
    /// Writes into a file of the scratch directory.
    pub fn open(scratch: &str) -> Result<Self, String> {
        let file = tracing_appender::rolling::never(Path::new(scratch), "appender.log");
        let (writer, guard) = NonBlockingBuilder::default().finish(file);
        let dropped = writer.error_counter();
        tracing_subscriber::fmt().json().with_writer(writer).init();
        Ok(Self { guard, dropped })
    }
}

impl Contender for Appender {
    fn call(&mut self, entry: &Entry<'_>) {
        tracing::info!(
            user_id = entry.user_id,
            path = entry.path,
            duration = entry.duration,
            ok = entry.ok,
            trace = entry.trace,
            "{}",
            entry.message
        );
    }

    fn finish(self: Box<Self>) -> Result<u64, String> {
        drop(self.guard);
        Ok(self.dropped.dropped_lines() as u64)
    }
}
