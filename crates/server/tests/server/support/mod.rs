//! What the server's tests share: a real server on a free port, batches as clients make them, a socket.

use std::time::Duration;

pub mod app;
pub mod batch;
pub mod catalog;
pub mod disk;
pub mod http;
pub mod server;

/// How long a test waits for what must come: longer than any machine takes that builds beside it.
pub const PATIENCE: Duration = Duration::from_secs(90);
