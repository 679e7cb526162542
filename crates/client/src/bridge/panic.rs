//! Panics as CRITICAL records. The record is in the journal before the program goes on to die.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic;

use dlogs_record::{Kind, Level, reserved};

use crate::{Logger, own_thread};

/// Logs every panic, then does what the hook before did (usually: print it).
pub fn install(logger: &Logger) {
    let logger = logger.clone();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !own_thread::is_own() {
            let message = message(info.payload());
            logger.write_text(Level::Critical, Kind::Log, message, |to| {
                to.add(reserved::ERROR_TYPE, "panic").add(reserved::ERROR_MESSAGE, message);
                let trace = Backtrace::capture();
                if trace.status() == BacktraceStatus::Captured {
                    to.add(reserved::ERROR_STACK, &crate::display(trace));
                }
                if let Some(name) = std::thread::current().name() {
                    to.add(reserved::THREAD, name);
                }
                if let Some(place) = info.location() {
                    to.add("location", &crate::display(place));
                }
            });
        }
        before(info);
    }));
}

fn message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic")
}
