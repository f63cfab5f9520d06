package dev.tocsin.store.chunk;

/// Walks a series' chunks from the newest to the oldest. It keeps the blocks that were there when
/// it was made, so what it saw once it sees again. Any thread, one at a time.
public final class ChunkCursor {
  private final Blocks blocks;
  private final int blockBits;
  private byte[] bytes = {};
  private int at;
  private int count;
  private long previous;
  private long firstMs;
  private long lastMs;

  ChunkCursor(Blocks blocks, int blockBits) {
    this.blocks = blocks;
    this.blockBits = blockBits;
  }

  /// False where there is no chunk any more, or never was ([ChunkLog#NONE]).
  public boolean moveTo(long address) {
    long number = address >>> blockBits;
    if (address == ChunkLog.NONE || !blocks.has(number)) {
      return false;
    }
    bytes = blocks.get(number).bytes;
    at = (int) (address & ((1L << blockBits) - 1));
    count = (int) varint();
    long distance = varint();
    previous = distance == 0 ? ChunkLog.NONE : address - distance;
    firstMs = Varint.unfold(varint());
    lastMs = firstMs + varint();
    return true;
  }

  private long varint() {
    long number = 0;
    byte next = -1;
    for (int shift = 0; shift < Long.SIZE && next < 0; shift += 7) {
      next = bytes[at++];
      number |= (next & 0x7fL) << shift;
    }
    return number;
  }

  /// The address of the chunk before this one.
  public long previous() {
    return previous;
  }

  /// How many samples it has.
  public int count() {
    return count;
  }

  /// Unix milliseconds of its first sample.
  public long firstMs() {
    return firstMs;
  }

  /// Unix milliseconds of its last sample.
  public long lastMs() {
    return lastMs;
  }

  /// Its samples, to `[to, to + count)`.
  public void copyTo(long[] timesMs, double[] values, int to) {
    ChunkCodec.decode(bytes, at, count, firstMs, timesMs, values, to);
  }
}
