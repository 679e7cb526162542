package com.distributedlogs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Finds and loads the native core, once for each class loader. Tries, in this order: the file that
 * the system property {@value #FILE} names; {@code java.library.path}; the copy in the jar.
 */
final class NativeLibrary {
  /** System property: the library's file, where the one in the jar is not wanted. */
  static final String FILE = "distributedlogs.native.file";

  /**
   * System property: the folder for the copy from the jar, where {@code java.io.tmpdir} cannot hold
   * programs.
   */
  static final String FOLDER = "distributedlogs.native.folder";

  private static final String NAME = "dlogs_abi";

  /** What went wrong at the first attempt; a second one would end the same way. */
  private static IllegalStateException failure;

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library unless it is loaded.
   *
   * @throws IllegalStateException if it cannot be; the text says what was tried, and how to help
   */
  static synchronized void require() {
    if (loaded) {
      return;
    }
    if (failure == null) {
      try {
        load();
        checkVersion();
        loaded = true;
        return;
      } catch (UnsatisfiedLinkError | IOException | UncheckedIOException error) {
        failure = unusable(error);
      }
    }
    throw new IllegalStateException(failure.getMessage(), failure);
  }

  private static void load() throws IOException {
    String file = System.getProperty(FILE, "");
    if (!file.isEmpty()) {
      System.load(Path.of(file).toAbsolutePath().toString());
      return;
    }
    try {
      System.loadLibrary(NAME);
    } catch (UnsatisfiedLinkError notThere) {
      try {
        loadFromJar(platform());
      } catch (UnsatisfiedLinkError | IOException error) {
        error.addSuppressed(notThere);
        // Nothing tells glibc and musl apart; where one library cannot be loaded, the other can.
        try {
          loadFromJar(platform() + "-musl");
        } catch (UnsatisfiedLinkError | IOException forMusl) {
          error.addSuppressed(forMusl);
          throw error;
        }
      }
    }
  }

  /**
   * A JVM binds a library's file to one class loader, so each gets a private copy: in a folder that
   * only this user can write to, under a name that tells its content, gone as soon as it is loaded.
   */
  private static void loadFromJar(String platform) throws IOException {
    byte[] library = resource(platform);
    CRC32 content = new CRC32();
    content.update(library);
    String folder = System.getProperty(FOLDER, System.getProperty("java.io.tmpdir"));
    Path own = Files.createTempDirectory(Path.of(folder), "distributedlogs-");
    Path copy =
        own.resolve(Long.toHexString(content.getValue()) + '-' + System.mapLibraryName(NAME));
    try {
      Files.write(copy, library);
      System.load(copy.toAbsolutePath().toString());
    } finally {
      remove(copy);
      remove(own);
    }
  }

  private static byte[] resource(String platform) throws IOException {
    String name = "/META-INF/native/" + platform + '/' + System.mapLibraryName(NAME);
    try (InputStream in = NativeLibrary.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new UnsatisfiedLinkError("the jar has no " + name);
      }
      return in.readAllBytes();
    }
  }

  /** Windows cannot remove a file that is loaded; the JVM does it at its end. */
  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException inUse) {
      path.toFile().deleteOnExit();
    }
  }

  private static void checkVersion() {
    int version = Native.abiVersion();
    if (version >>> 16 != Native.ABI_MAJOR) {
      String speaks = (version >>> 16) + "." + (version & 0xffff);
      throw new UnsatisfiedLinkError(
          "the library speaks version "
              + speaks
              + ", this class version "
              + Native.ABI_MAJOR
              + "; use those of one release");
    }
  }

  /** The folder's name in the jar: system and processor, such as linux-x86_64. */
  static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = os.contains("win") ? "windows" : os.contains("mac") ? "macos" : "linux";
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String processor =
        switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> arch;
        };
    return system + '-' + processor;
  }

  private static IllegalStateException unusable(Throwable error) {
    String help =
        "DistributedLogs cannot load its native library for "
            + platform()
            + ": "
            + error.getMessage()
            + ". Set -D"
            + FILE
            + "=<file> to a library for this platform, or, where programs may not run from "
            + System.getProperty("java.io.tmpdir")
            + " (noexec), -D"
            + FOLDER
            + "=<folder> to one where they may.";
    return new IllegalStateException(help, error);
  }
}
