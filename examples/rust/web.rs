//! A web service with axum: every line that a request logs carries its id and path, what libraries log with `tracing` too.

use std::error::Error;

use axum::extract::{Path, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use dlogs::Logger;
use dlogs::bridge::tracing::DlogsLayer;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{Instrument, info, info_span};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The fields of a span are those of everything that is logged within it.
async fn request_context(request: Request, next: Next) -> Response {
    let given = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    let request_id = given.map_or_else(|| format!("{:p}", &request), str::to_owned);
    let span = info_span!("request", request_id, path = request.uri().path());
    async {
        let response = next.run(request).await;
        info!(status = response.status().as_u16(), "Request done");
        response
    }
    .instrument(span)
    .await
}

async fn order(Path(order): Path<u32>) -> Json<u32> {
    info!(order, "Reading the order");
    Json(order)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let logger = Logger::builder().service_name("shop").component_name("web").build()?;
    tracing_subscriber::registry().with(DlogsLayer::new(logger.clone())).init();

    let app = Router::new()
        .route("/orders/{order}", get(order))
        .layer(middleware::from_fn(request_context));
    let port = std::env::var("PORT").unwrap_or_else(|_| "8080".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    let mut term = signal(SignalKind::terminate())?;
    axum::serve(listener, app)
        .with_graceful_shutdown(async move {
            term.recv().await;
        })
        .await?;
    logger.close();
    Ok(())
}
