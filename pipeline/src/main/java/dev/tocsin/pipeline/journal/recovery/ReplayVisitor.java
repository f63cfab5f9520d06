package dev.tocsin.pipeline.journal.recovery;

import dev.tocsin.model.input.Input;

/// Receives the entries of a replay, in order. The slabs of a transaction are used again after the
/// call: keep nothing of them.
@FunctionalInterface
public interface ReplayVisitor {
  void entry(long seq, long nowMs, Input input);
}
