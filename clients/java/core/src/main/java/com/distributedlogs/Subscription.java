package com.distributedlogs;

/** A listener's place among the listeners. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  /** Ends it: the listener hears nothing more. A second call does nothing. */
  @Override
  void close();
}
