package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options: what is set comes to the core, and what is wrong is told in the core's words. */
class BuilderTest {
  @TempDir Path folder;

  @Test
  void whatIsSetTravels() {
    try (Sink sink = new Sink();
        DistributedLogger logger =
            sink.builder(folder)
                .componentName("part")
                .environment("test")
                .metadata(Map.of("region", "eu \"1\" ä😀", "build", 42))
                .redactKeys("password", "token")
                .level(Level.WARNING)
                .build()) {
      assertEquals(Level.WARNING, logger.level());
      logger.error("m", Map.of("password", "s3cret", "user", 1));
      assertEquals(Map.of("password", "[redacted]", "user", 1L), sink.rows(1).get(0).fields());
      assertEquals("part", sink.client().get("component"));
      assertEquals("test", sink.client().get("environment"));
      assertEquals("eu \"1\" ä😀", ((Map<?, ?>) sink.client().get("metadata")).get("region"));
    }
  }

  @Test
  void whatIsWrongIsToldByName() {
    LoggerBuilder bad = DistributedLogger.builder().batchSize(0);
    String said = assertThrows(IllegalArgumentException.class, bad::build).getMessage();
    assertTrue(said.contains("batch_size") && said.contains("10000"), said);
    LoggerBuilder unknown = DistributedLogger.builder().option("batch_sise", 1);
    said = assertThrows(IllegalArgumentException.class, unknown::build).getMessage();
    assertTrue(said.contains("batch_sise"), said);
    assertThrows(
        IllegalArgumentException.class, () -> new DistributedLogger("localhost", "s", "c"));
  }

  @Test
  void textsAreReadAsTheEnvironmentSpellsThem() {
    try (Sink sink = new Sink();
        DistributedLogger logger =
            sink.builder(folder)
                .text("batch_size", " 7 ")
                .text("redact_keys", "a, b")
                .text("metadata", "k=v, l = w")
                .text("component_name", "part")
                .text("component_name", null)
                .build()) {
      logger.info("m", Map.of("a", 1, "b", 2));
      assertEquals(Map.of("a", "[redacted]", "b", "[redacted]"), sink.rows(1).get(0).fields());
      assertEquals(Map.of("k", "v", "l", "w"), sink.client().get("metadata"));
    }
    LoggerBuilder bad = DistributedLogger.builder().text("batch_size", "many");
    assertThrows(IllegalArgumentException.class, bad::build);
    LoggerBuilder map = DistributedLogger.builder().text("metadata", "no pairs");
    assertThrows(IllegalArgumentException.class, map::build);
  }

  @Test
  void levelsHaveManyNames() {
    assertEquals(Level.WARNING, Level.named("Warn"));
    assertEquals(Level.CRITICAL, Level.named("FATAL"));
    assertThrows(IllegalArgumentException.class, () -> Level.named("loud"));
    assertEquals(
        List.of(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR, Level.CRITICAL),
        List.of(300, 500, 800, 900, 1000, 1300).stream().map(Level::fromJul).toList());
    assertEquals(
        List.of(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR),
        List.of(0, 10, 20, 30, 40).stream().map(Level::fromSlf4j).toList());
  }

  @Test
  void theVersionIsTheBuilds() throws Exception {
    assertTrue(
        Files.readString(Path.of("pom.xml")).contains("<version>" + Version.OURS + "</version>"));
  }
}
