package dev.tocsin.bench.ingest;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Compresses as Snappy does (blocks of at most 64 KiB, copies of what was seen in the block), and
/// says where bytes went that will be written over: a compressed body in which times and values can
/// be renewed without compressing again. Works on symbols: a byte is 0 to 255; what will change is
/// a larger number, and a copy is made only where all symbols are the same, so that it stays right
/// whatever is written over them. Source of the format: google/snappy, format_description.txt.
final class PatchableSnappy {
  private static final int BLOCK_MAX = 1 << 16;
  private static final int HASH_BITS = 14;
  private static final int MATCH_MIN = 4;

  private final int[] symbols;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// By position of the input: where its byte is in the output; -1: in a copy.
  private final int[] places;

  private PatchableSnappy(int[] symbols) {
    this.symbols = symbols;
    this.places = new int[symbols.length];
    Arrays.fill(places, -1);
  }

  /// @param places by position of the input: where its byte is in the block; -1: made by a copy
  record Compressed(byte[] block, int[] places) {}

  /// @param cuts where a block may end, ascending, the length at last; none is further than a block
  ///   from the one before
  static Compressed of(int[] symbols, int[] cuts) {
    PatchableSnappy run = new PatchableSnappy(symbols);
    run.varint(symbols.length);
    int from = 0;
    for (int i = 0; i < cuts.length; i++) {
      if (i + 1 == cuts.length || cuts[i + 1] - from > BLOCK_MAX) {
        run.block(from, cuts[i]);
        from = cuts[i];
      }
    }
    return new Compressed(run.out.toByteArray(), run.places);
  }

  private void block(int from, int to) {
    int[] table = new int[1 << HASH_BITS];
    Arrays.fill(table, -1);
    int literal = from;
    int at = from;
    while (at + MATCH_MIN <= to) {
      int slot = hash(at);
      int candidate = table[slot];
      table[slot] = at;
      int length = candidate < 0 ? 0 : matching(candidate, at, to);
      if (length < MATCH_MIN) {
        at++;
        continue;
      }
      literal(literal, at);
      copy(at - candidate, length);
      at += length;
      literal = at;
    }
    literal(literal, to);
  }

  private int hash(int at) {
    int mixed = 0;
    for (int i = 0; i < MATCH_MIN; i++) {
      mixed = (mixed + symbols[at + i]) * 0x9e3779b1;
    }
    return mixed >>> (Integer.SIZE - HASH_BITS);
  }

  private int matching(int candidate, int at, int to) {
    int length = 0;
    while (at + length < to && symbols[candidate + length] == symbols[at + length]) {
      length++;
    }
    return length;
  }

  private void literal(int from, int to) {
    int length = to - from;
    if (length == 0) {
      return;
    }
    if (length <= 60) {
      out.write((length - 1) << 2);
    } else {
      out.write(61 << 2);
      out.write(length - 1);
      out.write((length - 1) >>> 8);
    }
    for (int i = from; i < to; i++) {
      places[i] = out.size();
      out.write(symbols[i]);
    }
  }

  /// In pieces of at most 64, as Snappy's own encoders do.
  private void copy(int offset, int length) {
    int left = length;
    while (left >= 68) {
      longCopy(offset, 64);
      left -= 64;
    }
    if (left > 64) {
      longCopy(offset, 60);
      left -= 60;
    }
    if (left >= 12 || offset >= 2048) {
      longCopy(offset, left);
    } else {
      out.write(((offset >>> 8) << 5) | ((left - 4) << 2) | 1);
      out.write(offset);
    }
  }

  private void longCopy(int offset, int length) {
    out.write(((length - 1) << 2) | 2);
    out.write(offset);
    out.write(offset >>> 8);
  }

  private void varint(int number) {
    int rest = number;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
