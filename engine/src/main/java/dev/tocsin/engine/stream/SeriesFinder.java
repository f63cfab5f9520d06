package dev.tocsin.engine.stream;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import java.util.List;
import java.util.function.IntConsumer;

/// Finds the series that a rule's selector selects. Engine's thread.
public interface SeriesFinder {
  /// Gives their ids, ascending.
  ///
  /// @param having labels that all of them have; a hint: others may be among them
  void find(List<Matcher> matchers, Labels having, IntConsumer visitor);
}
