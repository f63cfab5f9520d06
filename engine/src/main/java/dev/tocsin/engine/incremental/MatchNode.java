package dev.tocsin.engine.incremental;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An arithmetic operator or comparison between two vectors. Each pair that can meet is an element.
/// Where two of a "one" side may be there at once, the evaluator may fail, and nothing is proven.
final class MatchNode implements Node {
  private final BinaryOp op;
  private final boolean bool;
  private final Node left;
  private final Node right;
  private final Signatures signatures;
  private final int slot;

  /// Whether the "one" side is written on the left.
  private final boolean swapped;

  private final Bounds bounds = new Bounds();

  /// By signature: how many may be there, on the "one" side and on the other.
  private int[] ones = new int[1];

  private int[] manys = new int[1];

  /// @param slot the first of three in the topology: the pairs (the "many" side first), and where
  ///   elements of a side share a signature, the signatures of both sides (else empty)
  MatchNode(
      BinaryOp op, boolean bool, Node left, Node right, VectorMatching matching, int slot) {
    this.op = op;
    this.bool = bool;
    this.left = left;
    this.right = right;
    this.signatures = Signatures.of(matching);
    this.slot = slot;
    this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
  }

  private boolean isOneToOne() {
    return signatures.matching().cardinality() == Cardinality.ONE_TO_ONE;
  }

  @Override
  public Shape shape(ShapeBuilder builder) {
    Shape lefts = left.shape(builder);
    Shape rights = right.shape(builder);
    Shape many = swapped ? rights : lefts;
    Shape one = swapped ? lefts : rights;
    Map<Labels, Integer> numbers = ShapeBuilder.numbering();
    int[] manySignatures = signatures.of(many, numbers);
    int[] oneSignatures = signatures.of(one, numbers);
    boolean shared = repeats(oneSignatures) || (isOneToOne() && repeats(manySignatures));
    Map<Integer, List<Integer>> onesOf = new HashMap<>();
    for (int j = 0; j < oneSignatures.length; j++) {
      onesOf.computeIfAbsent(oneSignatures[j], _ -> new ArrayList<>()).add(j);
    }
    List<Integer> pairs = new ArrayList<>();
    List<Labels> elements = new ArrayList<>();
    Map<Labels, Integer> owners = new HashMap<>();
    for (int i = 0; i < manySignatures.length; i++) {
      for (int j : onesOf.getOrDefault(manySignatures[i], List.of())) {
        if (elements.size() == ShapeBuilder.ELEMENTS_MAX) {
          builder.giveUp();
          return new Shape(elements, false);
        }
        pairs.add(i);
        pairs.add(j);
        Labels labels = signatures.result(many.elements().get(i), one.elements().get(j), drops());
        elements.add(labels);
        Integer owner = owners.putIfAbsent(labels, i);
        if (owner != null && owner != i && !isOneToOne()) {
          builder.giveUp();
        }
      }
    }
    builder.put(slot, pairs.stream().mapToInt(Integer::intValue).toArray());
    if (shared) {
      builder.put(slot + 1, manySignatures);
      builder.put(slot + 2, oneSignatures);
    }
    return new Shape(elements, many.ordered());
  }

  private boolean drops() {
    return bool || !op.isComparison();
  }

  private static boolean repeats(int[] signatures) {
    return Arrays.stream(signatures).distinct().count() < signatures.length;
  }

  @Override
  public Bounds at(Look look) {
    Bounds lefts = left.at(look);
    Bounds rights = right.at(look);
    Bounds many = swapped ? rights : lefts;
    Bounds one = swapped ? lefts : rights;
    if (look.ints(slot + 1).length > 0) {
      check(look, many, one);
    }
    int[] pairs = look.ints(slot);
    bounds.resized(pairs.length / 2);
    for (int at = 0; at < bounds.size; at++) {
      int i = pairs[2 * at];
      int j = pairs[2 * at + 1];
      byte there = Bounds.least(many.presence[i], one.presence[j]);
      if (there == Bounds.ABSENT) {
        bounds.absent(at);
      } else {
        combine(lefts, swapped ? j : i, rights, swapped ? i : j, at, there);
      }
    }
    return bounds;
  }

  private void combine(Bounds lefts, int i, Bounds rights, int j, int at, byte there) {
    if (!op.isComparison()) {
      Intervals.apply(op, lefts, i, rights, j, bounds, at, there);
      return;
    }
    int told = Intervals.compare(op, lefts, i, rights, j);
    if (bool) {
      Intervals.truth(told, bounds, at, there);
    } else {
      bounds.copy(lefts, i, at);
      bounds.presence[at] = Intervals.filtered(told, there);
    }
  }

  /// Whether more may meet than the evaluator allows.
  private void check(Look look, Bounds many, Bounds one) {
    int[] manySignatures = look.ints(slot + 1);
    int[] oneSignatures = look.ints(slot + 2);
    int size = manySignatures.length + oneSignatures.length;
    if (ones.length < size) {
      ones = new int[size * 2];
      manys = new int[size * 2];
    } else {
      Arrays.fill(ones, 0, size, 0);
      Arrays.fill(manys, 0, size, 0);
    }
    for (int j = 0; j < one.size; j++) {
      if (one.isThere(j) && ++ones[oneSignatures[j]] > 1) {
        look.unproven = true;
      }
    }
    for (int i = 0; isOneToOne() && i < many.size; i++) {
      int signature = manySignatures[i];
      if (many.isThere(i) && ones[signature] > 0 && ++manys[signature] > 1) {
        look.unproven = true;
      }
    }
  }
}
