package com.distributedlogs;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Values of any class into a record: known ones in their natural form, others through Jackson or by
 * their own text.
 */
final class Values {
  /** Numbers with more bits have no room in a record, and turning them into digits takes long. */
  private static final int MAX_BITS = 1 << 17;

  private Values() {}

  /** Writes one value. Never throws: what cannot be read is cut visibly. */
  static void write(Encoder encoder, Object value) {
    if (value instanceof String text) {
      encoder.text(text);
    } else if (value instanceof Integer number) {
      encoder.i64(number);
    } else if (value instanceof Long number) {
      encoder.i64(number);
    } else if (value instanceof Double number) {
      encoder.f64(number);
    } else if (value instanceof Boolean truth) {
      encoder.bool(truth);
    } else if (value == null) {
      encoder.nothing();
    } else {
      writeWithCare(encoder, value);
    }
  }

  /**
   * Writes what {@code text} says, or what stands for it: asking {@code about} may run any code.
   */
  static void text(Encoder encoder, Object about, Supplier<String> text) {
    String said;
    try {
      said = text.get();
    } catch (Throwable thrown) {
      encoder.cut(placeholder(about, thrown));
      return;
    }
    encoder.text(said);
  }

  /** A map's key as text. */
  static String keyOf(Object key) {
    if (key instanceof String text) {
      return text;
    }
    try {
      return key instanceof Enum<?> member ? member.name() : String.valueOf(key);
    } catch (Throwable thrown) {
      return placeholder(key, thrown);
    }
  }

  private static void writeWithCare(Encoder encoder, Object value) {
    int mark = encoder.mark();
    int depth = encoder.depth();
    try {
      if (!number(encoder, value) && !container(encoder, value) && !moment(encoder, value)) {
        other(encoder, value);
      }
    } catch (Throwable thrown) {
      // Its toString threw, it logs itself without end, memory is short: the record goes on without
      // it.
      encoder.rewind(mark, depth);
      encoder.cut(placeholder(value, thrown));
    }
  }

  private static boolean number(Encoder encoder, Object value) {
    if (value instanceof Float number) {
      encoder.f64(number);
    } else if (value instanceof Short || value instanceof Byte) {
      encoder.i64(((Number) value).longValue());
    } else if (value instanceof BigDecimal number) {
      decimal(encoder, number.unscaledValue().bitLength(), number);
    } else if (value instanceof BigInteger number) {
      bigInteger(encoder, number);
    } else if (value instanceof AtomicInteger
        || value instanceof AtomicLong
        || value instanceof LongAdder
        || value instanceof LongAccumulator) {
      encoder.i64(((Number) value).longValue());
    } else if (value instanceof DoubleAdder || value instanceof DoubleAccumulator) {
      encoder.f64(((Number) value).doubleValue());
    } else if (value instanceof AtomicBoolean truth) {
      encoder.bool(truth.get());
    } else {
      return false;
    }
    return true;
  }

  private static void bigInteger(Encoder encoder, BigInteger number) {
    if (number.bitLength() < 64) {
      encoder.i64(number.longValue());
    } else if (number.bitLength() == 64 && number.signum() > 0) {
      encoder.u64(number.longValue());
    } else {
      decimal(encoder, number.bitLength(), number);
    }
  }

  private static void decimal(Encoder encoder, int bits, Number number) {
    if (bits > MAX_BITS) {
      encoder.cut("<" + number.getClass().getSimpleName() + " of " + bits + " bits>");
    } else {
      encoder.decimal(number.toString());
    }
  }

  private static boolean container(Encoder encoder, Object value) {
    if (value instanceof Map<?, ?> map) {
      encoder.map(map);
    } else if (value instanceof Collection<?> items) {
      collection(encoder, items);
    } else if (value instanceof byte[] bytes) {
      encoder.bytes(bytes, 0, bytes.length);
    } else if (value instanceof char[] chars) {
      encoder.text(String.valueOf(chars, 0, Math.min(chars.length, Encoder.MAX_BYTES + 1)));
    } else if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[Math.min(buffer.remaining(), Encoder.MAX_BYTES + 1)];
      buffer.duplicate().get(bytes);
      encoder.bytes(bytes, 0, bytes.length);
    } else if (value.getClass().isArray()) {
      ArrayValues.write(encoder, value);
    } else if (value instanceof Optional<?> optional) {
      write(encoder, optional.orElse(null));
    } else if (value instanceof OptionalInt optional) {
      write(encoder, optional.isPresent() ? optional.getAsInt() : null);
    } else if (value instanceof OptionalLong optional) {
      write(encoder, optional.isPresent() ? optional.getAsLong() : null);
    } else if (value instanceof OptionalDouble optional) {
      write(encoder, optional.isPresent() ? optional.getAsDouble() : null);
    } else {
      return false;
    }
    return true;
  }

  private static void collection(Encoder encoder, Collection<?> items) {
    if (!encoder.enter(items)) {
      return;
    }
    int place = encoder.container(Tag.LIST);
    int count = 0;
    int depth = encoder.depth();
    try {
      if (items instanceof List<?> list && items instanceof RandomAccess) {
        for (int i = 0; i < list.size() && !encoder.isFull(); i++, count++) {
          write(encoder, list.get(i));
        }
      } else {
        for (Object item : items) {
          if (encoder.isFull()) {
            break;
          }
          write(encoder, item);
          count++;
        }
      }
    } catch (RuntimeException changed) {
      // Changed while it was read, or it cannot be read to its end.
      encoder.rewind(encoder.mark(), depth);
      encoder.cut("");
      count++;
    }
    encoder.setInt(place, count);
    encoder.leave();
  }

  private static boolean moment(Encoder encoder, Object value) {
    if (value instanceof Instant instant) {
      instant(encoder, instant);
    } else if (value instanceof OffsetDateTime time) {
      instant(encoder, time.toInstant());
    } else if (value instanceof ZonedDateTime time) {
      instant(encoder, time.toInstant());
    } else if (value instanceof Duration duration) {
      encoder.f64(duration.getSeconds() + duration.getNano() / 1e9);
    } else if (value instanceof Date date
        && value.getClass().getPackageName().equals("java.util")) {
      instant(encoder, date.toInstant());
    } else {
      return false;
    }
    return true;
  }

  private static void instant(Encoder encoder, Instant instant) {
    long ns;
    try {
      ns = nanoseconds(instant);
    } catch (ArithmeticException | DateTimeException beyond) {
      encoder.text(instant.toString());
      return;
    }
    encoder.timeNs(ns);
  }

  /**
   * Nanoseconds since 1970-01-01 UTC. Throws an {@link ArithmeticException} for times that do not
   * fit: 1677 to 2262 do.
   */
  static long nanoseconds(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  private static void other(Encoder encoder, Object value) {
    if (value instanceof Enum<?> member) {
      encoder.text(member.name());
    } else if (value instanceof Class<?> type) {
      encoder.text(type.getName());
    } else if (value instanceof CharSequence text) {
      encoder.text(text.subSequence(0, Math.min(text.length(), Encoder.MAX_BYTES + 1)).toString());
    } else if (!Foreign.write(encoder, value)) {
      encoder.text(String.valueOf(value.toString()));
    }
  }

  /** What stands for an object that cannot be asked: its class, and what it threw. */
  private static String placeholder(Object value, Throwable thrown) {
    return "<" + name(value) + ": toString() threw " + name(thrown) + ">";
  }

  private static String name(Object object) {
    String simple = object.getClass().getSimpleName();
    return simple.isEmpty() ? object.getClass().getName() : simple;
  }
}
