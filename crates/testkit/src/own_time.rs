//! Tells how much of a call's time the process itself is to blame for, and not the machine below it.

use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use rustix::time::{ClockId, clock_gettime};

/// A moment in the life of the calling thread and its process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// What the calling thread has computed. Linux does not count what the host of a virtual machine took of it.
    pub thread: Duration,
    /// What all threads of the process have computed.
    pub process: Duration,
    /// How often the thread has waited for something: a lock, a disk, another thread.
    pub waits: i64,
    /// How often it had to make room for another thread.
    pub preempted: i64,
}

impl Moment {
    /// This moment. Costs about a microsecond.
    #[must_use]
    pub fn now() -> Moment {
        let computed = |clock| Duration::try_from(clock_gettime(clock)).unwrap_or_default();
        let usage = getrusage(UsageWho::RUSAGE_THREAD).ok();
        Moment {
            thread: computed(ClockId::ThreadCPUTime),
            process: computed(ClockId::ProcessCPUTime),
            waits: usage.map_or(0, |usage| usage.voluntary_context_switches()),
            preempted: usage.map_or(0, |usage| usage.involuntary_context_switches()),
        }
    }

    /// How much of `took`, which ended now and began after this moment, is the process's own: all of it if the thread waited; else no
    /// more than it computed, or, if it was preempted, than all threads of the process did. The rest went to other processes or to
    /// the host.
    #[must_use]
    pub fn own(&self, now: Moment, took: Duration) -> Duration {
        if now.waits != self.waits {
            took
        } else if now.preempted != self.preempted {
            took.min(now.process.saturating_sub(self.process))
        } else {
            took.min(now.thread.saturating_sub(self.thread))
        }
    }
}

#[cfg(test)]
mod tests;
