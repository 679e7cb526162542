package com.distributedlogs.log4j2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.distributedlogs.Level;
import com.distributedlogs.Row;
import com.distributedlogs.Sink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.message.StringMapMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The appender, as a configuration file makes it. */
class DistributedLogsAppenderTest {
  @TempDir Path folder;
  private final Sink sink = new Sink();
  private LoggerContext context;

  @AfterEach
  void close() {
    context.close();
    ThreadContext.clearAll();
    sink.close();
  }

  private Logger configured(String more) throws Exception {
    String xml =
        """
        <Configuration status="OFF">
          <Appenders>
            <DistributedLogs name="dlogs" endpoint="%s" serviceName="shop" journalDir="%s"
                batchIntervalMs="20" compression="none" redactKeys="password"
                shutdownTimeoutMs="%d" %s/>
          </Appenders>
          <Loggers><Root level="all"><AppenderRef ref="dlogs"/></Root></Loggers>
        </Configuration>
        """
            .formatted(sink.endpoint(), folder.resolve("journal"), Sink.PATIENCE_MS, more);
    Path file = Files.writeString(folder.resolve("log4j2.xml"), xml);
    context = Configurator.initialize("tests", null, file.toUri());
    return context.getLogger("app.db");
  }

  @Test
  void aRecordWithEverything() throws Exception {
    Logger log = configured("");
    ThreadContext.put("request", "r-1");
    ThreadContext.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    ThreadContext.put("spanId", "00f067aa0ba902b7");
    ThreadContext.push("inner");
    Instant before = Instant.now();
    log.atWarn()
        .withMarker(
            MarkerManager.getMarker("AUDIT").addParents(MarkerManager.getMarker("SECURITY")))
        .withThrowable(new IllegalStateException("boom"))
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
    assertTrue(((String) fields.get("@error.stack")).contains("aRecordWithEverything"));
    assertEquals("r-1", fields.get("request"));
    assertEquals(List.of("inner"), fields.get("context"));
    assertEquals(List.of("AUDIT", "SECURITY"), fields.get("markers"));
    Instant happened = Instant.ofEpochSecond(0, row.timeNs());
    assertTrue(!happened.isBefore(before.minusMillis(1)) && !happened.isAfter(Instant.now()));
    assertEquals("shop", sink.client().get("service"));
  }

  @Test
  void aMapMessageBecomesFields() throws Exception {
    configured("").info(new StringMapMessage().with("user", "ann").with("password", "s3cret"));
    Map<String, Object> fields = sink.rows(1).get(0).fields();
    assertEquals("ann", fields.get("user"));
    assertEquals("[redacted]", fields.get("password"));
  }

  @Test
  void levels() throws Exception {
    Logger log = configured("level=\"trace\"");
    log.trace("m");
    log.debug("m");
    log.info("m");
    log.warn("m");
    log.error("m");
    log.fatal("m");
    List<Row> rows = sink.rows(6);
    for (int n = 0; n < 6; n++) {
      assertEquals(Level.values()[n], rows.get(n).level());
    }
  }

  @Test
  void stoppingTheContextSendsTheRest() throws Exception {
    Logger log = configured("batchSize=\"1000\"");
    for (int n = 0; n < 50; n++) {
      log.info("m");
    }
    context.stop();
    assertEquals(50, sink.rows().size());
  }

  @Test
  void aWrongOptionMakesNoAppender() throws Exception {
    configured("batchSize=\"many\"").info("goes nowhere");
    assertFalse(context.getConfiguration().getAppenders().containsKey("dlogs"));
  }
}
