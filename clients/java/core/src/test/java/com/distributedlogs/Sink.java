package com.distributedlogs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A server for tests: acknowledges uncompressed batches by spec/wire.md, once and in order, and
 * keeps what came.
 */
public final class Sink implements AutoCloseable {
  /**
   * How long a logger may send at its end: tests count then what has arrived, and no stall of the
   * machine may end that sooner.
   */
  public static final int PATIENCE_MS = 20_000;

  private static final long DEADLINE_S = 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch released = new CountDownLatch(1);
  private final Map<String, Row> rows = new TreeMap<>();
  private final List<Map<String, Object>> clients = new ArrayList<>();

  /** Does every request stay without an answer? */
  public volatile boolean hangs;

  /** Listens on a port of its own. */
  public Sink() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Where it listens. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/logs";
  }

  /** A quick logger that sends here. */
  public LoggerBuilder builder(Path folder) {
    return DistributedLogger.builder()
        .endpoint(endpoint())
        .serviceName("tests")
        .journalDir(folder.resolve("journal").toString())
        .batchIntervalMs(20)
        .retryInitialMs(20)
        .retryMaxMs(50)
        .shutdownTimeoutMs(PATIENCE_MS)
        .compression("none");
  }

  /** The environment of a program that sends here, at its end for at most so long. */
  public Map<String, String> environment(int shutdownTimeoutMs) {
    return Map.of(
        "DLOGS_ENDPOINT",
        endpoint(),
        "DLOGS_COMPRESSION",
        "none",
        "DLOGS_SHUTDOWN_TIMEOUT_MS",
        String.valueOf(shutdownTimeoutMs));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (hangs) {
        released.await(60, TimeUnit.SECONDS);
      }
      byte[] answer = Json.write(take(body)).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("unchecked")
  private synchronized Map<String, Object> take(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    byte[] head = new byte[in.getInt()];
    in.get(head);
    Map<String, Object> header = JsonReader.object(new String(head, StandardCharsets.UTF_8));
    clients.add((Map<String, Object>) header.get("client"));
    long seq = ((Number) header.get("first_seq")).longValue() - 1;
    int count = 0;
    while (in.hasRemaining()) {
      int at = in.position();
      int size = in.getInt(at);
      long time = in.getLong(at + 8);
      seq++;
      seq += in.getInt(at + 16) - seq & 0xffffffffL;
      Row row = BodyReader.read(in.slice(at + 24, size));
      Row timed = new Row(row.level(), row.event(), time, row.message(), row.fields());
      rows.put(header.get("stream") + String.format("/%012d", seq), timed);
      in.position(at + (24 + size + 7) / 8 * 8);
      count++;
    }
    return Map.of(
        "dlogs",
        1,
        "accepted",
        count,
        "rejected",
        List.of(),
        "acked_through",
        header.get("last_seq"),
        "durability",
        "disk");
  }

  /** What came, in the streams' order. */
  public synchronized List<Row> rows() {
    return new ArrayList<>(rows.values());
  }

  /** The rows, once there are so many. */
  public List<Row> rows(int count) {
    await(() -> rows().size() >= count, () -> rows().size() + " of " + count + " records came");
    return rows();
  }

  /** The messages of all rows. */
  public List<String> messages() {
    return rows().stream().map(Row::message).toList();
  }

  /** The client block of the first batch. */
  public synchronized Map<String, Object> client() {
    return clients.get(0);
  }

  /** Waits until something is so. */
  public static void await(BooleanSupplier so, Supplier<String> otherwise) {
    long deadline = System.nanoTime() + DEADLINE_S * 1_000_000_000;
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(otherwise.get() + " within " + DEADLINE_S + " s");
      }
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
