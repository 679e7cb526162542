//! What the server's tests share: a real server on a free port, batches as clients make them, a socket.
#![allow(unreachable_pub, reason = "a support module of test binaries")]
#![allow(dead_code, reason = "every test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

pub mod batch;
pub mod http;
pub mod server;
