// Logs a few records. Start a server first (`dlogs serve`), then watch http://localhost:5000.
import com.distributedlogs.DistributedLogger;
import java.time.Duration;
import java.util.Map;

class Quickstart {
  public static void main(String[] arguments) {
    try (var logger =
        DistributedLogger.builder().serviceName("quickstart").componentName("main").build()) {
      logger.info("Service started", Map.of("version", "1.4.2"));
      logger.atWarning().field("current_rate", 950).field("limit", 1000).log("Rate limit approaching");

      // Loggers with fields of their own.
      var request = logger.child(Map.of("request_id", "r-7f3a"));
      request.info("Request processed", Map.of("path", "/api/users", "response_time_ms", 45));
      request.custom("payment_completed", Map.of("amount", 99.99, "currency", "USD"));

      try {
        System.out.println(1 / (arguments.length - arguments.length));
      } catch (ArithmeticException error) {
        logger.error("Could not divide", Map.of("by", 0), error);
      }

      long waiting = logger.flush(Duration.ofSeconds(2));
      System.out.println(waiting + " records wait for a server, safe in the journal");
    }
  }
}
