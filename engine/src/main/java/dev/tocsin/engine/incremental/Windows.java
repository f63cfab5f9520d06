package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.store.Samples;

/// What a partition of a rule has: for each selector of the condition (a leaf, numbered from 0 in
/// the order of the text) the series it selects there, its members. Members stand in the order of
/// creation, which is the order of the evaluator's source; they are only ever added, at the end,
/// and their samples only ever appended (else see [ConditionState#forget]). Engine's thread.
public interface Windows {
  int members(int leaf);

  Labels labels(int leaf, int member);

  /// Whether the series has or had native histograms: then nothing is proven.
  boolean hasHistograms(int leaf, int member);

  /// Unix milliseconds of the newest sample; `Long.MIN_VALUE` where there is none.
  long lastTimeMs(int leaf, int member);

  /// Its value; may be a stale marker.
  double lastValue(int leaf, int member);

  /// The samples with times in `[minMs, maxMs]`, exactly those; stale markers are among them. Valid
  /// until the next call.
  Samples lend(int leaf, int member, long minMs, long maxMs);
}
