package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a logger. */
class CloseTest {
  @TempDir Path folder;
  private final Sink sink = new Sink();

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void closingSendsTheRestAndTellsTheSameAgain() {
    DistributedLogger logger = sink.builder(folder).batchIntervalMs(60_000).build();
    for (int n = 0; n < 20; n++) {
      logger.info("m");
    }
    CloseReport report = logger.stop();
    assertEquals(0, report.waiting() + report.lost());
    assertEquals(report, logger.stop());
    assertEquals(20, sink.rows().size());
    assertEquals(State.STOPPED, logger.state());
  }

  @Test
  void aCallAfterTheEndDoesNothing() {
    DistributedLogger logger;
    try (DistributedLogger opened = sink.builder(folder).build()) {
      logger = opened;
      logger.info("in time");
    }
    assertFalse(logger.info("too late", Map.of("k", 1)));
    assertFalse(logger.child(Map.of("a", 1)).atError().log("too late"));
    assertEquals(2L, ((Map<?, ?>) logger.stats().get("refused")).get("closed"));
    assertEquals(0, logger.flush());
    assertEquals(1, sink.rows().size());
  }

  @Test
  void closingIsBoundedWhileTheServerHangs() throws Exception {
    sink.hangs = true;
    DistributedLogger logger = sink.builder(folder).shutdownTimeoutMs(300).build();
    logger.on("*", event -> {});
    logger.info("m");
    long began = System.nanoTime();
    assertEquals(1, logger.flush(Duration.ofMillis(100)));
    CloseReport report = logger.closeAsync().get(20, TimeUnit.SECONDS);
    long tookMs = (System.nanoTime() - began) / 1_000_000;
    assertEquals(1, report.waiting());
    assertTrue(tookMs < 8000, "took " + tookMs + " ms");
  }

  @Test
  void whatWaitsIsSentByTheNextOne() {
    DistributedLogger first = sink.builder(folder).endpoint("http://127.0.0.1:9/api/logs").build();
    first.info("m");
    assertEquals(1, first.stop(Duration.ZERO).waiting());
    DistributedLogger second = sink.builder(folder).endpoint("http://127.0.0.1:9/api/logs").build();
    assertNotEquals(first.stream(), second.stream());
    second.start();
    second.stop(Duration.ZERO);
  }

  @Test
  void closingFromManyThreadsWhileOthersLog() throws Exception {
    DistributedLogger logger = sink.builder(folder).build();
    Thread[] threads = new Thread[8];
    for (int n = 0; n < threads.length; n++) {
      boolean closes = n % 2 == 0;
      threads[n] =
          new Thread(
              () -> {
                for (int call = 0; call < 2000; call++) {
                  logger.info("m", Map.of("n", call));
                }
                if (closes) {
                  logger.close();
                }
              });
      threads[n].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Map<String, Object> stats = logger.stats();
    long refused = 0;
    for (Object count : ((Map<?, ?>) stats.get("refused")).values()) {
      refused += (Long) count;
    }
    assertEquals(16_000, (Long) stats.get("accepted") + refused);
  }

  @Test
  void handlesOfCollectedLoggersAreGivenBack() {
    for (int n = 0; n < 5000; n++) {
      DistributedLogger.builder()
          .journal("memory")
          .memoryMaxBytes(1 << 20)
          .build()
          .stop(Duration.ZERO);
      if (n % 500 == 499) {
        System.gc();
      }
    }
  }
}
