package dev.tocsin.bench.contract.check;

import dev.tocsin.bench.contract.seen.Told;
import dev.tocsin.model.labels.Labels;

/// One alert of one rule.
///
/// @param expression of the rule, printed
record Identity(String group, String expression, Labels labels) {
  /// Whether only the expression may be another one.
  boolean isLike(Identity other) {
    return group.equals(other.group) && labels.equals(other.labels);
  }

  static Identity of(Told told) {
    return new Identity(told.group(), told.expression(), told.labels());
  }
}
