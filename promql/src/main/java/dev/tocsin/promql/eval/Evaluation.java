package dev.tocsin.promql.eval;

import dev.tocsin.promql.value.Value;
import java.util.List;

/// The result of a query.
///
/// @param warnings what is likely wrong with the query or its data, worded as Prometheus's
/// @param infos what might be
/// @param samples how many it took
public record Evaluation(
    Value value, List<String> warnings, List<String> infos, SampleCounts samples) {
  public Evaluation {
    warnings = List.copyOf(warnings);
    infos = List.copyOf(infos);
  }
}
