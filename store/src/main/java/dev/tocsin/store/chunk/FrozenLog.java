package dev.tocsin.store.chunk;

import dev.tocsin.store.checkpoint.FrameWriter;
import java.io.IOException;

/// A [ChunkLog] as it was at one moment. Its blocks are the log's: what was in them does not
/// change, and one that the log drops is kept here. Any thread.
public final class FrozenLog {
  private final int blockBits;
  private final long blocksDropped;
  private final long samplesDropped;
  private final Blocks blocks;
  private final int[] usedBytes;
  private final int[] samples;

  FrozenLog(int blockBits, long blocksDropped, long samplesDropped, Blocks blocks) {
    this.blockBits = blockBits;
    this.blocksDropped = blocksDropped;
    this.samplesDropped = samplesDropped;
    this.blocks = blocks;
    int count = blocks.blocks().length;
    usedBytes = new int[count];
    samples = new int[count];
    for (int i = 0; i < count; i++) {
      usedBytes[i] = blocks.blocks()[i].usedBytes;
      samples[i] = blocks.blocks()[i].samples;
    }
  }

  /// The blocks as they were; [ChunkLog#readFrom] reads them.
  public void writeTo(FrameWriter out) throws IOException {
    out.varint(blockBits);
    out.varint(blocksDropped);
    out.varint(samplesDropped);
    out.varint(blocks.first());
    out.varint(usedBytes.length);
    for (int i = 0; i < usedBytes.length; i++) {
      out.varint(samples[i]);
      out.varint(usedBytes[i]);
      out.bytes(blocks.blocks()[i].bytes, 0, usedBytes[i]);
    }
  }
}
