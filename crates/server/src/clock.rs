//! The wall clock, read at the edge and handed down; decisions never read it themselves.

use std::time::{SystemTime, UNIX_EPOCH};

/// Nanoseconds since 1970-01-01 UTC.
pub fn now_ns() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// Milliseconds since 1970; what lies before is 0.
pub(crate) fn ms(time_ns: i64) -> u64 {
    u64::try_from(time_ns / 1_000_000).unwrap_or(0)
}
