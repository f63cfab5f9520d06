package dev.tocsin.world.host;

import java.io.IOException;
import java.nio.file.Path;

/// What only the operating system knows of this machine. Text under /proc and /sys is read through
/// [dev.tocsin.world.disk.Disk].
public interface Host {
  /// The node name, as `uname -n` says it.
  String name();

  /// The file system at a mount point (statvfs). May block for as long as the file system does:
  /// call it where waiting hurts nobody.
  FileSystemUse fileSystem(Path mountPoint) throws IOException;

  /// Sizes in bytes and inodes, as `statvfs` gives them.
  ///
  /// @param availableBytes free for ordinary users
  record FileSystemUse(
      long sizeBytes,
      long freeBytes,
      long availableBytes,
      long files,
      long filesFree,
      boolean readOnly) {}
}
