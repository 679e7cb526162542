package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the native library comes from, and what is said when it does not. */
class NativeLibraryTest {
  @TempDir Path folder;

  private static final Path CLASSES = Path.of("target/classes").toAbsolutePath();

  private Path libraryOfTheJar() {
    String name = System.mapLibraryName("dlogs_abi");
    return CLASSES.resolve("META-INF/native/" + NativeLibrary.platform() + "/" + name);
  }

  private Jvm quickstart(String... options) throws Exception {
    try (Sink sink = new Sink()) {
      Map<String, String> environment =
          Map.of("DLOGS_ENDPOINT", sink.endpoint(), "DLOGS_COMPRESSION", "none");
      String[] arguments =
          Stream.concat(Stream.of(options), Stream.of(Endings.class.getName(), "main"))
              .toArray(String[]::new);
      return Jvm.run(folder, environment, arguments);
    }
  }

  @Test
  void thePropertyNamesAFile() throws Exception {
    Path library = folder.resolve("mine.so");
    Files.copy(libraryOfTheJar(), library);
    Jvm ended =
        quickstart(
            "-D" + NativeLibrary.FILE + "=" + library, "-D" + NativeLibrary.FOLDER + "=/nowhere");
    assertEquals(0, ended.code(), ended.err());
  }

  @Test
  void theLibraryPathComesBeforeTheJar() throws Exception {
    Files.copy(libraryOfTheJar(), folder.resolve(System.mapLibraryName("dlogs_abi")));
    Jvm ended =
        quickstart("-Djava.library.path=" + folder, "-D" + NativeLibrary.FOLDER + "=/nowhere");
    assertEquals(0, ended.code(), ended.err());
  }

  @Test
  void theCopyFromTheJarLeavesNothingBehind() throws Exception {
    Path copies = Files.createDirectory(folder.resolve("copies"));
    assertEquals(0, quickstart("-D" + NativeLibrary.FOLDER + "=" + copies).code());
    try (Stream<Path> left = Files.list(copies)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void whatIsMissingIsSaidWithTheWayOut() throws Exception {
    Jvm missing = quickstart("-D" + NativeLibrary.FILE + "=/nowhere/lib.so");
    assertEquals(1, missing.code());
    assertTrue(
        missing
            .err()
            .contains("IllegalStateException: DistributedLogs cannot load its native library"));
    assertTrue(
        missing.err().contains("/nowhere/lib.so") && missing.err().contains(NativeLibrary.FILE));
    Jvm nowhere = quickstart("-D" + NativeLibrary.FOLDER + "=/nowhere");
    assertTrue(
        nowhere.err().contains(NativeLibrary.FOLDER) && nowhere.err().contains("noexec"),
        nowhere.err());
    Jvm other = quickstart("-Dos.arch=sparc");
    assertTrue(
        other.err().contains("linux-sparc") && other.err().contains("the jar has no"), other.err());
  }

  /**
   * As two web applications in one server: each has its own classes, its own library, its own
   * stream.
   */
  @Test
  void twoClassLoaders() throws Exception {
    try (Sink sink = new Sink();
        URLClassLoader one = own();
        URLClassLoader two = own()) {
      Object first = logger(one, sink);
      Object second = logger(two, sink);
      assertNotSame(first.getClass(), second.getClass());
      for (Object logger : List.of(first, second)) {
        Object pojo = Map.of("it", new Order(1));
        logger.getClass().getMethod("info", String.class, Map.class).invoke(logger, "m", pojo);
        logger.getClass().getMethod("close").invoke(logger);
      }
      // No Jackson there: the object's own text.
      assertEquals("Order[id=1]", sink.rows(2).get(0).fields().get("it"));
      assertEquals(2, sink.rows().size());
    }
  }

  record Order(int id) {}

  private static URLClassLoader own() throws Exception {
    return new URLClassLoader(
        new URL[] {CLASSES.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  private Object logger(ClassLoader loader, Sink sink) throws Exception {
    Class<?> type = Class.forName("com.distributedlogs.DistributedLogger", true, loader);
    Object builder = type.getMethod("builder").invoke(null);
    Map<String, Object> options =
        Map.of(
            "endpoint",
            sink.endpoint(),
            "journal_dir",
            folder.resolve("j").toString(),
            "shutdown_timeout_ms",
            Sink.PATIENCE_MS,
            "compression",
            "none");
    for (Map.Entry<String, Object> option : options.entrySet()) {
      builder
          .getClass()
          .getMethod("option", String.class, Object.class)
          .invoke(builder, option.getKey(), option.getValue());
    }
    return builder.getClass().getMethod("build").invoke(builder);
  }
}
