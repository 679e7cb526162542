package com.distributedlogs;

import java.util.Collection;
import java.util.Map;

/** Writes options as JSON for the core. Records are never JSON here. */
final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  static String write(Object value) {
    Json json = new Json();
    json.value(value);
    return json.out.toString();
  }

  private void value(Object value) {
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      out.append(Double.isFinite(number) ? value : null);
    } else if (value instanceof Number) {
      out.append(value);
    } else if (value instanceof Map<?, ?> map) {
      map(map);
    } else if (value instanceof Collection<?> items) {
      list(items);
    } else {
      text(value.toString());
    }
  }

  private void map(Map<?, ?> map) {
    out.append('{');
    String between = "";
    for (Map.Entry<?, ?> pair : map.entrySet()) {
      out.append(between);
      text(String.valueOf(pair.getKey()));
      out.append(':');
      value(pair.getValue());
      between = ",";
    }
    out.append('}');
  }

  private void list(Collection<?> items) {
    out.append('[');
    String between = "";
    for (Object item : items) {
      out.append(between);
      value(item);
      between = ",";
    }
    out.append(']');
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
