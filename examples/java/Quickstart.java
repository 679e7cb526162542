// Logs a few records. Start a server first (`dlogs serve`), then watch http://localhost:5000.
import com.distributedlogs.DistributedLogger;
import java.time.Duration;
import java.util.Map;

class Quickstart {
  public static void main(String[] arguments) {
    var options = DistributedLogger.builder().serviceName("quickstart").componentName("main");
    try (var logger = options.build()) {
      logger.info("Service started", Map.of("version", "1.4.2"));
      logger.atWarning().field("rate", 950).field("limit", 1000).log("Rate limit approaching");

      // Loggers with fields of their own.
      var request = logger.child(Map.of("request_id", "r-7f3a"));
      request.info("Request processed", Map.of("path", "/api/users", "response_time_ms", 45));
      request.custom("payment_completed", Map.of("amount", 99.99, "currency", "USD"));

      try {
        Integer.parseInt("twelve");
      } catch (NumberFormatException error) {
        logger.error("Could not read the amount", Map.of("order", 7), error);
      }

      long waiting = logger.flush(Duration.ofSeconds(10));
      System.out.println(waiting + " records wait for a server, safe in the journal");
    }
  }
}
