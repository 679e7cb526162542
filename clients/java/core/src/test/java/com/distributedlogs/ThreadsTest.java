package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads at once: platform threads, and virtual ones where the JDK has them. */
class ThreadsTest {
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

  /** Every record of every thread arrives once, whole, and in its thread's order. */
  private void manyLog(ThreadFactory factory, int threads, int calls) throws Exception {
    List<Thread> running = new ArrayList<>();
    for (int number = 0; number < threads; number++) {
      int thread = number;
      running.add(factory.newThread(() -> log(thread, calls)));
    }
    running.forEach(Thread::start);
    for (Thread thread : running) {
      thread.join();
    }
    assertEquals(0, logger.flush(java.time.Duration.ofSeconds(20)));
    Set<String> seen = new HashSet<>();
    int[] last = new int[threads];
    for (Row row : sink.rows()) {
      int thread = ((Long) row.fields().get("thread")).intValue();
      int n = ((Long) row.fields().get("n")).intValue();
      assertEquals(thread + "/" + n, row.message());
      assertEquals("asked", row.fields().get("it"));
      assertTrue(seen.add(row.message()), "twice: " + row.message());
      assertTrue(n > last[thread]);
      last[thread] = n;
    }
    assertEquals(threads * calls, seen.size());
  }

  private void log(int thread, int calls) {
    Object yields =
        new Object() {
          @Override
          public String toString() {
            Thread.yield();
            return "asked";
          }
        };
    for (int n = 1; n <= calls; n++) {
      // A burst may find no segment ready: that is refused, and then it is tried again.
      while (!logged(thread, n, yields)) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private boolean logged(int thread, int n, Object yields) {
    String message = thread + "/" + n;
    if (n % 2 == 0) {
      return logger.info(message, Map.of("thread", thread, "n", n, "it", yields));
    }
    return logger.atInfo().field("thread", thread).field("it", yields).field("n", n).log(message);
  }

  @Test
  void platformThreads() throws Exception {
    manyLog(Thread::new, 16, 1000);
  }

  @Test
  void virtualThreads() throws Exception {
    manyLog(virtual(), 1000, 16);
  }

  /**
   * By reflection, because the library is built for JDK 17, which has none: there this test is
   * shown as skipped.
   */
  private static ThreadFactory virtual() throws Exception {
    Class<?> builder;
    try {
      builder = Class.forName("java.lang.Thread$Builder");
    } catch (ClassNotFoundException before21) {
      assumeTrue(false, "this JDK has no virtual threads: " + Runtime.version());
      throw before21;
    }
    Object ofVirtual = Thread.class.getMethod("ofVirtual").invoke(null);
    return (ThreadFactory) builder.getMethod("factory").invoke(ofVirtual);
  }
}
