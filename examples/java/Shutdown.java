// A graceful shutdown: SIGTERM ends the work, then the logger is closed, within a limit.
import com.distributedlogs.DistributedLogger;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class Shutdown {
  public static void main(String[] arguments) throws InterruptedException {
    var stopping = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    // The JVM ends when its hooks have: ours waits for the work, and for what the work still logs.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping.countDown();
                  await(stopped);
                }));

    var logger = DistributedLogger.builder().serviceName("worker").closeAtExit(false).build();
    logger.info("Worker started");
    while (!stopping.await(200, TimeUnit.MILLISECONDS)) {
      logger.info("Working");
    }
    logger.info("Worker stops");

    var report = logger.stop(Duration.ofSeconds(5));
    System.out.printf(
        "sent %d, left %d for the next start, lost %d%n",
        report.sent(), report.waiting(), report.lost());
    stopped.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
