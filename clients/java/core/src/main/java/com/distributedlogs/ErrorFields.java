package com.distributedlogs;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * An exception as fields of a record: its class, its message, its stack with causes and suppressed
 * ones.
 */
final class ErrorFields {
  private ErrorFields() {}

  static void write(Encoder encoder, Throwable error) {
    if (encoder.field(Tag.ERROR_TYPE)) {
      encoder.text(error.getClass().getName());
    }
    if (encoder.field(Tag.ERROR_MESSAGE)) {
      Values.text(encoder, error, () -> String.valueOf(error.getMessage()));
    }
    if (encoder.field(Tag.ERROR_STACK)) {
      Values.text(encoder, error, () -> stack(error));
    }
  }

  private static String stack(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, false));
    return text.toString().stripTrailing();
  }
}
