import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.Map;

/** Logs through the OpenTelemetry SDK of Java; prints the rows that must come of it. */
public final class Otel {
  private static final Map<Severity, String> LEVELS =
      Map.of(Severity.TRACE, "TRACE", Severity.DEBUG, "DEBUG", Severity.INFO, "INFO",
          Severity.WARN, "WARNING", Severity.ERROR, "ERROR", Severity.FATAL, "CRITICAL");

  /** The server's address is the only argument. */
  public static void main(String[] arguments) {
    var told = Attributes.builder().put("service.name", "otel-java").put("service.namespace", "shop")
        .put("deployment.environment.name", "test").put("host.name", "web-4").build();
    var exporter = OtlpHttpLogRecordExporter.builder()
        .setEndpoint(arguments[0] + "/v1/logs").setCompression("gzip").build();
    var provider = SdkLoggerProvider.builder().setResource(Resource.getDefault().merge(Resource.create(told)))
        .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build()).build();
    Logger logger = provider.loggerBuilder("cart").setInstrumentationVersion("3.1").build();
    long start = System.currentTimeMillis();
    for (Map.Entry<Severity, String> level : LEVELS.entrySet()) {
      int number = level.getKey().getSeverityNumber();
      logger.logRecordBuilder().setTimestamp(Instant.ofEpochMilli(start).plusNanos(number))
          .setSeverity(level.getKey()).setBody("java " + level.getValue()).setAttribute("n", number)
          .setAttribute(AttributeKey.doubleKey("ratio"), 0.5).setAttribute(AttributeKey.booleanKey("yes"), true)
          .setAttribute(AttributeKey.stringArrayKey("list"), java.util.List.of("a", "b")).emit();
      expect("java " + level.getValue(), "\"level\": \"%s\", \"time_ns\": \"%d%06d\", \"logger\": \"cart\", \"metadata\":"
          + " {\"n\": %3$d, \"ratio\": 0.5, \"yes\": true, \"list\": [\"a\", \"b\"], \"scope.version\": \"3.1\"}",
          level.getValue(), start, number);
    }
    String trace = "0af7651916cd43dd8448eb211c80319c", span = "b7ad6b7169203331";
    var context = SpanContext.create(trace, span, TraceFlags.getSampled(), TraceState.getDefault());
    logger.logRecordBuilder().setContext(Context.root().with(Span.wrap(context))).setEventName("java.paid")
        .setSeverity(Severity.ERROR4).setBody(Value.of(KeyValue.of("amount", Value.of(12.5))))
        .setException(new IllegalStateException("too late")).emit();
    expect("java.paid", "\"level\": \"ERROR\", \"event\": \"java.paid\", \"trace_id\": \"%s\", \"span_id\": \"%s\","
        + " \"error\": {\"type\": \"java.lang.IllegalStateException\", \"message\": \"too late\"},"
        + " \"metadata\": {\"body\": {\"amount\": 12.5}, \"trace_flags\": 1}", trace, span);
    provider.close();
  }

  private static void expect(String message, String fields, Object... values) {
    System.out.printf("{\"message\": \"%s\", \"service\": \"otel-java\", \"component\": \"shop\", \"environment\": \"test\","
        + " \"host\": \"web-4\", \"language\": \"java\", %s}%n", message, String.format(fields, values));
  }
}
