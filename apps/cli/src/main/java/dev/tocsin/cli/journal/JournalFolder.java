package dev.tocsin.cli.journal;

import dev.tocsin.world.disk.Disk;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Where a journal is: the folder itself, or that of an agent's data it is in.
public final class JournalFolder {
  private static final String NAME = "journal";

  private JournalFolder() {}

  /// Throws [IOException] where there is none, with the way out.
  public static Path find(Disk disk, String given) throws IOException {
    Path folder;
    try {
      folder = Path.of(given);
    } catch (InvalidPathException e) {
      throw new IOException("\"" + given + "\" is no path: " + e.getReason(), e);
    }
    if (!disk.exists(folder)) {
      throw new IOException(given + ": no such folder");
    }
    Path inner = folder.resolve(NAME);
    Path found = disk.exists(inner) ? inner : folder;
    if (disk.list(found).stream().noneMatch(JournalFolder::isSegment)) {
      throw new IOException(
          given + ": holds no journal. Name the folder given to the agent as --data");
    }
    return found;
  }

  private static boolean isSegment(Path file) {
    return String.valueOf(file.getFileName()).endsWith(".journal");
  }
}
