package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.promql.ast.Expr;
import java.util.Objects;

/// limit_ratio: about that share of the elements, always the same ones: a hash of the labels
/// decides. A negative ratio takes the others: `limit_ratio(0.2, x)` and `limit_ratio(-0.8, x)`
/// make up x. The hash is ours, so that other elements are taken than by Prometheus.
final class RatioNode implements VectorNode {
  private final Run run;
  private final Expr.Aggregate expr;
  private final VectorNode inner;
  private final Parameter parameter;
  private final Samples out = new Samples();

  RatioNode(Run run, Expr.Aggregate expr, VectorNode inner, Parameter parameter) {
    this.run = run;
    this.expr = expr;
    this.inner = inner;
    this.parameter = parameter;
  }

  @Override
  public Samples at(long timeMs) {
    if (parameter.load()) {
      check();
    }
    out.clear();
    double ratio = Math.clamp(parameter.at(timeMs), -1.0, 1.0);
    if (ratio == 0) {
      return out;
    }
    Samples in = inner.at(timeMs);
    for (int i = 0; i < in.size(); i++) {
      double place = place(in.labels(i));
      if (ratio > 0 ? place < ratio : place >= 1 + ratio) {
        out.add(in, i);
      }
    }
    return out;
  }

  private void check() {
    if (parameter.hasNaN()) {
      throw EvalException.execution("Ratio value is NaN");
    }
    if (parameter.max() > 1) {
      warnOf(parameter.max(), "1");
    }
    if (parameter.min() < -1) {
      warnOf(parameter.min(), "-1");
    }
  }

  private void warnOf(double ratio, String cap) {
    String text =
        "ratio value should be between -1 and 1, got "
            + GoFloat.general(ratio)
            + ", capping to "
            + cap;
    run.notes().warn(text, Objects.requireNonNull(expr.parameter()).span());
  }

  /// Between 0 and 1, evenly spread: FNV-1a over the characters, then mixed (the finalizer of
  /// MurmurHash3).
  private static double place(Labels labels) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < labels.size(); i++) {
      hash = mix(mix(hash, labels.name(i)), labels.value(i));
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return (double) (hash >>> 11) / 0x1p53;
  }

  private static long mix(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
    }
    return (mixed ^ 0xff) * 0x100000001b3L;
  }
}
