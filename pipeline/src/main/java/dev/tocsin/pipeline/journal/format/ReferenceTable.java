package dev.tocsin.pipeline.journal.format;

import dev.tocsin.model.batch.SeriesDefinition;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What each series reference means, and which references the current segment defines already. One
/// array slot and one bit per reference; the definitions themselves are the objects that came with
/// the transactions. Bounded by the number of references, see
/// [dev.tocsin.model.limit.Limits#SERIES_MAX]. One thread.
public final class ReferenceTable {
  private @Nullable SeriesDefinition[] definitions = new @Nullable SeriesDefinition[1024];
  private long[] defined = new long[16];

  /// Takes a definition that no segment needs to hold yet: after a restart, for what a checkpoint
  /// held.
  public void know(SeriesDefinition definition) {
    int ref = definition.ref();
    if (ref >= definitions.length) {
      definitions = Arrays.copyOf(definitions, Math.max(ref + 1, 2 * definitions.length));
    }
    definitions[ref] = definition;
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

  @Nullable SeriesDefinition get(int ref) {
    return ref < definitions.length ? definitions[ref] : null;
  }

  /// A new segment defines nothing yet.
  public void startSegment() {
    Arrays.fill(defined, 0);
  }
}
