package dev.tocsin.pipeline.journal.cursor;

import dev.tocsin.model.batch.SeriesDefinition;

/// Hears what the references mean that a cursor reads. Each segment defines what it uses.
public interface SeriesMeanings {
  /// Another segment begins: what was defined so far means nothing any more.
  void startSegment();

  /// Comes before the first sample that uses it.
  void define(SeriesDefinition definition);
}
