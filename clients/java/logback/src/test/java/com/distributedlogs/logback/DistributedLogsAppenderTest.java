package com.distributedlogs.logback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import com.distributedlogs.Level;
import com.distributedlogs.Row;
import com.distributedlogs.Sink;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/** The appender, as a configuration file makes it. */
class DistributedLogsAppenderTest {
  @TempDir Path folder;
  private final Sink sink = new Sink();
  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void close() {
    context.stop();
    MDC.clear();
    sink.close();
  }

  private Logger configured(String more) throws JoranException {
    String xml =
        """
        <configuration>
          <appender name="DLOGS" class="com.distributedlogs.logback.DistributedLogsAppender">
            <endpoint>%s</endpoint>
            <serviceName>shop</serviceName>
            <journalDir>%s</journalDir>
            <batchIntervalMs>20</batchIntervalMs>
            <shutdownTimeoutMs>%d</shutdownTimeoutMs>
            <compression>none</compression>
            <redactKeys>password, token</redactKeys>
            <metadata>region=eu</metadata>
            %s
          </appender>
          <root level="TRACE"><appender-ref ref="DLOGS"/></root>
        </configuration>
        """
            .formatted(sink.endpoint(), folder.resolve("journal"), Sink.PATIENCE_MS, more);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    context.setMDCAdapter(
        MDC.getMDCAdapter() instanceof ch.qos.logback.classic.util.LogbackMDCAdapter mdc
            ? mdc
            : null);
    configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    return context.getLogger("app.db");
  }

  @Test
  void aRecordWithEverything() throws Exception {
    Logger log = configured("");
    MDC.put("request", "r-1");
    MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
    MDC.put("span_id", "00f067aa0ba902b7");
    MDC.put("same", "mdc");
    Instant before = Instant.now();
    log.atWarn()
        .addKeyValue("user", 7)
        .addKeyValue("same", "own")
        .addKeyValue("password", "s3cret")
        .addMarker(MarkerFactory.getMarker("AUDIT"))
        .setCause(new IllegalStateException("boom"))
        .log("hello {}", "world");
    Row row = sink.rows(1).get(0);
    assertEquals(Level.WARNING, row.level());
    assertEquals("hello world", row.message());
    Map<String, Object> fields = row.fields();
    assertEquals("app.db", fields.get("@logger"));
    assertEquals(Thread.currentThread().getName(), fields.get("@thread"));
    assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", fields.get("@trace_id"));
    assertEquals("00f067aa0ba902b7", fields.get("@span_id"));
    assertEquals("java.lang.IllegalStateException", fields.get("@error.type"));
    assertEquals("boom", fields.get("@error.message"));
    assertTrue(((String) fields.get("@error.stack")).contains("aRecordWithEverything"));
    assertEquals("r-1", fields.get("request"));
    assertEquals(7L, fields.get("user"));
    assertEquals("own", fields.get("same"));
    assertEquals("[redacted]", fields.get("password"));
    assertEquals(List.of("AUDIT"), fields.get("markers"));
    Instant happened = Instant.ofEpochSecond(0, row.timeNs());
    assertTrue(!happened.isBefore(before) && !happened.isAfter(Instant.now()));
    assertEquals("shop", sink.client().get("service"));
    assertEquals(Map.of("region", "eu"), sink.client().get("metadata"));
  }

  @Test
  void levels() throws Exception {
    Logger log = configured("<level>trace</level>");
    log.trace("m");
    log.debug("m");
    log.info("m");
    log.warn("m");
    log.error("m");
    log.error(MarkerFactory.getMarker("FATAL"), "m");
    List<Row> rows = sink.rows(6);
    for (int n = 0; n < 6; n++) {
      assertEquals(Level.values()[n], rows.get(n).level());
    }
  }

  @Test
  void stoppingTheContextSendsTheRest() throws Exception {
    Logger log = configured("<batchSize>1000</batchSize>");
    for (int n = 0; n < 50; n++) {
      log.info("m");
    }
    context.stop();
    assertEquals(50, sink.rows().size());
    log.info("after the end");
  }

  @Test
  void aWrongOptionIsToldToLogback() throws Exception {
    Logger log = configured("<batchSize>many</batchSize>");
    log.info("goes nowhere");
    List<Status> told = context.getStatusManager().getCopyOfStatusList();
    assertTrue(
        told.stream().anyMatch(one -> one.getMessage().contains("batch_size")), told::toString);
  }
}
