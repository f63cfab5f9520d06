package dev.tocsin.pipeline.journal;

import dev.tocsin.pipeline.journal.format.CheckpointHeader;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// A checkpoint's body on its way to disk, in blocks; the header comes last. One thread.
final class CheckpointFile extends OutputStream {
  private static final int BLOCK_BYTES = 64 << 10;

  private final DiskFile file;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
  private final CRC32C crc = new CRC32C();
  private long length;

  CheckpointFile(DiskFile file) {
    this.file = file;
  }

  @Override
  public void write(int value) throws IOException {
    if (!block.hasRemaining()) {
      writeBlock();
    }
    block.put((byte) value);
  }

  @Override
  public void write(byte[] from, int at, int count) throws IOException {
    int next = at;
    int rest = count;
    while (rest > 0) {
      if (!block.hasRemaining()) {
        writeBlock();
      }
      int part = Math.min(rest, block.remaining());
      block.put(from, next, part);
      next += part;
      rest -= part;
    }
  }

  private void writeBlock() throws IOException {
    block.flip();
    crc.update(block.array(), 0, block.limit());
    int count = block.limit();
    file.write(block, CheckpointHeader.BYTES + length);
    length += count;
    block.clear();
  }

  /// Writes the rest and the header, and forces. Returns the bytes of the file.
  long finish(long seq, long nowMs) throws IOException {
    writeBlock();
    file.write(CheckpointHeader.of(seq, nowMs, length, crc).encode(), 0);
    file.force();
    return CheckpointHeader.BYTES + length;
  }
}
