package dev.tocsin.model.names;

import java.util.Arrays;

/// Records of bytes, one behind the other in chunks of 64 KiB; a larger one has a chunk to itself.
/// A record is found by its position and never moves. One thread appends; any thread reads what it
/// got the position of by release and acquire.
final class ByteChunks {
  private static final int CHUNK_BITS = 16;
  private static final int CHUNK_BYTES = 1 << CHUNK_BITS;

  /// So many chunks that a position is not negative: 2 GiB.
  private static final int CHUNKS_MAX = 1 << (Integer.SIZE - 1 - CHUNK_BITS);

  private volatile byte[][] chunks = {};
  private int count;
  private int used = CHUNK_BYTES;
  private long bytes;

  /// Appends the first `length` bytes; returns their position.
  int append(byte[] record, int length) {
    if (used + length > CHUNK_BYTES) {
      addChunk(Math.max(CHUNK_BYTES, length));
    }
    int at = used;
    System.arraycopy(record, 0, chunks[count - 1], at, length);
    used += length;
    bytes += length;
    return (count - 1) << CHUNK_BITS | at;
  }

  private void addChunk(int size) {
    if (count == CHUNKS_MAX) {
      throw new IllegalStateException("the names of all series take more than 2 GiB");
    }
    byte[][] all = chunks;
    if (count == all.length) {
      all = Arrays.copyOf(all, count + count / 2 + 4);
    }
    all[count++] = new byte[size];
    chunks = all;
    used = 0;
  }

  byte[] chunk(int position) {
    return chunks[position >>> CHUNK_BITS];
  }

  static int offset(int position) {
    return position & (CHUNK_BYTES - 1);
  }

  /// Bytes of all records.
  long bytes() {
    return bytes;
  }
}
