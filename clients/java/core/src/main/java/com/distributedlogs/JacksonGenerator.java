package com.distributedlogs;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.base.GeneratorBase;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Takes what Jackson would write as JSON, as values of a record. Keeps to the record's depth, and
 * ends when it is full.
 */
final class JacksonGenerator extends GeneratorBase {
  /** Deeper than this an object has no end: Jackson follows circles until the stack is full. */
  private static final int HOPELESS_DEPTH = 64;

  private final Encoder encoder;

  /** For each open container: where its count stands, and what the count is. */
  private final int[] places = new int[HOPELESS_DEPTH];

  private final int[] counts = new int[HOPELESS_DEPTH];
  private int open;

  /** How many containers are open that are not written, because they lie too deep. */
  private int skipped;

  private boolean whole;

  /** The constructor that the older Jackson 2 has too. */
  @SuppressWarnings("deprecation")
  JacksonGenerator(Encoder encoder, ObjectCodec codec) {
    super(0, codec);
    this.encoder = encoder;
  }

  /** Was a whole value written, and nothing that is only JSON? */
  boolean isWhole() {
    return whole && open == 0 && skipped == 0;
  }

  /** Ends what is open in a record that is full: the core cuts it there. */
  void closeAll() {
    while (open > 0) {
      close(places[--open], counts[open]);
    }
  }

  private void close(int place, int count) {
    encoder.setInt(place, count);
    encoder.leave();
  }

  /** Before each value: false if it lies too deep to be written. */
  private boolean value() {
    if (encoder.isFull()) {
      throw Full.INSTANCE;
    }
    whole = true;
    if (skipped > 0) {
      return false;
    }
    if (open > 0 && _writeContext.inArray()) {
      counts[open - 1]++;
    }
    return true;
  }

  private void begin(byte tag) throws IOException {
    boolean writes = value();
    if (writes && encoder.enter(new Object())) {
      places[open] = encoder.container(tag);
      counts[open++] = 0;
    } else if (++skipped > HOPELESS_DEPTH) {
      throw new IOException("an object in a circle");
    }
  }

  private void end() {
    if (skipped > 0) {
      skipped--;
    } else {
      closeOne();
    }
  }

  private void closeOne() {
    open--;
    close(places[open], counts[open]);
  }

  @Override
  public void writeStartArray() throws IOException {
    begin(Tag.LIST);
    _writeContext = _writeContext.createChildArrayContext();
  }

  @Override
  public void writeEndArray() {
    _writeContext = _writeContext.getParent();
    end();
  }

  @Override
  public void writeStartObject() throws IOException {
    begin(Tag.MAP);
    _writeContext = _writeContext.createChildObjectContext();
  }

  @Override
  public void writeEndObject() {
    _writeContext = _writeContext.getParent();
    end();
  }

  @Override
  public void writeFieldName(String name) {
    if (encoder.isFull()) {
      throw Full.INSTANCE;
    }
    if (skipped == 0) {
      encoder.key(name);
      counts[open - 1]++;
    }
  }

  @Override
  public void writeString(String text) {
    if (value()) {
      encoder.text(text);
    }
  }

  @Override
  public void writeString(char[] buffer, int offset, int length) {
    writeString(String.valueOf(buffer, offset, Math.min(length, Encoder.MAX_BYTES + 1)));
  }

  @Override
  public void writeRawUTF8String(byte[] buffer, int offset, int length) throws IOException {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeUTF8String(byte[] buffer, int offset, int length) throws IOException {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(String text) throws IOException {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(String text, int offset, int length) throws IOException {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(char[] text, int offset, int length) throws IOException {
    _reportUnsupportedOperation();
  }

  @Override
  public void writeRaw(char c) throws IOException {
    _reportUnsupportedOperation();
  }

  /** JSON that an object made itself: kept as text. */
  @Override
  public void writeRawValue(String text) {
    writeString(text);
  }

  @Override
  public void writeRawValue(SerializableString text) {
    writeString(text.getValue());
  }

  @Override
  public void writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
    if (value()) {
      encoder.bytes(data, offset, length);
    }
  }

  @Override
  public int writeBinary(Base64Variant variant, InputStream data, int length) throws IOException {
    byte[] read = data.readNBytes(Encoder.MAX_BYTES + 1);
    writeBinary(variant, read, 0, read.length);
    return read.length;
  }

  @Override
  public void writeNumber(int number) {
    writeNumber((long) number);
  }

  @Override
  public void writeNumber(long number) {
    if (value()) {
      encoder.i64(number);
    }
  }

  @Override
  public void writeNumber(double number) {
    if (value()) {
      encoder.f64(number);
    }
  }

  @Override
  public void writeNumber(float number) {
    writeNumber((double) number);
  }

  @Override
  public void writeNumber(BigInteger number) {
    if (value()) {
      Values.write(encoder, number);
    }
  }

  @Override
  public void writeNumber(BigDecimal number) {
    if (value()) {
      Values.write(encoder, number);
    }
  }

  @Override
  public void writeNumber(String digits) {
    if (value()) {
      encoder.decimal(digits);
    }
  }

  @Override
  public void writeBoolean(boolean truth) {
    if (value()) {
      encoder.bool(truth);
    }
  }

  @Override
  public void writeNull() {
    if (value()) {
      encoder.nothing();
    }
  }

  @Override
  public void flush() {}

  @Override
  protected void _releaseBuffers() {}

  @Override
  protected void _verifyValueWrite(String what) {}
}
