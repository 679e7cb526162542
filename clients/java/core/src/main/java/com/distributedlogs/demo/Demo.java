package com.distributedlogs.demo;

import com.distributedlogs.DistributedLogger;
import com.distributedlogs.LoggerBuilder;
import java.time.Duration;

/** A program that logs like a small shop: {@code java com.distributedlogs.demo.Demo --help}. */
public final class Demo {
  /** Records are sent in bursts, as requests come. */
  private static final int BURST = 50;

  private static final int PAUSE_MS = 50;

  private Demo() {}

  /**
   * Logs, and leaves nothing behind.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    DemoArguments given = DemoArguments.read(arguments);
    LoggerBuilder builder =
        DistributedLogger.builder()
            .serviceName(given.check() == null ? "demo-shop" : "demo-check")
            .componentName("java")
            .batchIntervalMs(200);
    if (given.endpoint() != null) {
      builder.endpoint(given.endpoint());
    }
    DistributedLogger logger = builder.build();
    long accepted = log(new Shop(logger), given);
    if (given.count() != null && logger.flush(Duration.ofSeconds(60)) > 0) {
      logger.close();
      System.err.println(
          "the server did not acknowledge everything within 60 s; the rest is in the journal");
      System.exit(1);
    }
    logger.close();
    if (given.check() != null) {
      System.out.println("accepted " + accepted);
    }
  }

  /**
   * Logs in bursts until the count is reached, or for ever; Ctrl-C then ends it through the
   * logger's own exit hook.
   */
  private static long log(Shop shop, DemoArguments given) {
    long accepted = 0;
    // A page that somebody watches shows one record after the other.
    int burst = given.count() == null ? 1 : BURST;
    for (long number = 1; given.count() == null || number <= given.count(); number++) {
      String id = given.prefix() + "-" + number;
      accepted += shop.logOne(given.check() == null ? null : id, id) ? 1 : 0;
      if (number % burst == 0) {
        try {
          Thread.sleep(PAUSE_MS);
        } catch (InterruptedException interrupted) {
          return accepted;
        }
      }
    }
    return accepted;
  }
}
