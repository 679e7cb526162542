package com.distributedlogs;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Logs into a journal that outlives the process, and sends from there. No log call blocks, prints
 * or throws; {@code true} means that the record is in the journal, {@code false} that its level is
 * disabled or that it was refused ({@link #stats()} tells the reasons). Safe for any number of
 * threads.
 */
public final class DistributedLogger extends LogVerbs implements AutoCloseable {
  static final int LOG = 0;
  static final int EVENT = 1;

  private static final byte[] NONE = {};

  private final Engine engine;

  /** The child's fields, encoded once. */
  private final byte[] bound;

  private final int boundCount;

  /**
   * Prepares a logger. Starts no thread and sends nothing; the first record or {@link #start()}
   * does.
   *
   * @param endpoint where batches are sent, such as {@code http://localhost:5000/api/logs}
   * @param serviceName the service that logs
   * @param componentName the part of the service that logs
   * @throws IllegalArgumentException if one of them, the environment or dlogs.toml is wrong; the
   *     text says how to mend it
   * @throws IllegalStateException if the native library cannot be loaded
   */
  public DistributedLogger(String endpoint, String serviceName, String componentName) {
    this(builder().endpoint(endpoint).serviceName(serviceName).componentName(componentName).open());
  }

  DistributedLogger(Engine engine) {
    this(engine, NONE, 0);
  }

  private DistributedLogger(Engine engine, byte[] bound, int boundCount) {
    this.engine = engine;
    this.bound = bound;
    this.boundCount = boundCount;
  }

  /**
   * All options by name; what is not set comes from the environment ({@code DLOGS_*}), from
   * dlogs.toml, or is the default.
   */
  public static LoggerBuilder builder() {
    return new LoggerBuilder();
  }

  @Override
  public boolean log(Level level, String message, Map<String, ?> metadata, Throwable thrown) {
    return level.number() >= engine.level && record(level.number(), LOG, message, metadata, thrown);
  }

  @Override
  public boolean custom(String event, Map<String, ?> metadata) {
    int info = Level.INFO.number();
    return info >= engine.level && record(info, EVENT, event, metadata, null);
  }

  @Override
  public LogCall at(Level level) {
    if (level.number() < engine.level) {
      return LogCall.OFF;
    }
    try {
      return new LogCall(this, level.number(), begun());
    } catch (Throwable trouble) {
      engine.refuse();
      return LogCall.OFF;
    }
  }

  private boolean record(
      int level, int kind, String message, Map<?, ?> metadata, Throwable thrown) {
    Encoder encoder;
    try {
      encoder = begun();
      if (thrown != null) {
        ErrorFields.write(encoder, thrown);
      }
      if (metadata != null) {
        encoder.fields(metadata);
      }
    } catch (Throwable trouble) {
      // Memory or stack is short. The encoder is left to the collector: nobody knows how far it
      // came.
      engine.refuse();
      return false;
    }
    return seal(encoder, level, kind, message);
  }

  private Encoder begun() {
    Encoder encoder = Encoders.take();
    if (boundCount > 0) {
      encoder.fields(bound, boundCount);
    }
    return encoder;
  }

  /** Ends a record: adds the message, hands it over, gives the encoder back. */
  boolean seal(Encoder encoder, int level, int kind, String message) {
    try {
      int length = encoder.seal(level, kind, message == null ? "null" : message);
      boolean accepted = engine.append(encoder, length);
      Encoders.give(encoder);
      return accepted;
    } catch (Throwable trouble) {
      engine.refuse();
      return false;
    }
  }

  /**
   * A logger whose records carry more fields. It shares everything else with this one: stream,
   * level, statistics, its end.
   *
   * @param metadata names and values; a record's own field wins over one of the same name here
   */
  public DistributedLogger child(Map<String, ?> metadata) {
    Encoder encoder = begun();
    encoder.fields(metadata);
    DistributedLogger child =
        new DistributedLogger(engine, encoder.fieldBytes(), encoder.fieldCount());
    Encoders.give(encoder);
    return child;
  }

  /**
   * Begins to send. The first record does the same; only a logger that listens before it logs needs
   * this.
   */
  public void start() {
    engine.start();
  }

  /**
   * Waits as {@link #flush(Duration)} does, as long as closing may take ({@code
   * shutdown_timeout_ms}).
   */
  public long flush() {
    return engine.flush(engine.shutdownTimeoutMs());
  }

  /**
   * Waits until everything logged before is acknowledged or lost, or the time is over.
   *
   * @param timeout how long; zero sends without waiting
   * @return how many records of it still wait; they are in the journal
   */
  public long flush(Duration timeout) {
    return engine.flush(timeout.toMillis());
  }

  /** {@link #flush(Duration)} in a thread of its own. */
  public CompletableFuture<Long> flushAsync(Duration timeout) {
    return async(() -> flush(timeout));
  }

  /** {@link #stop()}, for try-with-resources. */
  @Override
  public void close() {
    stop();
  }

  /** Closes as {@link #stop(Duration)} does, within {@code shutdown_timeout_ms}. */
  public CloseReport stop() {
    return engine.close(engine.shutdownTimeoutMs());
  }

  /**
   * Takes no more records, sends what waits within the time, leaves the rest in the journal. Closes
   * the parent and all children too. A second call tells the same again.
   *
   * @param timeout how long; zero leaves everything that waits to the next process of this service
   */
  public CloseReport stop(Duration timeout) {
    return engine.close(timeout.toMillis());
  }

  /** {@link #stop()} in a thread of its own. */
  public CompletableFuture<CloseReport> closeAsync() {
    return async(this::stop);
  }

  /** {@link #stop(Duration)} in a thread of its own. */
  public CompletableFuture<CloseReport> closeAsync(Duration timeout) {
    return async(() -> stop(timeout));
  }

  /**
   * Waiting is done in a daemon thread for this one wait: the JVM's shared pool must not stand
   * still for it.
   */
  private static <T> CompletableFuture<T> async(Supplier<T> waits) {
    return CompletableFuture.supplyAsync(
        waits,
        task -> {
          Thread thread = new Thread(task, "dlogs-wait");
          thread.setDaemon(true);
          thread.start();
        });
  }

  /**
   * Calls {@code listener} for every event of this name, in a daemon thread that is started for the
   * first listener. What happened before is told too.
   *
   * @param name one of those that {@link Event} lists; {@code *} for all
   * @param listener may take its time and may throw; neither harms logging
   * @return closes the listener's place
   */
  public Subscription on(String name, Consumer<? super Event> listener) {
    return engine.events.on(name, listener);
  }

  /**
   * What was accepted, sent, refused and lost, by reason; the names are those of spec/wire.md,
   * numbers are {@link Long}.
   */
  public Map<String, Object> stats() {
    return JsonReader.object(engine.stats());
  }

  /** What the logger is: running, retrying, stopped and so on. */
  public State state() {
    return State.of(engine.state() & 0xff);
  }

  /** What a running logger does. Empty where there is nothing to do. */
  public Optional<Activity> activity() {
    int state = engine.state();
    return state < 256 ? Optional.empty() : Optional.of(Activity.of((state >> 8) - 1));
  }

  /** The stream that this process writes: with a sequence number it names a record. */
  public String stream() {
    return engine.stream();
  }

  /** The lowest level that is recorded. */
  public Level level() {
    return Level.of(engine.level);
  }

  /** Changes the lowest level that is recorded, for this logger and all its relatives. */
  public void setLevel(Level level) {
    engine.setLevel(level);
  }

  /** Would a call of this level be recorded? */
  public boolean isEnabled(Level level) {
    return level.number() >= engine.level;
  }

  @Override
  public String toString() {
    return "DistributedLogger[" + engine.stream() + ", " + state() + "]";
  }
}
