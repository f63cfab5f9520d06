package dev.tocsin.bench.crash.sent;

import dev.tocsin.bench.remotewrite.TimedSample;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A sender that numbers its samples: the n-th sample of a series has the value n, and a time that
/// no other sample of the series has. Remembers what it sent. One thread at a time.
public final class NumberedSender {
  public static final String METRIC = "numbered";

  /// Once in so many requests a series ends and another one begins: definitions come at all times.
  private static final int NEW_SERIES_ONE_IN = 20;

  /// @param value the sample's number in its series
  private record Sent(double value, NumberedRequest request) {}

  private static final class Series {
    final Labels labels;
    final TreeMap<Long, Sent> sent = new TreeMap<>();
    long count;
    long lastMs;

    Series(Labels labels) {
      this.labels = labels;
    }
  }

  private final String name;
  private final int seriesAtOnce;
  private final RandomGenerator random;
  private final List<Series> active = new ArrayList<>();
  private final Map<String, Series> all = new HashMap<>();
  private int next;
  private int made;

  /// @param name its label `sender`
  /// @param seriesAtOnce series that are sent to at the same time, and samples of a request at
  ///   most: one of each, since of those of one series all but the newest would be out of order
  ///   when they are sent again
  public NumberedSender(String name, int seriesAtOnce, RandomGenerator random) {
    this.name = name;
    this.seriesAtOnce = seriesAtOnce;
    this.random = random;
    for (int i = 0; i < seriesAtOnce; i++) {
      active.add(another());
    }
  }

  private Series another() {
    String id = name + "-" + made++;
    Series series = new Series(Labels.of(Labels.METRIC_NAME, METRIC, "sender", name, "series", id));
    all.put(id, series);
    return series;
  }

  public String name() {
    return name;
  }

  /// So many samples that were not sent before, in turn of all series.
  ///
  /// @param samples at most as many as there are series at once
  public NumberedRequest next(int samples, long nowMs) {
    if (random.nextInt(NEW_SERIES_ONE_IN) == 0) {
      active.set(random.nextInt(seriesAtOnce), another());
    }
    List<TimedSample> batch = new ArrayList<>(samples);
    List<Series> of = new ArrayList<>(samples);
    for (int i = 0; i < samples; i++) {
      Series series = active.get(next++ % seriesAtOnce);
      series.lastMs = Math.max(nowMs, series.lastMs + 1);
      batch.add(new TimedSample(series.labels, series.lastMs, series.count++));
      of.add(series);
    }
    NumberedRequest request = new NumberedRequest(batch);
    for (int i = 0; i < samples; i++) {
      TimedSample sample = batch.get(i);
      of.get(i).sent.put(sample.timeMs(), new Sent(sample.value(), request));
    }
    return request;
  }

  /// Samples of that time and before are looked for no more.
  public void forgetThrough(long timeMs) {
    all.values()
        .removeIf(
            series -> {
              series.sent.headMap(timeMs, true).clear();
              return series.sent.isEmpty() && !active.contains(series);
            });
  }

  /// Holds what is stored of this sender against what it sent.
  ///
  /// @param stored all samples later than `afterMs`, series by series
  /// @param afterMs nothing later than this was forgotten
  public Verdict check(List<StoredSeries> stored, long afterMs) {
    Verdict verdict = new Verdict();
    Map<NumberedRequest, Integer> found = new HashMap<>();
    for (StoredSeries one : stored) {
      checkStored(one, found, verdict);
    }
    Map<NumberedRequest, Integer> remembered = new HashMap<>();
    for (Series series : all.values()) {
      series
          .sent
          .tailMap(afterMs, false)
          .values()
          .forEach(sent -> remembered.merge(sent.request, 1, Integer::sum));
    }
    remembered.forEach(
        (request, count) -> {
          int there = found.getOrDefault(request, 0);
          if (request.isAcknowledged()) {
            verdict.looked(count);
            verdict.missing(name, request, count - there);
          } else {
            verdict.unanswered(name, request, there, count);
          }
        });
    return verdict;
  }

  private void checkStored(
      StoredSeries stored, Map<NumberedRequest, Integer> found, Verdict verdict) {
    Series series = all.get(stored.series());
    long beforeMs = Long.MIN_VALUE;
    for (int i = 0; i < stored.timesMs().length; i++) {
      long timeMs = stored.timesMs()[i];
      Sent sent = series == null ? null : series.sent.get(timeMs);
      if (timeMs <= beforeMs) {
        verdict.twice(stored.series(), timeMs);
      } else if (sent == null || sent.value != stored.values()[i]) {
        verdict.strange(stored.series(), timeMs, stored.values()[i]);
      } else {
        found.merge(sent.request, 1, Integer::sum);
      }
      beforeMs = Math.max(beforeMs, timeMs);
    }
  }
}
