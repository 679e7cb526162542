package com.distributedlogs;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a record's body (spec/record.md), for tests: what the server's JSON would show. */
final class BodyReader {
  private final ByteBuffer in;

  private BodyReader(ByteBuffer in) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  static Row read(ByteBuffer body) {
    BodyReader reader = new BodyReader(body);
    int level = reader.in.get();
    int kind = reader.in.get();
    int count = reader.in.getShort() & 0xffff;
    long time = reader.in.getLong();
    String message = reader.text();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int n = 0; n < count; n++) {
      fields.put(reader.text(), reader.value());
    }
    if (reader.in.hasRemaining()) {
      throw new AssertionError("something lies behind the last field");
    }
    return new Row(Level.of(level), kind == 1, time, message, fields);
  }

  private String text() {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8).replaceAll("\ufffd\ufffd\ufffd", "\ufffd");
  }

  private Object value() {
    byte tag = in.get();
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.FALSE -> false;
      case Tag.TRUE -> true;
      case Tag.I64 -> in.getLong();
      case Tag.U64 -> new BigInteger(Long.toUnsignedString(in.getLong()));
      case Tag.F64 -> in.getDouble();
      case Tag.STR -> text();
      case Tag.LIST -> list();
      case Tag.MAP -> map();
      case Tag.BYTES -> base64();
      case Tag.TIME -> Instant.ofEpochSecond(0, in.getLong());
      case Tag.DECIMAL -> new BigDecimal(text());
      case Tag.CUT -> text() + "…";
      default -> throw new AssertionError("tag " + tag);
    };
  }

  private String base64() {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private List<Object> list() {
    int count = in.getInt();
    List<Object> items = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      items.add(value());
    }
    return items;
  }

  private Map<String, Object> map() {
    int count = in.getInt();
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (int n = 0; n < count; n++) {
      pairs.put(text(), value());
    }
    return pairs;
  }
}
