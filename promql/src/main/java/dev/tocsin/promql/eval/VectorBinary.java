package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.ast.VectorMatching.Cardinality;
import dev.tocsin.promql.eval.HistogramOperation.Outcome;
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
  private final HistogramOperation histograms;

  /// By signature: the index on the right plus 1.
  private int[] rightBySignature = new int[8];

  private final BitSet matched = new BitSet();
  private final Set<Inserted> inserted = new HashSet<>();
  private final Samples out = new Samples();

  /// One element each, where a side without a partner is filled.
  private final Samples leftFill;

  private final Samples rightFill;

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
    this.histograms = new HistogramOperation(run.notes(), expr.op(), expr.span());
    this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
    this.leftFill = filled(matching.fillLeft());
    this.rightFill = filled(matching.fillRight());
    this.oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
  }

  private static Samples filled(OptionalDouble value) {
    Samples samples = new Samples();
    value.ifPresent(number -> samples.add(Labels.empty(), number, false));
    return samples;
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
    histograms.finish();
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
        combine(signature, many.labels(i), many, i, ones.labels(one), ones, one);
      } else if (matching.fillRight().isPresent()) {
        Labels labels = many.labels(i);
        combine(signature, labels, many, i, signatures.matched(labels), rightFill, 0);
      }
    }
    if (matching.fillLeft().isPresent()) {
      fillUnmatched(ones);
    }
  }

  private void fillUnmatched(Samples ones) {
    for (int i = 0; i < ones.size(); i++) {
      Labels labels = ones.labels(i);
      int signature = signatures.of(labels);
      if (!matched.get(signature)) {
        combine(signature, signatures.matched(labels), leftFill, 0, labels, ones, i);
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

  /// The labels are given apart, for a filled side has none of its own.
  private void combine(
      int signature, Labels many, Samples manys, int i, Labels one, Samples ones, int j) {
    Samples lefts = swapped ? ones : manys;
    Samples rights = swapped ? manys : ones;
    int left = swapped ? j : i;
    int right = swapped ? i : j;
    if (Arithmetic.isTrim(op) || lefts.isHistogram(left) || rights.isHistogram(right)) {
      Outcome outcome =
          histograms.apply(
              lefts.value(left),
              lefts.histogram(left),
              rights.value(right),
              rights.histogram(right));
      if (outcome != Outcome.NONE) {
        addHistogram(matched(signature, many, one), outcome == Outcome.KEPT);
      }
      return;
    }
    double leftValue = lefts.value(left);
    double rightValue = rights.value(right);
    Labels labels = matched(signature, many, one);
    if (!op.isComparison()) {
      out.add(labels, Arithmetic.apply(op, leftValue, rightValue), false);
    } else if (expr.bool()) {
      out.add(labels, Arithmetic.holds(op, leftValue, rightValue) ? 1 : 0, true);
    } else if (Arithmetic.holds(op, leftValue, rightValue)) {
      out.add(labels, leftValue, false);
    }
  }

  private void addHistogram(Labels labels, boolean kept) {
    if (expr.bool()) {
      out.add(labels, kept ? 1 : 0, true);
    } else if (kept) {
      out.add(labels, histograms.result(), false);
    }
  }

  /// The labels of the result. Two of the same are an error.
  private Labels matched(int signature, Labels many, Labels one) {
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
    return labels;
  }
}
