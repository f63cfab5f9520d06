package dev.tocsin.collect.remotewrite.snappy;

import dev.tocsin.collect.remotewrite.wire.MalformedException;

/// Decodes Snappy's block format (no frames, no checksums), as remote write uses it: the decoded
/// length as a varint, then literals and copies of what was decoded already. Source: google/snappy,
/// format_description.txt. Every read and write is checked against both ends.
public final class SnappyBlock {
  /// A copy of two bytes of offset makes 64 bytes of 3; nothing makes more of less. A block that
  /// declares more than this times its own length lies, and need not be tried.
  private static final int GAIN_MAX = 22;

  private SnappyBlock() {}

  /// The decoded length a block declares: from 0 to below 2^32. Fails where there is no number.
  ///
  /// @param blockLength bytes of it
  public static long declaredLength(byte[] block, int blockLength) throws MalformedException {
    long length = 0;
    for (int i = 0; i < 5; i++) {
      if (i == blockLength) {
        throw new MalformedException(0, "snappy: no length");
      }
      length |= (long) (block[i] & 0x7f) << (7 * i);
      if (block[i] >= 0) {
        return checked(length);
      }
    }
    throw new MalformedException(0, "snappy: a length of more than 32 bits");
  }

  private static long checked(long length) throws MalformedException {
    if (length >>> 32 != 0) {
      throw new MalformedException(0, "snappy: a length of more than 32 bits");
    }
    return length;
  }

  /// True where a block of that many bytes can decode to so many. Ask before allocating, so that
  /// nobody makes us allocate much by sending little.
  public static boolean canHold(int blockBytes, long decodedBytes) {
    return decodedBytes <= (long) blockBytes * GAIN_MAX;
  }

  /// Decodes a block into the start of `out`, which holds at least the declared length.
  ///
  /// @param end bytes of the block
  /// @param declared what [#declaredLength] said
  public static void decode(byte[] block, int end, byte[] out, int declared)
      throws MalformedException {
    int at = headerLength(block);
    int filled = 0;
    while (at < end) {
      int tag = block[at] & 0xff;
      if ((tag & 3) == 2 && end - at >= 3) {
        int offset = (block[at + 1] & 0xff) | (block[at + 2] & 0xff) << 8;
        int length = 1 + (tag >> 2);
        at += 3;
        // What is long comes in pieces of 64 with the same offset: one copy.
        while (end - at >= 3
            && (block[at] & 3) == 2
            && block[at + 1] == block[at - 2]
            && block[at + 2] == block[at - 1]) {
          length += 1 + ((block[at] & 0xff) >> 2);
          at += 3;
        }
        if (offset == 0 || offset > filled || length > declared - filled) {
          throw unfitting(at, length, offset);
        }
        if (offset >= length) {
          System.arraycopy(out, filled - offset, out, filled, length);
        } else {
          copy(out, filled - offset, filled, length);
        }
        filled += length;
      } else if ((tag & 3) == 0) {
        long length = literalLength(block, end, at, tag);
        at += 1 + extraBytes(tag);
        if (length > end - at || length > declared - filled) {
          throw new MalformedException(
              at, "snappy: a literal of " + length + " bytes does not fit");
        }
        System.arraycopy(block, at, out, filled, (int) length);
        at += (int) length;
        filled += (int) length;
      } else {
        int size = (tag & 3) == 1 ? 2 : (tag & 3) == 2 ? 3 : 5;
        if (end - at < size) {
          throw new MalformedException(at, "snappy: a copy that does not end");
        }
        int length = (tag & 3) == 1 ? 4 + (tag >> 2 & 7) : 1 + (tag >> 2);
        long offset = copyOffset(block, at, tag);
        if (offset == 0 || offset > filled || length > declared - filled) {
          throw unfitting(at, length, offset);
        }
        copy(out, filled - (int) offset, filled, length);
        at += size;
        filled += length;
      }
    }
    if (filled != declared) {
      throw new MalformedException(
          at, "snappy: " + filled + " bytes where " + declared + " were declared");
    }
  }

  private static MalformedException unfitting(int at, int length, long offset) {
    return new MalformedException(
        at, "snappy: a copy of " + length + " bytes from " + offset + " back does not fit");
  }

  private static int headerLength(byte[] block) {
    int at = 0;
    while (block[at] < 0) {
      at++;
    }
    return at + 1;
  }

  /// Bytes of the length behind a literal's tag.
  private static int extraBytes(int tag) {
    return Math.max(0, (tag >> 2) - 59);
  }

  private static long literalLength(byte[] block, int end, int at, int tag)
      throws MalformedException {
    int extra = extraBytes(tag);
    if (extra == 0) {
      return (tag >> 2) + 1L;
    }
    if (end - at <= extra) {
      throw new MalformedException(at, "snappy: a literal without its length");
    }
    return little(block, at + 1, extra) + 1;
  }

  private static long copyOffset(byte[] block, int at, int tag) {
    return switch (tag & 3) {
      case 1 -> (tag & 0xe0L) << 3 | (block[at + 1] & 0xff);
      case 2 -> little(block, at + 1, 2);
      default -> little(block, at + 1, 4);
    };
  }

  private static long little(byte[] block, int at, int count) {
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | (block[at + i] & 0xff);
    }
    return value;
  }

  /// A copy may overlap itself: then it repeats what it has just written.
  private static void copy(byte[] out, int from, int to, int length) {
    int piece = to - from;
    int done = 0;
    while (done < length) {
      int now = Math.min(piece, length - done);
      System.arraycopy(out, from, out, to + done, now);
      done += now;
      piece += now;
    }
  }
}
