package dev.tocsin.bench.crash.power;

import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// A disk on which some kind of force does nothing, as if the program had forgotten it.
record LyingDisk(Disk disk, Planted planted) implements Disk {
  private record LyingFile(DiskFile file) implements DiskFile {
    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      file.write(from, position);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return file.read(into, position);
    }

    @Override
    public void force() {}

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
  public DiskFile open(Path file) throws IOException {
    DiskFile open = disk.open(file);
    return planted == Planted.NO_FORCE ? new LyingFile(open) : open;
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
    if (planted != Planted.NO_DIRECTORY_FORCE) {
      disk.forceDirectory(directory);
    }
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
