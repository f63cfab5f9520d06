package dev.tocsin.engine;

import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.store.Samples;
import dev.tocsin.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// Finds the samples behind a decision: of the series that the rule's selectors select, those whose
/// labels agree with the alert's. Two label sets agree where no name has two values in them; the
/// metric name does not count. Engine's thread.
final class EvidenceReader {
  /// Series shown for one alert.
  static final int SERIES_MAX = 4;

  /// Samples shown of one series.
  static final int POINTS_MAX = 10;

  /// Series looked at one by one for one alert and selector; beyond it what was found so far has to
  /// do. Selectors with more are narrowed down by the alert's labels first.
  static final int LOOKS_MAX = 64;

  /// Lists of series by label that are remembered within one evaluation of a rule.
  static final int REMEMBERED_MAX = 64;

  /// Series that have not delivered since an outage which are looked at for one alert; where there
  /// are more, the alert is held.
  static final int AWAITED_LOOKS_MAX = 1024;

  private final Store store;
  private final RuleSource source;
  private final SeriesTable table;

  /// By `name`, `value`; of labels that many alerts have, within one evaluation.
  private final Map<List<String>, int[]> remembered = new HashMap<>();

  /// Up to when the evaluation sees the samples of a series.
  private IntToLongFunction untilMs = _ -> Long.MAX_VALUE;

  /// What [#awaits] looks at; null: not worked out yet within this evaluation.
  private @Nullable List<Integer> awaited;

  EvidenceReader(Store store, RuleSource source, SeriesTable table) {
    this.store = store;
    this.source = source;
    this.table = table;
  }

  /// @param timeMs of the query: nothing later is shown
  /// @param backMs how far back samples are shown
  Evidence read(List<VectorSelector> selectors, Labels element, long timeMs, long backMs) {
    List<Evidence.Read> reads = new ArrayList<>();
    long newestMs = Long.MIN_VALUE;
    long receivedNanos = 0;
    for (int id : agreeing(selectors, element, timeMs - backMs)) {
      long lastSeenMs = Math.min(timeMs, untilMs.applyAsLong(id));
      List<Evidence.Point> points = points(store.lend(id, timeMs - backMs, lastSeenMs));
      if (points.isEmpty()) {
        continue;
      }
      reads.add(new Evidence.Read(store.labels(id), points));
      long lastMs = points.getLast().timeMs();
      // When an older sample came in is not known any more.
      long nanos = store.lastTimeMs(id) == lastMs ? table.receivedNanos(id) : 0;
      if (lastMs > newestMs || (lastMs == newestMs && nanos > receivedNanos)) {
        newestMs = lastMs;
        receivedNanos = nanos;
      }
    }
    return reads.isEmpty() ? Evidence.NONE : new Evidence(reads, newestMs, receivedNanos);
  }

  /// An evaluation of a rule begins: from now on the store may have changed.
  void begin() {
    begin(_ -> Long.MAX_VALUE);
  }

  /// The same of one that does not see all samples.
  ///
  /// @param until up to when it sees those of a series, by its id
  void begin(IntToLongFunction until) {
    untilMs = until;
    remembered.clear();
    awaited = null;
  }

  /// Whether a series that agrees with the element has samples at or after one time, but none after
  /// another: it was there before an outage, and has not delivered since. The times are the same
  /// for all alerts of an evaluation.
  boolean awaits(List<VectorSelector> selectors, Labels element, long aliveMs, long downAtMs) {
    List<Integer> all = awaited;
    if (all == null) {
      all = awaited(selectors, aliveMs, downAtMs);
      awaited = all;
    }
    int looks = Math.min(all.size(), AWAITED_LOOKS_MAX);
    for (int i = 0; i < looks; i++) {
      if (agrees(store.labels(all.get(i)), element)) {
        return true;
      }
    }
    return all.size() > looks;
  }

  private List<Integer> awaited(List<VectorSelector> selectors, long aliveMs, long downAtMs) {
    Set<Integer> all = new LinkedHashSet<>();
    for (VectorSelector selector : selectors) {
      source.forEach(
          selector.matchers(),
          id -> {
            long lastMs = store.lastTimeMs(id);
            if (lastMs >= aliveMs && lastMs <= downAtMs) {
              all.add(id);
            }
            return all.size() <= AWAITED_LOOKS_MAX;
          });
    }
    return List.copyOf(all);
  }

  /// Series with samples at or after the time; a selector of an expression takes its turn before
  /// the same one takes its second.
  List<Integer> agreeing(List<VectorSelector> selectors, Labels element, long sinceMs) {
    List<List<Integer>> bySelector = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    List<int[]> narrow = List.of();
    for (VectorSelector selector : selectors) {
      Looking looking = new Looking(element, sinceMs, seen);
      if (source.count(selector.matchers()) <= LOOKS_MAX) {
        source.forEach(selector.matchers(), looking);
      } else {
        narrow = narrow.isEmpty() ? narrow(element) : narrow;
        for (int i = 0; i < narrow.size() && looking.found.isEmpty(); i++) {
          looking.looks = 0;
          source.forEach(selector.matchers(), narrow.get(i), looking);
        }
        if (looking.found.isEmpty()) {
          looking.looks = 0;
          source.forEach(selector.matchers(), looking);
        }
      }
      bySelector.add(looking.found);
    }
    List<Integer> all = new ArrayList<>();
    for (int turn = 0; turn < SERIES_MAX; turn++) {
      for (List<Integer> ids : bySelector) {
        if (turn < ids.size() && all.size() < SERIES_MAX) {
          all.add(ids.get(turn));
        }
      }
    }
    return all;
  }

  /// Whether data is missing: one of the selectors had series that agree with the element, and none
  /// of those has a sample any more that an evaluation at this time would see.
  ///
  /// @param reachMs how far back the rule looks
  boolean isMissing(List<VectorSelector> selectors, Labels element, long timeMs, long reachMs) {
    for (VectorSelector selector : selectors) {
      List<Integer> all = agreeing(List.of(selector), element, Long.MIN_VALUE + 1);
      boolean alive = all.isEmpty();
      for (int id : all) {
        alive |= store.lastTimeMs(id) > timeMs - reachMs && !StaleMarker.is(store.lastValue(id));
      }
      if (!alive) {
        return true;
      }
    }
    return false;
  }

  /// The series that have one of the labels, for each of them; the fewest first.
  private List<int[]> narrow(Labels element) {
    List<int[]> all = new ArrayList<>();
    for (int i = 0; i < element.size(); i++) {
      if (!element.name(i).equals(Labels.METRIC_NAME)) {
        int[] ids = ids(element.name(i), element.value(i));
        if (ids.length > 0) {
          all.add(ids);
        }
      }
    }
    all.sort(Comparator.comparingInt(ids -> ids.length));
    return all;
  }

  private int[] ids(String name, String value) {
    List<String> label = List.of(name, value);
    int[] known = remembered.get(label);
    if (known != null) {
      return known;
    }
    int[] ids = store.ids(Tenant.DEFAULT, name, value);
    if (ids.length > LOOKS_MAX && remembered.size() < REMEMBERED_MAX) {
      remembered.put(label, ids);
    }
    return ids;
  }

  /// Collects series that agree with an element.
  private final class Looking implements RuleSource.Visitor {
    private final Labels element;
    private final long sinceMs;
    private final Set<Integer> seen;
    private final List<Integer> found = new ArrayList<>();
    private int looks;

    Looking(Labels element, long sinceMs, Set<Integer> seen) {
      this.element = element;
      this.sinceMs = sinceMs;
      this.seen = seen;
    }

    @Override
    public boolean visit(int id) {
      boolean alive = store.lastTimeMs(id) >= sinceMs;
      if (alive && agrees(store.labels(id), element) && seen.add(id)) {
        found.add(id);
      }
      return found.size() < SERIES_MAX && ++looks < LOOKS_MAX;
    }
  }

  private static boolean agrees(Labels series, Labels element) {
    for (int i = 0; i < element.size(); i++) {
      String name = element.name(i);
      String value = series.get(name);
      boolean differs = !value.isEmpty() && !value.equals(element.value(i));
      if (differs && !name.equals(Labels.METRIC_NAME)) {
        return false;
      }
    }
    return true;
  }

  private static List<Evidence.Point> points(Samples samples) {
    List<Evidence.Point> points = new ArrayList<>();
    for (int i = samples.to() - 1; i >= samples.from() && points.size() < POINTS_MAX; i--) {
      if (!StaleMarker.is(samples.values()[i])) {
        points.add(new Evidence.Point(samples.timesMs()[i], samples.values()[i]));
      }
    }
    return points.reversed();
  }
}
