import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * One contender of the bench in Java. It prints one line of JSON and judges nothing.
 *
 * <p>usage: Load noop|ours|ours-fluent|otel|otel-big|loki4j|loki4j-big|logback ENDPOINT COUNT
 * RATE|flood SCRATCH-DIR, or: Load disabled COUNT SCRATCH-DIR
 */
final class Load {
  private static final int WARM_CALLS = 100_000;
  private static final int BURST_WHILE_WARMING = 100;
  private static final String NOBODY = "http://127.0.0.1:9/api/logs";

  private Load() {}

  public static void main(String[] given) throws IOException {
    if (given[0].equals("disabled")) {
      Disabled.measure(Integer.parseInt(given[1]), given[2]);
      return;
    }
    boolean flood = given[3].equals("flood");
    int count = Integer.parseInt(given[2]);
    int burst = flood ? count : Math.max(1, Integer.parseInt(given[3]) / 1000);
    Path scratch = Path.of(given[4]);
    warm(contender(given[0].replace("-big", ""), NOBODY, scratch.resolve("warm"), flood));
    System.out.println(run(contender(given[0], given[1], scratch, flood), count, burst, true));
    System.out.flush();
    // What was warmed up is left as it is: closing it would wait for a server that is not there.
    Runtime.getRuntime().halt(0);
  }

  private static Contender contender(String name, String endpoint, Path scratch, boolean flood) {
    return switch (name) {
      case "noop" -> new Noop();
      case "ours" -> new Ours(endpoint, scratch, flood, false);
      case "ours-fluent" -> new Ours(endpoint, scratch, flood, true);
      case "otel" -> new Otel(endpoint, false);
      case "otel-big" -> new Otel(endpoint, true);
      case "loki4j" -> new Loki4j(endpoint, false);
      case "loki4j-big" -> new Loki4j(endpoint, true);
      case "logback" -> new Logback(scratch);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * Lets the JVM compile what will be measured, on a contender of its own whose records go nowhere.
   */
  private static void warm(Contender contender) throws IOException {
    run(contender, WARM_CALLS, BURST_WHILE_WARMING, false);
  }

  /** The control: everything but a library. */
  private static final class Noop implements Contender {
    @Override
    public void call(Entry entry) {}

    @Override
    public long finish() {
      return 0;
    }
  }

  /**
   * Makes the calls and tells how long they took. Open loop: a late burst is made at once, none is
   * left out.
   */
  private static String run(Contender contender, int count, int burst, boolean ends)
      throws IOException {
    long[] durations = new long[count];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    System.gc();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long begun = System.nanoTime();
    for (int n = 0; n < count; n++) {
      if (n % burst == 0) {
        LockSupport.parkNanos(begun + n / burst * 1_000_000L - System.nanoTime());
      }
      Entry entry = Entry.of(n);
      long before = System.nanoTime();
      contender.call(entry);
      durations[n] = System.nanoTime() - before;
    }
    long logged = System.nanoTime();
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    long dropped = ends ? contender.finish() : 0;
    long ended = System.nanoTime();
    long overMs = Arrays.stream(durations).filter(ns -> ns > 1_000_000).count();
    Arrays.sort(durations);
    return String.format(
        Locale.ROOT,
        "{\"calls\": %d, \"p50_ns\": %d, \"p99_ns\": %d, \"p999_ns\": %d, \"max_ns\": %d,"
            + " \"over_1ms\": %d, \"logged_s\": %.6f, \"wall_s\": %.6f, \"dropped_says\": %d,"
            + " \"allocated_per_call\": %.1f, \"peak_kb\": %d}",
        count,
        durations[count / 2],
        durations[(int) (count * 0.99)],
        durations[(int) (count * 0.999)],
        durations[count - 1],
        overMs,
        (logged - begun) / 1e9,
        (ended - begun) / 1e9,
        dropped,
        allocated / (double) count,
        peakKb());
  }

  private static long peakKb() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
