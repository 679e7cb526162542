package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value that a user can pass comes through, or is cut visibly. */
class ValuesTest {
  private static final String CUT = "…";

  enum Color {
    RED {
      @Override
      public String toString() {
        return "a colour";
      }
    }
  }

  static final class Throws {
    @Override
    public String toString() {
      throw new IllegalStateException("no");
    }
  }

  static final class ThrowsAnError {
    @Override
    public String toString() {
      throw new NoClassDefFoundError("gone");
    }
  }

  static final class NoText {
    @Override
    public String toString() {
      return null;
    }
  }

  static final class Endless {
    @Override
    public String toString() {
      return "again " + this;
    }
  }

  static final class Said {
    @Override
    public String toString() {
      return "said";
    }
  }

  static Stream<Arguments> values() {
    Instant instant = Instant.parse("2024-01-02T03:04:05.000006789Z");
    return Stream.of(
        of(null, null),
        of(true, true),
        of(false, false),
        of(0, 0L),
        of(-7, -7L),
        of(Integer.MIN_VALUE, (long) Integer.MIN_VALUE),
        of(Long.MAX_VALUE, Long.MAX_VALUE),
        of(Long.MIN_VALUE, Long.MIN_VALUE),
        of((byte) -1, -1L),
        of((short) 300, 300L),
        of('x', "x"),
        of(new BigInteger("7"), 7L),
        of(new BigInteger("-9223372036854775808"), Long.MIN_VALUE),
        of(new BigInteger("9223372036854775808"), new BigInteger("9223372036854775808")),
        of(new BigInteger("18446744073709551615"), new BigInteger("18446744073709551615")),
        of(BigInteger.ONE.shiftLeft(64), new BigDecimal("18446744073709551616")),
        of(new BigInteger("-98765432109876543210"), new BigDecimal("-98765432109876543210")),
        of(BigInteger.ONE.shiftLeft(4_000_000), "<BigInteger of 4000001 bits>" + CUT),
        of(new BigDecimal("1.10"), new BigDecimal("1.10")),
        of(new BigDecimal("-0.000001"), new BigDecimal("-0.000001")),
        of(new BigDecimal("1E+1000"), new BigDecimal("1E+1000")),
        of(1.5, 1.5),
        of(-0.0, -0.0),
        of(Double.MIN_VALUE, Double.MIN_VALUE),
        of(Double.MAX_VALUE, Double.MAX_VALUE),
        of(Double.NaN, Double.NaN),
        of(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
        of(0.5f, 0.5),
        of(new AtomicInteger(5), 5L),
        of(new AtomicLong(6), 6L),
        of(new LongAdder(), 0L),
        of(new DoubleAdder(), 0.0),
        of(new AtomicBoolean(true), true),
        of("", ""),
        of("text", "text"),
        of("ä€😀", "ä€😀"),
        of("a\0b\n", "a\0b\n"),
        of("a\ud800b", "a\ufffdb"),
        of("\udfff\ud800", "\ufffd\ufffd"),
        of(new StringBuilder("built"), "built"),
        of(new char[] {'a', 'b'}, "ab"),
        of(new byte[] {0, 1, -1}, "AAH/"),
        of(new byte[0], ""),
        of(ByteBuffer.wrap(new byte[] {9, 1, 2}, 1, 2), "AQI="),
        of(ByteBuffer.allocateDirect(1), "AA=="),
        of(instant, instant),
        of(Instant.parse("1969-12-31T23:59:59Z"), Instant.parse("1969-12-31T23:59:59Z")),
        of(Instant.parse("9999-12-31T00:00:00Z"), "9999-12-31T00:00:00Z"),
        of(Instant.MAX, Instant.MAX.toString()),
        of(
            OffsetDateTime.parse("2024-01-02T03:00:00+02:00"),
            Instant.parse("2024-01-02T01:00:00Z")),
        of(
            ZonedDateTime.of(2024, 1, 2, 3, 0, 0, 0, ZoneId.of("UTC")),
            Instant.parse("2024-01-02T03:00:00Z")),
        of(LocalDate.of(2024, 1, 2), "2024-01-02"),
        of(LocalDateTime.of(2024, 1, 2, 3, 4), "2024-01-02T03:04"),
        of(LocalTime.of(1, 2, 3), "01:02:03"),
        of(Duration.ofMillis(60_500), 60.5),
        of(Duration.ofSeconds(Long.MIN_VALUE), (double) Long.MIN_VALUE),
        of(Period.ofDays(3), "P3D"),
        of(Year.of(2024), "2024"),
        of(DayOfWeek.MONDAY, "MONDAY"),
        of(new Date(1_700_000_000_123L), Instant.ofEpochMilli(1_700_000_000_123L)),
        of(java.sql.Date.valueOf("2024-01-02"), "2024-01-02"),
        of(Timestamp.valueOf("2024-01-02 03:04:05.5"), "2024-01-02 03:04:05.5"),
        of(new UUID(0, 5), "00000000-0000-0000-0000-000000000005"),
        of(Color.RED, "RED"),
        of(TimeUnit.DAYS, "DAYS"),
        of(Color.class, Color.class.getName()),
        of(Locale.US, "en_US"),
        of(Currency.getInstance("EUR"), "EUR"),
        of(URI.create("http://x/"), "http://x/"),
        of(Path.of("/tmp/x"), Path.of("/tmp/x").toString()),
        of(Optional.of(1), 1L),
        of(Optional.empty(), null),
        of(OptionalInt.of(2), 2L),
        of(OptionalLong.empty(), null),
        of(OptionalDouble.of(2.5), 2.5),
        of(List.of(), List.of()),
        of(Arrays.asList(1, "a", null), Arrays.asList(1L, "a", null)),
        of(new LinkedList<>(List.of(1, 2)), List.of(1L, 2L)),
        of(new ArrayDeque<>(List.of(1)), List.of(1L)),
        of(new LinkedHashSet<>(List.of("b", "a")), List.of("b", "a")),
        of(new TreeMap<>(Map.of("a", 1)).keySet(), List.of("a")),
        of(new int[] {1, 2}, List.of(1L, 2L)),
        of(new double[] {1.5}, List.of(1.5)),
        of(new boolean[] {true}, List.of(true)),
        of(new Object[] {1, new String[] {"x"}}, List.of(1L, List.of("x"))),
        of(Map.of(), Map.of()),
        of(Map.of("a", Map.of("b", List.of(1))), Map.of("a", Map.of("b", List.of(1L)))),
        of(new TreeMap<>(Map.of(1, "one", 2, "two")), Map.of("1", "one", "2", "two")),
        of(Collections.singletonMap(null, 1), Map.of("null", 1L)),
        of(Map.of(Color.RED, 1), Map.of("RED", 1L)),
        of(Map.of(new Throws(), 1), Map.of("<Throws: toString() threw IllegalStateException>", 1L)),
        of(new Said(), "said"),
        of(new Throws(), "<Throws: toString() threw IllegalStateException>" + CUT),
        of(new ThrowsAnError(), "<ThrowsAnError: toString() threw NoClassDefFoundError>" + CUT),
        of(new Endless(), "<Endless: toString() threw StackOverflowError>" + CUT),
        of(new NoText(), "null"),
        of(
            List.of(new Throws(), 1),
            List.of("<Throws: toString() threw IllegalStateException>" + CUT, 1L)),
        of(new RuntimeException("boom"), "java.lang.RuntimeException: boom"),
        of(nested(8), nested(8)),
        of(nested(9), replaced(nested(9))),
        of(inItself(), Map.of("self", CUT)),
        of(listInItself(), List.of(1L, CUT)),
        of(throughEachOther(), Map.of("two", Map.of("one", List.of(CUT)))));
  }

  private static Arguments of(Object value, Object expected) {
    return Arguments.of(value, expected);
  }

  private static Object nested(int depth) {
    return depth == 0 ? "end" : Map.of("d", nested(depth - 1));
  }

  /** The ninth map is a cut. */
  private static Object replaced(Object nested) {
    Object inside = CUT;
    for (int n = 0; n < Encoder.MAX_DEPTH; n++) {
      inside = Map.of("d", inside);
    }
    return inside;
  }

  private static Map<String, Object> inItself() {
    Map<String, Object> around = new HashMap<>();
    around.put("self", around);
    return around;
  }

  private static List<Object> listInItself() {
    List<Object> around = new ArrayList<>(List.of(1));
    around.add(around);
    return around;
  }

  private static Map<String, Object> throughEachOther() {
    Map<String, Object> one = new HashMap<>();
    one.put("two", Map.of("one", List.of(one)));
    return one;
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("values")
  void aValueComesThroughBetweenItsNeighbours(Object value, Object expected) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("before", "x");
    fields.put("v", value);
    fields.put("after", 1);
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("before", "x");
    wanted.put("v", expected);
    wanted.put("after", 1L);
    assertEquals(wanted, Encoded.row("m", fields).fields());
  }

  @Test
  void thereAreEnoughValues() {
    assertTrue(values().count() >= 80);
  }

  @Test
  void metadataMayBeAnyMap() {
    assertEquals(Map.of("1", 2L), Encoded.row("m", Map.of(1, 2)).fields());
    assertEquals(Set.of("a"), Encoded.row("m", Map.of("a", 1)).fields().keySet());
  }
}
