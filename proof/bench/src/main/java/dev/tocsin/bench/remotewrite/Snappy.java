package dev.tocsin.bench.remotewrite;

import java.io.ByteArrayOutputStream;

/// Snappy's block format with literals only: valid, though nothing gets smaller. Source:
/// format_description.txt of the snappy project.
public final class Snappy {
  private static final int LITERAL_MAX = 1 << 16;

  /// A literal whose length less one follows in two bytes.
  private static final int LITERAL_TWO_BYTES = 61 << 2;

  private Snappy() {}

  public static byte[] encode(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length + 16);
    int rest = plain.length;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    for (int from = 0; from < plain.length; from += LITERAL_MAX) {
      int length = Math.min(LITERAL_MAX, plain.length - from);
      out.write(LITERAL_TWO_BYTES);
      out.write(length - 1);
      out.write((length - 1) >>> 8);
      out.write(plain, from, length);
    }
    return out.toByteArray();
  }
}
