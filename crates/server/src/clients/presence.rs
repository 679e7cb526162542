//! Whether a client is there: what its last words and the time since then say.

/// A client sends at least every 10 s; three missed heartbeats mean silence.
pub const SILENT_AFTER_MS: u64 = 30_000;

/// Silent for longer than this, a client is taken to be gone.
pub const GONE_AFTER_MS: u64 = 300_000;

/// A client's presence as the server sees it. "Failed" is what the client says of itself, never a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// Heard from within [`SILENT_AFTER_MS`].
    Connected,
    /// Not heard from, and not ended.
    Silent,
    /// Its last block says that it gave up for now.
    Failed,
    /// Silent for more than [`GONE_AFTER_MS`], or adopted by another process.
    Gone,
    /// Ended in good order.
    Closed,
}

/// What is known of a client when its presence is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Signs<'a> {
    /// Milliseconds since it was last heard from.
    pub silent_for_ms: u64,
    /// The state of its last block.
    pub state: &'a str,
    /// Its last batch said `end_of_stream`.
    pub ended: bool,
    /// Another process ships what it left behind.
    pub adopted: bool,
}

impl Presence {
    /// Presence as a pure function of the signs.
    pub fn of(signs: Signs<'_>) -> Self {
        // An adopted stream may end too, but its process did not end in good order.
        if signs.adopted {
            Self::Gone
        } else if signs.ended {
            Self::Closed
        } else if signs.silent_for_ms > GONE_AFTER_MS {
            Self::Gone
        } else if signs.state == "failed" {
            Self::Failed
        } else if signs.silent_for_ms > SILENT_AFTER_MS {
            Self::Silent
        } else {
            Self::Connected
        }
    }

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Silent => "silent",
            Self::Failed => "failed",
            Self::Gone => "gone",
            Self::Closed => "closed",
        }
    }
}
