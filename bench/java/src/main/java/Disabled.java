import com.distributedlogs.DistributedLogger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

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
    // The loops are written out: one that took what it calls would be compiled for all of them.
    List<LongSupplier> loops =
        List.of(
            () -> {
              long begun = System.nanoTime();
              for (int n = 0; n < count; n++) {
                ours.debug("Request processed");
              }
              return System.nanoTime() - begun;
            },
            () -> {
              long begun = System.nanoTime();
              for (int n = 0; n < count; n++) {
                ours.debug("Request processed", fields);
              }
              return System.nanoTime() - begun;
            },
            () -> {
              long begun = System.nanoTime();
              for (int n = 0; n < count; n++) {
                ours.atDebug().field("user_id", n).log("Request processed");
              }
              return System.nanoTime() - begun;
            },
            () -> {
              long begun = System.nanoTime();
              for (int n = 0; n < count; n++) {
                logback.logger.debug("Request processed");
              }
              return System.nanoTime() - begun;
            },
            () -> {
              long begun = System.nanoTime();
              for (int n = 0; n < count; n++) {}
              return System.nanoTime() - begun;
            });
    double[][] ns = new double[loops.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int loop = 0; loop < ns.length; loop++) {
        ns[loop][round] = loops.get(loop).getAsLong() / (double) count;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "{\"ours\": %.2f, \"ours, a map\": %.2f, \"ours, fluent\": %.2f, \"logback\":"
            + " %.2f, \"nothing\": %.2f}%n",
        median(ns[0]),
        median(ns[1]),
        median(ns[2]),
        median(ns[3]),
        median(ns[4]));
    ours.close();
    logback.finish();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
