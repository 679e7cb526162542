package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own for a test: what it printed, and how it ended.
 *
 * @param code its exit code
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 * @param tookMs how long it lived
 */
record Jvm(int code, String out, String err, long tookMs) {
  private static final long PATIENCE_S = 60;

  /** Where the examples lie. */
  static final Path EXAMPLES =
      Path.of("").toAbsolutePath().resolve("../../../examples").normalize();

  /** Runs a class or a source file with these variables, and none of ours besides. */
  static Jvm run(Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process = start(folder, environment, arguments);
    assertTrue(process.waitFor(PATIENCE_S, TimeUnit.SECONDS), "still running");
    long tookMs = (System.nanoTime() - began) / 1_000_000;
    return new Jvm(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")),
        tookMs);
  }

  static Process start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("DLOGS_"));
    builder.environment().put("DLOGS_JOURNAL_DIR", folder.resolve("journal").toString());
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }
}
