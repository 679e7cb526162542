//! What the server's tests share: a real server on a free port, batches as clients make them, a socket.

pub mod app;
pub mod batch;
pub mod catalog;
pub mod disk;
pub mod http;
pub mod server;
