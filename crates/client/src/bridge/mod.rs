//! From what a program already logs with to a [`crate::Logger`]. Never logs the client's own activity into itself.

#[cfg(feature = "log")]
pub mod log;
pub mod panic;
#[cfg(feature = "tracing")]
pub mod tracing;

/// Is this the client speaking? On its own threads everything is: HTTP, TLS, and what the host's allocator may say.
#[cfg(any(feature = "log", feature = "tracing"))]
fn is_own(target: &str) -> bool {
    crate::own_thread::is_own() || target == "dlogs" || target.starts_with("dlogs::")
}
