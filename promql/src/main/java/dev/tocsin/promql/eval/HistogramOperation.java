package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.HistogramAddition;
import dev.tocsin.model.histogram.IncompatibleHistogramsException;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.eval.window.RemarkTexts;
import dev.tocsin.promql.eval.window.RemarkTexts.Work;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An operator where a native histogram is on either side, asked pair by pair. Of what there is to
/// say about the pairs of one step, the last is said. Source: Prometheus, vectorElemBinop.
final class HistogramOperation {
  /// What becomes of a pair.
  enum Outcome {
    /// No result, as if the pair had not met.
    NONE,
    /// A comparison that does not hold.
    DROPPED,
    KEPT
  }

  private final Notes notes;
  private final BinaryOp op;
  private final Span span;
  private @Nullable FloatHistogram result;
  private @Nullable String remark;
  private boolean warns;

  HistogramOperation(Notes notes, BinaryOp op, Span span) {
    this.notes = notes;
    this.op = op;
    this.span = span;
  }

  /// Of the last pair that was kept.
  FloatHistogram result() {
    return Objects.requireNonNull(result);
  }

  /// A side without a histogram is the number.
  Outcome apply(
      double left,
      @Nullable FloatHistogram leftHistogram,
      double right,
      @Nullable FloatHistogram rightHistogram) {
    if (leftHistogram == null) {
      return rightHistogram == null ? incompatible("float", "float") : scaled(left, rightHistogram);
    }
    return rightHistogram == null
        ? changed(leftHistogram, right)
        : combined(leftHistogram, rightHistogram);
  }

  private Outcome scaled(double left, FloatHistogram right) {
    return op == BinaryOp.MUL
        ? kept(right.times(left).compact(0))
        : incompatible("float", "histogram");
  }

  private Outcome changed(FloatHistogram left, double right) {
    return switch (op) {
      case MUL -> kept(left.times(right).compact(0));
      case DIV -> kept(left.dividedBy(right).compact(0));
      case TRIM_UPPER -> kept(left.trimUpper(right));
      case TRIM_LOWER -> kept(left.trimLower(right));
      default -> incompatible("histogram", "float");
    };
  }

  private Outcome combined(FloatHistogram left, FloatHistogram right) {
    return switch (op) {
      case ADD -> sum(left, right);
      case SUB -> difference(left, right);
      case EQ -> left.equals(right) ? kept(left) : Outcome.DROPPED;
      case NE -> left.equals(right) ? Outcome.DROPPED : kept(left);
      default -> incompatible("histogram", "histogram");
    };
  }

  private Outcome sum(FloatHistogram left, FloatHistogram right) {
    try {
      HistogramAddition sum = left.plus(right);
      return added(sum, sum.result().compact(0), Work.ADDITION);
    } catch (IncompatibleHistogramsException _) {
      return incompatibleBounds();
    }
  }

  /// A difference may fall: a gauge.
  private Outcome difference(FloatHistogram left, FloatHistogram right) {
    try {
      HistogramAddition difference = left.minus(right);
      FloatHistogram gauge = difference.result().withHint(ResetHint.GAUGE);
      return added(difference, gauge.compact(0), Work.SUBTRACTION);
    } catch (IncompatibleHistogramsException _) {
      return incompatibleBounds();
    }
  }

  private Outcome added(HistogramAddition addition, FloatHistogram value, Work work) {
    if (addition.resetCollision()) {
      return warn(RemarkTexts.resetCollision(work));
    }
    if (addition.boundsReconciled()) {
      inform(RemarkTexts.boundsReconciled(work));
    }
    return kept(value);
  }

  private Outcome kept(FloatHistogram value) {
    result = value;
    return Outcome.KEPT;
  }

  private Outcome incompatibleBounds() {
    return warn("incompatible bucket layout encountered for binary operator " + op.sign());
  }

  private Outcome incompatible(String left, String right) {
    return inform(
        "incompatible sample types encountered for binary operator \""
            + op.sign()
            + "\": "
            + left
            + " "
            + op.sign()
            + " "
            + right);
  }

  private Outcome warn(String text) {
    remark = text;
    warns = true;
    return Outcome.NONE;
  }

  private Outcome inform(String text) {
    remark = text;
    warns = false;
    return Outcome.NONE;
  }

  /// After the last pair of a step.
  void finish() {
    String text = remark;
    if (text == null) {
      return;
    }
    if (warns) {
      notes.warn(text, span);
    } else {
      notes.inform(text, span);
    }
    remark = null;
  }
}
