package dev.tocsin.pipeline.journal.cursor;

import dev.tocsin.pipeline.journal.format.FormatException;
import dev.tocsin.world.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The file that keeps a position: written beside, forced and renamed, so that a crash leaves the
/// old one or the new one. One thread.
public final class PositionFile {
  private final Disk disk;
  private final Path path;

  public PositionFile(Disk disk, Path path) {
    this.disk = disk;
    this.path = path;
  }

  /// Empty where there is no file. Throws [FormatException], with the file's name, where it cannot
  /// be read as a position.
  public Optional<CursorPosition> read() throws IOException, FormatException {
    if (!disk.exists(path)) {
      return Optional.empty();
    }
    if (disk.size(path) > CursorPosition.BYTES_MAX) {
      throw new FormatException(path + ": not a position: it is too long");
    }
    try {
      return Optional.of(CursorPosition.decode(disk.readAll(path, CursorPosition.BYTES_MAX)));
    } catch (FormatException e) {
      throw new FormatException(path + ": " + e.getMessage());
    }
  }

  /// Durable when this returns.
  public void write(CursorPosition position) throws IOException {
    disk.replace(path, position.encode());
  }
}
