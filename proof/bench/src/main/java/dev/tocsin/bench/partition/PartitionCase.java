package dev.tocsin.bench.partition;

import dev.tocsin.bench.fuzz.data.RandomSeries;
import dev.tocsin.bench.fuzz.data.SeriesSet;
import dev.tocsin.bench.fuzz.query.QueryGenerator;
import dev.tocsin.bench.fuzz.query.Vocabulary;
import dev.tocsin.engine.partition.Conflicts;
import dev.tocsin.engine.partition.PartitionKey;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.ValueType;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A query with its series and time, all made of a seed and a number, and whether its partition key
/// holds: each part of the series gives that part of the result, to the last bit.
public record PartitionCase(
    String text, Expr expr, SeriesSet series, EvalOptions options, long timeMs) {
  private static final long SAMPLES_MAX = 400_000;
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
  private static final long INTERVAL_MS = 15_000;

  /// What came of it.
  ///
  /// @param difference null where all is as it should be
  public record Outcome(@Nullable String difference, Kind kind) {}

  /// How much a case has tried.
  public enum Kind {
    /// The empty key: there is nothing to divide.
    WHOLE,
    /// The evaluation over all series fails.
    FAILED,
    /// A key, but no element in the result.
    EMPTY,
    /// A key and a result.
    DIVIDED
  }

  /// Empty where the text is no query of an instant vector.
  public static Optional<PartitionCase> of(long seed, long number) {
    SplittableRandom chance = new SplittableRandom(seed ^ (number * GOLDEN));
    String text = new QueryGenerator(chance).query();
    try {
      Expr expr = PromqlParser.parse(text, ParseOptions.ALL);
      if (expr.type() != ValueType.VECTOR) {
        return Optional.empty();
      }
      SeriesSet all = RandomSeries.make(chance, true);
      // Fewer series: then sides do without a partner now and then.
      int oneIn = 1 + chance.nextInt(4);
      List<SeriesData> some =
          all.series().stream().filter(_ -> oneIn == 1 || chance.nextInt(oneIn) > 0).toList();
      long intervals = Vocabulary.LENGTH_SECONDS * 1000 / INTERVAL_MS;
      long timeMs =
          Vocabulary.BEGIN_SECONDS * 1000 + chance.nextLong(intervals + 30) * INTERVAL_MS;
      EvalOptions options =
          EvalOptions.DEFAULT
              .withSamplesMax(SAMPLES_MAX)
              .withDelayedNameRemoval(chance.nextInt(4) == 0);
      return Optional.of(new PartitionCase(text, expr, new SeriesSet(some), options, timeMs));
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  public Outcome run() {
    PartitionKey key = PartitionKey.of(expr);
    if (key.isEmpty()) {
      return new Outcome(null, Kind.WHOLE);
    }
    Map<Labels, String> whole;
    try {
      whole = evaluate(series);
    } catch (EvalException e) {
      return new Outcome(e.kind() == EvalException.Kind.EXECUTION ? failed(key) : null, Kind.FAILED);
    }
    TreeSet<Labels> parts = parts(key);
    whole.keySet().forEach(labels -> parts.add(key.restrict(labels)));
    Kind kind = whole.isEmpty() ? Kind.EMPTY : Kind.DIVIDED;
    for (Labels part : parts) {
      Map<Labels, String> wanted = new TreeMap<>(whole);
      wanted.keySet().removeIf(labels -> !key.restrict(labels).equals(part));
      String found = attempt(key, part);
      if (!found.equals(wanted.toString())) {
        String text = "key (" + key + "), part " + part + ": " + found + " instead of " + wanted;
        return new Outcome(text, kind);
      }
    }
    return new Outcome(null, kind);
  }

  /// Where no operator may hide a conflict, a part fails too.
  private @Nullable String failed(PartitionKey key) {
    boolean told = !Conflicts.of(expr).isEmpty();
    boolean some = parts(key).stream().anyMatch(part -> attempt(key, part).startsWith("fails"));
    return told || some ? null : "key (" + key + "): the whole fails, but no part";
  }

  private TreeSet<Labels> parts(PartitionKey key) {
    TreeSet<Labels> parts = new TreeSet<>();
    series.series().forEach(each -> parts.add(key.restrict(each.labels())));
    return parts;
  }

  private String attempt(PartitionKey key, Labels part) {
    List<SeriesData> some =
        series.series().stream()
            .filter(each -> key.restrict(each.labels()).equals(part))
            .toList();
    try {
      return evaluate(new SeriesSet(some)).toString();
    } catch (EvalException e) {
      return "fails: " + e.getMessage();
    }
  }

  private Map<Labels, String> evaluate(SeriesSet source) {
    Map<Labels, String> result = new TreeMap<>();
    if (new Evaluator(source, options).instant(expr, timeMs).value()
        instanceof Value.Vector(var elements)) {
      for (Value.Element element : elements) {
        boolean isFloat = element.histogram() == null;
        result.put(
            element.labels(),
            isFloat ? Double.toString(element.value()) : String.valueOf(element.histogram()));
      }
    }
    return result;
  }
}
