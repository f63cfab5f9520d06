package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.pipeline.journal.format.CheckpointHeader;
import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// The body of a checkpoint, read in blocks. One thread.
final class CheckpointInput extends InputStream {
  private static final int BLOCK_BYTES = 64 << 10;

  private final DiskFile file;
  private final CheckpointHeader header;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).limit(0);
  private final CRC32C crc = new CRC32C();
  private long taken;

  private CheckpointInput(DiskFile file, CheckpointHeader header) {
    this.file = file;
    this.header = header;
  }

  /// Opens a checkpoint whose header is right; says nothing yet of its body.
  static CheckpointInput open(Disk disk, Path path) throws IOException, FormatException {
    DiskFile file = disk.openForReading(path);
    try {
      ByteBuffer bytes = ByteBuffer.allocate(CheckpointHeader.BYTES);
      if (file.read(bytes, 0) < CheckpointHeader.BYTES) {
        throw new FormatException("shorter than a checkpoint's header");
      }
      CheckpointHeader header = CheckpointHeader.decode(bytes.array());
      if (file.size() != CheckpointHeader.BYTES + header.length()) {
        throw new FormatException("its length is not the one it was written with");
      }
      return new CheckpointInput(file, header);
    } catch (IOException | FormatException e) {
      file.close();
      throw e;
    }
  }

  /// Reads all of a checkpoint and compares its checksum.
  static CheckpointHeader verify(Disk disk, Path path) throws IOException, FormatException {
    try (CheckpointInput in = open(disk, path)) {
      while (in.fill()) {
        in.block.position(in.block.limit());
      }
      if (!in.header.matches(in.crc)) {
        throw new FormatException("it is damaged (wrong checksum)");
      }
      return in.header;
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? block.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int at, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int part = Math.min(count, block.remaining());
    block.get(into, at, part);
    return part;
  }

  /// Whether there is something in the block, now or after reading the next one.
  private boolean fill() throws IOException {
    if (block.hasRemaining()) {
      return true;
    }
    long rest = header.length() - taken;
    if (rest <= 0) {
      return false;
    }
    block.clear().limit((int) Math.min(rest, BLOCK_BYTES));
    int read = file.read(block, CheckpointHeader.BYTES + taken);
    block.flip();
    if (read <= 0) {
      return false;
    }
    crc.update(block.array(), 0, block.limit());
    taken += read;
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
