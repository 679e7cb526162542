package com.distributedlogs.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.distributedlogs.DistributedLogger;
import com.distributedlogs.Level;
import com.distributedlogs.LogCall;
import java.util.List;
import java.util.Map;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Sends what Logback logs. The options are elements of the appender, such as {@code
 * <serviceName>shop</serviceName>}; the logger is made when the appender starts and closed when it
 * stops. Needs no {@code AsyncAppender} around it: a call only writes into the journal.
 *
 * <p>SLF4J's key-values and the MDC become fields ({@code traceId} and {@code spanId}, also with an
 * underscore, the record's trace); markers become the field {@code markers}, and one called {@code
 * CRITICAL} or {@code FATAL} makes an error critical.
 */
public final class DistributedLogsAppender extends AppenderOptions {
  private DistributedLogger logger;
  private boolean owned;

  /** For Logback. */
  public DistributedLogsAppender() {}

  /**
   * Sends to this logger instead of one of its own, and never closes it.
   *
   * @param logger an open logger
   */
  public DistributedLogsAppender(DistributedLogger logger) {
    this.logger = logger;
  }

  /** Makes the logger. An option that is wrong is told to Logback's status, and nothing is sent. */
  @Override
  public void start() {
    if (logger == null) {
      try {
        logger = builder.build();
        owned = true;
      } catch (IllegalArgumentException | IllegalStateException error) {
        addError(error.getMessage(), error);
        return;
      }
    }
    super.start();
  }

  /** Closes the logger, if it is this appender's own. */
  @Override
  public void stop() {
    super.stop();
    if (owned) {
      logger.close();
      logger = null;
      owned = false;
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    LogCall call = logger.at(level(event)).at(event.getInstant());
    call.field("@logger", event.getLoggerName()).field("@thread", event.getThreadName());
    Map<String, String> mdc = event.getMDCPropertyMap();
    trace(call, mdc);
    thrown(call, event.getThrowableProxy());
    if (!mdc.isEmpty()) {
      mdc.forEach((key, value) -> bound(call, key, value));
    }
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        call.field(pair.key, pair.value);
      }
    }
    List<Marker> markers = event.getMarkerList();
    if (markers != null && !markers.isEmpty()) {
      call.field("markers", markers.stream().map(Marker::getName).toList());
    }
    call.log(event.getFormattedMessage());
  }

  private static Level level(ILoggingEvent event) {
    Level level = Level.fromSlf4j(event.getLevel().toInt() / 1000);
    return level == Level.ERROR && isCritical(event.getMarkerList()) ? Level.CRITICAL : level;
  }

  private static boolean isCritical(List<Marker> markers) {
    return markers != null
        && markers.stream().anyMatch(one -> one.contains("CRITICAL") || one.contains("FATAL"));
  }

  private static void trace(LogCall call, Map<String, String> mdc) {
    if (mdc.isEmpty()) {
      return;
    }
    String trace = mdc.getOrDefault("traceId", mdc.get("trace_id"));
    if (trace != null) {
      call.field("@trace_id", trace);
    }
    String span = mdc.getOrDefault("spanId", mdc.get("span_id"));
    if (span != null) {
      call.field("@span_id", span);
    }
  }

  private static void bound(LogCall call, String key, String value) {
    switch (key) {
      case "traceId", "trace_id", "spanId", "span_id" -> {}
      default -> call.field(key, value);
    }
  }

  private static void thrown(LogCall call, IThrowableProxy proxy) {
    if (proxy instanceof ThrowableProxy local) {
      call.error(local.getThrowable());
    } else if (proxy != null) {
      call.field("@error.type", proxy.getClassName()).field("@error.message", proxy.getMessage());
      call.field("@error.stack", ThrowableProxyUtil.asString(proxy));
    }
  }
}
