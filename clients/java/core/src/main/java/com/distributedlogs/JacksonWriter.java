package com.distributedlogs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;

/**
 * Lets Jackson take an object apart, so that its annotations and serializers hold here too (what is
 * masked in JSON is masked in logs), and writes the parts into the record while they come. Loaded
 * only where Jackson is there.
 */
final class JacksonWriter implements ForeignWriter {
  private final ObjectMapper mapper =
      new ObjectMapper()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
          .registerModule(
              new SimpleModule("distributedlogs")
                  .addSerializer(
                      TemporalAccessor.class, new ToStringSerializer(TemporalAccessor.class))
                  .addSerializer(
                      TemporalAmount.class, new ToStringSerializer(TemporalAmount.class)));

  @Override
  public boolean write(Encoder encoder, Object value) {
    JacksonGenerator generator = new JacksonGenerator(encoder, mapper);
    try {
      mapper.writeValue(generator, value);
      return generator.isWhole();
    } catch (IOException | RuntimeException | StackOverflowError trouble) {
      // Jackson wraps what ended it. Either the record is full, or the object has no form that
      // Jackson knows.
      if (!encoder.isFull()) {
        return false;
      }
      generator.closeAll();
      return true;
    }
  }
}
