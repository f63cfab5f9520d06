package dev.tocsin.bench.remotewrite;

import java.io.ByteArrayOutputStream;

/// Snappy's block format with literals only: valid, though nothing gets smaller. Source:
/// format_description.txt of the snappy project.
public final class Snappy {
  private static final int LITERAL_MAX = 1 << 16;

  /// A literal whose length less one follows in two bytes.
  private static final int LITERAL_TWO_BYTES = 61 << 2;

  /// The same with a length in three bytes.
  private static final int LITERAL_THREE_BYTES = 62 << 2;

  private Snappy() {}

  /// As one literal, so that the bytes lie together at the end. At most 16 MiB.
  public static byte[] encodeAsOne(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length + 16);
    length(out, plain.length);
    out.write(LITERAL_THREE_BYTES);
    out.write(plain.length - 1);
    out.write((plain.length - 1) >>> 8);
    out.write((plain.length - 1) >>> 16);
    out.writeBytes(plain);
    return out.toByteArray();
  }

  private static void length(ByteArrayOutputStream out, int length) {
    int rest = length;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  public static byte[] encode(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length + 16);
    length(out, plain.length);
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
