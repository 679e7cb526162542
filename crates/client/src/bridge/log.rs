//! The `log` facade: `log::info!(user_id = 7; "signed in")` becomes a record with the field `user_id` and `@logger`.

use dlogs_record::{Kind, Level, reserved};
use log::kv::{self, Key, Value, VisitSource};
use log::{LevelFilter, Log, Metadata, Record, SetLoggerError};

use crate::{Fields, Logger};

/// A `log::Log` that writes into a logger.
#[derive(Debug)]
pub struct Bridge(Logger);

impl Bridge {
    /// A bridge into this logger; to be combined with others, or installed by hand.
    #[must_use]
    pub fn new(logger: Logger) -> Bridge {
        Bridge(logger)
    }
}

/// Makes the logger the program's one `log` logger. Its own level decides; the facade lets everything through.
///
/// # Errors
/// The program has one already.
pub fn install(logger: &Logger) -> Result<(), SetLoggerError> {
    log::set_boxed_logger(Box::new(Bridge::new(logger.clone())))?;
    log::set_max_level(LevelFilter::Trace);
    Ok(())
}

fn level_of(level: log::Level) -> Level {
    match level {
        log::Level::Trace => Level::Trace,
        log::Level::Debug => Level::Debug,
        log::Level::Info => Level::Info,
        log::Level::Warn => Level::Warning,
        log::Level::Error => Level::Error,
    }
}

impl Log for Bridge {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.0.enabled(level_of(metadata.level())) && !super::is_own(metadata.target())
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        self.0.write(level_of(record.level()), Kind::Log, *record.args(), |to| {
            to.add(reserved::LOGGER, record.target());
            // The visitor never fails.
            let _ = record.key_values().visit(&mut Visitor(to));
        });
    }

    fn flush(&self) {}
}

struct Visitor<'v, 'e, 'b>(&'v mut Fields<'e, 'b>);

impl<'kvs> VisitSource<'kvs> for Visitor<'_, '_, '_> {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), kv::Error> {
        let key = key.as_str();
        if let Some(value) = value.to_bool() {
            self.0.add(key, &value);
        } else if let Some(value) = value.to_i64() {
            self.0.add(key, &value);
        } else if let Some(value) = value.to_u64() {
            self.0.add(key, &value);
        } else if let Some(value) = value.to_f64() {
            self.0.add(key, &value);
        } else if let Some(value) = value.to_borrowed_str() {
            self.0.add(key, value);
        } else {
            self.0.add(key, &crate::display(value));
        }
        Ok(())
    }
}
