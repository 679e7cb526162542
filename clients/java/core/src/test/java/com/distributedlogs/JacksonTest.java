package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects of the program's own classes, where Jackson is there. */
class JacksonTest {
  record Money(BigDecimal amount, String currency) {}

  record Order(
      int id,
      List<Money> lines,
      Money total,
      byte[] seal,
      UUID key,
      BigInteger big,
      boolean paid,
      float share) {}

  record Times(Instant at, Duration took) {}

  static final class Bean {
    public String getName() {
      return "ann";
    }

    @JsonIgnore
    public String getPassword() {
      return "s3cret";
    }

    @JsonProperty("the_age")
    public long getAge() {
      return 7;
    }
  }

  static final class Masked extends StdSerializer<String> {
    private static final long serialVersionUID = 1;

    Masked() {
      super(String.class);
    }

    @Override
    public void serialize(String value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString("****");
    }
  }

  record Card(@JsonSerialize(using = Masked.class) String number, @JsonRawValue String raw) {}

  record Wrapped(@JsonValue String value) {}

  static final class Getter {
    public String getGood() {
      return "good";
    }

    public String getBad() {
      throw new IllegalStateException("bad");
    }

    @Override
    public String toString() {
      return "getter";
    }
  }

  static final class Node {
    public int id = 1;
    public List<Node> next = new ArrayList<>();

    @Override
    public String toString() {
      return "node";
    }
  }

  static final class Plain {
    @Override
    public String toString() {
      return "plain";
    }
  }

  static Stream<Arguments> objects() {
    Money money = new Money(new BigDecimal("1.10"), "EUR");
    Map<String, Object> shown = Map.of("amount", new BigDecimal("1.10"), "currency", "EUR");
    UUID key = new UUID(0, 5);
    Node around = new Node();
    around.next.add(around);
    Runnable code = () -> {};
    return Stream.of(
        Arguments.of(money, shown),
        Arguments.of(List.of(money), List.of(shown)),
        Arguments.of(
            new Order(
                1, List.of(money), money, new byte[] {0, 1, -1}, key, BigInteger.TEN, true, 0.5f),
            Map.of(
                "id",
                1L,
                "lines",
                List.of(shown),
                "total",
                shown,
                "seal",
                "AAH/",
                "key",
                key.toString(),
                "big",
                10L,
                "paid",
                true,
                "share",
                0.5)),
        Arguments.of(new Bean(), Map.of("name", "ann", "the_age", 7L)),
        Arguments.of(new Card("4111", "{\"a\":1}"), Map.of("number", "****", "raw", "{\"a\":1}")),
        Arguments.of(new Wrapped("inside"), "inside"),
        Arguments.of(
            new Times(Instant.EPOCH, Duration.ofSeconds(1)),
            Map.of("at", "1970-01-01T00:00:00Z", "took", "PT1S")),
        Arguments.of(Optional.of(money), shown),
        Arguments.of(new Getter(), "getter"),
        Arguments.of(around, "node"),
        Arguments.of(new Plain(), "plain"),
        Arguments.of(code, code.toString()));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("objects")
  void anObjectBecomesWhatJacksonSeesInIt(Object value, Object expected) {
    assertEquals(
        Map.of("v", expected, "w", 1L), Encoded.row("m", Map.of("v", value, "w", 1)).fields());
  }

  @Test
  void depthHoldsInsideOfObjectsToo() {
    Node first = new Node();
    Node last = first;
    for (int n = 0; n < 10; n++) {
      last.next.add(new Node());
      last = last.next.get(0);
    }
    Row row = Encoded.row("m", Map.of("v", List.of(first)));
    assertEquals(5, row.fields().toString().split("id=1", -1).length);
    assertTrue(row.fields().toString().contains("…"));
  }

  record Large(List<String> lines) {}

  @Test
  void aLargeObjectIsNotReadToItsEnd() {
    Large large = new Large(Collections.nCopies(1_000_000, "x".repeat(1000)));
    assertTrue(Encoded.bytes("m", Map.of("v", large)).remaining() < 300_000);
  }
}
