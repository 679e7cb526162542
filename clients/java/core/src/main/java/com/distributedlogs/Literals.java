package com.distributedlogs;

import java.util.Arrays;

/**
 * Texts that were logged before, with their bytes: nearly every key and message is a literal, and
 * copying bytes is several times faster than turning characters into them. Bounded, shared by all
 * threads, and only a hint: a text that is not here is encoded.
 */
final class Literals {
  private static final int PLACES = 1024;

  /** Longer ones would hold too much memory, and gain too little. */
  private static final int MAX_CHARS = 64;

  /** So many texts that find their place taken leave it as it is, before one takes it over. */
  private static final int PATIENCE = 64;

  private static final Literal[] TABLE = new Literal[PLACES];

  private static int strangers;

  private Literals() {}

  /** Its fields are final, so that another thread sees it whole or not at all. */
  private record Literal(String text, byte[] bytes) {}

  /**
   * The length and the bytes of this very text object, as a record has them; null if they are not
   * known.
   */
  static byte[] bytes(String text) {
    Literal literal = TABLE[text.hashCode() & PLACES - 1];
    return literal != null && literal.text == text ? literal.bytes : null;
  }

  /** Remembers a text that was just encoded to {@code bytes[from, to)}, its length included. */
  static void remember(String text, byte[] bytes, int from, int to) {
    if (text.length() > MAX_CHARS) {
      return;
    }
    int place = text.hashCode() & PLACES - 1;
    if (TABLE[place] == null || ++strangers % PATIENCE == 0) {
      TABLE[place] = new Literal(text, Arrays.copyOfRange(bytes, from, to));
    }
  }
}
