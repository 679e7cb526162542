//! The socket: binds, serves, stops in good order.

use std::future::Future;
use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::app::App;
use crate::config::Config;
use crate::live::{Rooms, Timing};
use crate::{listen, port};

/// Serves until `shutdown` completes, then answers 503, finishes what is in flight and returns.
/// `ready` is called once with the bound address, when the queue has been read again.
pub async fn serve(
    config: Config,
    ready: impl FnOnce(SocketAddr) + Send,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let address = SocketAddr::new(config.host, config.port);
    let listener =
        TcpListener::bind(address).await.map_err(|error| refuse_bind(address, &error))?;
    let bound = listener.local_addr().map_err(|error| ServeError(error.to_string()))?;
    let rooms = Rooms::new(Timing::default()).map_err(|error| ServeError(error.to_string()))?;
    let observers = rooms.observers();
    let opening = config.clone();
    let app = tokio::task::spawn_blocking(move || App::open(opening, observers));
    let app = app.await.map_err(|error| ServeError(error.to_string()))?.map_err(ServeError)?;
    if app.needs_key() && !app.has_keys() {
        return Err(ServeError(format!(
            "Listening on {} lets other machines in, and there is no API key yet. Make one with dlogs keys add, listen on 127.0.0.1, or say --no-auth.",
            config.host
        )));
    }
    let router = app.router(rooms.router(&app));
    ready(bound);
    let stopping = async {
        shutdown.await;
        app.stop();
        rooms.close();
    };
    listen::run(listener, router, &config, stopping).await;
    let closing = app.clone();
    tokio::task::spawn_blocking(move || closing.close())
        .await
        .map_err(|error| ServeError(error.to_string()))
}

fn refuse_bind(address: SocketAddr, error: &io::Error) -> ServeError {
    let port = address.port();
    ServeError(match error.kind() {
        io::ErrorKind::AddrInUse => {
            let who = port::holder(port).unwrap_or_else(|| "another process".into());
            format!(
                "Port {port} is taken by {who}. Stop it, or choose another port with --port, such as --port {}.",
                port.checked_add(1).unwrap_or(5001)
            )
        }
        io::ErrorKind::PermissionDenied => format!(
            "Port {port} may not be used by this user ({error}). Choose one above 1023 with --port."
        ),
        io::ErrorKind::AddrNotAvailable => format!(
            "This machine has no address {} ({error}). Choose one of its own with --host.",
            address.ip()
        ),
        _ => format!("Cannot listen on {address}: {error}. Choose others with --host and --port."),
    })
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
