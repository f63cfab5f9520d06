package dev.tocsin.promql.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The functions that sort; those by value leave histograms out. Only the result of an instant
/// query has an order.
final class SortNode implements VectorNode {
  private final VectorNode inner;
  private final List<String> labels;
  private final boolean descending;
  private final Samples out = new Samples();

  /// @param labels sorts by their values; by the value of the element where there are none
  SortNode(VectorNode inner, List<String> labels, boolean descending) {
    this.inner = inner;
    this.labels = List.copyOf(labels);
    this.descending = descending;
  }

  @Override
  public Samples at(long timeMs) {
    Samples in = inner.at(timeMs);
    List<Integer> order = new ArrayList<>(in.size());
    for (int i = 0; i < in.size(); i++) {
      if (!labels.isEmpty() || !in.isHistogram(i)) {
        order.add(i);
      }
    }
    order.sort(labels.isEmpty() ? byValue(in) : byLabels(in));
    out.clear();
    for (int index : order) {
      out.add(in, index);
    }
    return out;
  }

  /// NaN comes last either way.
  private Comparator<Integer> byValue(Samples in) {
    return (a, b) -> {
      double x = in.value(a);
      double y = in.value(b);
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
      }
      int order = x < y ? -1 : x > y ? 1 : 0;
      return descending ? -order : order;
    };
  }

  private Comparator<Integer> byLabels(Samples in) {
    Comparator<Integer> ascending =
        (a, b) -> {
          for (String name : labels) {
            int order = NaturalOrder.compare(in.labels(a).get(name), in.labels(b).get(name));
            if (order != 0) {
              return order;
            }
          }
          return in.labels(a).compareTo(in.labels(b));
        };
    return descending ? ascending.reversed() : ascending;
  }
}
