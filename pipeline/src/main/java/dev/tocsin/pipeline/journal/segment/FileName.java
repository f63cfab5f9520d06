package dev.tocsin.pipeline.journal.segment;

import java.nio.file.Path;
import java.util.Locale;

/// The names of the journal's files: 20 digits, so that they sort by seq.
public final class FileName {
  public static final String SEGMENT = ".journal";
  public static final String CHECKPOINT = ".checkpoint";

  /// At the end of a file that is not finished; left by a crash, and worth nothing.
  public static final String UNFINISHED = ".tmp";

  /// At the end of a file in which something could not be read, and that is not used any more.
  public static final String DAMAGED = ".damaged";

  private static final int DIGITS = 20;

  private FileName() {}

  public static Path segment(Path directory, long firstSeq) {
    return directory.resolve(String.format(Locale.ROOT, "%020d", firstSeq) + SEGMENT);
  }

  public static Path checkpoint(Path directory, long seq) {
    return directory.resolve(String.format(Locale.ROOT, "%020d", seq) + CHECKPOINT);
  }

  public static Path unfinished(Path file) {
    return file.resolveSibling(name(file) + UNFINISHED);
  }

  public static boolean isUnfinished(Path file) {
    String name = name(file);
    return name.endsWith(SEGMENT + UNFINISHED) || name.endsWith(CHECKPOINT + UNFINISHED);
  }

  public static Path damaged(Path file) {
    return file.resolveSibling(name(file) + DAMAGED);
  }

  public static boolean isDamaged(Path file) {
    String name = name(file);
    return name.endsWith(SEGMENT + DAMAGED) || name.endsWith(CHECKPOINT + DAMAGED);
  }

  /// The seq in the name, or -1 where it is not a file of this kind.
  public static long seq(Path file, String kind) {
    String name = name(file);
    if (name.length() != DIGITS + kind.length() || !name.endsWith(kind)) {
      return -1;
    }
    for (int i = 0; i < DIGITS; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return -1;
      }
    }
    try {
      return Long.parseLong(name, 0, DIGITS, 10);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  private static String name(Path file) {
    Path last = file.getFileName();
    return last == null ? "" : last.toString();
  }
}
