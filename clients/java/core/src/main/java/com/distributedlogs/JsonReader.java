package com.distributedlogs;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON that the core writes: statistics, events, resolved options. */
final class JsonReader {
  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** The pairs of a JSON object in their order. Whole numbers are {@link Long}, where they fit. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(String text) {
    return (Map<String, Object>) new JsonReader(text).value();
  }

  private Object value() {
    switch (next()) {
      case '{':
        return map();
      case '[':
        return list();
      case '"':
        return string();
      default:
        at--;
        return word();
    }
  }

  /** The next character that is no space. */
  private char next() {
    char c;
    do {
      c = text.charAt(at++);
    } while (c <= ' ');
    return c;
  }

  private Map<String, Object> map() {
    Map<String, Object> pairs = new LinkedHashMap<>();
    char c = next();
    while (c != '}') {
      if (c == '"') {
        String key = string();
        next();
        pairs.put(key, value());
      }
      c = next();
    }
    return pairs;
  }

  private List<Object> list() {
    List<Object> items = new ArrayList<>();
    char c = next();
    while (c != ']') {
      if (c != ',') {
        at--;
        items.add(value());
      }
      c = next();
    }
    return items;
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    char c = text.charAt(at++);
    while (c != '"') {
      out.append(c == '\\' ? escaped() : c);
      c = text.charAt(at++);
    }
    return out.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    switch (c) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'u':
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
      default:
        return c;
    }
  }

  private Object word() {
    int start = at;
    while (at < text.length() && "+-.".indexOf(text.charAt(at)) >= 0
        || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    switch (word) {
      case "true":
        return true;
      case "false":
        return false;
      case "null":
        return null;
      default:
        return number(word);
    }
  }

  private static Object number(String digits) {
    if (digits.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
      return Double.valueOf(digits);
    }
    BigInteger number = new BigInteger(digits);
    return number.bitLength() < 64 ? (Object) number.longValue() : number;
  }
}
