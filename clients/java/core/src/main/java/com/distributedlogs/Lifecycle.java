package com.distributedlogs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What happens to open loggers when the JVM ends. Open loggers stay alive here, so that a forgotten
 * one still delivers; the JVM's hook exists only while one of them wants it, so that a class loader
 * can go when its loggers are closed.
 */
final class Lifecycle {
  private static final Set<Engine> OPEN = new HashSet<>();
  private static final Set<Engine> AT_EXIT = new HashSet<>();
  private static Thread hook;

  private Lifecycle() {}

  static synchronized void opened(Engine engine, boolean closeAtExit) {
    OPEN.add(engine);
    if (!closeAtExit) {
      return;
    }
    AT_EXIT.add(engine);
    if (hook == null) {
      Thread thread = new Thread(Lifecycle::closeAll, "dlogs-exit");
      try {
        Runtime.getRuntime().addShutdownHook(thread);
        hook = thread;
      } catch (IllegalStateException alreadyEnding) {
        // Opened by another hook: whoever did that closes it.
      }
    }
  }

  static synchronized void closed(Engine engine) {
    OPEN.remove(engine);
    AT_EXIT.remove(engine);
    if (AT_EXIT.isEmpty() && hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException alreadyEnding) {
        // It is running just now.
      }
      hook = null;
    }
  }

  private static synchronized List<Engine> closedAtExit() {
    return new ArrayList<>(AT_EXIT);
  }

  /** Together they take no longer than the slowest may. */
  private static void closeAll() {
    List<Engine> engines = closedAtExit();
    long allowedMs = engines.stream().mapToLong(Engine::shutdownTimeoutMs).max().orElse(0);
    long began = System.nanoTime();
    for (Engine engine : engines) {
      long leftMs = allowedMs - (System.nanoTime() - began) / 1_000_000;
      engine.close(Math.max(0, Math.min(leftMs, engine.shutdownTimeoutMs())));
    }
  }
}
