package dev.tocsin.world.real.disk;

import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of the operating system.
public final class RealDisk implements Disk {
  /// Bytes first read of a file; most of those under /proc are shorter.
  private static final int FIRST_BYTES = 4 << 10;

  @Override
  public void createDirectories(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw Reasons.failed("create", directory, e);
    }
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      all.forEach(entries::add);
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw Reasons.failed("list", directory, e);
    } catch (DirectoryIteratorException e) {
      throw Reasons.failed("list", directory, new IOException(e.getMessage(), e));
    }
    Collections.sort(entries);
    return entries;
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw Reasons.failed("read the size of", file, e);
    }
  }

  @Override
  public byte[] readAll(Path file, int bytesMax) throws IOException {
    try (InputStream in = new FileInputStream(file.toFile())) {
      // One byte more than allowed, to see that a file is too large.
      int bufferMax = (int) Math.min(bytesMax + 1L, Integer.MAX_VALUE - 8);
      long known = file.toFile().length();
      byte[] buffer = new byte[(int) Math.min(Math.max(known + 1, FIRST_BYTES), bufferMax)];
      int filled = 0;
      int got;
      while ((got = in.read(buffer, filled, buffer.length - filled)) > 0) {
        filled += got;
        if (filled > bytesMax) {
          throw new IOException("it is larger than " + bytesMax + " bytes");
        }
        if (filled == buffer.length) {
          buffer = Arrays.copyOf(buffer, (int) Math.min(filled * 2L, bufferMax));
        }
      }
      return Arrays.copyOf(buffer, filled);
    } catch (IOException e) {
      throw Files.exists(file)
          ? Reasons.failed("read", file, e)
          : Reasons.failed("read", file, new NoSuchFileException(file.toString()));
    }
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        new RealFile(beside, channel).write(ByteBuffer.wrap(content), 0);
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(beside);
      throw Reasons.failed("replace", file, e);
    }
    forceDirectory(parent(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    try {
      return new RealFile(
          file,
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw Reasons.failed("open", file, e);
    }
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    try {
      return new RealFile(file, FileChannel.open(file, StandardOpenOption.READ));
    } catch (IOException e) {
      throw Reasons.failed("open", file, e);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw Reasons.failed("delete", file, e);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Reasons.failed("rename to " + to + " the file", from, e);
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw Reasons.failed("force", directory, e);
    }
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    @Nullable Path there = path.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null) {
      throw new IOException("cannot read the free space of " + path);
    }
    // Not FileStore: that reads the whole table of mounts first.
    return there.toFile().getUsableSpace();
  }

  @Override
  public AutoCloseable lock(Path file) throws IOException {
    return LockFile.take(file);
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
