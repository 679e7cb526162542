package com.distributedlogs;

import java.lang.reflect.Proxy;

/**
 * Objects of the program's own classes: maps through Jackson, where the program has it. Never asks
 * classes of the JDK.
 */
final class Foreign {
  /** Null where the program has no Jackson, or one that is too old. */
  private static final ForeignWriter WRITER = writer();

  private Foreign() {}

  /**
   * Writes the object as Jackson sees it; false, and nothing is written, if Jackson is not there or
   * sees nothing in it.
   */
  static boolean write(Encoder encoder, Object value) {
    Class<?> type = value.getClass();
    if (WRITER == null
        || value instanceof Throwable
        || type.isHidden()
        || type.isSynthetic()
        || Proxy.isProxyClass(type)
        || type.getModule().getName() != null && type.getModule().getName().startsWith("java.")) {
      return false;
    }
    int mark = encoder.mark();
    int depth = encoder.depth();
    if (WRITER.write(encoder, value)) {
      return true;
    }
    encoder.rewind(mark, depth);
    return false;
  }

  private static ForeignWriter writer() {
    try {
      return new JacksonWriter();
    } catch (LinkageError notThere) {
      return null;
    }
  }
}
