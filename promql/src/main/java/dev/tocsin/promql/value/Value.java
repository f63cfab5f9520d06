package dev.tocsin.promql.value;

import dev.tocsin.model.labels.Labels;
import java.util.List;

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

  record Element(Labels labels, long timeMs, double value) {}

  /// `timesMs[i]` (Unix milliseconds) and `values[i]`, ascending in time.
  record Row(Labels labels, long[] timesMs, double[] values) {}
}
