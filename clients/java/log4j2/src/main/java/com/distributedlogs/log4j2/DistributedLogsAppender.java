package com.distributedlogs.log4j2;

import com.distributedlogs.DistributedLogger;
import com.distributedlogs.Level;
import com.distributedlogs.LogCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderFactory;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.util.ReadOnlyStringMap;

/**
 * Sends what Log4j logs. The options are attributes of the element {@code <DistributedLogs name="…"
 * serviceName="…"/>}; the logger is made with the configuration and closed when the appender stops.
 * Needs no asynchronous logger or appender around it: a call only writes into the journal.
 *
 * <p>The thread context and the entries of a {@code MapMessage} become fields ({@code traceId} and
 * {@code spanId}, also with an underscore, the record's trace), markers the field {@code markers},
 * FATAL becomes CRITICAL.
 */
@Plugin(
    name = "DistributedLogs",
    category = Core.CATEGORY_NAME,
    elementType = Appender.ELEMENT_TYPE)
public final class DistributedLogsAppender extends AbstractAppender {
  private final DistributedLogger logger;

  private DistributedLogsAppender(
      String name, Filter filter, boolean ignore, Property[] properties, DistributedLogger logger) {
    super(name, filter, null, ignore, properties);
    this.logger = logger;
  }

  /** What Log4j sets the options on. */
  @PluginBuilderFactory
  public static Builder newBuilder() {
    return new Builder();
  }

  /** The options of the element {@code <DistributedLogs>}. */
  public static final class Builder extends AppenderOptions<Builder>
      implements org.apache.logging.log4j.core.util.Builder<DistributedLogsAppender> {
    private Builder() {}

    /** Null, after a word to Log4j's status logger, if an option is wrong. */
    @Override
    public DistributedLogsAppender build() {
      try {
        return new DistributedLogsAppender(
            getName(), getFilter(), isIgnoreExceptions(), getPropertyArray(), open());
      } catch (IllegalArgumentException | IllegalStateException error) {
        LOGGER.error("DistributedLogs {}: {}", getName(), error.getMessage());
        return null;
      }
    }
  }

  @Override
  public void append(LogEvent event) {
    var time = event.getInstant();
    LogCall call =
        logger
            .at(level(event))
            .at(Instant.ofEpochSecond(time.getEpochSecond(), time.getNanoOfSecond()))
            .field("@logger", event.getLoggerName())
            .field("@thread", event.getThreadName());
    ReadOnlyStringMap context = event.getContextData();
    trace(call, "@trace_id", context, "traceId", "trace_id");
    trace(call, "@span_id", context, "spanId", "span_id");
    call.error(event.getThrown());
    context.forEach((String key, Object value) -> bound(call, key, value));
    if (!event.getContextStack().isEmpty()) {
      call.field("context", event.getContextStack().asList());
    }
    Message message = event.getMessage();
    if (message instanceof MapMessage<?, ?> map) {
      map.forEach((String key, Object value) -> call.field(key, value));
    }
    if (event.getMarker() != null) {
      call.field("markers", names(event.getMarker(), new ArrayList<>()));
    }
    call.log(message.getFormattedMessage());
  }

  private static Level level(LogEvent event) {
    return switch (event.getLevel().getStandardLevel()) {
      case OFF, FATAL -> Level.CRITICAL;
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
      case TRACE, ALL -> Level.TRACE;
    };
  }

  private static void trace(
      LogCall call, String field, ReadOnlyStringMap context, String name, String otherName) {
    Object value = context.getValue(name);
    if (value == null) {
      value = context.getValue(otherName);
    }
    if (value != null) {
      call.field(field, value);
    }
  }

  private static void bound(LogCall call, String key, Object value) {
    switch (key) {
      case "traceId", "trace_id", "spanId", "span_id" -> {}
      default -> call.field(key, value);
    }
  }

  private static List<String> names(Marker marker, List<String> names) {
    names.add(marker.getName());
    if (marker.hasParents()) {
      for (Marker parent : marker.getParents()) {
        names(parent, names);
      }
    }
    return names;
  }

  /** Closes the logger; what waits is sent within {@code shutdown_timeout_ms}. */
  @Override
  public boolean stop(long timeout, TimeUnit unit) {
    setStopping();
    boolean stopped = super.stop(timeout, unit, false);
    logger.close();
    setStopped();
    return stopped;
  }
}
