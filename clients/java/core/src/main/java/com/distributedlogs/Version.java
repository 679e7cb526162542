package com.distributedlogs;

/** The version of this library, as it is told to the server. */
final class Version {
  static final String OURS = "0.1.0";

  private Version() {}
}
