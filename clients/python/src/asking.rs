//! When a value may be asked for its text, which may run any Python code: not too deep, and not at the very end.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// Records inside records beyond this ask nobody for anything: a `__str__` that logs itself must end.
const MAX_NESTED: u8 = 3;
/// How long the interpreter's end waits for threads that are being asked.
const PATIENCE: Duration = Duration::from_millis(200);

thread_local! {
    static NESTED: Cell<u8> = const { Cell::new(0) };
}

static STOPPED: AtomicBool = AtomicBool::new(false);
static RUNNING: AtomicUsize = AtomicUsize::new(0);

/// Runs `ask`, or answers `None` where such code must not run any more.
pub(crate) fn asking<R>(ask: impl FnOnce() -> R) -> Option<R> {
    let nested = NESTED.try_with(Cell::get).unwrap_or(MAX_NESTED);
    RUNNING.fetch_add(1, Ordering::SeqCst);
    let _back = Back(nested);
    if nested >= MAX_NESTED || STOPPED.load(Ordering::SeqCst) {
        return None;
    }
    let _ = NESTED.try_with(|depth| depth.set(nested + 1));
    Some(ask())
}

/// Asks nobody from now on, and waits for those who are being asked.
///
/// CPython (before 3.14) ends a daemon thread that wants the GIL while the interpreter goes down by unwinding its stack,
/// which no Rust frame survives. So none may be running Python code from within a log call at that time.
#[pyfunction]
pub(crate) fn stop_asking(py: Python<'_>) {
    STOPPED.store(true, Ordering::SeqCst);
    py.detach(|| {
        let deadline = Instant::now() + PATIENCE;
        while RUNNING.load(Ordering::SeqCst) > 0 && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(1));
        }
    });
}

/// Restores the depth and the count, also when the asked code unwinds.
struct Back(u8);

impl Drop for Back {
    fn drop(&mut self) {
        let _ = NESTED.try_with(|depth| depth.set(self.0));
        RUNNING.fetch_sub(1, Ordering::SeqCst);
    }
}
