package dev.tocsin.engine.incremental;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a plan says beside what the evaluator finds, on random conditions and data.
class ProofsTest {
  private static final long SEED = Long.getLong("tocsin.proofs.seed", 20_261_125);
  private static final int CASES = Integer.getInteger("tocsin.proofs.cases", 1500);

  /// With most windows read anew at each look, or few.
  private static final int[] RESCANS = {ConditionPlan.RESCAN_MAX, 3};

  /// What was asked and found.
  private static final class Tally {
    long plans;
    long looks;
    long empty;
    long no;
    long ever;
    long exact;
    long elements;

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d plans, %d looks, %d empty, %d proven (%.1f %%), %d of them for ever; %d elements,"
              + " %.1f %% exact",
          plans,
          looks,
          empty,
          no,
          100.0 * no / Math.max(1, empty),
          ever,
          elements,
          100.0 * exact / Math.max(1, elements));
    }
  }

  /// One condition on one scene.
  private static final class Case {
    final long seed;
    final String text;
    final Expr expr;
    final Scene scene;
    final ConditionPlan plan;
    final ConditionState state = new ConditionState();
    final SplittableRandom random;
    final Tally tally;
    final Evaluator evaluator;

    Case(long seed, String text, Scene scene, Expr expr, ConditionPlan plan, Tally tally) {
      this.seed = seed;
      this.text = text;
      this.expr = expr;
      this.scene = scene;
      this.plan = plan;
      this.random = new SplittableRandom(seed);
      this.tally = tally;
      this.evaluator = new Evaluator(scene, EvalOptions.DEFAULT);
    }

    /// Null where the evaluator fails.
    @Nullable List<Value.Element> canonical(long timeMs) {
      try {
        Value value = evaluator.instant(expr, timeMs).value();
        return ((Value.Vector) value).elements();
      } catch (EvalException _) {
        return null;
      }
    }

    void look(long timeMs) {
      List<Value.Element> now = canonical(timeMs);
      boolean isEmpty = now != null && now.isEmpty();
      long untilMs = plan.noUntilMs(state, scene, timeMs);
      tally.looks++;
      tally.empty += isEmpty ? 1 : 0;
      if (isEmpty && untilMs == ConditionPlan.MAYBE && Boolean.getBoolean("tocsin.proofs.misses")) {
        System.out.println("MISS " + text);
      }
      if (untilMs != ConditionPlan.MAYBE) {
        tally.no++;
        tally.ever += untilMs == Long.MAX_VALUE ? 1 : 0;
        requireEmpty(timeMs, timeMs, untilMs);
        long lastMs = Math.min(untilMs - 1, timeMs + 1_000_000);
        requireEmpty(timeMs, lastMs, untilMs);
        for (int i = 0; i < 3; i++) {
          requireEmpty(timeMs, random.nextLong(timeMs, lastMs + 1), untilMs);
        }
      }
      for (boolean rough : new boolean[] {false, true}) {
        enclose(timeMs, timeMs, rough);
        enclose(timeMs, timeMs + random.nextLong(1, 20), rough);
        enclose(timeMs, timeMs + random.nextLong(1, 20_000), rough);
        enclose(timeMs, timeMs + random.nextLong(1, 500_000), rough);
      }
    }

    private void requireEmpty(long lookedMs, long timeMs, long untilMs) {
      List<Value.Element> found = canonical(timeMs);
      if (found == null || !found.isEmpty()) {
        wrong("looked at " + lookedMs + ", none until " + untilMs + ", at " + timeMs, found);
      }
    }

    private void enclose(long fromMs, long toMs, boolean rough) {
      Bounds bounds = plan.bounds(state, scene, fromMs, toMs, rough);
      if (bounds == null) {
        return;
      }
      Shape shape = plan.shape(scene);
      for (int i = 0; i < 3; i++) {
        long timeMs = i == 0 ? toMs : random.nextLong(fromMs, toMs + 1);
        List<Value.Element> found = canonical(timeMs);
        if (found == null) {
          wrong("bounds where the evaluator fails at " + timeMs, null);
          return;
        }
        contains(bounds, shape, found, fromMs, toMs, timeMs);
      }
    }

    private void contains(
        Bounds bounds, Shape shape, List<Value.Element> found, long fromMs, long toMs, long timeMs) {
      String where = "[" + fromMs + ", " + toMs + "] at " + timeMs;
      for (Value.Element element : found) {
        boolean inside = false;
        for (int i = 0; i < bounds.size; i++) {
          inside |=
              bounds.isThere(i)
                  && shape.elements().get(i).equals(element.labels())
                  && holds(bounds, i, element.value());
          if (inside && fromMs == toMs) {
            tally.elements++;
            tally.exact += bounds.isExact(i) ? 1 : 0;
            break;
          }
        }
        if (!inside) {
          wrong(where + " outside: " + element + " of " + shown(bounds, shape), found);
        }
      }
      for (int i = 0; i < bounds.size; i++) {
        var labels = shape.elements().get(i);
        if (bounds.presence[i] == Bounds.PRESENT
            && found.stream().noneMatch(element -> element.labels().equals(labels))) {
          wrong(where + " missing: " + labels + " of " + shown(bounds, shape), found);
        }
      }
    }

    private static boolean holds(Bounds bounds, int index, double value) {
      return Double.isNaN(value)
          ? bounds.nan[index]
          : value >= bounds.lo[index] && value <= bounds.hi[index];
    }

    private static String shown(Bounds bounds, Shape shape) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < bounds.size; i++) {
        out.append(shape.elements().get(i))
            .append(" presence ")
            .append(bounds.presence[i])
            .append(" [" + bounds.lo[i] + ", " + bounds.hi[i] + "] nan " + bounds.nan[i] + "; ");
      }
      return out.toString();
    }

    private void wrong(String what, @Nullable List<Value.Element> found) {
      throw new AssertionError(
          "seed " + seed + ": " + text + "\n" + what + "\nfound " + found + "\n" + scene);
    }
  }

  private static void run(long seed, boolean rough, int rescanMax, long tooEarlyMs, Tally tally) {
    SplittableRandom random = new SplittableRandom(seed);
    String text = new Shapes(random).condition();
    Expr expr;
    try {
      expr = PromqlParser.parse(text, ParseOptions.ALL);
    } catch (ParseException e) {
      throw new AssertionError("seed " + seed + ": " + text, e);
    }
    ConditionPlan plan = ConditionPlan.of(expr, EvalOptions.DEFAULT.lookbackMs(), rescanMax);
    if (plan == null) {
      fail("seed " + seed + ": no plan for " + text);
      return;
    }
    tally.plans++;
    Scene scene = new Scene(expr, tooEarlyMs);
    Weather weather = new Weather(random, rough);
    Case checked = new Case(seed, text, scene, expr, plan, tally);
    long timeMs = Weather.START_MS;
    for (int step = 0; step < 12; step++) {
      timeMs += step == 0 ? random.nextLong(600_000) : random.nextLong(1, 40_000);
      weather.deliver(scene, random.nextInt(4) == 0 ? timeMs + 25_000 : timeMs);
      checked.look(timeMs);
    }
  }

  @Test
  void aNoIsNeverWrongAndBoundsHoldInRoughWeather() {
    Tally tally = new Tally();
    for (long i = 0; i < CASES; i++) {
      run(SEED + i, true, RESCANS[(int) i % RESCANS.length], 0, tally);
    }
    System.getLogger("proofs").log(System.Logger.Level.DEBUG, tally::toString);
    report("rough", tally);
    assertThat(tally.no).isGreaterThan(tally.empty * 8 / 10);
  }

  @Test
  void mostOfWhatIsEmptyIsProvenInFairWeather() {
    Tally tally = new Tally();
    for (long i = 0; i < CASES; i++) {
      run(SEED - 1 - i, false, RESCANS[(int) i % RESCANS.length], 0, tally);
    }
    report("fair", tally);
    assertThat(tally.no).isGreaterThan(tally.empty * 95 / 100);
  }

  private static void report(String what, Tally tally) {
    if (Boolean.getBoolean("tocsin.proofs.print")) {
      System.out.println(what + ": " + tally);
    }
  }
}
