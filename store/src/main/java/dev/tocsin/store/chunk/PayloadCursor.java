package dev.tocsin.store.chunk;

/// Reads payloads of a [ChunkLog]. It keeps the blocks that were there when it was made. Any
/// thread, one at a time.
public final class PayloadCursor {
  private final Blocks blocks;
  private final int blockBits;
  private byte[] bytes = {};
  private int from;
  private int to;
  private PayloadKind kind = PayloadKind.HISTOGRAM;

  PayloadCursor(Blocks blocks, int blockBits) {
    this.blocks = blocks;
    this.blockBits = blockBits;
  }

  /// Goes to the payload that a value stands for. False where it is not there any more.
  public boolean moveTo(double value) {
    long address = PayloadAddress.of(value);
    long number = address >>> blockBits;
    if (address == ChunkLog.NONE || !blocks.has(number)) {
      return false;
    }
    bytes = blocks.get(number).bytes;
    int at = (int) (address & ((1L << blockBits) - 1));
    long tag = 0;
    byte next = -1;
    for (int shift = 0; shift < Integer.SIZE && next < 0; shift += 7) {
      next = bytes[at++];
      tag |= (next & 0x7fL) << shift;
    }
    kind = PayloadKind.ofTag(tag);
    long length = PayloadKind.length(tag);
    from = at;
    to = (int) Math.min(bytes.length, at + length);
    return kind == PayloadKind.HISTOGRAM || to - from >= Double.BYTES;
  }

  public PayloadKind kind() {
    return kind;
  }

  /// The array that has it: read only.
  public byte[] bytes() {
    return bytes;
  }

  /// The index of its first byte.
  public int from() {
    return from;
  }

  /// The index behind its last byte.
  public int to() {
    return to;
  }

  /// The bits of a [PayloadKind#FLOAT].
  public long floatBits() {
    long bits = 0;
    for (int i = from; i < from + Double.BYTES; i++) {
      bits = bits << 8 | (bytes[i] & 0xff);
    }
    return bits;
  }
}
