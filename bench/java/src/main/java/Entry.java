import java.util.HashMap;
import java.util.Map;

/**
 * One call's arguments: a message and five fields with the entropy of a real service; as parts, and
 * as the map of them.
 */
final class Entry {
  private static final String[] MESSAGES = {
    "Request processed", "User logged in successfully", "Cache miss, loading from the database",
        "Payment completed",
    "Order shipped", "Session expired", "Upload finished", "Search executed"
  };
  private static final String[] PATHS = {
    "/api/users",
    "/api/orders/open",
    "/api/search",
    "/login",
    "/api/cart",
    "/static/app.js",
    "/api/payments",
    "/health"
  };

  private static final String[] TRACES = new String[1021];

  static {
    for (int n = 0; n < TRACES.length; n++) {
      TRACES[n] = String.format("%016x", n * 0x9e3779b97f4a7c15L);
    }
  }

  String message;
  String path;
  String trace;
  int user;
  double duration;
  boolean ok;
  Map<String, Object> fields;

  /** The arguments of call {@code n}. */
  static Entry of(int n) {
    Entry entry = new Entry();
    entry.message = MESSAGES[n % 7];
    entry.path = PATHS[n % 8];
    entry.trace = TRACES[n % TRACES.length];
    entry.user = (int) (n * 7919L % 100_000);
    entry.duration = n % 10_000 / 16.0;
    entry.ok = n % 50 != 0;
    entry.fields = new HashMap<>();
    entry.fields.put("user_id", entry.user);
    entry.fields.put("path", entry.path);
    entry.fields.put("duration", entry.duration);
    entry.fields.put("trace", entry.trace);
    entry.fields.put("ok", entry.ok);
    return entry;
  }
}
