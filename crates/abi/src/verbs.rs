//! The exports, one a verb. spec/verbs.toml names them; the header is generated from here.

use std::time::{Duration, Instant};

use dlogs::{Level, Logger, Options};
use serde_json::json;

use crate::guard::{guard, quiet};
use crate::stay::stay;
use crate::text::{input, message, output};
use crate::{handle, status};

/// Major version in the upper 16 bits, minor in the lower. A host refuses another major version.
#[unsafe(no_mangle)]
pub extern "C" fn dlogs_abi_version() -> u32 {
    1 << 16
}

/// Makes a logger from a JSON object: options by their names in docs/options.md, and `sdk`:
/// `{"language", "version", "runtime"}`. Returns 0 and writes `handle`, or -3 and writes the error, cut to `capacity`.
///
/// # Safety
/// `config` points to `length` readable bytes; `handle` and `error_length` to writable numbers (the latter may be null);
/// `error` to `capacity` writable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dlogs_open(
    config: *const u8,
    length: usize,
    handle: *mut u64,
    error: *mut u8,
    capacity: usize,
    error_length: *mut usize,
) -> i32 {
    guard(|| {
        // SAFETY: the caller's promise, handed through.
        let Some(config) = (unsafe { input(config, length) }) else { return status::BAD_ARGUMENT };
        if handle.is_null() {
            return status::BAD_ARGUMENT;
        }
        match open(config) {
            Ok(opened) => {
                // SAFETY: not null, and the caller promises that it is writable.
                unsafe { handle.write_unaligned(opened) };
                status::OK
            }
            Err((status, text)) => {
                // SAFETY: the caller's promise, handed through.
                unsafe { message(&text, error, capacity, error_length) };
                status
            }
        }
    })
}

pub(crate) fn open(config: &[u8]) -> Result<u64, (i32, String)> {
    quiet();
    stay();
    let text = std::str::from_utf8(config)
        .map_err(|_| (status::BAD_ARGUMENT, "the configuration is not UTF-8".to_owned()))?;
    let options = Options::from_json(text).map_err(|error| (status::CONFIG, error.to_string()))?;
    let logger = Logger::new(options).map_err(|error| (status::CONFIG, error.to_string()))?;
    handle::insert(logger).ok_or_else(|| {
        let most = handle::MAX_HANDLES;
        (status::TOO_MANY, format!("{most} loggers are open; share one, or use children"))
    })
}

/// Frees the handle; afterwards it is stale. A logger that was not closed is closed within `shutdown_timeout_ms`.
#[unsafe(no_mangle)]
pub extern "C" fn dlogs_release(handle: u64) -> i32 {
    guard(|| if handle::release(handle) { status::OK } else { status::BAD_HANDLE })
}

/// Starts delivery now instead of with the first record.
#[unsafe(no_mangle)]
pub extern "C" fn dlogs_start(handle: u64) -> i32 {
    with(handle, |logger| {
        logger.start();
        status::OK
    })
}

/// Takes one record: a body as spec/record.md draws it. Never blocks. Returns 0 accepted, 1 filtered by level, 2 no room
/// just now (only with `overflow = "block"`: call dlogs_append_waiting), or 10 + the refused reason of spec/losses.toml.
///
/// # Safety
/// `body` points to `length` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dlogs_append(handle: u64, body: *const u8, length: usize) -> i32 {
    guard(|| {
        // SAFETY: the caller's promise, handed through.
        let body = unsafe { input(body, length) };
        handle::visit(handle, |logger| match (logger, body) {
            (Some(logger), Some(body)) => logger.append_body(body).number() as i32,
            (None, _) => status::BAD_HANDLE,
            (_, None) => status::BAD_ARGUMENT,
        })
    })
}

/// As dlogs_append, but waits for room up to `block_timeout_ms` where `overflow = "block"`. Release your locks before.
///
/// # Safety
/// As for dlogs_append.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dlogs_append_waiting(handle: u64, body: *const u8, length: usize) -> i32 {
    with(handle, |logger| {
        // SAFETY: the caller's promise, handed through.
        match unsafe { input(body, length) } {
            Some(body) => logger.append_body_waiting(body).number() as i32,
            None => status::BAD_ARGUMENT,
        }
    })
}

/// The minimum level, 0 to 5. Hosts keep a copy, so that a disabled call does not cross the border.
#[unsafe(no_mangle)]
pub extern "C" fn dlogs_level(handle: u64) -> i32 {
    with(handle, |logger| logger.level() as i32)
}

/// Changes the minimum level.
#[unsafe(no_mangle)]
pub extern "C" fn dlogs_set_level(handle: u64, level: i32) -> i32 {
    with(handle, |logger| match u8::try_from(level).ok().and_then(Level::from_u8) {
        Some(level) => {
            logger.set_level(level);
            status::OK
        }
        None => status::BAD_ARGUMENT,
    })
}

/// The state's number of spec/states.toml, plus 256 * (1 + the activity's number) where there is one.
#[unsafe(no_mangle)]
pub extern "C" fn dlogs_state(handle: u64) -> i32 {
    with(handle, |logger| {
        logger.state() as i32 + logger.activity().map_or(0, |activity| 256 * (1 + activity as i32))
    })
}

/// Waits until everything logged before is acknowledged or lost, or the time is over. Returns 0 and writes how many records
/// of it still wait.
///
/// # Safety
/// `waiting` points to a writable number or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dlogs_flush(handle: u64, timeout_ms: u32, waiting: *mut u64) -> i32 {
    with(handle, |logger| {
        let left = logger.flush(Duration::from_millis(timeout_ms.into()));
        if !waiting.is_null() {
            // SAFETY: not null, and the caller promises that it is writable.
            unsafe { waiting.write_unaligned(left) };
        }
        status::OK
    })
}

/// Takes no more records, sends what it can within the time, leaves the rest in the journal. Idempotent. Writes three
/// numbers: sent, waiting, lost.
///
/// # Safety
/// `report` points to three writable numbers or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dlogs_close(handle: u64, timeout_ms: u32, report: *mut u64) -> i32 {
    with(handle, |logger| {
        let closed = logger.close_within(Duration::from_millis(timeout_ms.into()));
        if !report.is_null() {
            // SAFETY: not null, and the caller promises room for three numbers.
            unsafe {
                report.cast::<[u64; 3]>().write_unaligned([
                    closed.sent,
                    closed.waiting,
                    closed.lost,
                ])
            };
        }
        status::OK
    })
}

/// Writes the statistics as JSON, with the names of spec/wire.md.
///
/// # Safety
/// `out` points to `capacity` writable bytes, `length` to a writable number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dlogs_stats(
    handle: u64,
    out: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> i32 {
    // SAFETY: the caller's promise, handed through.
    with(handle, |logger| unsafe { output(&logger.stats().to_json(), out, capacity, length) })
}

/// Writes what a host must know of the resolved options, as JSON: `level`, `shutdown_timeout_ms`, `stream`.
///
/// # Safety
/// As for dlogs_stats.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dlogs_options(
    handle: u64,
    out: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> i32 {
    with(handle, |logger| {
        let text = json!({
            "level": logger.level() as u8,
            "shutdown_timeout_ms": logger.options().shutdown_timeout_ms,
            "stream": logger.stream(),
        });
        // SAFETY: the caller's promise, handed through.
        unsafe { output(&text.to_string(), out, capacity, length) }
    })
}

/// Writes the next event as JSON (`{"name": …}`), waiting for it at most `timeout_ms`; length 0: there was none. `cursor` is
/// the listener's place: 0 at first, then whatever this call left there. Returns 3 when the logger is closed and everything
/// was seen.
///
/// # Safety
/// As for dlogs_stats; `cursor` points to a writable number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dlogs_next_event(
    handle: u64,
    timeout_ms: u32,
    cursor: *mut u64,
    out: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> i32 {
    with(handle, |logger| {
        if cursor.is_null() {
            return status::BAD_ARGUMENT;
        }
        // SAFETY: not null, and the caller promises that it is readable and writable.
        let mut place = unsafe { cursor.read_unaligned() };
        let deadline = Instant::now() + Duration::from_millis(timeout_ms.into());
        let Ok(event) = logger.next_event(&mut place, deadline) else { return status::ENDED };
        let text = event.map(|event| event.to_json()).unwrap_or_default();
        // SAFETY: the caller's promise, handed through.
        let status = unsafe { output(&text, out, capacity, length) };
        if status == status::OK {
            // SAFETY: as above. An event that did not fit stays the next one.
            unsafe { cursor.write_unaligned(place) };
        }
        status
    })
}

/// Panics, so that a test can see that the panic stays here.
#[cfg(feature = "test-panic")]
#[unsafe(no_mangle)]
pub extern "C" fn dlogs_test_panic() -> i32 {
    #[expect(clippy::panic, reason = "this is what the export is for")]
    guard(|| panic!("on purpose"))
}

/// For all verbs that may take their time.
fn with(handle: u64, verb: impl FnOnce(&Logger) -> i32) -> i32 {
    guard(|| match handle::get(handle) {
        Some(held) => verb(&held.logger),
        None => status::BAD_HANDLE,
    })
}
