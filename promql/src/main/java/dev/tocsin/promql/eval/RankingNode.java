package dev.tocsin.promql.eval;

import dev.tocsin.model.text.GoFloat;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.eval.window.RemarkTexts;
import java.util.ArrayList;
import java.util.List;

/// topk, bottomk and limitk: some elements of each group, as they are; the first two leave
/// histograms out. NaN is taken only where there is nothing else. Which of equal values stay is
/// decided by a heap that works as Prometheus's.
final class RankingNode implements VectorNode {
  private final Run run;
  private final Expr.Aggregate expr;
  private final AggregateOp op;
  private final VectorNode inner;
  private final Parameter parameter;
  private final Grouping grouping;
  private final List<Ranking> rankings = new ArrayList<>();
  private final Samples out = new Samples();

  RankingNode(Run run, Expr.Aggregate expr, VectorNode inner, Parameter parameter) {
    this.run = run;
    this.expr = expr;
    this.op = expr.op();
    this.inner = inner;
    this.parameter = parameter;
    this.grouping = new Grouping(expr.grouping(), expr.without());
  }

  @Override
  public Samples at(long timeMs) {
    boolean first = parameter.load();
    Samples in = inner.at(timeMs);
    if (first) {
      check();
    }
    out.clear();
    if (parameter.max() < 1) {
      return out;
    }
    int size = (int) Math.min((long) parameter.at(timeMs), in.size());
    if (size < 1) {
      return out;
    }
    for (Ranking ranking : rankings) {
      ranking.start(in, size);
    }
    for (int i = 0; i < in.size(); i++) {
      int group = grouping.of(in.labels(i));
      if (group == rankings.size()) {
        Ranking ranking = new Ranking(op);
        ranking.start(in, size);
        rankings.add(ranking);
      }
      if (op != AggregateOp.LIMITK && in.isHistogram(i)) {
        run.notes().inform(RemarkTexts.ignoredInAggregation(op.word()), expr.span());
      } else {
        rankings.get(group).offer(i);
      }
    }
    for (Ranking ranking : rankings) {
      ranking.addTo(out);
    }
    return out;
  }

  private void check() {
    if (parameter.max() < 1) {
      return;
    }
    if (parameter.hasNaN()) {
      throw EvalException.execution("Parameter value is NaN");
    }
    if (parameter.min() <= -0x1p63) {
      throw EvalException.execution(
          "Scalar value " + GoFloat.general(parameter.min()) + " underflows int64");
    }
    if (parameter.max() >= 0x1p63) {
      throw EvalException.execution(
          "Scalar value " + GoFloat.general(parameter.max()) + " overflows int64");
    }
  }
}
