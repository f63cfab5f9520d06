package dev.tocsin.collect.host;

import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.disk.DiskFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Reads real files and writes none. Can keep what it has read, so that a test measures everything
/// but the reading.
final class ReadOnlyDisk implements Disk {
  private final Map<Path, byte[]> kept = new ConcurrentHashMap<>();
  private final Map<Path, IOException> failed = new ConcurrentHashMap<>();
  private boolean keeps;

  void keepWhatIsRead() {
    keeps = true;
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  @Override
  public boolean exists(Path path) {
    return kept.containsKey(path) || Files.exists(path);
  }

  @Override
  public long size(Path file) throws IOException {
    return Files.size(file);
  }

  @Override
  public byte[] readAll(Path file, int bytesMax) throws IOException {
    byte[] known = kept.get(file);
    if (known != null) {
      return known;
    }
    IOException failure = failed.get(file);
    if (failure != null) {
      throw failure;
    }
    byte[] bytes;
    try {
      bytes = read(file);
    } catch (IOException e) {
      if (keeps) {
        failed.put(file, e);
      }
      throw e;
    }
    if (bytes.length > bytesMax) {
      throw new IOException(file + " is larger than " + bytesMax + " bytes");
    }
    if (keeps) {
      kept.put(file, bytes);
    }
    return bytes;
  }

  /// In large pieces: many files under /proc/sys have an end after the first read, however short it
  /// was, and `Files.readAllBytes` begins with a single byte.
  private static byte[] read(Path file) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[1 << 13];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(piece); count > 0; count = in.read(piece)) {
        all.write(piece, 0, count);
      }
    }
    return all.toByteArray();
  }

  private static IOException readOnly(Path path) {
    return new IOException(path + ": this disk is only read");
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    throw readOnly(directory);
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    throw readOnly(file);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    throw readOnly(file);
  }

  @Override
  public void delete(Path file) throws IOException {
    throw readOnly(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    throw readOnly(from);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    throw readOnly(directory);
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    throw readOnly(path);
  }

  @Override
  public AutoCloseable lock(Path file) throws IOException {
    throw readOnly(file);
  }
}
