package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is too long is cut visibly, by host and core together; it is never encoded whole. */
class CutTest {
  @TempDir Path folder;
  private final Sink sink = new Sink();
  private DistributedLogger logger;

  @BeforeEach
  void open() {
    logger = sink.builder(folder).build();
    // The first segment is small; the largest records need the one after it.
    logger.info("first");
    logger.flush();
  }

  @AfterEach
  void close() {
    logger.close();
    sink.close();
  }

  /**
   * A record may need a segment that is not ready yet: that is refused, and then it is tried again.
   */
  private void log(String message, Map<String, ?> fields) {
    Sink.await(
        () -> logger.info(message, fields), () -> "refused " + logger.stats().get("refused"));
  }

  static Stream<Object> tooLong() {
    Map<String, Object> many = new LinkedHashMap<>();
    for (int n = 0; n < 100_000; n++) {
      many.put("key number " + n, n);
    }
    return Stream.of(
        "x".repeat(10_000_000),
        "ä".repeat(1_000_000),
        "😀".repeat(1_000_000),
        new char[10_000_000],
        new StringBuilder("y".repeat(1_000_000)),
        new byte[1_000_000],
        Collections.nCopies(1_000_000, 7),
        new long[1_000_000],
        many,
        many.keySet(),
        BigInteger.TEN.pow(30_000),
        Collections.nCopies(20, "z".repeat(100_000)));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("tooLong")
  void aLongValueIsCut(Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("before", 1);
    fields.put("v", value);
    fields.put("after", 2);
    assertTrue(Encoded.bytes("m", fields).remaining() < 1_100_000);
    log("m", fields);
    Row row = sink.rows(2).get(1);
    assertEquals(1L, row.fields().get("before"));
    boolean whole = row.fields().equals(Encoded.row("m", fields).fields());
    assertTrue(whole || row.fields().toString().contains("…"));
  }

  @Test
  void aLongMessageLeavesRoomForFields() {
    log("ä".repeat(1_000_000), Map.of("user", 1));
    Row row = sink.rows(2).get(1);
    assertTrue(row.message().endsWith("…"));
    assertTrue(row.message().length() > 100_000);
    assertEquals(1L, row.fields().get("user"));
  }

  @Test
  void aLongKeyIsCutAndKeepsItsValue() {
    assertTrue(logger.info("m", Map.of("k".repeat(1_000_000), 1)));
    assertEquals(Map.of("k".repeat(253) + "…", 1L), sink.rows(2).get(1).fields());
  }

  @Test
  void tooManyFieldsAreMarked() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int n = 0; n < 300; n++) {
      fields.put("k" + n, n);
    }
    assertTrue(logger.info("m", fields));
    Map<String, Object> kept = sink.rows(2).get(1).fields();
    assertEquals(257, kept.size());
    assertEquals("…", kept.get("@cut"));
    assertEquals(255L, kept.get("k255"));
  }

  @Test
  void tooManyFieldsOneByOneAreMarked() {
    LogCall call = logger.atInfo();
    for (int n = 0; n < 300; n++) {
      call.field("k" + n, n);
    }
    assertTrue(call.log("m"));
    assertEquals("…", sink.rows(2).get(1).fields().get("@cut"));
  }

  @Test
  void manyTimesItselfEnds() {
    List<Object> wide = Collections.nCopies(100, "leaf");
    for (int n = 0; n < 10; n++) {
      wide = Collections.nCopies(100, wide);
    }
    log("m", Map.of("v", wide));
    assertTrue(sink.rows(2).get(1).fields().toString().contains("…"));
  }
}
