package com.distributedlogs;

/** The tags of spec/record.md, and the keys that have a meaning of their own. */
final class Tag {
  static final byte NULL = 0;
  static final byte FALSE = 1;
  static final byte TRUE = 2;
  static final byte I64 = 3;
  static final byte U64 = 4;
  static final byte F64 = 5;
  static final byte STR = 6;
  static final byte LIST = 7;
  static final byte MAP = 8;
  static final byte BYTES = 9;
  static final byte TIME = 10;
  static final byte DECIMAL = 11;
  static final byte CUT = 12;

  static final String CUT_KEY = "@cut";
  static final String ERROR_TYPE = "@error.type";
  static final String ERROR_MESSAGE = "@error.message";
  static final String ERROR_STACK = "@error.stack";

  private Tag() {}
}
