package com.distributedlogs;

import java.nio.ByteBuffer;

/**
 * The verbs of the native core, one for one. Everything goes by address: those of direct buffers,
 * which the caller keeps alive. No function calls back, prints or throws; {@link
 * NativeLibrary#require} must have succeeded before.
 */
final class Native {
  /** The record is in the journal. */
  static final int ACCEPTED = 0;

  /** There is no room just now, and the logger may wait for it: call {@link #appendWaiting}. */
  static final int NO_ROOM = 2;

  /** The logger is closed, and every event was seen. */
  static final int ENDED = -100;

  /** Major version of the interface that this class was written for. */
  static final int ABI_MAJOR = 1;

  private Native() {}

  static native int abiVersion();

  static native long address(ByteBuffer direct);

  static native long open(long config, int length, long out, int capacity);

  static native int release(long handle);

  static native int start(long handle);

  static native int append(long handle, long body, int length);

  static native int appendWaiting(long handle, long body, int length);

  static native int level(long handle);

  static native int setLevel(long handle, int level);

  static native int state(long handle);

  static native long flush(long handle, int timeoutMs);

  static native int close(long handle, int timeoutMs, long report);

  static native int stats(long handle, long out, int capacity);

  static native int options(long handle, long out, int capacity);

  static native int nextEvent(long handle, int timeoutMs, long cursor, long out, int capacity);
}
