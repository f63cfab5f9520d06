package dev.tocsin.pipeline.journal.segment;

import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A part of a file in memory, that follows the reader.
final class FileWindow {
  private static final int BYTES = 128 << 10;
  private static final byte[] ZEROS = new byte[8192];

  private final DiskFile file;
  private long size;
  private final byte[] bytes = new byte[BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private long from;
  private int length;

  FileWindow(DiskFile file, long size) {
    this.file = file;
    this.size = size;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Forgets what is in memory, and looks how long the file is now.
  void refresh() throws IOException {
    size = file.size();
    length = 0;
  }

  long size() {
    return size;
  }

  /// Brings `count` bytes from `at` on into the window: their index, or -1 where the file ends
  /// before.
  int ensure(long at, int count) throws IOException {
    if (at < from || at + count > from + length) {
      if (at + count > size) {
        return -1;
      }
      load(at);
      if (count > length) {
        return -1;
      }
    }
    return (int) (at - from);
  }

  /// The first position from `at` on whose byte is not zero; the file's size where there is none.
  long skipZeros(long at) throws IOException {
    long position = at;
    while (position < size) {
      if (ensure(position, 1) < 0) {
        return size;
      }
      int index = (int) (position - from);
      int count = Math.min(length - index, ZEROS.length);
      int mismatch = Arrays.mismatch(bytes, index, index + count, ZEROS, 0, count);
      if (mismatch >= 0) {
        return position + mismatch;
      }
      position += count;
    }
    return size;
  }

  /// The position behind the last byte from `at` on that is not zero; `at` where all are.
  long endOfContent(long at) throws IOException {
    long end = at;
    long position = at;
    while (position < size && ensure(position, 1) >= 0) {
      int index = (int) (position - from);
      for (int i = length - 1; i >= index; i--) {
        if (bytes[i] != 0) {
          end = from + i + 1;
          break;
        }
      }
      position = from + length;
    }
    return end;
  }

  private void load(long at) throws IOException {
    from = at;
    length = 0;
    while (length < BYTES) {
      buffer.clear().position(length);
      int read = file.read(buffer, at + length);
      if (read <= 0) {
        return;
      }
      length += read;
    }
  }
}
