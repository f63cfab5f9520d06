package dev.tocsin.pipeline.intake;

import dev.tocsin.model.limit.Limits;
import java.util.Arrays;

/// The keys of all series, each with its tenant, in chunks that are only appended to. A key is
/// found by its position, counted in units of 8 bytes; it never moves. Appended to under the
/// sequencer's lock; read by any thread that got the position safely.
final class KeyBytes {
  private static final int CHUNK_BYTES = 1 << 17;
  private static final int UNIT_BITS = 3;
  private static final int CHUNK_UNITS_BITS = 17 - UNIT_BITS;
  private static final int HEADER_BYTES = 8;

  private final long bytesMax;
  private volatile byte[][] chunks = new byte[4][];
  private int chunkCount;
  private int used = CHUNK_BYTES;
  private long bytes;

  KeyBytes(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// Bytes that are taken, with headers.
  long bytes() {
    return bytes;
  }

  boolean hasRoomFor(int keyLength) {
    return keyLength <= Limits.SERIES_KEY_BYTES_MAX && bytes + space(keyLength) <= bytesMax;
  }

  int append(int tenant, byte[] buffer, int from, int to) {
    int space = space(to - from);
    if (used + space > CHUNK_BYTES) {
      addChunk();
    }
    byte[] chunk = chunks[chunkCount - 1];
    int at = used;
    putInt(chunk, at, tenant);
    putInt(chunk, at + 4, to - from);
    System.arraycopy(buffer, from, chunk, at + HEADER_BYTES, to - from);
    used += space;
    bytes += space;
    return (chunkCount - 1) << CHUNK_UNITS_BITS | at >>> UNIT_BITS;
  }

  boolean matches(int position, int tenant, byte[] buffer, int from, int to) {
    byte[] chunk = chunks[position >>> CHUNK_UNITS_BITS];
    int at = (position & ((1 << CHUNK_UNITS_BITS) - 1)) << UNIT_BITS;
    int keyFrom = at + HEADER_BYTES;
    return getInt(chunk, at) == tenant
        && getInt(chunk, at + 4) == to - from
        && Arrays.equals(chunk, keyFrom, keyFrom + (to - from), buffer, from, to);
  }

  private void addChunk() {
    byte[][] all = chunks;
    if (chunkCount == all.length) {
      all = Arrays.copyOf(all, 2 * chunkCount);
    }
    all[chunkCount++] = new byte[CHUNK_BYTES];
    chunks = all;
    used = 0;
  }

  private static int space(int keyLength) {
    return (HEADER_BYTES + keyLength + 7) & -8;
  }

  private static void putInt(byte[] chunk, int at, int value) {
    chunk[at] = (byte) (value >> 24);
    chunk[at + 1] = (byte) (value >> 16);
    chunk[at + 2] = (byte) (value >> 8);
    chunk[at + 3] = (byte) value;
  }

  private static int getInt(byte[] chunk, int at) {
    return chunk[at] << 24
        | (chunk[at + 1] & 0xff) << 16
        | (chunk[at + 2] & 0xff) << 8
        | (chunk[at + 3] & 0xff);
  }
}
