package dev.tocsin.engine.incremental;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How the elements of a partition belong together: groups, matches and bucket bounds as numbers,
/// without any label. Partitions that look alike share one.
///
/// @param members of each leaf
/// @param provable false: labels clash, or there are too many; only the evaluator can tell
/// @param ints by slot of a node
/// @param numbers by slot of a node
record Topology(int[] members, boolean provable, int[][] ints, double[][] numbers) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Topology that
        && provable == that.provable
        && Arrays.equals(members, that.members)
        && Arrays.deepEquals(ints, that.ints)
        && Arrays.deepEquals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return (Arrays.hashCode(members) * 31 + Arrays.deepHashCode(ints)) * 31
        + Arrays.deepHashCode(numbers);
  }

  boolean suits(Windows windows) {
    for (int leaf = 0; leaf < members.length; leaf++) {
      if (members[leaf] != windows.members(leaf)) {
        return false;
      }
    }
    return true;
  }
}
