package dev.tocsin.world.real.disk;

import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// An open file of the operating system.
final class RealFile implements DiskFile {
  /// Bytes written at once by [#preallocate].
  private static final int ZEROS_BYTES = 1 << 20;

  /// Bytes of a heap buffer written or read at once: the JDK keeps a copy of that size outside the
  /// heap for each thread.
  private static final int PIECE_BYTES = 256 << 10;

  private final Path path;
  private final FileChannel channel;

  RealFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    try {
      writeAll(from, position);
    } catch (IOException e) {
      throw Reasons.failed("write", path, e);
    }
  }

  private void writeAll(ByteBuffer from, long position) throws IOException {
    long at = position;
    int end = from.limit();
    try {
      while (from.position() < end) {
        int piece = from.isDirect() ? end - from.position() : PIECE_BYTES;
        from.limit(Math.min(end, from.position() + piece));
        at += channel.write(from, at);
      }
    } finally {
      from.limit(end);
    }
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    int start = into.position();
    int end = into.limit();
    try {
      while (into.position() < end) {
        int piece = into.isDirect() ? end - into.position() : PIECE_BYTES;
        into.limit(Math.min(end, into.position() + piece));
        if (channel.read(into, position + into.position() - start) < 0) {
          break;
        }
      }
    } catch (IOException e) {
      throw Reasons.failed("read", path, e);
    } finally {
      into.limit(end);
    }
    return into.position() - start;
  }

  @Override
  public void force() throws IOException {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw Reasons.failed("force", path, e);
    }
  }

  @Override
  public long size() throws IOException {
    try {
      return channel.size();
    } catch (IOException e) {
      throw Reasons.failed("read the size of", path, e);
    }
  }

  @Override
  public void preallocate(long bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long at = channel.size();
      if (at >= bytes) {
        return;
      }
      ByteBuffer zeros = arena.allocate(Math.min(ZEROS_BYTES, bytes - at)).asByteBuffer();
      while (at < bytes) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
        while (zeros.hasRemaining()) {
          at += channel.write(zeros, at);
        }
      }
    } catch (IOException e) {
      throw Reasons.failed("make room in", path, e);
    }
  }

  @Override
  public void truncate(long bytes) throws IOException {
    try {
      channel.truncate(bytes);
    } catch (IOException e) {
      throw Reasons.failed("shorten", path, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } catch (IOException e) {
      throw Reasons.failed("close", path, e);
    }
  }
}
