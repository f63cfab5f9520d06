package dev.tocsin.deliver.wire;

import java.util.Arrays;

/// Writes protobuf messages into an array that grows. Source: protobuf.dev, "Encoding". Not
/// thread-safe.
public final class ProtoWriter {
  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int LENGTH = 2;

  /// Beyond it the array is not kept for the next message.
  private static final int KEPT_BYTES_MAX = 1 << 20;

  private static final int FIRST_BYTES = 512;

  private byte[] bytes;
  private int size;

  public ProtoWriter() {
    this(FIRST_BYTES);
  }

  /// @param room bytes at first
  public ProtoWriter(int room) {
    bytes = new byte[room];
  }

  public void clear() {
    size = 0;
    if (bytes.length > KEPT_BYTES_MAX) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  public int size() {
    return size;
  }

  /// What was written is at its beginning. Read only.
  public byte[] array() {
    return bytes;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  public ProtoWriter tag(int field, int type) {
    return varint((long) field << 3 | type);
  }

  public ProtoWriter varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /// A number as `sint32` and `sint64` have it.
  public ProtoWriter folded(long value) {
    return varint(value << 1 ^ value >> 63);
  }

  /// Eight bytes, little-endian.
  public ProtoWriter fixed64(long bits) {
    room(8);
    long rest = bits;
    for (int i = 0; i < 8; i++) {
      bytes[size++] = (byte) rest;
      rest >>>= 8;
    }
    return this;
  }

  public ProtoWriter raw(byte[] from, int at, int to) {
    room(to - at);
    System.arraycopy(from, at, bytes, size, to - at);
    size += to - at;
    return this;
  }

  /// A field with a number, left out where it is 0, as proto3 says.
  public ProtoWriter number(int field, long value) {
    return value == 0 ? this : tag(field, VARINT).varint(value);
  }

  /// A field with a double, bit by bit; left out where all bits are 0.
  public ProtoWriter real(int field, double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits == 0 ? this : tag(field, FIXED64).fixed64(bits);
  }

  /// A field with bytes, also where there are none.
  public ProtoWriter bytes(int field, byte[] from, int at, int to) {
    return tag(field, LENGTH).varint(to - at).raw(from, at, to);
  }

  public ProtoWriter bytes(int field, byte[] from) {
    return bytes(field, from, 0, from.length);
  }

  /// A field with the message that the other one has written.
  public ProtoWriter message(int field, ProtoWriter other) {
    return bytes(field, other.bytes, 0, other.size);
  }

  /// Bytes of a field of a number below 16 that has a length.
  public static int fieldBytes(int length) {
    int count = 2 + length;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      count++;
    }
    return count;
  }
}
