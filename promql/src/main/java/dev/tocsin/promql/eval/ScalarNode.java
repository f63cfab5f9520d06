package dev.tocsin.promql.eval;

/// Evaluates to a number.
@FunctionalInterface
interface ScalarNode {
  /// At one of the times of the node's timeline, ascending.
  double at(long timeMs);
}
