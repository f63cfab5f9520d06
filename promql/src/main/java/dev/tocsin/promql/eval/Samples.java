package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// The elements of an instant vector. Belongs to the node that fills it, which fills it anew at the
/// next step; others only read.
final class Samples {
  private Labels[] labels = new Labels[4];
  private double[] values = new double[4];

  /// Whether the metric name is to go at the end; only with delayed name removal.
  private boolean[] nameDrops = new boolean[4];

  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  Labels labels(int index) {
    return labels[index];
  }

  double value(int index) {
    return values[index];
  }

  boolean dropsName(int index) {
    return nameDrops[index];
  }

  void add(Labels series, double value, boolean dropsName) {
    if (size == labels.length) {
      int capacity = size * 2;
      labels = Arrays.copyOf(labels, capacity);
      values = Arrays.copyOf(values, capacity);
      nameDrops = Arrays.copyOf(nameDrops, capacity);
    }
    labels[size] = series;
    values[size] = value;
    nameDrops[size] = dropsName;
    size++;
  }

  void add(Samples other, int index) {
    add(other.labels[index], other.values[index], other.nameDrops[index]);
  }

  void addAll(Samples other) {
    for (int i = 0; i < other.size; i++) {
      add(other, i);
    }
  }

  /// Two elements of the same labels make no vector.
  void requireUnique() {
    if (size < 2) {
      return;
    }
    Set<Labels> seen = HashSet.newHashSet(size);
    for (int i = 0; i < size; i++) {
      if (!seen.add(labels[i])) {
        throw sameLabels();
      }
    }
  }

  static EvalException sameLabels() {
    return EvalException.execution("vector cannot contain metrics with the same labelset");
  }
}
