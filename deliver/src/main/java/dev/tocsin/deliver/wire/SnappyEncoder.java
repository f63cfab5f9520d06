package dev.tocsin.deliver.wire;

import java.util.Arrays;

/// Makes Snappy's block format: the length as a varint, then literals and copies. Source:
/// google/snappy, format_description.txt and, for the way matches are found, snappy.cc: blocks of
/// 64 KiB, a table of hashes of four bytes, and longer steps where nothing matches. Not
/// thread-safe.
public final class SnappyEncoder {
  private static final int BLOCK_BYTES = 1 << 16;
  private static final int TABLE_BITS = 14;
  private static final int HASH_FACTOR = 0x1e35a7bd;

  /// The end of a block where no match is looked for.
  private static final int MARGIN = 15;

  private static final int COPY_MAX = 64;

  private final short[] table = new short[1 << TABLE_BITS];
  private byte[] out = {};
  private int size;

  /// The block of these bytes.
  public byte[] encode(byte[] from, int length) {
    int worst = 32 + length + length / 6; // as snappy's MaxCompressedLength
    if (out.length < worst) {
      out = new byte[worst];
    }
    size = 0;
    length(length);
    for (int at = 0; at < length; at += BLOCK_BYTES) {
      block(from, at, Math.min(length, at + BLOCK_BYTES));
    }
    byte[] encoded = Arrays.copyOf(out, size);
    if (out.length > 1 << 20) {
      out = new byte[0];
    }
    return encoded;
  }

  private void length(int length) {
    int rest = length;
    while (rest >= 0x80) {
      out[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[size++] = (byte) rest;
  }

  private static int word(byte[] from, int at) {
    return (from[at] & 0xff)
        | (from[at + 1] & 0xff) << 8
        | (from[at + 2] & 0xff) << 16
        | from[at + 3] << 24;
  }

  private static int slot(int word) {
    return (word * HASH_FACTOR) >>> (Integer.SIZE - TABLE_BITS);
  }

  private void block(byte[] from, int base, int end) {
    int literalAt = base;
    if (end - base > MARGIN) {
      Arrays.fill(table, (short) 0);
      int limit = end - MARGIN;
      int at = base + 1;
      int tried = 32;
      while (at < limit) {
        int word = word(from, at);
        int slot = slot(word);
        int candidate = base + (table[slot] & 0xffff);
        table[slot] = (short) (at - base);
        if (word(from, candidate) != word || candidate >= at) {
          at += tried++ >>> 5;
          continue;
        }
        literal(from, literalAt, at);
        int matched = 4;
        while (at + matched < end && from[candidate + matched] == from[at + matched]) {
          matched++;
        }
        copy(at - candidate, matched);
        at += matched;
        literalAt = at;
        tried = 32;
        if (at < limit) {
          table[slot(word(from, at - 1))] = (short) (at - 1 - base);
        }
      }
    }
    literal(from, literalAt, end);
  }

  private void literal(byte[] from, int at, int to) {
    int length = to - at;
    if (length == 0) {
      return;
    }
    int less = length - 1;
    if (less < 60) {
      out[size++] = (byte) (less << 2);
    } else if (less < 1 << 8) {
      out[size++] = (byte) (60 << 2);
      out[size++] = (byte) less;
    } else {
      out[size++] = (byte) (61 << 2);
      out[size++] = (byte) less;
      out[size++] = (byte) (less >>> 8);
    }
    System.arraycopy(from, at, out, size, length);
    size += length;
  }

  private void copy(int offset, int length) {
    int rest = length;
    while (rest > COPY_MAX) {
      // What is left for the last one must be at least 4 for its short form.
      int part = rest < COPY_MAX + 4 ? COPY_MAX - 4 : COPY_MAX;
      copyOfTwoBytes(offset, part);
      rest -= part;
    }
    if (rest >= 4 && rest < 12 && offset < 1 << 11) {
      out[size++] = (byte) (1 | (rest - 4) << 2 | offset >>> 8 << 5);
      out[size++] = (byte) offset;
    } else {
      copyOfTwoBytes(offset, rest);
    }
  }

  private void copyOfTwoBytes(int offset, int length) {
    out[size++] = (byte) (2 | (length - 1) << 2);
    out[size++] = (byte) offset;
    out[size++] = (byte) (offset >>> 8);
  }
}
