package com.distributedlogs;

import java.time.Instant;
import java.util.Map;

/**
 * A log call that is put together field by field, without boxing: {@code logger.atInfo().field("k",
 * 1).log("message")}. It is used once, by one thread; {@link #log} ends it, and what is called
 * afterwards does nothing.
 */
public final class LogCall {
  /** What is put together for a level that is disabled: nothing. */
  static final LogCall OFF = new LogCall(null, 0, null);

  private final DistributedLogger logger;
  private final int level;
  private Encoder encoder;

  LogCall(DistributedLogger logger, int level, Encoder encoder) {
    this.logger = logger;
    this.level = level;
    this.encoder = encoder;
  }

  /**
   * Adds a field.
   *
   * @param key its name
   * @param value its value
   * @return this call
   */
  public LogCall field(String key, String value) {
    if (takes(key)) {
      if (value == null) {
        encoder.nothing();
      } else {
        encoder.text(value);
      }
    }
    return this;
  }

  /**
   * Adds a field.
   *
   * @param key its name
   * @param value its value
   * @return this call
   */
  public LogCall field(String key, int value) {
    return field(key, (long) value);
  }

  /**
   * Adds a field.
   *
   * @param key its name
   * @param value its value
   * @return this call
   */
  public LogCall field(String key, long value) {
    if (takes(key)) {
      encoder.i64(value);
    }
    return this;
  }

  /**
   * Adds a field.
   *
   * @param key its name
   * @param value its value; NaN and the infinities are shown as null
   * @return this call
   */
  public LogCall field(String key, double value) {
    if (takes(key)) {
      encoder.f64(value);
    }
    return this;
  }

  /**
   * Adds a field.
   *
   * @param key its name
   * @param value its value
   * @return this call
   */
  public LogCall field(String key, boolean value) {
    if (takes(key)) {
      encoder.bool(value);
    }
    return this;
  }

  /**
   * Adds a field of any class.
   *
   * @param key its name
   * @param value its value; see the README for what becomes of it
   * @return this call
   */
  public LogCall field(String key, Object value) {
    if (takes(key)) {
      Values.write(encoder, value);
    }
    return this;
  }

  /**
   * Adds all pairs of a map.
   *
   * @param metadata names and values; null adds nothing
   * @return this call
   */
  public LogCall fields(Map<String, ?> metadata) {
    if (encoder != null && metadata != null) {
      encoder.fields(metadata);
    }
    return this;
  }

  /**
   * Adds an exception: its class, its message, its stack.
   *
   * @param thrown the exception; null adds nothing
   * @return this call
   */
  public LogCall error(Throwable thrown) {
    if (encoder != null && thrown != null) {
      ErrorFields.write(encoder, thrown);
    }
    return this;
  }

  /**
   * Says when it happened, where that is not now.
   *
   * @param instant the time; null or one before 1677 or after 2262 means now
   * @return this call
   */
  public LogCall at(Instant instant) {
    if (encoder != null && instant != null) {
      try {
        encoder.time(Values.nanoseconds(instant));
      } catch (ArithmeticException beyond) {
        encoder.time(0);
      }
    }
    return this;
  }

  /**
   * Makes the call.
   *
   * @param message what happened; null is logged as {@code null}
   * @return true if the record is in the journal; false if its level is disabled or it was refused
   */
  public boolean log(String message) {
    return end(DistributedLogger.LOG, message);
  }

  /**
   * Makes the call as a custom event.
   *
   * @param event the event's name
   * @return true if the record is in the journal; false if its level is disabled or it was refused
   */
  public boolean custom(String event) {
    return end(DistributedLogger.EVENT, event);
  }

  private boolean end(int kind, String message) {
    Encoder ours = encoder;
    encoder = null;
    return ours != null && logger.seal(ours, level, kind, message);
  }

  private boolean takes(String key) {
    return encoder != null && encoder.field(key == null ? "null" : key);
  }
}
