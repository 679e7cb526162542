//! The socket: binds, serves, stops in good order.

use std::future::Future;
use std::net::SocketAddr;

use crate::config::Config;

/// Serves until `shutdown` completes, then answers 503, finishes what is in flight and returns.
/// `ready` is called once with the bound address, when the queue has been read again.
pub async fn serve(
    config: Config,
    ready: impl FnOnce(SocketAddr) + Send,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let _ = (config, ready);
    shutdown.await;
    Ok(())
}

/// Why the server did not start or could not go on: a sentence that says how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeError(pub String);

impl std::fmt::Display for ServeError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for ServeError {}
