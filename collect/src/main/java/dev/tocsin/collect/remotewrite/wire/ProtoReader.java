package dev.tocsin.collect.remotewrite.wire;

/// A cursor over protobuf's encoding in a byte array. Everything is checked against the innermost
/// message that was entered; what does not fit is a [MalformedException]. Makes no objects. One
/// thread.
///
/// Stricter than it needs to be in one place: a varint of more than 64 bits is refused, where some
/// readers drop the bits. Groups are refused: no version of the format we read has them. Source:
/// protobuf.dev, "Encoding".
public final class ProtoReader {
  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int LENGTH = 2;
  public static final int FIXED32 = 5;

  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /// The tag of a field: what [#tag] returns for it.
  public static int tagOf(int field, int wireType) {
    return field << 3 | wireType;
  }

  /// Starts to read a message that lies between two offsets.
  public void over(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    end = to;
  }

  public boolean atEnd() {
    return at == end;
  }

  /// The offset of the next byte.
  public int at() {
    return at;
  }

  /// The offset behind the innermost message.
  public int end() {
    return end;
  }

  /// Goes on at an offset inside of the innermost message.
  public void jump(int offset) {
    at = offset;
  }

  /// Reads a field's number and wire type.
  public int tag() throws MalformedException {
    int from = at;
    if (at < end && bytes[at] >= 8) {
      return checked(bytes[at++], from);
    }
    long tag = varint();
    if (tag >>> 32 != 0) {
      throw new MalformedException(from, "a field number beyond 29 bits");
    }
    return checked((int) tag, from);
  }

  private static int checked(int tag, int from) throws MalformedException {
    if (tag >>> 3 == 0) {
      throw new MalformedException(from, "field number 0");
    }
    return tag;
  }

  public long varint() throws MalformedException {
    int from = at;
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw new MalformedException(from, "a number that does not end");
      }
      byte b = bytes[at++];
      if (shift == 63 && (b & 0xfe) != 0) {
        break;
      }
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new MalformedException(from, "a number of more than 64 bits");
  }

  /// Eight bytes, the lowest first.
  public long fixed64() throws MalformedException {
    need(8);
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | (bytes[at + i] & 0xff);
    }
    at += 8;
    return value;
  }

  /// Reads the length of a string or message, which fits into what is left.
  public int length() throws MalformedException {
    int from = at;
    if (at < end && bytes[at] >= 0) {
      int length = bytes[at++];
      return fitting(length, from);
    }
    return fitting(varint(), from);
  }

  private int fitting(long length, int from) throws MalformedException {
    if (length < 0 || length > end - at) {
      throw new MalformedException(
          from,
          "a length of "
              + Long.toUnsignedString(length)
              + " where "
              + (end - at)
              + " bytes are left");
    }
    return (int) length;
  }

  /// Enters the message whose length comes next. Hand the result to [#leave].
  public int enter() throws MalformedException {
    int length = length();
    int outer = end;
    end = at + length;
    return outer;
  }

  /// Leaves the innermost message, wherever in it the cursor is.
  public void leave(int outer) {
    at = end;
    end = outer;
  }

  /// Skips the value of a field that means nothing to us.
  public void skip(int tag) throws MalformedException {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> {
        need(8);
        at += 8;
      }
      case LENGTH -> {
        int length = length();
        at += length;
      }
      case FIXED32 -> {
        need(4);
        at += 4;
      }
      case 3, 4 -> throw new MalformedException(at, "a group (field " + (tag >>> 3) + ")");
      default ->
          throw new MalformedException(
              at, "wire type " + (tag & 7) + " (field " + (tag >>> 3) + ")");
    }
  }

  private void need(int count) throws MalformedException {
    if (end - at < count) {
      throw new MalformedException(at, count + " bytes needed where " + (end - at) + " are left");
    }
  }
}
