package dev.tocsin.bench.contract.generate;

import dev.tocsin.bench.contract.script.Sample;
import dev.tocsin.bench.fuzz.data.SeriesSet;
import dev.tocsin.bench.fuzz.query.Vocabulary;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The series of a case, and the transactions they come in.
final class Feeds {
  private static final Set<String> TAKEN =
      Set.of(Vocabulary.CLASSIC, Vocabulary.NATIVE, Vocabulary.MIXED, Vocabulary.INFO);
  private static final List<String> INSTANCES = List.of("a:1", "b:2", "c:3", "d:4", "e:5", "f:6");

  private final Luck luck;
  private final List<Feed> feeds = new ArrayList<>();
  private final List<Sample> sent = new ArrayList<>();

  /// @param pool series to take from
  Feeds(Luck luck, SeriesSet pool) {
    this.luck = luck;
    int instances = luck.percent(80) ? luck.between(1, 3) : luck.between(4, INSTANCES.size());
    boolean counters = luck.percent(60);
    boolean up = luck.percent(60);
    boolean odd = luck.percent(25);
    boolean recorded = luck.percent(6);
    for (String instance : INSTANCES.subList(0, instances)) {
      Labels base = Labels.of("job", luck.of("api", "web"), "instance", instance);
      add(named(base, Vocabulary.GAUGE), Feed.Kind.LEVEL);
      if (up) {
        add(named(base, "up"), Feed.Kind.UP);
      }
      if (recorded) {
        // Somebody sends what a rule writes.
        add(named(base, luck.of(Conditions.RECORDED)), Feed.Kind.LEVEL);
      }
      if (odd) {
        add(named(base, Vocabulary.ODD), Feed.Kind.ODD);
      }
      if (counters) {
        for (String code : List.of("200", "500")) {
          Labels of = base.toBuilder().set("code", code).build();
          add(named(of, Vocabulary.COUNTER), Feed.Kind.COUNTER);
        }
      }
    }
    if (luck.percent(35)) {
      take(pool);
    }
  }

  private void take(SeriesSet pool) {
    int instances = luck.between(1, 2);
    for (SeriesData data : pool.series()) {
      String instance = data.labels().get("instance");
      boolean wanted = instances == 2 || instance.equals("a:1");
      if (TAKEN.contains(data.labels().metricName()) && wanted) {
        feeds.add(new Feed(data.labels(), Feed.Kind.TAKEN, data, luck));
      }
    }
  }

  private void add(Labels labels, Feed.Kind kind) {
    feeds.add(new Feed(labels, kind, null, luck));
  }

  private static Labels named(Labels base, String metric) {
    return base.toBuilder().set(Labels.METRIC_NAME, metric).build();
  }

  /// What comes in at a time: mostly of all series, with one time or each its own; now and then
  /// late, early, or once more.
  List<Sample> next(long nowMs, long intervalMs) {
    List<Sample> samples = new ArrayList<>();
    boolean together = luck.percent(70);
    boolean some = luck.percent(20);
    long stampMs = stamp(nowMs, intervalMs);
    for (Feed feed : feeds) {
      if (some && luck.percent(50)) {
        continue;
      }
      Sample sample = feed.next(together ? stampMs : stamp(nowMs, intervalMs), luck);
      if (sample != null) {
        samples.add(sample);
        if (luck.percent(2)) {
          samples.add(again(sample));
        }
      }
    }
    if (!sent.isEmpty() && luck.percent(10)) {
      samples.add(again(luck.of(sent)));
    }
    if (!samples.isEmpty()) {
      sent.add(luck.of(samples));
    }
    return samples;
  }

  /// The same, or another value at the same time.
  private Sample again(Sample sample) {
    return luck.percent(50)
        ? sample
        : new Sample(sample.labels(), sample.timeMs(), luck.below(13), null);
  }

  private long stamp(long nowMs, long intervalMs) {
    int kind = luck.below(100);
    if (kind < 30) {
      return nowMs;
    }
    if (kind < 55) {
      return nowMs - Math.floorMod(nowMs, 1000L);
    }
    if (kind < 70) {
      return nowMs - Math.floorMod(nowMs, intervalMs);
    }
    if (kind < 90) {
      return nowMs - luck.below(100);
    }
    return kind < 97 ? nowMs - luck.between(0L, 3 * intervalMs) : nowMs + luck.between(1L, 5000L);
  }
}
