package com.distributedlogs;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** What the values written in a case stand for (spec/cases/README.md). */
final class Written {
  private Written() {}

  enum Color {
    RED
  }

  static Object value(Object written, DistributedLogger logger, int n) {
    if (written instanceof List<?> list) {
      return all(list, logger, n);
    }
    if (!(written instanceof Map<?, ?> map)) {
      return written;
    }
    if (map.size() == 1) {
      Map.Entry<?, ?> only = map.entrySet().iterator().next();
      if (((String) only.getKey()).startsWith("$")) {
        return special((String) only.getKey(), only.getValue(), logger, n);
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    map.forEach((key, value) -> values.put((String) key, value(value, logger, n)));
    return values;
  }

  private static List<Object> all(List<?> list, DistributedLogger logger, int n) {
    List<Object> values = new ArrayList<>();
    list.forEach(one -> values.add(value(one, logger, n)));
    return values;
  }

  private static Object special(String name, Object inside, DistributedLogger logger, int n) {
    return switch (name) {
      case "$n" -> n;
      case "$logs" -> said(() -> logged(logger));
      case "$throws" ->
          said(
              () -> {
                throw new IllegalStateException("no text here");
              });
      case "$own" -> said(() -> (String) inside);
      case "$i64" -> Long.valueOf((String) inside);
      case "$u64", "$big" -> new BigInteger((String) inside);
      case "$f64" -> Double.valueOf((String) inside);
      case "$decimal" -> new BigDecimal((String) inside);
      case "$bytes" -> Base64.getDecoder().decode((String) inside);
      case "$raw" ->
          new String(Base64.getDecoder().decode((String) inside), StandardCharsets.UTF_8);
      case "$time_ns" -> Instant.ofEpochSecond(0, Long.parseLong((String) inside));
      case "$utf16" -> utf16((List<?>) inside);
      case "$repeat" -> ((String) first(inside)).repeat(((Number) second(inside)).intValue());
      case "$list" -> Collections.nCopies(((Number) first(inside)).intValue(), second(inside));
      case "$keys" -> keys(((Number) inside).intValue());
      case "$deep" -> deep(((Number) inside).intValue());
      case "$cycle" -> cycle();
      case "$uuid" -> UUID.fromString((String) inside);
      case "$enum" -> Color.valueOf((String) inside);
      case "$date" -> LocalDate.parse((String) inside);
      case "$duration_ms" -> Duration.ofMillis(((Number) inside).longValue());
      case "$set" -> new LinkedHashSet<>(all((List<?>) inside, logger, n));
      case "$tuple" -> all((List<?>) inside, logger, n).toArray();
      case "$map" -> pairs((List<?>) inside);
      case "$error" -> new RuntimeException((String) inside);
      case "$function" -> (Runnable) () -> {};
      default -> Map.of(name, inside);
    };
  }

  /** An object of a class of our own, whose text is asked when it is needed. */
  private static Object said(Supplier<String> text) {
    return new Object() {
      @Override
      public String toString() {
        return text.get();
      }
    };
  }

  private static String logged(DistributedLogger logger) {
    logger.info("from inside");
    return "logged";
  }

  private static Object first(Object pair) {
    return ((List<?>) pair).get(0);
  }

  private static Object second(Object pair) {
    return ((List<?>) pair).get(1);
  }

  private static String utf16(List<?> units) {
    StringBuilder text = new StringBuilder();
    units.forEach(unit -> text.append((char) ((Number) unit).intValue()));
    return text.toString();
  }

  private static Map<String, Object> keys(int count) {
    Map<String, Object> keys = new LinkedHashMap<>();
    for (int n = 1; n <= count; n++) {
      keys.put("k" + n, n);
    }
    return keys;
  }

  private static Object deep(int depth) {
    Object inside = "end";
    for (int n = 0; n < depth; n++) {
      inside = Map.of("d", inside);
    }
    return inside;
  }

  private static Object cycle() {
    Map<String, Object> around = new HashMap<>();
    around.put("self", around);
    return around;
  }

  private static Map<Object, Object> pairs(List<?> pairs) {
    Map<Object, Object> map = new LinkedHashMap<>();
    pairs.forEach(pair -> map.put(first(pair), second(pair)));
    return map;
  }
}
