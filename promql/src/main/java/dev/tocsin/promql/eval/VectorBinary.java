package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/// An arithmetic operator or comparison between two vectors. Inside, the "one" side of a match is
/// on the right; where it is written on the left, the sides are swapped, and the values swapped
/// back.
final class VectorBinary implements VectorNode {
  private final Run run;
  private final Expr.Binary expr;
  private final BinaryOp op;
  private final VectorNode left;
  private final VectorNode right;
  private final VectorMatching matching;
  private final Signatures signatures;
  private final ResultLabels resultLabels;
  private final NameRemoval names;
  private final boolean swapped;
  private final boolean oneToOne;

  /// By signature: the index on the right plus 1.
  private int[] rightBySignature = new int[8];

  private final BitSet matched = new BitSet();
  private final Set<Inserted> inserted = new HashSet<>();
  private final Samples out = new Samples();

  private record Inserted(int signature, Labels labels) {}

  VectorBinary(
      Run run,
      Timeline timeline,
      Expr.Binary expr,
      VectorMatching matching,
      VectorNode left,
      VectorNode right) {
    this.run = run;
    this.expr = expr;
    this.op = expr.op();
    this.left = left;
    this.right = right;
    this.matching = matching;
    this.signatures = new Signatures(matching);
    this.resultLabels = new ResultLabels(matching, dropsNameAtOnce(run, expr), timeline.isRange());
    this.names = new NameRemoval(run, timeline);
    this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
    this.oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
  }

  private static boolean dropsNameAtOnce(Run run, Expr.Binary expr) {
    boolean bool = expr.bool() && !run.options().delayedNameRemoval();
    return bool || Arithmetic.changesMetric(expr.op());
  }

  @Override
  public Samples at(long timeMs) {
    Samples lefts = left.at(timeMs);
    Samples rights = right.at(timeMs);
    out.clear();
    boolean fills = matching.fillLeft().isPresent() || matching.fillRight().isPresent();
    boolean nothing = lefts.isEmpty() && rights.isEmpty();
    if (nothing || (!fills && (lefts.isEmpty() || rights.isEmpty()))) {
      return out;
    }
    if (swapped) {
      match(rights, lefts);
    } else {
      match(lefts, rights);
    }
    names.finish(out);
    return out;
  }

  private void match(Samples many, Samples ones) {
    index(ones);
    matched.clear();
    inserted.clear();
    for (int i = 0; i < many.size(); i++) {
      int signature = signatures.of(many.labels(i));
      int one = oneOf(signature);
      if (one >= 0) {
        combine(signature, many.labels(i), many.value(i), ones.labels(one), ones.value(one));
      } else if (matching.fillRight().isPresent()) {
        double fill = matching.fillRight().getAsDouble();
        Labels labels = many.labels(i);
        combine(signature, labels, many.value(i), signatures.matched(labels), fill);
      }
    }
    OptionalDouble fillLeft = matching.fillLeft();
    if (fillLeft.isPresent()) {
      fillUnmatched(ones, fillLeft.getAsDouble());
    }
  }

  private void fillUnmatched(Samples ones, double fill) {
    for (int i = 0; i < ones.size(); i++) {
      Labels labels = ones.labels(i);
      int signature = signatures.of(labels);
      if (!matched.get(signature)) {
        combine(signature, signatures.matched(labels), fill, labels, ones.value(i));
      }
    }
  }

  private int oneOf(int signature) {
    return signature < rightBySignature.length ? rightBySignature[signature] - 1 : -1;
  }

  private void index(Samples ones) {
    Arrays.fill(rightBySignature, 0);
    for (int i = 0; i < ones.size(); i++) {
      int signature = signatures.of(ones.labels(i));
      if (signature >= rightBySignature.length) {
        int capacity = Math.max(signature + 1, rightBySignature.length * 2);
        rightBySignature = Arrays.copyOf(rightBySignature, capacity);
      }
      if (rightBySignature[signature] != 0) {
        throw duplicate(ones.labels(i), ones.labels(rightBySignature[signature] - 1));
      }
      rightBySignature[signature] = i + 1;
    }
  }

  private EvalException duplicate(Labels a, Labels b) {
    String first = LabelText.of(a);
    String second = LabelText.of(b);
    boolean ordered = first.compareTo(second) <= 0;
    return EvalException.execution(
        "found duplicate series for the match group "
            + LabelText.of(signatures.matched(a))
            + " on the "
            + (swapped ? "left" : "right")
            + " hand-side of the operation: ["
            + (ordered ? first : second)
            + ", "
            + (ordered ? second : first)
            + "];many-to-many matching not allowed: matching labels must be unique on one side");
  }

  private void combine(int signature, Labels many, double manyValue, Labels one, double oneValue) {
    double leftValue = swapped ? oneValue : manyValue;
    double rightValue = swapped ? manyValue : oneValue;
    if (Arithmetic.isTrim(op)) {
      run.notes().inform(Arithmetic.incompatible(op), expr.span());
      return;
    }
    run.poll();
    Labels labels = resultLabels.of(many, one);
    if (oneToOne) {
      if (matched.get(signature)) {
        throw EvalException.execution(
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)");
      }
    } else if (!inserted.add(new Inserted(signature, labels))) {
      throw EvalException.execution(
          "multiple matches for labels: grouping labels must ensure unique matches");
    }
    matched.set(signature);
    if (!op.isComparison()) {
      out.add(labels, Arithmetic.apply(op, leftValue, rightValue), false);
    } else if (expr.bool()) {
      out.add(labels, Arithmetic.holds(op, leftValue, rightValue) ? 1 : 0, true);
    } else if (Arithmetic.holds(op, leftValue, rightValue)) {
      out.add(labels, leftValue, false);
    }
  }
}
