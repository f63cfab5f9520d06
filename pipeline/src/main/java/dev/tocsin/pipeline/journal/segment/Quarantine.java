package dev.tocsin.pipeline.journal.segment;

import dev.tocsin.world.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Deletes the journal's files, but for damaged ones: they are kept beside it under another name,
/// for whoever wants to see what happened. The newest [#FILES_MAX] of them stay, older ones go. Any
/// thread.
public final class Quarantine {
  public static final int FILES_MAX = 4;

  private final Disk disk;
  private final Path directory;
  private final Set<Path> damaged;

  /// @param damaged files in which something could not be read
  public Quarantine(Disk disk, Path directory, List<Path> damaged) {
    this.disk = disk;
    this.directory = directory;
    this.damaged = new HashSet<>(damaged);
  }

  /// A file that the journal needs no more. The caller forces the directory.
  public synchronized void remove(Path file) throws IOException {
    if (!disk.exists(file)) {
      return;
    }
    if (!damaged.remove(file)) {
      disk.delete(file);
      return;
    }
    disk.rename(file, FileName.damaged(file));
    List<Path> kept = new ArrayList<>(disk.list(directory));
    kept.removeIf(one -> !FileName.isDamaged(one));
    for (Path old : kept.subList(0, Math.max(0, kept.size() - FILES_MAX))) {
      disk.delete(old);
    }
  }
}
