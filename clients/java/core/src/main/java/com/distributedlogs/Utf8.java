package com.distributedlogs;

/** Texts that are not ASCII, as UTF-8. */
final class Utf8 {
  private Utf8() {}

  /**
   * Encodes {@code text[0, to)} to {@code out[at…]}, which has room for three bytes a char, and
   * stops beyond {@code limit}. A lone surrogate becomes the three bytes that it would have;
   * whoever decodes makes U+FFFD of it.
   *
   * @return where the bytes end
   */
  static int encode(String text, int to, byte[] out, int at, int limit) {
    int end = at;
    for (int i = 0; i < to && end <= limit; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        out[end++] = (byte) c;
      } else if (c < 0x800) {
        out[end++] = (byte) (0xc0 | c >> 6);
        out[end++] = (byte) (0x80 | c & 0x3f);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        out[end++] = (byte) (0xf0 | point >> 18);
        out[end++] = (byte) (0x80 | point >> 12 & 0x3f);
        out[end++] = (byte) (0x80 | point >> 6 & 0x3f);
        out[end++] = (byte) (0x80 | point & 0x3f);
      } else {
        out[end++] = (byte) (0xe0 | c >> 12);
        out[end++] = (byte) (0x80 | c >> 6 & 0x3f);
        out[end++] = (byte) (0x80 | c & 0x3f);
      }
    }
    return end;
  }
}
