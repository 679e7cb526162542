package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must never happen: an exception, a deadlock, a lost neighbour, whatever the fields do while
 * they are read.
 */
class NeverTest {
  @TempDir Path folder;
  private final Sink sink = new Sink();
  private DistributedLogger logger;

  @BeforeEach
  void open() {
    logger = sink.builder(folder).build();
  }

  @AfterEach
  void close() {
    logger.close();
    sink.close();
  }

  private Object when(Runnable asked) {
    return new Object() {
      @Override
      public String toString() {
        asked.run();
        return "asked";
      }
    };
  }

  @Test
  void aFieldThatLogsGivesTwoWholeRecords() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("before", "x");
    fields.put("it", when(() -> logger.info("from inside", Map.of("deep", 1))));
    fields.put("after", "y");
    assertTrue(logger.info("outside", fields));
    List<Row> rows = sink.rows(2);
    assertEquals(List.of("from inside", "outside"), sink.messages());
    assertEquals(Map.of("deep", 1L), rows.get(0).fields());
    assertEquals(Map.of("before", "x", "it", "asked", "after", "y"), rows.get(1).fields());
  }

  @Test
  void aFieldThatLogsItselfEnds() {
    Object[] itself = new Object[1];
    itself[0] = when(() -> logger.info("again", Map.of("me", itself[0])));
    assertTrue(logger.info("start", Map.of("it", itself[0])));
    assertEquals(0, logger.flush());
    assertTrue(sink.messages().contains("start"));
  }

  @Test
  void aFieldThatChangesItsMapIsMarked() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("a", 1);
    fields.put("it", when(() -> fields.put("new", 1)));
    Map<String, Object> inner = new HashMap<>();
    inner.put("x", when(() -> inner.put("y", 1)));
    assertTrue(logger.info("m", fields));
    assertTrue(logger.info("m", Map.of("inner", inner, "after", 1)));
    List<Row> rows = sink.rows(2);
    assertEquals(1L, rows.get(0).fields().get("a"));
    assertEquals("…", rows.get(0).fields().get("@cut"));
    assertEquals(1L, rows.get(1).fields().get("after"));
    assertEquals("…", ((Map<?, ?>) rows.get(1).fields().get("inner")).get("@cut"));
  }

  @Test
  void aFieldThatChangesItsListIsMarkedOrShortened() {
    List<Object> items = new ArrayList<>();
    items.add(when(items::clear));
    items.add(2);
    List<Object> linked = new java.util.LinkedList<>();
    linked.add(when(() -> linked.add(3)));
    assertTrue(logger.info("m", Map.of("items", items, "after", 1)));
    assertTrue(logger.info("m", Map.of("linked", linked, "after", 1)));
    List<Row> rows = sink.rows(2);
    assertEquals(List.of("asked"), rows.get(0).fields().get("items"));
    assertEquals(List.of("asked", "…"), rows.get(1).fields().get("linked"));
    assertEquals(1L, rows.get(1).fields().get("after"));
  }

  @Test
  void aMapThatCannotBeReadIsMarked() {
    Map<String, Object> broken =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, Object>> entrySet() {
            throw new UnsupportedOperationException();
          }
        };
    assertTrue(logger.info("m", broken));
    assertTrue(logger.info("m", Map.of("in", broken)));
    List<Row> rows = sink.rows(2);
    assertEquals(Map.of("@cut", "…"), rows.get(0).fields());
    assertEquals(Map.of("in", Map.of("@cut", "…")), rows.get(1).fields());
  }

  @Test
  void nothingIsNoMessageAndNoFields() {
    assertTrue(logger.info(null));
    assertTrue(logger.info("m", (Map<String, ?>) null));
    assertTrue(logger.error("m", null, null));
    assertTrue(logger.custom(null, null));
    assertTrue(
        logger.atInfo().field(null, (Object) null).fields(null).error(null).at(null).log(null));
    assertEquals(
        List.of("null", "m", "m", "null", "null"),
        sink.rows(5).stream().map(Row::message).toList());
  }

  @Test
  void anExceptionThatThrowsIsMarked() {
    RuntimeException odd =
        new RuntimeException() {
          private static final long serialVersionUID = 1;

          @Override
          public String getMessage() {
            throw new IllegalStateException("no message");
          }
        };
    assertTrue(logger.error("m", odd));
    Map<String, Object> fields = sink.rows(1).get(0).fields();
    assertEquals(odd.getClass().getName(), fields.get("@error.type"));
    assertTrue(((String) fields.get("@error.message")).contains("IllegalStateException"));
    assertNotNull(fields.get("@error.stack"));
  }

  @Test
  void theStackMayBeNearlyFull() {
    assertTrue(dive(0) > 100);
    assertTrue(logger.info("after"));
  }

  private int dive(int depth) {
    try {
      return dive(depth + 1);
    } catch (StackOverflowError full) {
      return depth;
    } finally {
      if (depth % 1000 == 0) {
        logger.info("deep", Map.of("depth", depth, "it", new Object()));
      }
    }
  }

  @Test
  void aCallIsUsedOnce() {
    LogCall call = logger.atInfo().field("a", 1);
    assertTrue(call.log("once"));
    assertFalse(call.field("b", 2).log("twice"));
    assertTrue(logger.info("next", Map.of("c", 3)));
    assertEquals(List.of("once", "next"), sink.rows(2).stream().map(Row::message).toList());
    assertEquals(Map.of("c", 3L), sink.rows().get(1).fields());
  }
}
