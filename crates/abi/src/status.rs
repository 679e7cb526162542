//! What an export returns. Numbers are fixed for ever; zero and above are outcomes, below zero the caller made a mistake.

/// Accepted, or done.
pub const OK: i32 = 0;
/// The handle is stale or was never one.
pub const BAD_HANDLE: i32 = -1;
/// A pointer is null, or a text is not UTF-8.
pub const BAD_ARGUMENT: i32 = -2;
/// The configuration is wrong; the error buffer says how to mend it.
pub const CONFIG: i32 = -3;
/// The buffer is too small; the length says how large it must be.
pub const TOO_SMALL: i32 = -4;
/// There are too many loggers at once.
pub const TOO_MANY: i32 = -5;
/// The logger is closed, and every event was seen.
pub const ENDED: i32 = 3;
/// A defect of ours was caught at the border.
pub const PANIC: i32 = -99;
