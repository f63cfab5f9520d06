package dev.tocsin.collect.host;

import dev.tocsin.world.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Reads under /proc and /sys, wherever they are.
final class HostFiles {
  /// Bytes of one file; beyond it the part that reads it fails. /proc/stat of a machine with a
  /// thousand processors is below.
  private static final int BYTES_MAX = 4 << 20;

  private final Disk disk;
  private final Path proc;
  private final Path sys;

  HostFiles(Disk disk, Path proc, Path sys) {
    this.disk = disk;
    this.proc = proc;
    this.sys = sys;
  }

  Path proc(String path) {
    return proc.resolve(path);
  }

  Path sys(String path) {
    return sys.resolve(path);
  }

  byte[] read(Path file) throws IOException {
    return disk.readAll(file, BYTES_MAX);
  }

  /// The text without blanks around it, or the empty string where it cannot be read.
  String text(Path file) {
    try {
      return new String(read(file), StandardCharsets.UTF_8).strip();
    } catch (IOException _) {
      return "";
    }
  }

  boolean exists(Path path) {
    return disk.exists(path);
  }

  List<Path> list(Path directory) throws IOException {
    return disk.list(directory);
  }
}
