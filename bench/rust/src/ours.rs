//! DistributedLogs, as its README sets it up.

use std::path::Path;
use std::time::Duration;

use dlogs::{Logger, info};

use crate::entry::Entry;
use crate::workload::Contender;

/// Our logger, with a journal in the scratch directory.
pub struct Ours(Logger);

impl Ours {
    /// A flood waits for room instead of dropping, so that what is compared was delivered.
    pub fn open(endpoint: &str, scratch: &str, flood: bool) -> Result<Self, String> {
        let mut builder = Logger::builder()
            .endpoint(endpoint)
            .service_name("bench")
            .journal_dir(Path::new(scratch).join("journal"))
            .batch_interval_ms(200);
        if flood {
            builder = builder.option("overflow", "block").option("block_timeout_ms", 10_000);
        }
        let logger = builder.build().map_err(|error| error.to_string())?;
        logger.start();
        Ok(Self(logger))
    }
}

impl Contender for Ours {
    fn call(&mut self, entry: &Entry<'_>) {
        let Entry { user_id, path, duration, ok, trace, .. } = *entry;
        info!(self.0, entry.message, user_id, path, duration, ok, trace);
    }

    fn finish(self: Box<Self>) -> Result<u64, String> {
        self.0.flush(Duration::from_secs(60));
        let refused = self.0.stats().refused.values().sum();
        self.0.close();
        Ok(refused)
    }
}
