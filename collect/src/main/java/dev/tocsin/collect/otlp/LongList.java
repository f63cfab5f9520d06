package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.limit.Limits;
import java.util.Arrays;

/// A list of numbers of 64 bits as a point has it, packed or not. As many as a histogram may have
/// buckets; beyond it they are only counted. Reused.
final class LongList {
  private long[] values = new long[32];
  private int count;

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  boolean isTooMany() {
    return count > Limits.HISTOGRAM_BUCKETS_MAX;
  }

  long get(int i) {
    return values[i];
  }

  double getDouble(int i) {
    return Double.longBitsToDouble(values[i]);
  }

  void readFixed(ProtoReader reader) throws MalformedException {
    add(reader.fixed64());
  }

  void readPackedFixed(ProtoReader reader) throws MalformedException {
    int outer = reader.enter();
    while (!reader.atEnd()) {
      readFixed(reader);
    }
    reader.leave(outer);
  }

  void readVarint(ProtoReader reader) throws MalformedException {
    add(reader.varint());
  }

  void readPackedVarints(ProtoReader reader) throws MalformedException {
    int outer = reader.enter();
    while (!reader.atEnd()) {
      readVarint(reader);
    }
    reader.leave(outer);
  }

  private void add(long value) {
    if (count < Limits.HISTOGRAM_BUCKETS_MAX) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count] = value;
    }
    count++;
  }
}
