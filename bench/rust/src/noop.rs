//! The control: everything but a library.

use std::hint::black_box;

use crate::entry::Entry;
use crate::workload::Contender;

/// Logs nothing.
pub struct Noop;

impl Contender for Noop {
    fn call(&mut self, entry: &Entry<'_>) {
        black_box(entry.user_id);
    }

    fn finish(self: Box<Self>) -> Result<u64, String> {
        Ok(0)
    }
}
