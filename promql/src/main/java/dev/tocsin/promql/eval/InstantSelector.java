package dev.tocsin.promql.eval;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.eval.window.WindowFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `name{label="value"}`: of each series the newest sample not older than the lookback. A stale
/// marker ends a series.
final class InstantSelector implements SeriesMajor {
  private final Run run;
  private final List<Matcher> matchers;
  private final boolean statsOnly;
  private final Moment moment;
  private final Timeline timeline;
  private final long lookbackMs;
  private final Samples out = new Samples();
  private @Nullable List<Track> tracks;

  /// @param statsOnly whether buckets of histograms are not needed
  InstantSelector(
      Run run, List<Matcher> matchers, boolean statsOnly, Moment moment, Timeline timeline) {
    this.statsOnly = statsOnly;
    this.run = run;
    this.matchers = matchers;
    this.moment = moment;
    this.timeline = timeline;
    this.lookbackMs = run.options().lookbackMs();
  }

  private List<Track> tracks() {
    List<Track> known = tracks;
    if (known == null) {
      run.poll();
      long from = moment.first(timeline) - lookbackMs + 1;
      long to = moment.last(timeline);
      List<SeriesData> series =
          moment.first(timeline) == to
              ? run.source().selectNewest(matchers, from, to)
              : run.source().select(matchers, from, to);
      known = new ArrayList<>(series.size());
      for (SeriesData data : series) {
        Track track = Track.of(data);
        known.add(statsOnly ? track.withoutBuckets() : track);
      }
      tracks = known;
    }
    return known;
  }

  /// What is told of a sample.
  private enum Aspect {
    VALUE,
    TIME,
    START_TIME
  }

  @Override
  public boolean forEachSeries(SeriesVisitor visitor) {
    double[] values = new double[(int) timeline.steps()];
    boolean[] floats = {true};
    int now = run.tally().step();
    run.source()
        .forEach(
            matchers,
            moment.first(timeline) - lookbackMs + 1,
            moment.last(timeline),
            data -> {
              run.poll();
              floats[0] = data.histograms() == null;
              if (floats[0] && fill(Track.of(data), values)) {
                visitor.visit(data.labels(), false, values);
              }
              return floats[0];
            });
    run.tally().toStep(now);
    return floats[0];
  }

  /// Whether there is any element.
  private boolean fill(Track track, double[] values) {
    boolean any = false;
    long lookMs = moment.first(timeline);
    long[] times = track.timesMs();
    for (int step = 0; step < values.length; step++) {
      int index = track.after(lookMs) - 1;
      boolean there = index >= track.from() && times[index] > lookMs - lookbackMs;
      // A stale marker is no element, and says so itself.
      values[step] = there ? track.values()[index] : WindowFunction.NONE;
      if (!WindowFunction.isNone(values[step])) {
        any = true;
        run.tally().toStep(step);
        run.tally().selected(1);
      }
      lookMs += moment.pinned() ? 0 : timeline.stepMs();
    }
    return any;
  }

  @Override
  public Samples at(long timeMs) {
    Samples samples = fill(timeMs, Aspect.VALUE);
    run.select(samples.weight());
    return samples;
  }

  /// The times of the samples, in Unix seconds, instead of their values; a histogram stays with it.
  Samples timestampsAt(long timeMs) {
    Samples samples = fill(timeMs, Aspect.TIME);
    run.select(samples.size());
    return samples;
  }

  /// The start times of the samples, in Unix seconds, 0 where unknown, instead of their values.
  Samples startTimestampsAt(long timeMs) {
    Samples samples = fill(timeMs, Aspect.START_TIME);
    run.select(samples.size());
    return samples;
  }

  private Samples fill(long timeMs, Aspect aspect) {
    out.clear();
    long lookMs = moment.of(timeMs);
    List<Track> series = tracks();
    for (int i = 0; i < series.size(); i++) {
      Track track = series.get(i);
      int index = track.after(lookMs) - 1;
      if (index < track.from() || track.timesMs()[index] <= lookMs - lookbackMs) {
        continue;
      }
      @Nullable FloatHistogram[] histograms = track.histograms();
      FloatHistogram histogram = histograms == null ? null : histograms[index];
      double value = histogram == null ? track.values()[index] : histogram.sum();
      if (StaleMarker.is(value)) {
        continue;
      }
      if (aspect != Aspect.VALUE) {
        value = seconds(track, index, aspect);
      }
      if (histogram == null) {
        out.add(track.labels(), value, track.dropsName());
      } else {
        out.add(track.labels(), value, histogram, track.dropsName());
      }
    }
    return out;
  }

  private static double seconds(Track track, int index, Aspect aspect) {
    long[] starts = track.startTimesMs();
    long startMs = starts == null ? 0 : starts[index];
    return (double) (aspect == Aspect.TIME ? track.timesMs()[index] : startMs) / 1000;
  }
}
