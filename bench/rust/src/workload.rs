//! How the calls come: in bursts every millisecond at a rate, or as fast as they return. The same for every contender.

use std::thread;
use std::time::{Duration, Instant};

use quanta::Clock;
use serde_json::{Value, json};

use crate::entry::{Entries, Entry};
use crate::histogram::Histogram;

/// A library under test.
pub trait Contender {
    /// One log call.
    fn call(&mut self, entry: &Entry<'_>);
    /// Sends what waits, and returns how many records the library says it dropped.
    fn finish(self: Box<Self>) -> Result<u64, String>;
}

/// How many calls, and how fast.
pub struct Workload {
    count: u64,
    per_ms: Option<u64>,
}

impl Workload {
    /// `COUNT` and `RATE` (calls a second, at least 1000) or `flood`.
    pub fn parse(count: &str, rate: &str) -> Result<Self, String> {
        let count = count.parse().map_err(|_| "COUNT is a number".to_owned())?;
        if rate == "flood" {
            return Ok(Self { count, per_ms: None });
        }
        let rate: u64 = rate.parse().map_err(|_| "RATE is a number or flood".to_owned())?;
        Ok(Self { count, per_ms: Some((rate / 1000).max(1)) })
    }

    /// True if calls come as fast as they return.
    pub fn flood(&self) -> bool {
        self.per_ms.is_none()
    }

    /// Makes the calls, and tells how long they took. Open loop: a late burst is made at once, none is left out.
    pub fn run(&self, mut contender: Box<dyn Contender>) -> Result<Value, String> {
        let (clock, entries, mut histogram) = (Clock::new(), Entries::new(), Histogram::new());
        let begun = Instant::now();
        let burst = self.per_ms.unwrap_or(self.count);
        for n in 0..self.count {
            if n % burst == 0 {
                let due = Duration::from_millis(n / burst);
                thread::sleep(due.saturating_sub(begun.elapsed()));
            }
            let entry = entries.get(n);
            let before = clock.raw();
            contender.call(&entry);
            let after = clock.raw();
            histogram.add(clock.delta_as_nanos(before, after));
        }
        let logged = begun.elapsed();
        let dropped = contender.finish()?;
        Ok(json!({
            "calls": self.count, "p50_ns": histogram.quantile(0.5), "p99_ns": histogram.quantile(0.99),
            "p999_ns": histogram.quantile(0.999), "max_ns": histogram.max_ns(), "over_1ms": histogram.over_1ms(),
            "peak_kb": peak_kb(), "logged_s": logged.as_secs_f64(), "wall_s": begun.elapsed().as_secs_f64(), "dropped_says": dropped,
        }))
    }
}

/// Peak resident memory. The parent's wait would tell the parent's own peak, where that was higher before the exec.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
