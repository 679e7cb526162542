package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The usual calls leave no garbage: not a byte over thousands of calls, compiled or not. */
class AllocationTest {
  private static final int CALLS = 5_000;

  /** What {@link LogCall} takes: one object, unless the compiler sees that it stays where it is. */
  private static final int LOG_CALL_BYTES = 32;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;
  private DistributedLogger logger;

  @BeforeEach
  void open() {
    logger =
        DistributedLogger.builder()
            .endpoint("http://127.0.0.1:9/nobody")
            .journalDir(folder.toString())
            .shutdownTimeoutMs(0)
            .build();
  }

  @AfterEach
  void close() {
    logger.close();
  }

  /** Bytes that this thread allocates in so many calls, after as many that make what is kept. */
  private static long allocated(Runnable call) {
    long bytes = 0;
    for (int round = 0; round < 2; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int n = 0; n < CALLS; n++) {
        call.run();
      }
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    return bytes;
  }

  @Test
  void aMessage() {
    assertEquals(0, allocated(() -> logger.info("Request processed")));
  }

  @Test
  void aMap() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("user_id", 12_345);
    fields.put("path", "/api/users");
    fields.put("duration", 12.5);
    fields.put("ok", true);
    fields.put("bytes", 1L << 40);
    assertEquals(0, allocated(() -> logger.info("Request processed", fields)));
    assertEquals(0, allocated(() -> logger.custom("payment_completed", fields)));
  }

  @Test
  void aChild() {
    DistributedLogger child = logger.child(Map.of("request_id", "r-1"));
    assertEquals(0, allocated(() -> child.warning("Request processed")));
  }

  @Test
  void aLevelThatIsOff() {
    assertEquals(0, allocated(() -> logger.debug("Request processed")));
    assertEquals(
        0, allocated(() -> logger.atDebug().field("user_id", 12_345).log("Request processed")));
  }

  @Test
  void fieldByFieldNothingButTheCallItself() {
    long bytes =
        allocated(
            () ->
                logger
                    .atInfo()
                    .field("user_id", 12_345)
                    .field("path", "/api/users")
                    .field("duration", 12.5)
                    .field("ok", true)
                    .log("Request processed"));
    assertTrue(bytes <= (long) LOG_CALL_BYTES * CALLS, bytes + " bytes in " + CALLS + " calls");
  }
}
