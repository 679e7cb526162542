package com.distributedlogs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options from configuration files that know only texts. What cannot be read stays a text: the core
 * says what is wrong.
 */
final class OptionText {
  private OptionText() {}

  static Object number(String text) {
    try {
      return text == null ? null : Long.valueOf(text.trim());
    } catch (NumberFormatException noNumber) {
      return text;
    }
  }

  static List<String> list(String text) {
    return text == null
        ? null
        : Arrays.stream(text.split(",")).map(String::trim).filter(one -> !one.isEmpty()).toList();
  }

  static Object map(String text) {
    if (text == null) {
      return null;
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : list(text)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        return text;
      }
      pairs.put(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
    }
    return pairs;
  }
}
