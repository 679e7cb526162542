//! OpenTelemetry's SDK with the OTLP exporter over HTTP and protobuf, as its documentation sets it up.

use std::time::Duration;

use opentelemetry::logs::{AnyValue, LogRecord, Logger, LoggerProvider, Severity};
use opentelemetry_otlp::{LogExporter, Protocol, WithExportConfig};
use opentelemetry_sdk::logs::{
    BatchConfigBuilder, BatchLogProcessor, SdkLogger, SdkLoggerProvider,
};

use crate::entry::Entry;
use crate::workload::Contender;

/// How much may wait.
pub enum Queue {
    /// 2 048 records, batches of 512: a flood drops most of it.
    Default,
    /// A million records, batches of 4 096: what somebody sets who wants to lose nothing.
    Enlarged,
}

/// The SDK's own interface, without a bridge in between.
pub struct Otel {
    provider: SdkLoggerProvider,
    logger: SdkLogger,
}

impl Otel {
    /// Sends to `/v1/logs` of the sink.
    pub fn open(endpoint: &str, queue: Queue) -> Result<Self, String> {
        let endpoint = endpoint.replace("/api/logs", "/v1/logs");
        let exporter = LogExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(endpoint)
            .build()
            .map_err(|error| error.to_string())?;
        let config = match queue {
            Queue::Default => BatchConfigBuilder::default(),
            Queue::Enlarged => BatchConfigBuilder::default()
                .with_max_queue_size(1_000_000)
                .with_max_export_batch_size(4096),
        };
        let processor =
            BatchLogProcessor::builder(exporter).with_batch_config(config.build()).build();
        let provider = SdkLoggerProvider::builder().with_log_processor(processor).build();
        let logger = provider.logger("bench");
        Ok(Self { provider, logger })
    }
}

impl Contender for Otel {
    fn call(&mut self, entry: &Entry<'_>) {
        let mut record = self.logger.create_log_record();
        record.set_severity_number(Severity::Info);
        record.set_severity_text("INFO");
        record.set_body(AnyValue::from(entry.message));
        record.add_attribute("user_id", entry.user_id);
        record.add_attribute("path", entry.path);
        record.add_attribute("duration", entry.duration);
        record.add_attribute("ok", entry.ok);
        record.add_attribute("trace", entry.trace.to_owned());
        self.logger.emit(record);
    }

    fn finish(self: Box<Self>) -> Result<u64, String> {
        // Dropped records are only logged by the SDK, not told; the sink knows.
        self.provider.force_flush().map_err(|error| error.to_string())?;
        let _ = self.provider.shutdown_with_timeout(Duration::from_secs(60));
        Ok(0)
    }
}
