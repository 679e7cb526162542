package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The origin document's usage example runs as it stands, and so do the quick start and the demo.
 */
class ExamplesTest {
  @TempDir Path folder;
  private final Sink sink = new Sink();

  @AfterEach
  void close() {
    sink.close();
  }

  /** Only the address is the test's, because port 5000 may be somebody's. */
  private Jvm seed(String endpoint, int shutdownTimeoutMs) throws Exception {
    String text = Files.readString(Jvm.EXAMPLES.resolve("seed/JavaExample.java"));
    assertTrue(text.contains("\"http://localhost:5000/api/logs\""));
    Path file = folder.resolve("JavaExample.java");
    Files.writeString(file, text.replace("http://localhost:5000/api/logs", endpoint));
    Map<String, String> environment =
        Map.of(
            "DLOGS_COMPRESSION",
            "none",
            "DLOGS_SHUTDOWN_TIMEOUT_MS",
            String.valueOf(shutdownTimeoutMs));
    return Jvm.run(folder, environment, file.toString());
  }

  @Test
  void theDocumentsExample() throws Exception {
    Jvm ended = seed(sink.endpoint(), Sink.PATIENCE_MS);
    assertEquals(new Jvm(0, "", "", ended.tookMs()), ended);
    List<Row> rows = sink.rows(2);
    assertEquals(List.of("Order processed successfully", "Invalid order data"), sink.messages());
    assertEquals(Map.of("order_id", 98765L, "total_amount", 249.99), rows.get(0).fields());
    assertEquals(Map.of("error_type", "validation"), rows.get(1).fields());
    assertEquals(Level.ERROR, rows.get(1).level());
    assertEquals("my-application", sink.client().get("service"));
    assertEquals("order-service", sink.client().get("component"));
  }

  @Test
  void theDocumentsExampleWithoutAServerEndsWell() throws Exception {
    Jvm ended = seed("http://127.0.0.1:9/api/logs", 2000);
    assertEquals(new Jvm(0, "", "", ended.tookMs()), ended);
  }

  @Test
  void theQuickStart() throws Exception {
    Path file = Jvm.EXAMPLES.resolve("java/Quickstart.java");
    assertTrue(Files.readAllLines(file).size() <= 30);
    Jvm ended = Jvm.run(folder, sink.environment(Sink.PATIENCE_MS), file.toString());
    String says = "0 records wait for a server, safe in the journal" + System.lineSeparator();
    assertEquals(new Jvm(0, says, "", ended.tookMs()), ended);
    assertEquals(5, sink.rows().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--records", "--check"})
  void theDemo(String argument) throws Exception {
    Jvm ended =
        Jvm.run(
            folder,
            sink.environment(Sink.PATIENCE_MS),
            "com.distributedlogs.demo.Demo",
            argument,
            "200",
            "--prefix",
            "p");
    boolean named = argument.equals("--check");
    String says = named ? "accepted 200" + System.lineSeparator() : "";
    assertEquals(new Jvm(0, says, "", ended.tookMs()), ended);
    Set<Object> ids = new TreeSet<>();
    sink.rows().forEach(row -> ids.add(row.fields().get("demo_id")));
    assertEquals(200, ids.size());
    assertTrue(ids.contains("p-200"));
    assertEquals(named, ids.equals(new TreeSet<>(sink.messages())));
  }
}
