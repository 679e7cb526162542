package com.distributedlogs;

import java.lang.reflect.Array;

/** Arrays of any type as lists. */
final class ArrayValues {
  private ArrayValues() {}

  static void write(Encoder encoder, Object array) {
    if (!encoder.enter(array)) {
      return;
    }
    int place = encoder.container(Tag.LIST);
    int length = Array.getLength(array);
    int count = 0;
    while (count < length && !encoder.isFull()) {
      Values.write(encoder, Array.get(array, count));
      count++;
    }
    encoder.setInt(place, count);
    encoder.leave();
  }
}
