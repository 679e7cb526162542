package com.distributedlogs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The Java driver of spec/cases: translates JSON lines into calls. Decides, waits for and checks
 * nothing.
 */
final class Driver {
  private final Map<String, DistributedLogger> loggers = new ConcurrentHashMap<>();
  private final Map<String, List<Map<String, Object>>> heard = new ConcurrentHashMap<>();

  private Driver() {}

  public static void main(String[] arguments) throws IOException {
    Driver driver = new Driver();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(Json.write(driver.answer(JsonReader.object(line))));
    }
  }

  private Map<String, Object> answer(Map<String, Object> request) {
    Map<String, Object> answer = new LinkedHashMap<>();
    try {
      answer.put("ok", true);
      answer.putAll(perform(request));
    } catch (Exception whatTheUserWouldSee) {
      answer.clear();
      answer.put("ok", false);
      answer.put("error", String.valueOf(whatTheUserWouldSee.getMessage()));
    }
    return answer;
  }

  private Map<String, Object> perform(Map<String, Object> request) {
    String op = (String) request.get("op");
    String on = (String) request.getOrDefault("on", "main");
    String as = (String) request.getOrDefault("as", "main");
    DistributedLogger logger = loggers.get(on);
    switch (op) {
      case "hello":
        return Map.of("language", "java", "can", List.of("block"));
      case "open":
        open(as, request);
        return Map.of();
      case "exit":
        System.exit(((Number) request.getOrDefault("code", 0L)).intValue());
        return Map.of();
      case "start":
        logger.start();
        return Map.of();
      case "log":
        log(logger, request);
        return Map.of();
      case "custom":
        custom(logger, request);
        return Map.of();
      case "child":
        loggers.put(as, logger.child(fields(request, logger, 1)));
        heard.put(as, heard.get(on));
        return Map.of();
      case "enabled":
        return Map.of("value", logger.isEnabled(Level.named((String) request.get("level"))));
      case "set_level":
        logger.setLevel(Level.named((String) request.get("level")));
        return Map.of();
      case "flush":
        Duration limit = timeout(request);
        return Map.of("waiting", limit == null ? logger.flush() : logger.flush(limit));
      case "close":
        return closed(timeout(request) == null ? logger.stop() : logger.stop(timeout(request)));
      case "stats":
        return Map.of("stats", logger.stats());
      case "state":
        return state(logger);
      case "events":
        return Map.of("events", heard.get(on));
      default:
        throw new IllegalArgumentException("unknown op " + op);
    }
  }

  @SuppressWarnings("unchecked")
  private void open(String as, Map<String, Object> request) {
    LoggerBuilder builder = DistributedLogger.builder();
    ((Map<String, Object>) request.getOrDefault("config", Map.of())).forEach(builder::option);
    DistributedLogger logger = builder.build();
    List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
    logger.on("*", event -> events.add(told(event)));
    loggers.put(as, logger);
    heard.put(as, events);
  }

  private static Map<String, Object> told(Event event) {
    Map<String, Object> told = new LinkedHashMap<>(event.details());
    told.put("name", event.name());
    return told;
  }

  private void log(DistributedLogger logger, Map<String, Object> request) {
    String level = (String) request.get("level");
    for (int n = 1; n <= count(request); n++) {
      String message = text(request.get("message"), logger, n);
      if (request.get("fields") == null) {
        plain(logger, level, message);
      } else {
        withFields(logger, level, message, fields(request, logger, n));
      }
    }
  }

  private static boolean plain(DistributedLogger logger, String level, String message) {
    return switch (level) {
      case "TRACE" -> logger.trace(message);
      case "DEBUG" -> logger.debug(message);
      case "INFO" -> logger.info(message);
      case "WARNING" -> logger.warning(message);
      case "ERROR" -> logger.error(message);
      case "CRITICAL" -> logger.critical(message);
      default -> throw new IllegalArgumentException(level);
    };
  }

  private static boolean withFields(
      DistributedLogger logger, String level, String message, Map<String, Object> fields) {
    return switch (level) {
      case "TRACE" -> logger.trace(message, fields);
      case "DEBUG" -> logger.debug(message, fields);
      case "INFO" -> logger.info(message, fields);
      case "WARNING" -> logger.warning(message, fields);
      case "ERROR" -> logger.error(message, fields);
      case "CRITICAL" -> logger.critical(message, fields);
      default -> throw new IllegalArgumentException(level);
    };
  }

  private void custom(DistributedLogger logger, Map<String, Object> request) {
    for (int n = 1; n <= count(request); n++) {
      String event = text(request.get("event"), logger, n);
      if (request.get("fields") == null) {
        logger.custom(event);
      } else {
        logger.custom(event, fields(request, logger, n));
      }
    }
  }

  private static long count(Map<String, Object> request) {
    return ((Number) request.getOrDefault("count", 1L)).longValue();
  }

  private static String text(Object written, DistributedLogger logger, int n) {
    Object text = written instanceof String plain ? plain.replace("{n}", "" + n) : null;
    return String.valueOf(text == null ? Written.value(written, logger, n) : text);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(
      Map<String, Object> request, DistributedLogger logger, int n) {
    return (Map<String, Object>) Written.value(request.get("fields"), logger, n);
  }

  private static Duration timeout(Map<String, Object> request) {
    Number ms = (Number) request.get("timeout_ms");
    return ms == null ? null : Duration.ofMillis(ms.longValue());
  }

  private static Map<String, Object> closed(CloseReport report) {
    return Map.of("sent", report.sent(), "waiting", report.waiting(), "lost", report.lost());
  }

  private static Map<String, Object> state(DistributedLogger logger) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("state", logger.state().name().toLowerCase());
    answer.put("activity", logger.activity().map(one -> one.name().toLowerCase()).orElse(null));
    return answer;
  }
}
