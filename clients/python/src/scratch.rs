//! One buffer a thread for the record being encoded. A record inside a record (a `__str__` that logs) gets its own.

use std::cell::Cell;

/// A buffer that grew beyond this is given back to the allocator: one large record must not pin memory in every thread.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Runs `write` on this thread's buffer. While it runs the buffer is out, so that a nested call finds a fresh one.
#[inline]
pub(crate) fn with_buffer<R>(write: impl FnOnce(&mut Vec<u8>) -> R) -> R {
    let mut buffer = BUFFER.try_with(Cell::take).unwrap_or_default();
    buffer.clear();
    let result = write(&mut buffer);
    if buffer.capacity() <= KEPT_BYTES {
        // A thread that ends has no buffer any more: then this one simply goes.
        let _ = BUFFER.try_with(|kept| kept.set(buffer));
    }
    result
}
