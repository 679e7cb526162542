package com.distributedlogs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes one record's body (spec/record.md) into a direct buffer. It stops where the limits are;
 * the core cuts what exceeds them, so nothing here has to be exact beyond a limit. Used by one call
 * at a time ({@link Encoders}).
 */
final class Encoder implements BiConsumer<Object, Object> {
  /** Bytes of a body; what is written beyond them is cut by the core. */
  static final int MAX_BYTES = 256 * 1024;

  static final int MAX_MESSAGE_BYTES = MAX_BYTES - 16 * 1024;
  static final int MAX_FIELDS = 256;
  static final int MAX_KEY_BYTES = 256;
  static final int MAX_DEPTH = 8;

  /** An encoder that grew beyond this is not kept: one large record must not pin memory. */
  private static final int KEPT_BYTES = 64 * 1024;

  private static final int HEAD_BYTES = 16;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The containers that are open, outermost first: one inside itself is cut. */
  private final Object[] open = new Object[MAX_DEPTH];

  /** The fields, then the message: that comes first in the body, but some callers know it last. */
  private byte[] bytes = new byte[1024];

  private int at;
  private int fields;
  private int depth;

  /** The number of pairs in the map that is open. */
  private int pairs;

  private boolean missing;
  private long timeNs;

  private ByteBuffer direct = ByteBuffer.allocateDirect(1024);
  private long address = Native.address(direct);

  /** Begins a record without a time of its own: the core stamps it. */
  void begin() {
    at = 0;
    fields = 0;
    depth = 0;
    missing = false;
    timeNs = 0;
  }

  /** Where the sealed body lies; stable until the next {@link #begin}. */
  long address() {
    return address;
  }

  /** The sealed body of this length, for whoever wants to look at it. */
  ByteBuffer body(int length) {
    return direct.slice(0, length);
  }

  boolean isSmall() {
    return bytes.length <= KEPT_BYTES && direct.capacity() <= KEPT_BYTES;
  }

  /** When it happened, in nanoseconds since 1970-01-01 UTC; 0: now. */
  void time(long ns) {
    timeNs = ns;
  }

  /** Is there nothing to be gained by reading on? */
  boolean isFull() {
    return at > MAX_BYTES;
  }

  /**
   * Begins a field of the record: its value must follow.
   *
   * @return false if there is no room for it; then nothing may follow
   */
  boolean field(String key) {
    if (fields >= MAX_FIELDS || isFull()) {
      missing = true;
      return false;
    }
    fields++;
    key(key);
    return true;
  }

  /** Adds fields that {@link #fieldBytes} returned. */
  void fields(byte[] encoded, int count) {
    ensure(encoded.length);
    System.arraycopy(encoded, 0, bytes, at, encoded.length);
    at += encoded.length;
    fields += count;
  }

  /** The fields written so far, to be given to {@link #fields(byte[], int)} of many records. */
  byte[] fieldBytes() {
    markMissing();
    return Arrays.copyOf(bytes, at);
  }

  int fieldCount() {
    return fields;
  }

  /** The pairs of a map as fields of the record. */
  void fields(Map<?, ?> pairs) {
    try {
      pairs.forEach(this);
    } catch (Throwable trouble) {
      // The map was changed while it was read, or cannot be read. What is there stays, and the mark
      // says that more was.
      missing |= trouble != Full.INSTANCE;
    }
  }

  /** One pair: of the record, or of the map that is open. */
  @Override
  public void accept(Object key, Object value) {
    if (depth == 0) {
      if (!field(Values.keyOf(key))) {
        throw Full.INSTANCE;
      }
    } else if (isFull()) {
      throw Full.INSTANCE;
    } else {
      key(Values.keyOf(key));
      pairs++;
    }
    Values.write(this, value);
  }

  /** A map as a value. */
  void map(Map<?, ?> map) {
    if (!enter(map)) {
      return;
    }
    int before = pairs;
    int inside = depth;
    pairs = 0;
    int count = container(Tag.MAP);
    try {
      map.forEach(this);
    } catch (Throwable trouble) {
      depth = inside;
      if (trouble != Full.INSTANCE) {
        key(Tag.CUT_KEY);
        cut("");
        pairs++;
      }
    }
    setInt(count, pairs);
    pairs = before;
    leave();
  }

  /**
   * Opens a list or map that is no {@link Map}, unless it would lie in itself or too deep; then a
   * cut is written instead. {@link #leave} must follow, if it was opened.
   */
  boolean enter(Object container) {
    boolean inside = depth == MAX_DEPTH;
    for (int i = 0; i < depth && !inside; i++) {
      inside = open[i] == container;
    }
    if (inside) {
      cut("");
      return false;
    }
    open[depth++] = container;
    return true;
  }

  void leave() {
    open[--depth] = null;
  }

  int depth() {
    return depth;
  }

  /**
   * Writes the head of a list or map; {@link #setInt} must put its count at the place that is
   * returned.
   */
  int container(byte tag) {
    ensure(5);
    bytes[at] = tag;
    INT.set(bytes, at + 1, 0);
    at += 5;
    return at - 4;
  }

  void setInt(int place, int value) {
    INT.set(bytes, place, value);
  }

  /** How much is written: {@link #rewind} takes back what came after. */
  int mark() {
    return at;
  }

  void rewind(int mark, int depth) {
    at = mark;
    this.depth = depth;
  }

  void key(String key) {
    literal(key, MAX_KEY_BYTES);
  }

  /** A text that is most probably a literal of the program. */
  private void literal(String text, int most) {
    byte[] known = Literals.bytes(text);
    if (known == null) {
      int start = at;
      str(text, most);
      Literals.remember(text, bytes, start, at);
      return;
    }
    ensure(known.length);
    System.arraycopy(known, 0, bytes, at, known.length);
    at += known.length;
  }

  void nothing() {
    ensure(1);
    bytes[at++] = Tag.NULL;
  }

  void bool(boolean value) {
    ensure(1);
    bytes[at++] = value ? Tag.TRUE : Tag.FALSE;
  }

  void i64(long value) {
    word(Tag.I64, value);
  }

  void u64(long value) {
    word(Tag.U64, value);
  }

  void f64(double value) {
    word(Tag.F64, Double.doubleToRawLongBits(value));
  }

  void timeNs(long value) {
    word(Tag.TIME, value);
  }

  private void word(byte tag, long value) {
    ensure(9);
    bytes[at] = tag;
    LONG.set(bytes, at + 1, value);
    at += 9;
  }

  void text(String value) {
    tagged(Tag.STR, value);
  }

  void decimal(String digits) {
    tagged(Tag.DECIMAL, digits);
  }

  /** The mark of a value that is missing or shortened, with what is known of it. */
  void cut(String kept) {
    tagged(Tag.CUT, kept);
  }

  private void tagged(byte tag, String value) {
    ensure(1);
    bytes[at++] = tag;
    str(value, MAX_BYTES);
  }

  /**
   * Bytes that are no text. The core keeps them whole or not at all, so that those without a chance
   * are not copied.
   */
  void bytes(byte[] value, int from, int length) {
    if (length > MAX_BYTES) {
      cut("");
      return;
    }
    ensure(5 + length);
    bytes[at] = Tag.BYTES;
    INT.set(bytes, at + 1, length);
    System.arraycopy(value, from, bytes, at + 5, length);
    at += 5 + length;
  }

  /** A text of which no more is encoded than tells the core that it exceeds {@code most} bytes. */
  private void str(String text, int most) {
    int length = Math.min(text.length(), most + 1);
    ensure(4 + length);
    byte[] out = bytes;
    int start = at + 4;
    // No way out of this loop: without one the compiler unrolls it, and nearly every text is ASCII.
    int all = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      all |= c;
      out[start + i] = (byte) c;
    }
    int end = start + length;
    if (all >= 0x80) {
      ensure(4 + 3 * length);
      end = Utf8.encode(text, length, bytes, start, start + most);
    }
    INT.set(bytes, at, end - start);
    at = end;
  }

  /**
   * Lays the whole body into the direct buffer.
   *
   * @return its length; it begins at {@link #address()}
   */
  int seal(int level, int kind, String message) {
    markMissing();
    int end = at;
    ensure(HEAD_BYTES);
    int head = at;
    bytes[head] = (byte) level;
    bytes[head + 1] = (byte) kind;
    bytes[head + 2] = (byte) fields;
    bytes[head + 3] = (byte) (fields >>> 8);
    LONG.set(bytes, head + 4, timeNs);
    at += HEAD_BYTES - 4;
    literal(message, MAX_MESSAGE_BYTES);
    int first = at - head;
    if (direct.capacity() < at) {
      direct = ByteBuffer.allocateDirect(bytes.length);
      address = Native.address(direct);
    }
    direct.put(0, bytes, head, first);
    direct.put(first, bytes, 0, end);
    return first + end;
  }

  private void markMissing() {
    if (missing) {
      missing = false;
      fields++;
      key(Tag.CUT_KEY);
      cut("");
    }
  }

  private void ensure(int more) {
    if (bytes.length - at < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
    }
  }
}
