// A batch job: bad rows are logged and left out, and it ends when the server has everything.
import com.distributedlogs.DistributedLogger;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class Batch {
  private static final List<String> ROWS = List.of("19.99", "5.00", "n/a", "12.50");

  public static void main(String[] arguments) {
    var options = DistributedLogger.builder().serviceName("billing").componentName("nightly");
    try (var logger = options.build()) {
      var job = logger.child(Map.of("job_id", "2026-01-31"));
      job.info("Job started", Map.of("rows", ROWS.size()));

      var total = BigDecimal.ZERO;
      for (int row = 0; row < ROWS.size(); row++) {
        try {
          total = total.add(new BigDecimal(ROWS.get(row)));
        } catch (NumberFormatException error) {
          job.error("Row left out", Map.of("row", row), error);
        }
      }
      job.custom("job_finished", Map.of("rows", ROWS.size(), "total", total));

      // A job that nobody watches should not end before its records are safe elsewhere; they are
      // safe here in any case.
      long waiting = logger.flush(Duration.ofSeconds(10));
      if (waiting > 0) {
        System.out.println(waiting + " records wait for a server; the next run sends them");
      }
    }
  }
}
