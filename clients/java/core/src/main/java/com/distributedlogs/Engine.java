package com.distributedlogs;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A logger's half in the native core, shared by the logger and its children. */
final class Engine {
  /** The minimum level's number: a disabled call reads this, and nothing more. */
  volatile int level;

  final Events events = new Events(this);
  private final long handle;
  private final long shutdownTimeoutMs;
  private final String stream;

  private Engine(long handle) {
    this.handle = handle;
    level = Native.level(handle);
    Map<String, Object> options =
        JsonReader.object(text(1024, (out, room) -> Native.options(handle, out, room)));
    shutdownTimeoutMs = ((Number) options.get("shutdown_timeout_ms")).longValue();
    stream = (String) options.get("stream");
  }

  /**
   * Opens a logger in the core.
   *
   * @throws IllegalArgumentException if an option is wrong; the text is the core's
   * @throws IllegalStateException if the native library cannot be loaded, or too many loggers are
   *     open
   */
  static Engine open(Map<String, Object> options) {
    NativeLibrary.require();
    Released.release();
    byte[] config = Json.write(options).getBytes(StandardCharsets.UTF_8);
    ByteBuffer in = ByteBuffer.allocateDirect(Math.max(1, config.length)).put(config);
    ByteBuffer out = ByteBuffer.allocateDirect(4096).order(ByteOrder.LITTLE_ENDIAN);
    long answer =
        Native.open(Native.address(in), config.length, Native.address(out), out.capacity());
    Reference.reachabilityFence(in);
    // Handles are any number but 0 and the few below it.
    if (answer < 0 && answer >= -128) {
      byte[] error = new byte[Math.min(out.getInt(0), out.capacity() - 4)];
      out.get(4, error);
      String text = new String(error, StandardCharsets.UTF_8);
      throw answer == -3 ? new IllegalArgumentException(text) : new IllegalStateException(text);
    }
    Engine engine = new Engine(answer);
    Released.watch(engine, answer);
    return engine;
  }

  /**
   * Hands a sealed body over. Waits only where {@code overflow} is {@code block}; holds no lock.
   */
  boolean append(Encoder encoder, int length) {
    int outcome = Native.append(handle, encoder.address(), length);
    if (outcome == Native.NO_ROOM) {
      outcome = Native.appendWaiting(handle, encoder.address(), length);
    }
    Reference.reachabilityFence(encoder);
    Reference.reachabilityFence(this);
    return outcome == Native.ACCEPTED;
  }

  /** Counts a record that could not be encoded: the core refuses the empty body as malformed. */
  void refuse() {
    Native.append(handle, 0, 0);
  }

  void start() {
    Native.start(handle);
  }

  void setLevel(Level minimum) {
    Native.setLevel(handle, minimum.number());
    level = minimum.number();
  }

  int state() {
    return Native.state(handle);
  }

  long flush(long timeoutMs) {
    return Math.max(0, Native.flush(handle, milliseconds(timeoutMs)));
  }

  CloseReport close(long timeoutMs) {
    ByteBuffer report = ByteBuffer.allocateDirect(24).order(ByteOrder.LITTLE_ENDIAN);
    Native.close(handle, milliseconds(timeoutMs), Native.address(report));
    events.end();
    Lifecycle.closed(this);
    return new CloseReport(report.getLong(0), report.getLong(8), report.getLong(16));
  }

  String stats() {
    return text(8192, (out, room) -> Native.stats(handle, out, room));
  }

  String stream() {
    return stream;
  }

  long shutdownTimeoutMs() {
    return shutdownTimeoutMs;
  }

  /**
   * The next event after the cursor, waited for as long; null if there was none.
   *
   * @param cursor a direct buffer whose first eight bytes are the listener's place
   * @return an empty text when the logger is closed and everything was seen
   */
  String nextEvent(int timeoutMs, ByteBuffer cursor) {
    boolean[] ended = new boolean[1];
    String text =
        text(
            4096,
            (out, room) -> {
              int length = Native.nextEvent(handle, timeoutMs, Native.address(cursor), out, room);
              ended[0] |= length == Native.ENDED;
              return length;
            });
    return ended[0] ? "" : text.isEmpty() ? null : text;
  }

  /**
   * Something that writes a text at an address, and says how long it is; more than there was room
   * for: once again.
   */
  private interface Writing {
    int write(long out, int capacity);
  }

  private static String text(int capacity, Writing writing) {
    int room = capacity;
    while (true) {
      ByteBuffer out = ByteBuffer.allocateDirect(room);
      int length = writing.write(Native.address(out), room);
      if (length <= room) {
        byte[] bytes = new byte[Math.max(0, length)];
        out.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
      }
      room = length + 1024;
    }
  }

  private static int milliseconds(long timeoutMs) {
    return (int) Math.max(0, Math.min(timeoutMs, Integer.MAX_VALUE));
  }
}
