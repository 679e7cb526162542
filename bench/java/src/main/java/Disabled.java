import com.distributedlogs.DistributedLogger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * What a call costs whose level is disabled: ours against Logback's, in turns, in nanoseconds a
 * call; and what the loop costs around a call of nothing, which is part of all of them.
 */
final class Disabled {
  private static final int ROUNDS = 15;

  private Disabled() {}

  static void measure(int count, String scratch) {
    DistributedLogger ours =
        DistributedLogger.builder().journal("memory").serviceName("bench").build();
    Logback logback = new Logback(Path.of(scratch));
    Map<String, Object> fields = Map.of("user_id", 7);
    double[][] ns = new double[5][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ns[0][round] = time(count, () -> ours.debug("Request processed"));
      ns[1][round] = time(count, () -> ours.debug("Request processed", fields));
      ns[2][round] = time(count, () -> ours.atDebug().field("user_id", 7).log("Request processed"));
      ns[3][round] = time(count, () -> logback.logger.debug("Request processed"));
      ns[4][round] = time(count, () -> {});
    }
    System.out.printf(
        Locale.ROOT,
        "{\"ours_ns\": %.2f, \"ours_map_ns\": %.2f, \"ours_fluent_ns\": %.2f, \"logback_ns\":"
            + " %.2f, \"nothing_ns\": %.2f}%n",
        median(ns[0]),
        median(ns[1]),
        median(ns[2]),
        median(ns[3]),
        median(ns[4]));
    ours.close();
    logback.finish();
  }

  private static double time(int count, Runnable call) {
    long begun = System.nanoTime();
    for (int n = 0; n < count; n++) {
      call.run();
    }
    return (System.nanoTime() - begun) / (double) count;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
