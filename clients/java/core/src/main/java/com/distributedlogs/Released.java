package com.distributedlogs;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives handles of collected engines back to the core. It does so when the next logger is opened,
 * because a cleaner would be a thread of its own. Open loggers are never collected ({@link
 * Lifecycle} holds them), so nothing waits behind such a handle.
 */
final class Released extends PhantomReference<Engine> {
  private static final ReferenceQueue<Engine> QUEUE = new ReferenceQueue<>();
  private static final Set<Released> WATCHED = ConcurrentHashMap.newKeySet();

  private final long handle;

  private Released(Engine engine, long handle) {
    super(engine, QUEUE);
    this.handle = handle;
  }

  static void watch(Engine engine, long handle) {
    WATCHED.add(new Released(engine, handle));
  }

  static void release() {
    for (Object gone = QUEUE.poll(); gone != null; gone = QUEUE.poll()) {
      Released released = (Released) gone;
      WATCHED.remove(released);
      Native.release(released.handle);
    }
  }
}
