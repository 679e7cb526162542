package com.distributedlogs;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The listeners of one engine, and the daemon thread that asks the core for events and calls them.
 */
final class Events {
  /**
   * How long the thread waits in the core before it looks around: the longest that ending it can
   * take.
   */
  private static final int POLL_MS = 200;

  private final Engine engine;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /**
   * The thread's place among the events: what happened before the first listener came is told too.
   */
  private final ByteBuffer cursor = ByteBuffer.allocateDirect(8);

  private Thread thread;
  private volatile boolean ended;

  Events(Engine engine) {
    this.engine = engine;
  }

  private record Listener(String name, Consumer<? super Event> consumer) {}

  Subscription on(String name, Consumer<? super Event> consumer) {
    Listener listener = new Listener(name, consumer);
    synchronized (this) {
      listeners.add(listener);
      if (thread == null && !ended) {
        thread = new Thread(this::run, "dlogs-events");
        thread.setDaemon(true);
        thread.start();
      }
    }
    return () -> listeners.removeIf(one -> one == listener);
  }

  /** Delivers what has happened, then stops. Called by a listener, it does not wait for itself. */
  void end() {
    ended = true;
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    try {
      running.join(5L * POLL_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopsForNobody()) {
      boolean last = ended;
      String text = engine.nextEvent(last ? 0 : POLL_MS, cursor);
      if (text == null ? last : text.isEmpty()) {
        return;
      }
      if (text != null) {
        deliver(text);
      }
    }
  }

  private synchronized boolean stopsForNobody() {
    if (listeners.isEmpty()) {
      thread = null;
      return true;
    }
    return false;
  }

  private void deliver(String text) {
    Map<String, Object> details = JsonReader.object(text);
    Event event = new Event((String) details.remove("name"), details);
    for (Listener listener : listeners) {
      if (listener.name.equals("*") || listener.name.equals(event.name())) {
        try {
          listener.consumer.accept(event);
        } catch (Throwable thrown) {
          // A listener's error is the listener's: there is nobody here to throw it at.
        }
      }
    }
  }
}
