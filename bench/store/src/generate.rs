//! All records as lines of JSON on standard output.

use std::io::{self, Write};

use crate::json;
use crate::record::Records;

const CHUNK_BYTES: usize = 1 << 20;

pub(crate) fn run(records: &Records) -> Result<(), String> {
    let mut out = io::stdout().lock();
    let mut lines = Vec::with_capacity(CHUNK_BYTES + 4096);
    for number in 0..records.count {
        json::line(&records.get(number), &mut lines);
        if lines.len() >= CHUNK_BYTES || number + 1 == records.count {
            out.write_all(&lines).map_err(|error| format!("standard output: {error}"))?;
            lines.clear();
        }
    }
    Ok(())
}
