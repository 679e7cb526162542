/** The libraries under load: `call` logs one entry, `finish` delivers everything and says how many records were dropped. */

const { join } = require('node:path');

/** The control: everything but a library. */
function noop() {
  return { call() {}, finish: () => 0 };
}

/** DistributedLogs as its README shows it. */
function ours(endpoint, scratch, flood) {
  const { DistributedLogger } = require('distributed-logs');
  const patience = flood ? { overflow: 'block', blockTimeoutMs: 10_000 } : {};
  const journalDir = join(scratch, 'journal');
  const logger = new DistributedLogger({
    endpoint,
    serviceName: 'bench',
    journalDir,
    batchIntervalMs: 200,
    ...patience,
  });
  logger.start();
  return {
    call: (message, fields) => logger.info(message, fields),
    async finish() {
      await logger.close(60_000);
      return Object.values(logger.stats().refused).reduce((sum, count) => sum + count);
    },
  };
}

/** OpenTelemetry's SDK, with its default queue or with one that holds a million records. */
function otel(endpoint, _, __, queue = {}) {
  const { BatchLogRecordProcessor, LoggerProvider } = require('@opentelemetry/sdk-logs');
  const { OTLPLogExporter } = require('@opentelemetry/exporter-logs-otlp-proto');
  const exporter = new OTLPLogExporter({ url: endpoint.replace('/api/logs', '/v1/logs') });
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter, ...queue })] });
  const logger = provider.getLogger('bench');
  return {
    call: (body, attributes) => logger.emit({ severityNumber: 9, severityText: 'INFO', body, attributes }),
    async finish() {
      await provider.forceFlush();
      await provider.shutdown();
      return 0; // The SDK does not tell; the sink knows.
    },
  };
}

/** pino with its transport into a file, in a thread of its own: a reference for the call. It delivers nothing. */
function pino(_, scratch) {
  const make = require('pino');
  const transport = make.transport({ target: 'pino/file', options: { destination: join(scratch, 'pino.log') } });
  const logger = make(transport);
  return {
    call: (message, fields) => logger.info(fields, message),
    finish: () =>
      new Promise((resolve) => {
        transport.once('close', () => resolve(0));
        transport.end();
      }),
  };
}

const big = { maxQueueSize: 1_000_000, maxExportBatchSize: 4096 };

module.exports = { noop, ours, otel, 'otel-big': (...given) => otel(...given, big), pino };
