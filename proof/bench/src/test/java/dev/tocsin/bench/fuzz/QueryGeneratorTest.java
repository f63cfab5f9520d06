package dev.tocsin.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bench.fuzz.check.OwnLanguage;
import dev.tocsin.bench.fuzz.check.Trees;
import dev.tocsin.bench.fuzz.query.QueryGenerator;
import dev.tocsin.promql.ast.AggregateOp;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.parse.Functions;
import dev.tocsin.promql.parse.ParseException;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QueryGeneratorTest {
  private static final int QUERIES = 10_000;
  private static final OwnLanguage OWN = new OwnLanguage();

  private final Set<Object> met = new HashSet<>();

  private void meet(Expr expr) {
    met.add(expr.getClass());
    switch (expr) {
      case Expr.Binary binary -> met.add(binary.op());
      case Expr.Aggregate aggregate -> met.add(aggregate.op());
      case Expr.Call call -> met.add(call.function());
      default -> {}
    }
    Trees.children(expr).forEach(this::meet);
  }

  @Test
  void everyPieceOfTheLanguageIsGrown() {
    QueryGenerator queries = new QueryGenerator(new SplittableRandom(1));
    int understood = 0;
    for (int i = 0; i < QUERIES; i++) {
      try {
        meet(OWN.parse(queries.query()));
        understood++;
      } catch (ParseException e) {
        // Some operators do not go together.
      }
    }
    assertThat(understood).isGreaterThan(QUERIES * 9 / 10);
    assertThat(met)
        .contains((Object[]) BinaryOp.values())
        .contains((Object[]) AggregateOp.values());
    assertThat(met).containsAll(Functions.list());
    assertThat(met.stream().filter(Class.class::isInstance))
        .hasSize(Expr.class.getPermittedSubclasses().length);
    assertThat(met.stream().filter(Function.class::isInstance)).hasSize(90);
  }
}
