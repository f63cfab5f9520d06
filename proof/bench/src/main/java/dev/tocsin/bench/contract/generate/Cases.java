package dev.tocsin.bench.contract.generate;

import dev.tocsin.bench.contract.script.FileText;
import dev.tocsin.bench.contract.script.GroupText;
import dev.tocsin.bench.contract.script.RuleText;
import dev.tocsin.bench.contract.script.Script;
import dev.tocsin.bench.contract.script.Step;
import dev.tocsin.bench.fuzz.data.RandomSeries;
import dev.tocsin.bench.fuzz.data.SeriesSet;
import dev.tocsin.bench.fuzz.query.Vocabulary;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The cases of a seed: each follows from the seed and its number alone. One thread.
public final class Cases {
  /// Cases in a row that take from the same pool of series.
  private static final int CASES_PER_POOL = 64;

  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
  private static final int SLOTS_LEAST = 5;
  private static final int SLOTS_MOST = 40;
  private static final long MINUTE_MS = 60_000;

  private final long seed;
  private long poolNumber = -1;
  private @Nullable SeriesSet pool;

  public Cases(long seed) {
    this.seed = seed;
  }

  public long seed() {
    return seed;
  }

  private SplittableRandom random(long number, long salt) {
    return new SplittableRandom(seed ^ ((number * 2 + salt) * GOLDEN));
  }

  private SeriesSet pool(long number) {
    long wanted = number / CASES_PER_POOL;
    SeriesSet made = pool;
    if (made == null || wanted != poolNumber) {
      made = RandomSeries.make(random(wanted, 1), true);
      pool = made;
      poolNumber = wanted;
    }
    return made;
  }

  public Script get(long number) {
    Luck luck = new Luck(random(number, 0));
    List<Step> steps = new Course(luck, pool(number)).steps();
    int copyAt = luck.below(3 * steps.size() + 1);
    int lateMs = luck.of(0, 0, 1, 20, 300);
    return new Script(seed, number, luck.percent(60), lateMs, copyAt, steps);
  }

  /// What happens in one case.
  private static final class Course {
    private final Luck luck;
    private final Feeds feeds;
    private final Rules rules;
    private final long baseMs;
    private final long paceMs;
    private final long endMs;
    private final List<Step> steps = new ArrayList<>();
    private long nowMs;
    private List<FileText> files;
    private Labels externalLabels = Labels.of("dc", "x");
    private long intervalMs;
    private long offsetMs;

    Course(Luck luck, SeriesSet pool) {
      this.luck = luck;
      this.baseMs =
          luck.of(1000L, 1500L, 2000L, 5000L, 7000L, 10_000L, 13_000L, 15_000L, 30_000L, MINUTE_MS);
      this.feeds = new Feeds(luck, pool);
      this.rules = new Rules(luck, baseMs);
      this.paceMs = Math.max(200, luck.of(baseMs / 3, baseMs / 2, baseMs, baseMs, 2 * baseMs));
      this.nowMs = Vocabulary.BEGIN_SECONDS * 1000 + 10 * MINUTE_MS + luck.below(120_000);
      this.endMs = nowMs + luck.between(SLOTS_LEAST, SLOTS_MOST) * baseMs;
      this.intervalMs = rules.interval();
      this.files = rules.files();
    }

    List<Step> steps() {
      steps.add(load(files));
      while (nowMs < endMs) {
        nowMs += luck.percent(70) ? paceMs : luck.between(0L, 2 * paceMs);
        happen(luck.percent(8));
      }
      steps.add(new Step.Tick(endMs + luck.below(2) * baseMs, false));
      return steps;
    }

    private void happen(boolean busy) {
      int kind = luck.below(1000);
      if (kind < 40) {
        files = luck.percent(85) ? rules.changed(files) : files;
        settings();
        steps.add(luck.percent(5) ? load(broken()) : load(files));
      } else if (kind < 55) {
        nowMs += luck.of(0L, luck.between(0L, 3 * baseMs), luck.between(0L, 20 * MINUTE_MS));
        steps.add(new Step.Restart(nowMs));
      } else if (kind < 70) {
        // A quiet time, to see what lasts minutes come to its end.
        nowMs += luck.between(0L, 6) * MINUTE_MS + luck.below(5000);
        steps.add(new Step.Tick(nowMs, baseMs < 10_000 || busy));
      } else if (kind < 130) {
        steps.add(new Step.Tick(nowMs, busy));
      } else if (kind < 180) {
        int pick = luck.below(6);
        steps.add(new Step.Answer(nowMs, busy, pick, luck.of("hook", "am"), luck.percent(80)));
      } else {
        steps.add(new Step.Write(nowMs, busy, feeds.next(nowMs, baseMs)));
      }
    }

    private void settings() {
      if (luck.percent(10)) {
        externalLabels = luck.of(Labels.empty(), Labels.of("dc", "y"), Labels.of("dc", "x"));
      }
      if (luck.percent(10)) {
        intervalMs = rules.interval();
      }
      if (luck.percent(10)) {
        offsetMs = rules.offset();
      }
    }

    private Step load(List<FileText> which) {
      return new Step.Load(nowMs, luck.percent(10), which, externalLabels, intervalMs, offsetMs);
    }

    private List<FileText> broken() {
      List<FileText> all = new ArrayList<>(files);
      RuleText rule = new RuleText(-1, List.of("alert: E", "expr: 'up =='"));
      all.add(new FileText("e.yml", List.of(new GroupText("e", List.of(), List.of(rule)))));
      return all;
    }
  }
}
