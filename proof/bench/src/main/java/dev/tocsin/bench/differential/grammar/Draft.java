package dev.tocsin.bench.differential.grammar;

import dev.tocsin.promql.ast.ValueType;
import java.util.List;
import java.util.TreeSet;

/// An expression and what is known of its result.
///
/// @param labels label names of a vector or matrix, the metric name left out, sorted
/// @param loose whether an operator beside it would bind tighter than what it is made of
record Draft(ValueType type, String text, List<String> labels, boolean loose) {
  Draft {
    labels = List.copyOf(labels);
  }

  static Draft scalar(String text) {
    return new Draft(ValueType.SCALAR, text, List.of(), false);
  }

  static Draft vector(String text, List<String> labels) {
    return new Draft(ValueType.VECTOR, text, labels, false);
  }

  static Draft matrix(String text, List<String> labels) {
    return new Draft(ValueType.MATRIX, text, labels, false);
  }

  Draft asLoose() {
    return new Draft(type, text, labels, true);
  }

  /// In parentheses where something may be written behind it.
  String tight() {
    return loose ? "(" + text + ")" : text;
  }

  List<String> labelsWith(String label) {
    TreeSet<String> all = new TreeSet<>(labels);
    all.add(label);
    return List.copyOf(all);
  }

  List<String> labelsWithout(List<String> names) {
    return labels.stream().filter(label -> !names.contains(label)).toList();
  }
}
