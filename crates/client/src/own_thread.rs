//! Which threads are the client's own: what is logged on them by others (HTTP, TLS) is never logged into itself.

use std::cell::Cell;

thread_local! {
    static OWN: Cell<bool> = const { Cell::new(false) };
}

/// This thread is the client's.
pub(crate) fn mark() {
    OWN.with(|own| own.set(true));
}

/// Is this thread the client's?
pub(crate) fn is_own() -> bool {
    OWN.try_with(Cell::get).unwrap_or(true)
}
