package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.eval.number.XxHash64;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// limit_ratio: about that share of the elements, always the same ones: a hash of the labels
/// decides. A negative ratio takes the others: `limit_ratio(0.2, x)` and `limit_ratio(-0.8, x)`
/// make up x.
final class RatioNode implements VectorNode {
  /// The first byte of a length of four.
  private static final int LONG = 255;

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
    boolean first = parameter.load();
    Samples in = inner.at(timeMs);
    if (first) {
      check();
    }
    out.clear();
    double ratio = Math.clamp(parameter.at(timeMs), -1.0, 1.0);
    if (ratio == 0) {
      return out;
    }
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
    run.notes().warn(text, Planner.unwrapped(Objects.requireNonNull(expr.parameter())).span());
  }

  /// Between 0 and 1, evenly spread: from the hash of the labels in the form in which Prometheus
  /// keeps them in memory: every name and value with its length in front. Source: Prometheus,
  /// labels_stringlabels.go.
  private static double place(Labels labels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    for (int i = 0; i < labels.size(); i++) {
      write(bytes, labels.name(i));
      write(bytes, labels.value(i));
    }
    return unsigned(XxHash64.of(bytes.toByteArray())) / 0x1p64;
  }

  private static void write(ByteArrayOutputStream bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < LONG) {
      bytes.write(utf8.length);
    } else {
      bytes.write(LONG);
      bytes.write(utf8.length);
      bytes.write(utf8.length >> 8);
      bytes.write(utf8.length >> 16);
    }
    bytes.writeBytes(utf8);
  }

  /// As a number without sign, rounded once.
  private static double unsigned(long value) {
    // The lowest bit stays set where a bit is shifted out: it decides how to round.
    return value >= 0 ? (double) value : (double) ((value >>> 1) | (value & 1)) * 2;
  }
}
