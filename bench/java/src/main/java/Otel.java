import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessorBuilder;
import java.util.concurrent.TimeUnit;

/**
 * OpenTelemetry's SDK with OTLP over HTTP, with its default queue or with room for a million
 * records.
 */
final class Otel implements Contender {
  private static final AttributeKey<Long> USER = AttributeKey.longKey("user_id");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("path");
  private static final AttributeKey<Double> DURATION = AttributeKey.doubleKey("duration");
  private static final AttributeKey<String> TRACE = AttributeKey.stringKey("trace");
  private static final AttributeKey<Boolean> OK = AttributeKey.booleanKey("ok");

  private final SdkLoggerProvider provider;
  private final Logger logger;

  Otel(String endpoint, boolean big) {
    OtlpHttpLogRecordExporter exporter =
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint(endpoint.replace("/api/logs", "/v1/logs"))
            .build();
    BatchLogRecordProcessorBuilder processor = BatchLogRecordProcessor.builder(exporter);
    if (big) {
      processor.setMaxQueueSize(1_000_000).setMaxExportBatchSize(4096);
    }
    provider = SdkLoggerProvider.builder().addLogRecordProcessor(processor.build()).build();
    logger = provider.get("bench");
  }

  @Override
  public void call(Entry entry) {
    logger
        .logRecordBuilder()
        .setSeverity(Severity.INFO)
        .setBody(entry.message)
        .setAttribute(USER, (long) entry.user)
        .setAttribute(PATH, entry.path)
        .setAttribute(DURATION, entry.duration)
        .setAttribute(TRACE, entry.trace)
        .setAttribute(OK, entry.ok)
        .emit();
  }

  @Override
  public long finish() {
    provider.forceFlush().join(60, TimeUnit.SECONDS);
    provider.shutdown().join(10, TimeUnit.SECONDS);
    return 0; // The SDK does not tell; the sink knows.
  }
}
