package com.distributedlogs;

/** Writes objects of classes that nobody here knows. */
interface ForeignWriter {
  /** False if it cannot be; what was written until then is taken back by the caller. */
  boolean write(Encoder encoder, Object value);
}
