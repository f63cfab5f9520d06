package dev.tocsin.pipeline.intake;

import dev.tocsin.model.batch.SeriesDefinition;
import dev.tocsin.model.limit.Limits;
import java.util.ArrayList;
import java.util.List;

/// New series that no transaction has carried yet, in the order of their references. The next one
/// that is sequenced carries all of them, whoever it belongs to, so that a definition is always
/// before its first use. Under the sequencer's lock.
final class Definitions {
  private final List<SeriesDefinition> waiting = new ArrayList<>();
  private int keyBytes;

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Whether one more still fits into one transaction.
  boolean hasRoomFor(int keyLength) {
    return waiting.isEmpty()
        || (waiting.size() < Limits.DEFINITIONS_MAX
            && keyBytes + keyLength <= Limits.DEFINITIONS_BYTES_MAX);
  }

  void add(SeriesDefinition definition, int keyLength) {
    waiting.add(definition);
    keyBytes += keyLength;
  }

  List<SeriesDefinition> take() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<SeriesDefinition> taken = List.copyOf(waiting);
    waiting.clear();
    keyBytes = 0;
    return taken;
  }
}
