package dev.tocsin.collect.remotewrite;

/// A sample as everybody writes it: its length in one byte, the value, then the time as a number of
/// at most seven bytes, and nothing else. Read without a cursor; whatever is not of this form is
/// left to [dev.tocsin.collect.remotewrite.wire.ProtoReader].
final class PlainSample {
  /// Tag and value.
  private static final int VALUE_BYTES = 1 + Double.BYTES;

  /// A time beyond these is written as more bytes.
  private static final int TIME_BYTES_MAX = 7;

  private static final int BYTES_MIN = VALUE_BYTES + 2;
  private static final int BYTES_MAX = VALUE_BYTES + 1 + TIME_BYTES_MAX;

  private PlainSample() {}

  /// Whether one begins here, with its length.
  static boolean isOne(byte[] body, int at, int end) {
    if (at >= end) {
      return false;
    }
    int length = body[at];
    if (length < BYTES_MIN || length > BYTES_MAX || length >= end - at) {
      return false;
    }
    int last = at + length;
    if (body[at + 1] != Findings.VALUE
        || body[at + 1 + VALUE_BYTES] != Findings.TIME
        || body[last] < 0) {
      return false;
    }
    for (int i = at + 2 + VALUE_BYTES; i < last; i++) {
      if (body[i] >= 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether one begins here, with its tag, and nothing follows.
  static boolean isAll(byte[] body, int at, int end) {
    return end - at > 2
        && body[at] == RequestScan.SAMPLE
        && at + 2 + body[at + 1] == end
        && isOne(body, at + 1, end);
  }

  /// Of the sample that begins here.
  static long bits(byte[] body, int at) {
    int i = at + 2;
    return (int32(body, i) & 0xffffffffL) | (long) int32(body, i + 4) << Integer.SIZE;
  }

  /// Four bytes, the lowest first.
  private static int int32(byte[] body, int i) {
    return (body[i] & 0xff)
        | ((body[i + 1] & 0xff) << 8)
        | ((body[i + 2] & 0xff) << 16)
        | (body[i + 3] << 24);
  }

  /// Of the sample that begins here.
  static long timeMs(byte[] body, int at) {
    int last = at + body[at];
    long time = 0;
    for (int i = last; i >= at + 2 + VALUE_BYTES; i--) {
      time = time << 7 | (body[i] & 0x7f);
    }
    return time;
  }
}
