package dev.tocsin.promql.eval;

/// Evaluates to an instant vector.
@FunctionalInterface
interface VectorNode {
  /// At one of the times of the node's timeline, ascending. What is returned is valid until the
  /// next call.
  Samples at(long timeMs);
}
