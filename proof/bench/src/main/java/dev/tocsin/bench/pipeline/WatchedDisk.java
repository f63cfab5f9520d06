package dev.tocsin.bench.pipeline;

import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// A disk that notes when entries of the journal were written.
record WatchedDisk(Disk disk, Course course) implements Disk {
  @Override
  public DiskFile open(Path file) throws IOException {
    return new Watched(disk.open(file), course);
  }

  /// Every write but the first of a segment is frames: each begins with its length, has flags at 9
  /// (the first bit: its entry ends) and its entry's number at 16.
  private record Watched(DiskFile file, Course course) implements DiskFile {
    private static final int FLAGS_AT = 9;
    private static final int SEQ_AT = 16;

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      int at = from.position();
      int end = from.limit();
      file.write(from, position);
      long now = System.nanoTime();
      while (position > 0 && at < end) {
        if ((from.get(at + FLAGS_AT) & 1) != 0) {
          course.written(from.getLong(at + SEQ_AT), now);
        }
        at += from.getInt(at);
      }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return file.read(into, position);
    }

    @Override
    public void force() throws IOException {
      file.force();
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void preallocate(long bytes) throws IOException {
      file.preallocate(bytes);
    }

    @Override
    public void truncate(long bytes) throws IOException {
      file.truncate(bytes);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    disk.createDirectories(directory);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public boolean exists(Path path) {
    return disk.exists(path);
  }

  @Override
  public long size(Path file) throws IOException {
    return disk.size(file);
  }

  @Override
  public byte[] readAll(Path file, int bytesMax) throws IOException {
    return disk.readAll(file, bytesMax);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    disk.replace(file, content);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    disk.forceDirectory(directory);
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    return disk.usableBytes(path);
  }

  @Override
  public AutoCloseable lock(Path file) throws IOException {
    return disk.lock(file);
  }
}
