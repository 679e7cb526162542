//! The accept loop: a bounded number of connections, each with time-outs, all ended in good order.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::config::Config;

const HEADERS_MAX: usize = 64;
/// A request's head is no longer; bodies pass through a buffer of this size.
const BUFFER_MAX_BYTES: usize = 128 << 10;
/// After an error of accept (no descriptors left) the loop breathes.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Accepts until `shutdown` completes, then waits for the requests in flight, but not for ever.
pub(crate) async fn run(
    listener: TcpListener,
    router: Router,
    config: &Config,
    shutdown: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(config.header_timeout_ms))
        .max_headers(HEADERS_MAX)
        .max_buf_size(BUFFER_MAX_BYTES);
    let slots = Arc::new(Semaphore::new(config.max_connections));
    let (end, ending) = watch::channel(());
    let accept = async {
        loop {
            let Ok(slot) = slots.clone().acquire_owned().await else { return };
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            };
            // Answers are short and awaited: they must not wait for more bytes to join them.
            let _ = stream.set_nodelay(true);
            let service = TowerToHyperService::new(router.clone());
            let connection = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
            let mut ending = ending.clone();
            tokio::spawn(async move {
                let mut connection = pin!(connection);
                // A peer that breaks off is no event of ours.
                tokio::select! {
                    _ = connection.as_mut() => {}
                    _ = ending.changed() => {
                        connection.as_mut().graceful_shutdown();
                        let _ = connection.await;
                    }
                }
                drop(slot);
            });
        }
    };
    tokio::select! {
        () = accept => {}
        () = shutdown => {}
    }
    drop(listener);
    let _ = end.send(());
    let patience = Duration::from_millis(config.shutdown_timeout_ms);
    let all_ended = slots.acquire_many(config.max_connections as u32);
    if tokio::time::timeout(patience, all_ended).await.is_err() {
        tracing::warn!("some connections did not end in time and are closed");
    }
}
