package dev.tocsin.bench.contract.reference;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import java.util.ArrayList;
import java.util.List;

/// After an outage alerts are held until all their series that were alive before it have delivered,
/// or two intervals have passed since the first tick. A declared difference.
final class Hold {
  private static final long LOOKBACK_MS = 300_000;

  private final ReferenceSeries series;
  private long downAtMs = ReferenceAlert.NEVER;
  private long firstTickMs = ReferenceAlert.NEVER;
  private boolean awaitsTick;

  Hold(ReferenceSeries series) {
    this.series = series;
  }

  void restarted(long lastNowMs) {
    downAtMs = lastNowMs;
    awaitsTick = true;
  }

  void ticked(long nowMs) {
    firstTickMs = awaitsTick ? nowMs : firstTickMs;
    awaitsTick = false;
  }

  boolean holds(Expr expr, Labels element, long slotMs, long intervalMs) {
    if (firstTickMs == ReferenceAlert.NEVER || slotMs - firstTickMs > 2 * intervalMs) {
      return false;
    }
    List<VectorSelector> selectors = new ArrayList<>();
    collect(expr, selectors);
    List<Labels> alive =
        series.all().stream()
            .filter(labels -> series.lastMs(labels) >= downAtMs - LOOKBACK_MS)
            .filter(labels -> agrees(labels, element))
            .filter(labels -> selectors.stream().anyMatch(one -> selects(one, labels)))
            .toList();
    return alive.isEmpty() || alive.stream().anyMatch(one -> series.lastMs(one) <= downAtMs);
  }

  private static boolean selects(VectorSelector selector, Labels labels) {
    return selector.matchers().stream().allMatch(one -> one.accepts(labels.get(one.name())));
  }

  private static boolean agrees(Labels labels, Labels element) {
    for (int i = 0; i < element.size(); i++) {
      String other = labels.get(element.name(i));
      boolean name = element.name(i).equals(Labels.METRIC_NAME);
      if (!name && !other.isEmpty() && !other.equals(element.value(i))) {
        return false;
      }
    }
    return true;
  }

  private static void collect(Expr expr, List<VectorSelector> found) {
    switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> {}
      case Expr.Parens parens -> collect(parens.inner(), found);
      case Expr.Unary unary -> collect(unary.inner(), found);
      case Expr.Binary binary -> {
        collect(binary.left(), found);
        collect(binary.right(), found);
      }
      case Expr.Aggregate aggregate -> {
        Expr parameter = aggregate.parameter();
        if (parameter != null) {
          collect(parameter, found);
        }
        collect(aggregate.inner(), found);
      }
      case Expr.Call call -> call.arguments().forEach(one -> collect(one, found));
      case VectorSelector selector -> found.add(selector);
      case Expr.MatrixSelector matrix -> collect(matrix.vector(), found);
      case Expr.Subquery subquery -> collect(subquery.inner(), found);
    }
  }
}
