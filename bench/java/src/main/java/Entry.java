import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One call's arguments: a message and five fields with the entropy of a real service; as parts, and
 * as the map of them.
 */
final class Entry {
  private static final String[] MESSAGES = words("messages");
  private static final String[] PATHS = words("paths");
  private static final String[] TRACES = new String[4096];

  static {
    for (int n = 0; n < TRACES.length; n++) {
      long high = (n + 1) * 0x9e3779b97f4a7c15L;
      long low = Long.rotateLeft(high, 29) * 0xbf58476d1ce4e5b9L;
      TRACES[n] = String.format("%016x%016x", high, low);
    }
  }

  String message;
  String path;
  String trace;
  int user;
  double duration;
  boolean ok;
  Map<String, Object> fields;

  /** What all languages log; the bench runs every load in its own folder. */
  private static String[] words(String name) {
    try {
      return Files.readAllLines(Path.of("words", name + ".txt")).toArray(new String[0]);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** The arguments of call {@code n}. */
  static Entry of(int n) {
    long mixed = n * 0xd6e8feb86659fd93L >>> 32;
    Entry entry = new Entry();
    entry.message = MESSAGES[(int) (mixed % 8)];
    entry.path = PATHS[(int) (mixed >> 3) & 7];
    entry.trace = TRACES[(int) (mixed % TRACES.length)];
    entry.user = (int) (mixed % 100_000);
    entry.duration = mixed % 10_000 / 16.0;
    entry.ok = mixed % 50 != 0;
    entry.fields = new HashMap<>();
    entry.fields.put("user_id", entry.user);
    entry.fields.put("path", entry.path);
    entry.fields.put("duration", entry.duration);
    entry.fields.put("trace", entry.trace);
    entry.fields.put("ok", entry.ok);
    return entry;
  }
}
