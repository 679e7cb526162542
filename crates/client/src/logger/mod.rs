//! The public face: what a program does with a logger. Every call returns at once and none fails.

mod builder;
mod child;
mod listen;
mod station_of;
mod verbs;
mod write;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use dlogs_record::Level;

pub use self::builder::Builder;
pub(crate) use self::builder::http;
use self::child::Bound;
pub use self::listen::Events;
use self::station_of::Generation;
pub use self::write::Fields;
use crate::engine::{Activity, State};
use crate::flush::Flush;
use crate::options::{OptionError, Options};
use crate::outcome::{Closed, Outcome, RefusedReason};
use crate::station::{MakeTransport, Station};
use crate::stats::Stats;

/// A logger. Cloning is cheap; clones and children share everything but their bound fields.
///
/// ```no_run
/// use dlogs::{Logger, info};
/// let logger = Logger::builder().service_name("checkout").component_name("api").build()?;
/// info!(logger, "order placed", order_id = 98765, total = 249.99);
/// logger.close();
/// # Ok::<(), dlogs::OptionError>(())
/// ```
#[derive(Clone)]
pub struct Logger {
    shared: Arc<Shared>,
    bound: Option<Arc<Bound>>,
}

/// What all clones of a logger have in common. Its end closes the logger.
struct Shared {
    options: Arc<Options>,
    level: AtomicU8,
    make_transport: MakeTransport,
    first: Generation,
}

impl Logger {
    /// Options one by one; what is not given comes from the environment, the file, the defaults.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A logger with these options. Its journal is ready when this returns; no thread is started.
    ///
    /// # Errors
    /// `journal = "disk"` and the directory cannot be used; `ca_file` cannot be read; `endpoint` is no address.
    pub fn new(options: Options) -> Result<Logger, OptionError> {
        // Tried now for its errors; the thread that uses it makes its own.
        crate::transport::Http::new(&options)?;
        Logger::with_transport(options, Arc::new(builder::http))
    }

    fn with_transport(
        options: Options,
        make_transport: MakeTransport,
    ) -> Result<Logger, OptionError> {
        let options = Arc::new(options);
        let station = Station::open(Arc::clone(&options), Arc::clone(&make_transport))?;
        Ok(Logger {
            shared: Arc::new(Shared {
                level: AtomicU8::new(options.level as u8),
                options,
                make_transport,
                first: Generation::first(station),
            }),
            bound: None,
        })
    }

    /// Would a record of this level be recorded? One atomic load: ask before anything expensive.
    #[inline]
    #[must_use]
    pub fn enabled(&self, level: Level) -> bool {
        level as u8 >= self.shared.level.load(Ordering::Relaxed)
    }

    /// The minimum level.
    #[must_use]
    pub fn level(&self) -> Level {
        Level::from_u8(self.shared.level.load(Ordering::Relaxed)).unwrap_or(Level::Trace)
    }

    /// Changes the minimum level, for all clones and children.
    pub fn set_level(&self, level: Level) {
        self.shared.level.store(level as u8, Ordering::Relaxed);
    }

    /// The options that this logger was built with.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.shared.options
    }

    /// Starts the threads now instead of with the first record. What was logged before is kept.
    pub fn start(&self) {
        if let Some(station) = self.station() {
            station.start();
        }
    }

    /// Waits until everything logged before this call is stored or lost, or the time is over. Returns how many records
    /// are left of it (0: done). May be called at any time, by any number of threads.
    pub fn flush(&self, timeout: Duration) -> u64 {
        self.station().map_or(0, |station| station.flush(timeout))
    }

    /// As [`Logger::flush`], as a future for any runtime. It holds a thread of its own while it waits.
    pub fn flush_async(&self, timeout: Duration) -> Flush {
        Flush::of(self.clone(), timeout)
    }

    /// Takes no more records, sends what waits within `shutdown_timeout_ms`, leaves the rest in the journal. Idempotent.
    pub fn close(&self) -> Closed {
        self.close_within(Duration::from_millis(self.shared.options.shutdown_timeout_ms))
    }

    /// As [`Logger::close`], with a time limit of its own.
    pub fn close_within(&self, timeout: Duration) -> Closed {
        self.station().map_or_else(Closed::default, |station| station.close(timeout))
    }

    /// The counters.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.station().map_or_else(Stats::default, |station| station.stats())
    }

    /// The state.
    #[must_use]
    pub fn state(&self) -> State {
        self.station().map_or(State::Stopped, |station| station.tally().state)
    }

    /// What it is doing, in the states that do something.
    #[must_use]
    pub fn activity(&self) -> Option<Activity> {
        self.station().and_then(|station| station.tally().activity)
    }

    /// The stream that this process writes: `<32 hex digits>.<lane>`.
    #[must_use]
    pub fn stream(&self) -> String {
        self.station().map_or_else(String::new, |station| station.journal.stream().to_string())
    }

    /// Appends a body that another language has encoded (spec/record.md): checked, cut and redacted in one walk, then
    /// journaled. Never waits: where `overflow = "block"` and there is no room, [`Outcome::Full`].
    pub fn append_body(&self, body: &[u8]) -> Outcome {
        self.append_foreign(body, false)
    }

    /// As [`Logger::append_body`], but waits for room up to `block_timeout_ms` where `overflow = "block"`. The caller
    /// has released its locks.
    pub fn append_body_waiting(&self, body: &[u8]) -> Outcome {
        self.append_foreign(body, true)
    }

    /// Appends a body that [`dlogs_record::Encoder`] wrote: not checked again, but redacted. `time_ns` 0: now. The level
    /// must be the body's own. Waits as [`Logger::append_body_waiting`] does if `wait`.
    #[inline]
    pub fn append_encoded(&self, level: Level, time_ns: i64, body: &[u8], wait: bool) -> Outcome {
        match self.station() {
            Some(station) => station.append_trusted(level, time_ns, body, wait),
            None => Outcome::Refused(RefusedReason::Closed),
        }
    }

    fn append_foreign(&self, body: &[u8], wait: bool) -> Outcome {
        if dlogs_record::head(body).is_some_and(|head| !self.enabled(head.level)) {
            return Outcome::Filtered;
        }
        match self.station() {
            Some(station) => station.append_checked(body, wait),
            None => Outcome::Refused(RefusedReason::Closed),
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        // A fork that never logged has no station: its parent's is not its to close.
        if let Some(station) = self.first.of_this_process() {
            station.close(Duration::from_millis(self.options.shutdown_timeout_ms));
        }
    }
}

impl fmt::Debug for Logger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logger")
            .field("service", &self.shared.options.service_name)
            .field("level", &self.level())
            .finish_non_exhaustive()
    }
}
