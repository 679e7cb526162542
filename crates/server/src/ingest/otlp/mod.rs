//! OTLP/HTTP logs, protobuf and JSON, made into our records at the edge. Never speaks gRPC, never keeps traces or metrics.

mod answer;
mod envelope;
mod record;
mod resource;
mod route;
mod spelling;
mod translate;
mod value;

#[cfg(test)]
mod tests;

pub(crate) use route::ingest;
