package dev.tocsin.world.net;

import java.util.Arrays;

/// A body that was read, in bytes that are used again for the next one. Grows as bytes come. One
/// thread at a time.
public final class BodyBuffer {
  private static final byte[] NO_BYTES = {};

  private byte[] bytes = NO_BYTES;
  private int length;

  /// The body is at its start.
  public byte[] bytes() {
    return bytes;
  }

  /// Bytes of the body.
  public int length() {
    return length;
  }

  /// Room for that many bytes, at least; those that are there stay.
  public void ensure(int size) {
    if (bytes.length < size) {
      bytes = Arrays.copyOf(bytes, size);
    }
  }

  /// So many bytes are the body.
  public void length(int filled) {
    length = filled;
  }

  /// These are the body.
  public void set(byte[] body) {
    bytes = body;
    length = body.length;
  }

  /// Lets go what is larger than that.
  public void shrink(int bytesKept) {
    length = 0;
    if (bytes.length > bytesKept) {
      bytes = NO_BYTES;
    }
  }
}
