package com.distributedlogs;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Logs from several threads until it is killed, and notes in shared memory which call has returned
 * (dlogs-kills). Usage: KillMe ENDPOINT JOURNAL SIDE LIFE THREADS. When stdin ends it stops, ships
 * everything, also what earlier lives left, and exits 0.
 */
final class KillMe {
  private static final long PATIENCE_MS = 280_000;

  /** One store of 8 bytes, so that SIGKILL cannot fall into it. */
  private static final VarHandle NOTED =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static volatile boolean stop;

  private KillMe() {}

  public static void main(String[] arguments) throws Exception {
    Path journal = Path.of(arguments[1]);
    DistributedLogger logger =
        DistributedLogger.builder()
            .endpoint(arguments[0])
            .serviceName("kills")
            .journalDir(arguments[1])
            .batchIntervalMs(20)
            .retryMaxMs(200)
            .build();
    try (FileChannel file =
        FileChannel.open(
            Path.of(arguments[2]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer side = file.map(FileChannel.MapMode.READ_WRITE, 0, file.size());
      List<Thread> threads = new ArrayList<>();
      for (int n = 0; n < Integer.parseInt(arguments[4]); n++) {
        int number = n;
        threads.add(new Thread(() -> log(logger, side, arguments[3], number)));
      }
      threads.forEach(Thread::start);
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
      stop = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }
    ship(logger, journal);
  }

  private static void log(DistributedLogger logger, ByteBuffer side, String life, int thread) {
    for (long number = 1; !stop; number++) {
      String message = life + "." + thread + "." + number;
      while (!logger.info(message, Map.of("thread", thread, "n", number))) {
        pause(1);
      }
      NOTED.setVolatile(side, 8 * thread, number);
      if (number % 10 == 0) {
        pause(1);
      }
    }
  }

  private static void ship(DistributedLogger logger, Path journal) throws IOException {
    String own = logger.stream().substring(0, logger.stream().indexOf('.'));
    long deadline = System.nanoTime() + PATIENCE_MS * 1_000_000;
    while (System.nanoTime() < deadline) {
      if (logger.flush(Duration.ofSeconds(1)) == 0 && others(journal, own).isEmpty()) {
        logger.close();
        System.exit(0);
      }
      pause(50);
    }
    System.err.println("not shipped in " + PATIENCE_MS + " ms: " + others(journal, own));
    System.exit(1);
  }

  /** Segments that other processes left. */
  private static List<Path> others(Path journal, String own) throws IOException {
    try (Stream<Path> files = Files.walk(journal)) {
      return files
          .filter(file -> file.toString().endsWith(".seg"))
          .filter(file -> !file.getParent().toString().contains(own))
          .toList();
    } catch (java.io.UncheckedIOException removedMeanwhile) {
      return List.of(journal);
    }
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException interrupted) {
      stop = true;
    }
  }
}
