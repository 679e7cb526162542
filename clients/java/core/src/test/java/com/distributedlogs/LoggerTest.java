package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs, as somebody uses them. */
class LoggerTest {
  @TempDir Path folder;
  private final Sink sink = new Sink();
  private DistributedLogger logger;

  @BeforeEach
  void open() {
    logger = sink.builder(folder).level(Level.TRACE).build();
  }

  @AfterEach
  void close() {
    logger.close();
    sink.close();
  }

  @Test
  void everyLevelHasItsVerbs() {
    Map<String, Object> fields = Map.of("k", 1);
    Throwable thrown = new RuntimeException("boom");
    assertTrue(logger.trace("m") && logger.trace("m", fields));
    assertTrue(logger.debug("m") && logger.debug("m", fields));
    assertTrue(logger.info("m") && logger.info("m", fields));
    assertTrue(logger.warning("m") && logger.warning("m", fields));
    assertTrue(logger.error("m") && logger.error("m", fields));
    assertTrue(logger.critical("m") && logger.critical("m", fields));
    assertTrue(logger.trace("m", thrown) && logger.trace("m", fields, thrown));
    assertTrue(logger.debug("m", thrown) && logger.debug("m", fields, thrown));
    assertTrue(logger.info("m", thrown) && logger.info("m", fields, thrown));
    assertTrue(logger.warning("m", thrown) && logger.warning("m", fields, thrown));
    assertTrue(logger.error("m", thrown) && logger.error("m", fields, thrown));
    assertTrue(logger.critical("m", thrown) && logger.critical("m", fields, thrown));
    List<Row> rows = sink.rows(24);
    for (int n = 0; n < 24; n++) {
      assertEquals(Level.of(n % 12 / 2), rows.get(n).level());
      assertEquals(n % 2 == 1, rows.get(n).fields().containsKey("k"));
      assertEquals(n >= 12, rows.get(n).fields().containsKey("@error.stack"));
    }
  }

  @Test
  void everyLevelCanBePutTogether() {
    assertTrue(logger.atTrace().log("m") && logger.atDebug().log("m") && logger.atInfo().log("m"));
    assertTrue(logger.atWarning().log("m") && logger.atError().log("m"));
    assertTrue(logger.atCritical().log("m"));
    List<Row> rows = sink.rows(6);
    for (int n = 0; n < 6; n++) {
      assertEquals(Level.of(n), rows.get(n).level());
    }
  }

  @Test
  void fieldsOneByOneKeepTheirTypesAndOrder() {
    Instant then = Instant.parse("2024-01-02T03:04:05.000000007Z");
    logger
        .atInfo()
        .at(then)
        .field("text", "a")
        .field("nothing", (String) null)
        .field("int", 1)
        .field("long", 1L << 40)
        .field("double", 2.5)
        .field("truth", true)
        .field("list", List.of(1))
        .fields(Map.of("more", 1))
        .error(new IllegalArgumentException("bad"))
        .log("m");
    Row row = sink.rows(1).get(0);
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("text", "a");
    wanted.put("nothing", null);
    wanted.put("int", 1L);
    wanted.put("long", 1L << 40);
    wanted.put("double", 2.5);
    wanted.put("truth", true);
    wanted.put("list", List.of(1L));
    wanted.put("more", 1L);
    Map<String, Object> found = new LinkedHashMap<>(row.fields());
    assertEquals("java.lang.IllegalArgumentException", found.remove("@error.type"));
    assertEquals("bad", found.remove("@error.message"));
    assertTrue(((String) found.remove("@error.stack")).contains("fieldsOneByOne"));
    assertEquals(wanted.toString(), found.toString());
    assertEquals(then, Instant.ofEpochSecond(0, row.timeNs()));
  }

  @Test
  void anExceptionBringsItsCauses() {
    Throwable cause = new IllegalStateException("inside");
    logger.error("m", Map.of("k", 1), new RuntimeException("outside", cause));
    Map<String, Object> fields = sink.rows(1).get(0).fields();
    assertEquals("outside", fields.get("@error.message"));
    assertTrue(
        ((String) fields.get("@error.stack"))
            .contains("Caused by: java.lang.IllegalStateException: inside"));
    assertEquals("@error.type", fields.keySet().iterator().next());
  }

  @Test
  void customEvents() {
    assertTrue(logger.custom("signup"));
    assertTrue(logger.custom("payment_completed", Map.of("amount", 99.99)));
    assertTrue(logger.atWarning().field("a", 1).custom("odd"));
    List<Row> rows = sink.rows(3);
    assertTrue(rows.stream().allMatch(Row::event));
    assertEquals(
        List.of(Level.INFO, Level.INFO, Level.WARNING), rows.stream().map(Row::level).toList());
  }

  @Test
  void childrenShareEverythingButTheirFields() {
    DistributedLogger child = logger.child(Map.of("request", "r-1"));
    DistributedLogger grandchild = child.child(Map.of("step", 1));
    grandchild.info("m", Map.of("step", 2));
    child.atInfo().field("own", 1).log("m");
    assertEquals(Map.of("request", "r-1", "step", 2L), sink.rows(2).get(0).fields());
    assertEquals(Map.of("request", "r-1", "own", 1L), sink.rows(2).get(1).fields());
    assertEquals(logger.stream(), grandchild.stream());
    grandchild.setLevel(Level.ERROR);
    assertEquals(Level.ERROR, logger.level());
    assertFalse(logger.isEnabled(Level.WARNING));
  }

  @Test
  void aDisabledLevelAsksForNothing() {
    logger.setLevel(Level.INFO);
    Object asked =
        new Object() {
          @Override
          public String toString() {
            throw new AssertionError("asked");
          }
        };
    assertFalse(logger.debug("m", Map.of("it", asked)));
    assertFalse(logger.atDebug().field("it", asked).log("m"));
    assertFalse(logger.log(Level.TRACE, "m"));
    assertEquals(0L, logger.stats().get("accepted"));
  }

  @Test
  void statisticsAndState() throws Exception {
    assertEquals(State.STOPPED, logger.state());
    assertEquals(Optional.empty(), logger.activity());
    logger.start();
    logger.info("m");
    assertEquals(0, logger.flushAsync(Duration.ofSeconds(10)).get(20, TimeUnit.SECONDS));
    assertEquals(1L, logger.stats().get("acked"));
    assertEquals(State.RUNNING, logger.state());
    assertTrue(logger.toString().contains(logger.stream()));
    Map<String, Object> client = sink.client();
    assertEquals("java", client.get("language"));
    assertTrue(client.toString().contains(Runtime.version().toString()), client::toString);
  }
}
