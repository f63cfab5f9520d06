package dev.tocsin.collect.remotewrite;

import java.util.Arrays;

/// The canonical key of a series, as [dev.tocsin.pipeline.intake.SeriesKey] lays it out. Grows to
/// what [dev.tocsin.model.limit.Limits] allow for one series, and is cut back when the decoder is
/// given back.
public final class KeyBuffer {
  private static final int RETAINED_BYTES = 16 << 10;

  private byte[] bytes = new byte[1024];
  private int length;

  public void clear() {
    length = 0;
  }

  /// Adds a name or a value of less than 64 KiB: two bytes of length, the higher first, and its
  /// bytes.
  public void add(byte[] from, int start, int end) {
    int size = end - start;
    if (bytes.length - length < size + 2) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + size + 2));
    }
    bytes[length] = (byte) (size >> 8);
    bytes[length + 1] = (byte) size;
    System.arraycopy(from, start, bytes, length + 2, size);
    length += size + 2;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void shrink() {
    if (bytes.length > RETAINED_BYTES) {
      bytes = new byte[1024];
    }
  }
}
