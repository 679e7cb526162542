package com.distributedlogs;

import java.util.Map;

/** A program that logs and ends in the way that its argument names, without closing its logger. */
final class Endings {
  private Endings() {}

  public static void main(String[] arguments) throws Exception {
    LoggerBuilder builder = DistributedLogger.builder().serviceName("tests");
    DistributedLogger logger = builder.closeAtExit(!arguments[0].equals("unhooked")).build();
    logger.on("*", event -> {});
    for (int n = 1; n <= 50; n++) {
      logger.info("m " + n, Map.of("n", n));
    }
    switch (arguments[0]) {
      case "main", "unhooked" -> {}
      case "exit" -> System.exit(3);
      case "halt" -> Runtime.getRuntime().halt(4);
      case "throw" -> throw new IllegalStateException("on purpose");
      case "busy" -> {
        Thread thread = new Thread(() -> logForEver(logger));
        thread.setDaemon(true);
        thread.start();
        while ((Long) logger.stats().get("accepted") < 200) {
          Thread.onSpinWait();
        }
      }
      case "hooks" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> logger.info("in a hook")));
        Runtime.getRuntime().addShutdownHook(new Thread(logger::close));
      }
      case "wait" -> {
        System.out.println("ready");
        Thread.sleep(60_000);
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void logForEver(DistributedLogger logger) {
    while (true) {
      logger.info("busy", Map.of("it", new Object()));
    }
  }
}
