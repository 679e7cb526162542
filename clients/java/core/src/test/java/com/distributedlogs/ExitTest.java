package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end of the JVM, in every way: everything that was accepted arrives, now or by the next
 * process.
 */
class ExitTest {
  @TempDir Path folder;
  private final Sink sink = new Sink();
  private int shutdownTimeoutMs = Sink.PATIENCE_MS;

  @AfterEach
  void close() {
    sink.close();
  }

  private Jvm end(String how) throws Exception {
    return Jvm.run(folder, sink.environment(shutdownTimeoutMs), Endings.class.getName(), how);
  }

  private long numbered() {
    return sink.messages().stream().filter(one -> one.startsWith("m ")).distinct().count();
  }

  @Test
  void theEndOfMain() throws Exception {
    Jvm ended = end("main");
    assertEquals(0, ended.code());
    assertEquals("", ended.out() + ended.err());
    assertEquals(50, sink.rows().size());
  }

  @Test
  void exit() throws Exception {
    assertEquals(3, end("exit").code());
    assertEquals(50, sink.rows().size());
  }

  @Test
  void anUncaughtException() throws Exception {
    Jvm ended = end("throw");
    assertEquals(1, ended.code());
    assertTrue(ended.err().startsWith("Exception in thread"));
    assertEquals(50, sink.rows().size());
  }

  @Test
  void aBusyDaemonThread() throws Exception {
    Jvm ended = end("busy");
    assertEquals(0, ended.code());
    assertEquals("", ended.err());
    assertEquals(50, numbered());
  }

  @Test
  void otherHooks() throws Exception {
    Jvm ended = end("hooks");
    assertEquals(0, ended.code());
    assertEquals("", ended.err());
    assertEquals(50, numbered());
  }

  @Test
  void haltingLeavesEverythingToTheNextProcess() throws Exception {
    assertEquals(4, end("halt").code());
    adopted();
  }

  @Test
  void withoutTheHookTheNextProcessSends() throws Exception {
    assertEquals(0, end("unhooked").code());
    adopted();
  }

  private void adopted() throws Exception {
    Process next =
        Jvm.start(folder, sink.environment(shutdownTimeoutMs), Endings.class.getName(), "wait");
    try {
      Sink.await(() -> sink.rows().size() >= 100, () -> sink.rows().size() + " of 100 came");
      assertEquals(100, sink.rows().size());
    } finally {
      next.destroyForcibly();
    }
  }

  @Test
  void terminatedBySignal() throws Exception {
    Process process =
        Jvm.start(folder, sink.environment(shutdownTimeoutMs), Endings.class.getName(), "wait");
    Sink.await(() -> ready(), () -> "not ready");
    process.destroy();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(143, process.exitValue());
    assertEquals(50, sink.rows().size());
  }

  private boolean ready() {
    try {
      return Files.readString(folder.resolve("out")).contains("ready");
    } catch (IOException notYet) {
      return false;
    }
  }

  @Test
  void aHangingServerDoesNotHoldTheProcess() throws Exception {
    sink.hangs = true;
    shutdownTimeoutMs = 1500;
    Jvm ended = end("main");
    assertEquals(0, ended.code());
    assertTrue(ended.tookMs() < 10_000, "took " + ended.tookMs() + " ms");
  }
}
