//! What time it is: a monotonic clock for decisions, the wall clock for records only.

use std::time::Instant;

/// The sender's clock; tests have their own.
pub trait Clock: Send {
    /// The monotonic clock.
    fn now(&self) -> Instant;
    /// Nanoseconds since 1970-01-01 UTC.
    fn wall_ns(&self) -> i64 {
        wall_ns()
    }
}

/// The machine's clocks.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }
}

/// Nanoseconds since 1970-01-01 UTC, by the wall clock. 0 for a clock that stands before 1970.
#[inline]
#[must_use]
#[cfg(unix)]
pub fn wall_ns() -> i64 {
    // The standard library's way takes half as long again, for differences and errors that cannot be here.
    let since = rustix::time::clock_gettime(rustix::time::ClockId::Realtime);
    (since.tv_sec * 1_000_000_000 + since.tv_nsec).max(0)
}

/// Nanoseconds since 1970-01-01 UTC, by the wall clock. 0 for a clock that stands before 1970.
#[must_use]
#[cfg(not(unix))]
pub fn wall_ns() -> i64 {
    use std::time::{SystemTime, UNIX_EPOCH};
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i64,
        Err(_) => 0,
    }
}
