package dev.tocsin.pipeline.journal.format;

import java.io.IOException;
import java.nio.file.Path;

/// The journal's files are not as they must be. The message names the file, the offset, and the way
/// out.
public final class JournalException extends IOException {
  private final transient Path file;
  private final long offset;

  public JournalException(Path file, long offset, String message) {
    super(file + ":" + offset + ": " + message);
    this.file = file;
    this.offset = offset;
  }

  public Path file() {
    return file;
  }

  /// In bytes from the file's start.
  public long offset() {
    return offset;
  }
}
