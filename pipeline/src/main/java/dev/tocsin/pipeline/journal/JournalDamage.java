package dev.tocsin.pipeline.journal;

import java.nio.file.Path;
import java.util.List;

/// What a start could not read of what had been durable.
///
/// @param parts how many places
/// @param lostEntries that no checkpoint holds either, as far as it is known how many there were
/// @param files in which the places are: kept when the journal needs them no more
public record JournalDamage(int parts, long lostEntries, List<Path> files) {
  public static final JournalDamage NONE = new JournalDamage(0, 0, List.of());

  public JournalDamage {
    files = List.copyOf(files);
  }
}
