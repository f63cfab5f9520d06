package dev.tocsin.promql.value;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an expression evaluates to.
public sealed interface Value {
  record Scalar(long timeMs, double value) implements Value {}

  record Text(long timeMs, String value) implements Value {}

  /// An instant vector; in the evaluator's order.
  record Vector(List<Element> elements) implements Value {
    public Vector {
      elements = List.copyOf(elements);
    }
  }

  /// A range of values per series: of a range selector, or of a range query.
  record Matrix(List<Row> rows) implements Value {
    public Matrix {
      rows = List.copyOf(rows);
    }
  }

  /// A float, or a native histogram (then `value` is NaN and means nothing).
  record Element(Labels labels, long timeMs, double value, @Nullable FloatHistogram histogram) {
    public Element(Labels labels, long timeMs, double value) {
      this(labels, timeMs, value, null);
    }
  }

  /// `timesMs[i]` (Unix milliseconds) and `values[i]`, ascending in time; where there are
  /// `histograms` and `histograms[i]` is not null, sample `i` is that histogram instead.
  record Row(
      Labels labels,
      long[] timesMs,
      double[] values,
      @Nullable FloatHistogram @Nullable [] histograms) {
    public Row(Labels labels, long[] timesMs, double[] values) {
      this(labels, timesMs, values, null);
    }
  }
}
