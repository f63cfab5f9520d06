package dev.tocsin.pipeline.journal.recovery;

import java.nio.file.Path;

/// Something in a journal's directory that is not as it should be.
///
/// @param offset in the file, bytes
public record JournalProblem(Path file, long offset, String message) {
  /// `file:offset: message`
  @Override
  public String toString() {
    return file + ":" + offset + ": " + message;
  }
}
