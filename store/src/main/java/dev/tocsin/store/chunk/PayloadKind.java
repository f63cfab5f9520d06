package dev.tocsin.store.chunk;

/// What a payload is. The code is on disk: never changed.
public enum PayloadKind {
  /// The bytes of an encoded native histogram.
  HISTOGRAM(0),
  /// The eight bytes of a float that looks like an address, the highest first.
  FLOAT(1);

  private final int code;

  PayloadKind(int code) {
    this.code = code;
  }

  /// Kind and length in one number.
  long tag(int length) {
    return (long) length << 1 | code;
  }

  static PayloadKind ofTag(long tag) {
    return (tag & 1) == 0 ? HISTOGRAM : FLOAT;
  }

  /// Of the payload that begins with this tag.
  static long length(long tag) {
    return tag >>> 1;
  }
}
