package dev.tocsin.world.disk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Files. Every method may block on the device, and says what failed with the path in the message.
public interface Disk {
  void createDirectories(Path directory) throws IOException;

  /// The entries of a directory, sorted by name; empty where it does not exist.
  List<Path> list(Path directory) throws IOException;

  boolean exists(Path path);

  long size(Path file) throws IOException;

  /// The whole file; also for /proc, where the size is unknown before. Fails beyond `bytesMax`.
  byte[] readAll(Path file, int bytesMax) throws IOException;

  /// Writes beside the file, forces, and renames over it, so that a reader sees the old content or
  /// the new; then forces the directory.
  void replace(Path file, byte[] content) throws IOException;

  /// Opens for reading and writing, and creates the file where it is absent.
  DiskFile open(Path file) throws IOException;

  /// Opens for reading alone; fails where the file is absent. Another process may be writing it.
  default DiskFile openForReading(Path file) throws IOException {
    if (!exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return open(file);
  }

  void delete(Path file) throws IOException;

  void rename(Path from, Path to) throws IOException;

  /// Makes created, renamed and deleted entries of the directory durable.
  void forceDirectory(Path directory) throws IOException;

  /// Bytes that may still be written where the path is.
  long usableBytes(Path path) throws IOException;

  /// Takes the lock file for this process; released when closed, or when the process dies. Fails
  /// with [LockedException] where another process has it.
  AutoCloseable lock(Path file) throws IOException;

  /// Another process has the lock.
  final class LockedException extends IOException {
    public LockedException(String message) {
      super(message);
    }
  }
}
