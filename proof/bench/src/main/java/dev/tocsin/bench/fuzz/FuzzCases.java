package dev.tocsin.bench.fuzz;

import dev.tocsin.bench.fuzz.check.Setting;
import dev.tocsin.bench.fuzz.data.RandomSeries;
import dev.tocsin.bench.fuzz.data.SeriesSet;
import dev.tocsin.bench.fuzz.query.QueryGenerator;
import dev.tocsin.bench.fuzz.query.TextMutator;
import dev.tocsin.bench.fuzz.query.Vocabulary;
import dev.tocsin.promql.eval.EvalOptions;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The cases of a seed: each follows from the seed, its number and the corpus alone. For one
/// thread.
public final class FuzzCases {
  /// Cases in a row that look at the same series.
  private static final int CASES_PER_DATA = 256;

  /// As many samples as the agent allows a query of a rule.
  private static final long SAMPLES_MAX = 400_000;

  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
  private static final long INTERVAL_MS = 15_000;
  private static final int STEPS_MAX = 10;
  private static final List<Long> STEPS_MS = List.of(15_000L, 60_000L, 7_000L, 300_000L, 1L);

  private final long seed;
  private final List<String> corpus;
  private final boolean histograms;
  private long dataNumber = -1;
  private @Nullable SeriesSet data;

  /// @param histograms whether there are native histograms among the series
  public FuzzCases(long seed, List<String> corpus, boolean histograms) {
    this.seed = seed;
    this.corpus = List.copyOf(corpus);
    this.histograms = histograms;
  }

  public long seed() {
    return seed;
  }

  private SplittableRandom chance(long number, long salt) {
    return new SplittableRandom(seed ^ ((number * 2 + salt) * GOLDEN));
  }

  /// @param cancelled ends the evaluation of the case
  public FuzzCase get(long number, BooleanSupplier cancelled) {
    SplittableRandom chance = chance(number, 0);
    FuzzCase.Kind kind = kind(chance);
    String text = text(kind, chance);
    return new FuzzCase(number, kind, text, setting(number, chance, cancelled));
  }

  private static FuzzCase.Kind kind(SplittableRandom chance) {
    int of1000 = chance.nextInt(1000);
    if (of1000 < 500) {
      return FuzzCase.Kind.GROWN;
    }
    if (of1000 < 700) {
      return FuzzCase.Kind.DAMAGED;
    }
    if (of1000 < 900) {
      return FuzzCase.Kind.CORPUS;
    }
    return of1000 < 995 ? FuzzCase.Kind.NOISE : FuzzCase.Kind.REPEATED;
  }

  private String text(FuzzCase.Kind kind, SplittableRandom chance) {
    QueryGenerator queries = new QueryGenerator(chance);
    TextMutator mutator = new TextMutator(chance);
    return switch (kind) {
      case GROWN -> queries.query();
      case DAMAGED -> mutator.damaged(queries.query(), queries.query());
      case CORPUS -> {
        String text = corpus.get(chance.nextInt(corpus.size()));
        String other = corpus.get(chance.nextInt(corpus.size()));
        yield chance.nextInt(4) == 0 ? text : mutator.damaged(text, other);
      }
      case NOISE -> mutator.noise();
      case REPEATED -> mutator.repeated();
    };
  }

  private Setting setting(long number, SplittableRandom chance, BooleanSupplier cancelled) {
    long timeMs = time(chance);
    long stepMs = STEPS_MS.get(chance.nextInt(STEPS_MS.size()));
    long startMs = time(chance);
    EvalOptions options =
        EvalOptions.DEFAULT
            .withSamplesMax(SAMPLES_MAX)
            .withCancelled(cancelled)
            .withDelayedNameRemoval(chance.nextBoolean());
    long endMs = startMs + chance.nextInt(STEPS_MAX) * stepMs + chance.nextInt(2);
    return new Setting(data(number), options, timeMs, startMs, endMs, stepMs);
  }

  /// Most of the time that of a sample: boundaries are where mistakes are.
  private static long time(SplittableRandom chance) {
    long intervals = Vocabulary.LENGTH_SECONDS * 1000 / INTERVAL_MS;
    long time = Vocabulary.BEGIN_SECONDS * 1000 + chance.nextLong(intervals + 30) * INTERVAL_MS;
    return switch (chance.nextInt(6)) {
      case 0 -> time + chance.nextLong(INTERVAL_MS);
      case 1 -> time - 1;
      default -> time;
    };
  }

  private SeriesSet data(long number) {
    long wanted = number / CASES_PER_DATA;
    SeriesSet made = data;
    if (made == null || wanted != dataNumber) {
      made = RandomSeries.make(chance(wanted, 1), histograms);
      data = made;
      dataNumber = wanted;
    }
    return made;
  }
}
