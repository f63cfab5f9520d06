package dev.tocsin.bench.remotewrite;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes the few field types that remote write needs. Source: the encoding chapter of
/// protobuf.dev.
final class ProtobufWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtobufWriter message(int field, ProtobufWriter message) {
    return bytes(field, message.toBytes());
  }

  ProtobufWriter string(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private ProtobufWriter bytes(int field, byte[] bytes) {
    varint(((long) field << 3) | LENGTH_DELIMITED);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  ProtobufWriter int64(int field, long value) {
    varint(((long) field << 3) | VARINT);
    varint(value);
    return this;
  }

  ProtobufWriter float64(int field, double value) {
    varint(((long) field << 3) | FIXED64);
    fixed64(value);
    return this;
  }

  private void fixed64(double value) {
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out.write((int) (bits >>> shift));
    }
  }

  /// Zigzag, for numbers that may be negative.
  ProtobufWriter sint64(int field, long value) {
    return int64(field, zigzag(value));
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  ProtobufWriter packedSint64(int field, long[] values) {
    ProtobufWriter packed = new ProtobufWriter();
    for (long value : values) {
      packed.varint(zigzag(value));
    }
    return bytes(field, packed.toBytes());
  }

  /// Of numbers that are not negative.
  ProtobufWriter packedInts(int field, int[] values) {
    ProtobufWriter packed = new ProtobufWriter();
    for (int value : values) {
      packed.varint(value);
    }
    return bytes(field, packed.toBytes());
  }

  ProtobufWriter packedFloat64(int field, double[] values) {
    ProtobufWriter packed = new ProtobufWriter();
    for (double value : values) {
      packed.fixed64(value);
    }
    return bytes(field, packed.toBytes());
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
