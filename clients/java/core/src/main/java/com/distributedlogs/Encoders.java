package com.distributedlogs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The encoders of this process, a few for each processor rather than one a thread, so that a
 * million virtual threads do not hold a million buffers. A record inside a record (a {@code
 * toString} that logs) finds its place empty and takes another.
 */
final class Encoders {
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Encoder[].class);

  /** Places are so far apart that two processors do not share a cache line. */
  private static final int APART = 16;

  private static final int PLACES =
      Math.max(4, Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 4);

  private static final Encoder[] POOL = new Encoder[PLACES * APART];

  private Encoders() {}

  /**
   * An encoder for the caller alone, until it is given back. One that is never given back is
   * collected.
   */
  static Encoder take() {
    Encoder encoder = (Encoder) SLOT.getAndSetAcquire(POOL, place(), null);
    if (encoder == null) {
      encoder = new Encoder();
    }
    encoder.begin();
    return encoder;
  }

  static void give(Encoder encoder) {
    if (encoder.isSmall()) {
      SLOT.setRelease(POOL, place(), encoder);
    }
  }

  private static int place() {
    return ((int) Thread.currentThread().getId() & PLACES - 1) * APART;
  }
}
