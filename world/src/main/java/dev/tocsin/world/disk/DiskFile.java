package dev.tocsin.world.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file, read and written at positions. One writer.
public interface DiskFile extends AutoCloseable {
  /// Writes the whole remainder of the buffer. What was written is durable after [#force].
  void write(ByteBuffer from, long position) throws IOException;

  /// Fills the buffer as far as the file goes; returns the bytes read, 0 at its end.
  int read(ByteBuffer into, long position) throws IOException;

  /// Makes everything written so far durable. After a failure nothing may be assumed of what was
  /// written since the last success: never retry on the same file.
  void force() throws IOException;

  long size() throws IOException;

  /// Writes zeros from the end up to `bytes`, so that later writes need no new space.
  void preallocate(long bytes) throws IOException;

  void truncate(long bytes) throws IOException;

  @Override
  void close() throws IOException;
}
