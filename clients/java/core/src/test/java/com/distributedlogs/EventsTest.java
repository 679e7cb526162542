package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listeners hear, and that they harm nobody. */
class EventsTest {
  @TempDir Path folder;
  private final Sink sink = new Sink();
  private DistributedLogger logger;

  @BeforeEach
  void open() {
    logger = sink.builder(folder).build();
  }

  @AfterEach
  void close() {
    logger.close();
    sink.close();
  }

  private static boolean listens() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(one -> one.getName().equals("dlogs-events"));
  }

  @Test
  void aListenerHearsItsEventsAndAllOfThem() {
    List<Event> sent = new CopyOnWriteArrayList<>();
    List<String> all = new CopyOnWriteArrayList<>();
    logger.on("batch_sent", sent::add);
    logger.on("*", event -> all.add(event.name()));
    logger.info("m");
    Sink.await(() -> !sent.isEmpty(), () -> "no batch_sent in " + all);
    assertEquals("batch_sent", sent.get(0).name());
    assertEquals(1L, sent.get(0).details().get("count"));
    logger.close();
    assertTrue(all.contains("state_changed"));
  }

  @Test
  void whatHappenedBeforeIsToldToo() {
    logger.info("m");
    logger.flush();
    List<String> heard = new CopyOnWriteArrayList<>();
    logger.on("*", event -> heard.add(event.name()));
    Sink.await(() -> heard.contains("batch_sent"), heard::toString);
    assertEquals("state_changed", heard.get(0));
  }

  @Test
  void aListenerMayThrowAndLeave() {
    List<String> heard = new CopyOnWriteArrayList<>();
    logger.on(
        "*",
        event -> {
          throw new AssertionError("a listener's own");
        });
    Subscription subscription = logger.on("batch_sent", event -> heard.add("first"));
    logger.on("batch_sent", event -> heard.add("second"));
    logger.info("m");
    Sink.await(() -> heard.contains("second"), heard::toString);
    assertTrue(heard.contains("first"));
    subscription.close();
    subscription.close();
    heard.clear();
    logger.info("m");
    Sink.await(() -> heard.contains("second"), heard::toString);
    assertFalse(heard.contains("first"));
  }

  @Test
  void aListenerMayCloseTheLogger() {
    logger.on("batch_sent", event -> logger.close());
    logger.info("m");
    Sink.await(() -> logger.state() == State.STOPPED, () -> "still " + logger.state());
  }

  @Test
  void theThreadLivesOnlyWhileSomebodyListens() {
    Sink.await(() -> !listens(), () -> "the thread of a test before this one lives");
    Subscription subscription = logger.on("*", event -> {});
    assertTrue(listens());
    subscription.close();
    Sink.await(() -> !listens(), () -> "the thread lives");
    List<String> heard = new CopyOnWriteArrayList<>();
    logger.on("*", event -> heard.add(event.name()));
    logger.info("m");
    Sink.await(() -> heard.contains("batch_sent"), heard::toString);
    logger.close();
    // Closing waits for the thread only so long.
    Sink.await(() -> !listens(), () -> "the thread lives");
  }
}
