//! No panic crosses the border: every export runs in here.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::Once;

use crate::status;

/// Runs an export's body; a panic becomes [`status::PANIC`].
///
/// Whatever the body left half done stays behind this border: the logger's own state is either atomic or behind a lock that
/// tolerates poisoning, so that asserting unwind safety is right.
#[inline]
pub(crate) fn guard(body: impl FnOnce() -> i32) -> i32 {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(status::PANIC)
}

/// Silences this library's copy of the panic hook, which would print to the host's stderr. The host's own Rust, if any, has
/// another copy.
pub(crate) fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_hook(Box::new(|_| {})));
}
