package dev.tocsin.pipeline.journal.format;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.names.SeriesNames;
import dev.tocsin.model.page.IntPages;
import java.util.Arrays;

/// What each series reference means, and which references the current segment defines already: the
/// number of its name (4 bytes) and one bit per reference; definitions are written from it. Bounded
/// by the number of references, see [dev.tocsin.model.limit.Limits#SERIES_MAX]. One thread.
public final class ReferenceTable {
  private final SeriesNames names;

  /// By reference: its name + 1; zero where it is not known.
  private final IntPages nameOfRef = new IntPages();

  private long[] defined = new long[16];

  /// @param names may be shared
  public ReferenceTable(SeriesNames names) {
    this.names = names;
  }

  /// Takes a definition that no segment needs to hold yet: after a restart, for what a checkpoint
  /// held.
  public void know(SeriesDefinition definition) {
    nameOfRef.set(definition.ref(), names.number(definition.tenant(), definition.labels()) + 1);
  }

  /// Takes a definition that is being written to the current segment.
  void define(SeriesDefinition definition) {
    know(definition);
    mark(definition.ref());
  }

  void mark(int ref) {
    int word = ref >> 6;
    if (word >= defined.length) {
      defined = Arrays.copyOf(defined, Math.max(word + 1, 2 * defined.length));
    }
    defined[word] |= 1L << ref;
  }

  boolean isDefined(int ref) {
    int word = ref >> 6;
    return word < defined.length && (defined[word] & 1L << ref) != 0;
  }

  /// Adds the definition to a record; false where the reference is not known.
  boolean put(int ref, RecordBuffer record) throws RecordBuffer.TooLarge {
    int name = nameOfRef.get(ref) - 1;
    if (name < 0) {
      return false;
    }
    record.putDefinition(ref, names, name);
    return true;
  }

  /// A new segment defines nothing yet.
  public void startSegment() {
    Arrays.fill(defined, 0);
  }
}
