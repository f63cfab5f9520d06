package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Builds the [Topology] of one partition, when its members are new.
final class ShapeBuilder {
  /// More elements than that are not numbered: such a partition is left to the evaluator, as looking
  /// at all of it is no less work.
  static final int ELEMENTS_MAX = 4096;

  /// The labels that describe the metric itself; they go where a result is no longer the metric.
  private static final List<String> DESCRIBING =
      List.of(Labels.METRIC_NAME, "__type__", "__unit__");

  private static final int[] NO_INTS = {};
  private static final double[] NO_NUMBERS = {};

  private final Windows windows;
  private final int[] members;
  private final int[][] ints;
  private final double[][] numbers;
  private boolean provable = true;

  ShapeBuilder(Windows windows, int leaves, int slots) {
    this.windows = windows;
    this.members = new int[leaves];
    this.ints = new int[slots][];
    this.numbers = new double[slots][];
    java.util.Arrays.fill(ints, NO_INTS);
    java.util.Arrays.fill(numbers, NO_NUMBERS);
    for (int leaf = 0; leaf < leaves; leaf++) {
      members[leaf] = windows.members(leaf);
      provable &= members[leaf] <= ELEMENTS_MAX;
    }
  }

  boolean isProvable() {
    return provable;
  }

  /// Only the evaluator can tell what becomes of this.
  void giveUp() {
    provable = false;
  }

  void put(int slot, int[] values) {
    ints[slot] = values;
  }

  void put(int slot, double[] values) {
    numbers[slot] = values;
  }

  /// The members of a leaf.
  List<Labels> members(int leaf) {
    List<Labels> labels = new ArrayList<>(members[leaf]);
    for (int member = 0; member < members[leaf]; member++) {
      labels.add(windows.labels(leaf, member));
    }
    return labels;
  }

  static Labels withoutName(Labels labels) {
    return labels.without(DESCRIBING);
  }

  /// The same elements without their names: no two may be the same then.
  Shape unnamed(Shape shape) {
    List<Labels> labels = new ArrayList<>(shape.size());
    shape.elements().forEach(element -> labels.add(withoutName(element)));
    requireUnique(labels);
    return new Shape(labels, shape.ordered());
  }

  void requireUnique(List<Labels> labels) {
    Set<Labels> seen = new HashSet<>(labels);
    if (seen.size() < labels.size() || labels.size() > ELEMENTS_MAX) {
      provable = false;
    }
  }

  /// Numbers from 0 for equal labels, in the order they are met.
  static int number(Map<Labels, Integer> numbers, Labels labels) {
    Integer next = numbers.size();
    Integer known = numbers.putIfAbsent(labels, next);
    return known == null ? next : known;
  }

  static Map<Labels, Integer> numbering() {
    return new HashMap<>();
  }

  Topology build() {
    return provable
        ? new Topology(members, true, ints, numbers)
        : new Topology(members, false, new int[0][], new double[0][]);
  }
}
