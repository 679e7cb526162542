//! How large a record may be. What exceeds a limit is cut visibly, never refused.

/// Bytes of a whole body.
pub const MAX_RECORD_BYTES: usize = 256 * 1024;

/// Bytes of the message. The rest of the record stays free for fields, so that a huge message cannot drive out a trace id.
pub const MAX_MESSAGE_BYTES: usize = MAX_RECORD_BYTES - 16 * 1024;

/// Fields of a record; the mark `@cut` does not count.
pub const MAX_FIELDS: usize = 256;

/// Bytes of a key, at any depth.
pub const MAX_KEY_BYTES: usize = 256;

/// Lists and maps inside one another, counted from the field's value (which is depth 1).
pub const MAX_DEPTH: usize = 8;

/// Depth at which a foreign body is refused instead of cut: reading it must not need a deep stack.
pub const MAX_FOREIGN_DEPTH: usize = 64;

/// Bytes before the message's length: level, kind, field count, time.
pub const HEAD_BYTES: usize = 12;

/// What ends a cut message, key or text.
pub const ELLIPSIS: &str = "…";

/// What stands for the value of a redacted key.
pub const REDACTED: &str = "[redacted]";
