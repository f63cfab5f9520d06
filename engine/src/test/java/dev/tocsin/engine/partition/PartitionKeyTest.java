package dev.tocsin.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Evaluating a part of the series gives that part of the result: the definition of a valid key,
/// tried on random expressions and series; and the same check finds planted bugs.
class PartitionKeyTest {
  private static final long SEED = 20261125;
  private static final int CASES = Integer.getInteger("tocsin.partition.cases", 12_000);

  /// A query with its series and time, all made of its number.
  private record Case(long number, String text, Expr expr, PartitionCheck check, RandomSeries of) {}

  private static List<Case> cases(long from, int count) {
    List<Case> cases = new ArrayList<>();
    for (long number = from; cases.size() < count; number++) {
      SplittableRandom random = new SplittableRandom(SEED ^ (number * 0x9E37_79B9_7F4A_7C15L));
      String text = new RandomQueries(random).vector(1 + random.nextInt(3));
      try {
        Expr expr = PromqlParser.parse(text, ParseOptions.ALL);
        RandomSeries series = RandomSeries.of(random);
        long timeMs = random.nextLong(RandomSeries.END_MS / RandomSeries.STEP_MS) * 15_000 + 7;
        EvalOptions options = EvalOptions.DEFAULT.withDelayedNameRemoval(random.nextInt(4) == 0);
        PartitionCheck check = new PartitionCheck(series, options, timeMs);
        cases.add(new Case(number, text, expr, check, series));
      } catch (ParseException _) {
        // As `on(a) group_left(a)`: the next number.
      }
    }
    return cases;
  }

  private static String shown(Case of, PartitionKey key, String difference) {
    return "seed %d, case %d, key (%s): %s%npart %s%n%s"
        .formatted(SEED, of.number(), key, of.text(), difference, of.of());
  }

  @Test
  void aPartOfTheSeriesGivesThatPartOfTheResult() {
    int meaningful = 0;
    int failed = 0;
    Set<String> functions = new TreeSet<>();
    for (Case each : cases(0, CASES)) {
      PartitionKey key = PartitionKey.of(each.expr());
      PartitionCheck.Outcome outcome = each.check().check(each.expr(), key);
      assertThat(outcome.difference())
          .as(() -> shown(each, key, String.valueOf(outcome.difference())))
          .isNull();
      failed += outcome.elements() < 0 ? 1 : 0;
      if (!key.isEmpty() && outcome.elements() > 0 && outcome.parts() > 2) {
        meaningful++;
        collect(each.expr(), functions);
      }
    }
    assertThat(meaningful).as("cases with a key and a result").isGreaterThan(CASES / 6);
    assertThat(failed).as("cases without a result").isLessThan(CASES / 3);
    assertThat(functions).as("what the meaningful cases use").hasSizeGreaterThan(90);
  }

  @Test
  void whereNoOperatorMayHideAConflictAPartFailsWhereTheWholeDoes() {
    int failed = 0;
    int hidden = 0;
    for (Case each : cases(0, CASES)) {
      PartitionKey key = PartitionKey.of(each.expr());
      PartitionCheck.Outcome outcome = each.check().check(each.expr(), key);
      if (outcome.elements() < 0 && !key.isEmpty()) {
        boolean told = !Conflicts.of(each.expr()).isEmpty();
        failed += told ? 0 : 1;
        hidden += outcome.parts() == 0 ? 1 : 0;
        assertThat(told || outcome.parts() > 0)
            .as(() -> shown(each, key, "none fails, but the whole does"))
            .isTrue();
      }
    }
    assertThat(failed).as("failures of rules that hide none").isGreaterThan(10);
    assertThat(hidden).as("hidden failures").isPositive();
  }

  @Test
  void seriesThatNoLeafAcceptsChangeNothing() {
    int fewer = 0;
    for (Case each : cases(0, CASES / 4)) {
      List<VectorSelector> leaves = Leaves.of(each.expr());
      RandomSeries read = each.of().restrict(labels -> accepted(leaves, labels));
      fewer += read.all().size() < each.of().all().size() ? 1 : 0;
      assertThat(each.check().differenceTo(read, each.expr()))
          .as(() -> shown(each, PartitionKey.NONE, "only what leaves accept"))
          .isNull();
    }
    assertThat(fewer).isGreaterThan(CASES / 8);
  }

  private static boolean accepted(List<VectorSelector> leaves, Labels labels) {
    return leaves.stream()
        .anyMatch(leaf -> leaf.matchers().stream().allMatch(matcher -> matcher.accepts(labels)));
  }

  @Test
  void everyPlantedBugIsFound() {
    EnumSet<Slip> missed = EnumSet.allOf(Slip.class);
    for (Case each : cases(0, CASES)) {
      for (Slip slip : EnumSet.copyOf(missed)) {
        PartitionKey key = slip.key(each.expr());
        if (!key.equals(PartitionKey.of(each.expr()))
            && each.check().check(each.expr(), key).difference() != null) {
          missed.remove(slip);
        }
      }
      if (missed.isEmpty()) {
        return;
      }
    }
    assertThat(missed).isEmpty();
  }

  /// Names of what an expression is made of.
  private static void collect(Expr expr, Set<String> names) {
    switch (expr) {
      case Expr.Call call -> {
        names.add(call.function().name());
        call.arguments().forEach(argument -> collect(argument, names));
      }
      case Expr.Aggregate aggregate -> {
        names.add(aggregate.op().word());
        collect(aggregate.inner(), names);
      }
      case Expr.Binary binary -> {
        names.add(binary.op().sign());
        collect(binary.left(), names);
        collect(binary.right(), names);
      }
      case Expr.Parens parens -> collect(parens.inner(), names);
      case Expr.Unary unary -> collect(unary.inner(), names);
      case Expr.Subquery subquery -> collect(subquery.inner(), names);
      case Expr.NumberLiteral _,
          Expr.StringLiteral _,
          Expr.VectorSelector _,
          Expr.MatrixSelector _ -> {}
    }
  }
}
