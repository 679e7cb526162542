package com.distributedlogs;

/**
 * Ends the reading of a map that cannot be read by index: the record is full, and what follows
 * would be cut.
 */
final class Full extends RuntimeException {
  static final Full INSTANCE = new Full();

  private static final long serialVersionUID = 1;

  private Full() {
    super(null, null, false, false);
  }
}
