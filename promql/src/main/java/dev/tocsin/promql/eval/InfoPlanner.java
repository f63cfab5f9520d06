package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// info: adds the labels of info metrics to the elements they are about.
final class InfoPlanner {
  private static final String TARGET_INFO = "target_info";

  private final Planner planner;

  InfoPlanner(Planner planner) {
    this.planner = planner;
  }

  VectorNode vector(Expr.Call call) {
    Expr base = call.arguments().getFirst();
    List<Matcher> nameMatchers = new ArrayList<>();
    List<Matcher> dataMatchers = new ArrayList<>();
    if (call.arguments().size() > 1
        && Planner.unwrapped(call.arguments().get(1)) instanceof Expr.VectorSelector wanted) {
      for (Matcher matcher : wanted.matchers()) {
        (matcher.name().equals(Labels.METRIC_NAME) ? nameMatchers : dataMatchers).add(matcher);
      }
    }
    List<Matcher> names = effective(nameMatchers);
    List<Matcher> all = new ArrayList<>(names);
    all.addAll(dataMatchers);
    Moment none = new Moment(0, false, 0);
    Moment found = momentOf(base, none);
    Moment moment = found == null ? none : found;
    Run run = planner.run();
    Timeline timeline = planner.timeline();
    InstantSelector infos = new InstantSelector(run, all, false, moment, timeline);
    return new InfoNode(planner.vector(base), infos, names, dataMatchers);
  }

  /// Which metrics are info metrics: those asked for; else `target_info`.
  private static List<Matcher> effective(List<Matcher> matchers) {
    if (matchers.isEmpty()) {
      return List.of(Matcher.equal(Labels.METRIC_NAME, TARGET_INFO));
    }
    for (Matcher matcher : matchers) {
      if (matcher.kind() == Matcher.Kind.EQUAL || matcher.kind() == Matcher.Kind.REGEX) {
        return matchers;
      }
    }
    List<Matcher> all = new ArrayList<>(matchers);
    all.addFirst(new Matcher(Matcher.Kind.REGEX, Labels.METRIC_NAME, ".+_info"));
    return all;
  }

  /// When the first selector looks, with the subqueries around it (`outer`); null where there is
  /// none.
  private @Nullable Moment momentOf(Expr expr, Moment outer) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> null;
      case Expr.Parens parens -> momentOf(parens.inner(), outer);
      case Expr.Unary unary -> momentOf(unary.inner(), outer);
      case Expr.VectorSelector selector -> within(selector, outer);
      case Expr.MatrixSelector matrix -> within(matrix.vector(), outer);
      case Expr.Subquery subquery -> {
        Moment own = planner.durations().moment(subquery.when(), subquery.span());
        yield momentOf(subquery.inner(), shifted(own, outer));
      }
      case Expr.Binary binary -> firstOf(List.of(binary.left(), binary.right()), outer);
      case Expr.Call call -> firstOf(call.arguments(), outer);
      case Expr.Aggregate aggregate -> momentOf(aggregate.inner(), outer);
    };
  }

  private @Nullable Moment firstOf(List<Expr> exprs, Moment outer) {
    for (Expr expr : exprs) {
      Moment moment = momentOf(expr, outer);
      if (moment != null) {
        return moment;
      }
    }
    return null;
  }

  private Moment within(Expr.VectorSelector selector, Moment outer) {
    return shifted(planner.durations().moment(selector.when(), selector.span()), outer);
  }

  private static Moment shifted(Moment inner, Moment outer) {
    return inner.pinned()
        ? inner
        : new Moment(inner.offsetMs() + outer.offsetMs(), outer.pinned(), outer.pinMs());
  }
}
