package com.distributedlogs;

import java.nio.ByteBuffer;
import java.util.Map;

/** What the encoder makes of fields, read back without the core. */
final class Encoded {
  private Encoded() {}

  static Row row(String message, Map<?, ?> fields) {
    return BodyReader.read(bytes(message, fields));
  }

  static ByteBuffer bytes(String message, Map<?, ?> fields) {
    NativeLibrary.require();
    Encoder encoder = Encoders.take();
    encoder.fields(fields);
    int length = encoder.seal(Level.INFO.number(), DistributedLogger.LOG, message);
    return encoder.body(length);
  }
}
