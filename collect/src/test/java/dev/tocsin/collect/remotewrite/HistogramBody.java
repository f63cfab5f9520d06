package dev.tocsin.collect.remotewrite;

import static dev.tocsin.collect.remotewrite.WriteBody.bytes;
import static dev.tocsin.collect.remotewrite.WriteBody.fixed;
import static dev.tocsin.collect.remotewrite.WriteBody.join;
import static dev.tocsin.collect.remotewrite.WriteBody.number;

/// A native histogram of a request, made with protobuf-java field by field.
final class HistogramBody {
  private byte[] all = {};

  private HistogramBody() {}

  static HistogramBody of(long timeMs) {
    return new HistogramBody().add(number(15, timeMs));
  }

  HistogramBody add(byte[] field) {
    all = join(all, field);
    return this;
  }

  HistogramBody count(long count) {
    return add(number(1, count));
  }

  HistogramBody floatCount(double count) {
    return add(fixed(2, Double.doubleToRawLongBits(count)));
  }

  HistogramBody sum(double sum) {
    return add(fixed(3, Double.doubleToRawLongBits(sum)));
  }

  HistogramBody schema(int schema) {
    return add(bytes(out -> out.writeSInt32(4, schema)));
  }

  HistogramBody zero(double threshold, long count) {
    return add(join(fixed(5, Double.doubleToRawLongBits(threshold)), number(6, count)));
  }

  HistogramBody floatZero(double threshold, double count) {
    return add(
        join(
            fixed(5, Double.doubleToRawLongBits(threshold)),
            fixed(7, Double.doubleToRawLongBits(count))));
  }

  HistogramBody span(int field, int offset, long length) {
    byte[] span = bytes(out -> out.writeSInt32(1, offset));
    return add(WriteBody.field(field, join(span, number(2, length))));
  }

  /// One span of positive buckets, packed.
  HistogramBody positive(int offset, long... deltas) {
    return span(11, offset, deltas.length).deltas(12, deltas);
  }

  HistogramBody deltas(int field, long... deltas) {
    byte[] packed =
        bytes(
            out -> {
              for (long delta : deltas) {
                out.writeSInt64NoTag(delta);
              }
            });
    return add(WriteBody.field(field, packed));
  }

  HistogramBody doubles(int field, double... values) {
    byte[] packed =
        bytes(
            out -> {
              for (double value : values) {
                out.writeDoubleNoTag(value);
              }
            });
    return add(WriteBody.field(field, packed));
  }

  HistogramBody hint(int hint) {
    return add(number(14, hint));
  }

  /// The message alone.
  byte[] message() {
    return all;
  }

  /// As a field of a series.
  byte[] field() {
    return WriteBody.field(4, all);
  }
}
