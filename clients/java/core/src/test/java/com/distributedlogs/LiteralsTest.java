package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts that are known already give the same bytes as those that are not. */
class LiteralsTest {
  @Test
  void aTextIsTheSameTheFirstTimeAndLater() {
    for (String key :
        new String[] {"plain", "ä€😀", "a\ud800", "", "x".repeat(64), "y".repeat(65)}) {
      Row first = Encoded.row(key, Map.of(key, 1));
      assertEquals(first, Encoded.row(key, Map.of(key, 1)));
      assertEquals(first, Encoded.row(new String(key), Map.of(new String(key), 1)));
    }
  }

  @Test
  void moreTextsThanPlacesAreStillWhole() {
    for (int round = 0; round < 3; round++) {
      for (int n = 0; n < 5000; n++) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key" + n, (long) n);
        fields.put("key", "value");
        assertEquals(fields, Encoded.row("message " + n, fields).fields());
      }
    }
  }
}
