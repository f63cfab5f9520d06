package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.eval.window.ExtendedRates;
import dev.tocsin.promql.eval.window.HistogramSteps;
import dev.tocsin.promql.eval.window.RemarkTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `name smoothed`: the value on the line between the samples before and after; the one before
/// where there is none after.
final class SmoothedSelector implements VectorNode {
  private final Run run;
  private final List<Matcher> matchers;
  private final Moment moment;
  private final Timeline timeline;
  private final long lookbackMs;
  private final SeriesRemarks remarks;
  private final boolean statsOnly;
  private final Samples out = new Samples();
  private @Nullable List<Track> tracks;

  SmoothedSelector(Run run, Expr.VectorSelector selector, Moment moment, Timeline timeline) {
    this.run = run;
    this.matchers = selector.matchers();
    this.statsOnly = run.histogramStats().suffice(selector);
    this.remarks = new SeriesRemarks(run.notes(), selector.span());
    this.moment = moment;
    this.timeline = timeline;
    this.lookbackMs = run.options().lookbackMs();
  }

  private List<Track> tracks() {
    List<Track> known = tracks;
    if (known == null) {
      long from = moment.first(timeline) - lookbackMs + 1;
      known = new ArrayList<>();
      for (SeriesData data :
          run.source().select(matchers, from, moment.last(timeline) + lookbackMs)) {
        Track track = Track.withoutMarkers(data);
        known.add(statsOnly ? track.withoutBuckets() : track);
      }
      tracks = known;
    }
    return known;
  }

  @Override
  public Samples at(long timeMs) {
    out.clear();
    long lookMs = moment.of(timeMs);
    for (Track track : tracks()) {
      int before = track.after(lookMs) - 1;
      boolean found = before >= track.from() && track.timesMs()[before] > lookMs - lookbackMs;
      @Nullable FloatHistogram[] histograms = track.histograms();
      if (histograms != null) {
        addMixed(track, histograms, found ? before : -1, lookMs);
      } else if (found) {
        out.add(track.labels(), value(track, before, lookMs), track.dropsName());
      }
    }
    run.select(out.weight());
    return out;
  }

  /// @param before -1 where there is none
  private void addMixed(
      Track track, @Nullable FloatHistogram[] histograms, int before, long lookMs) {
    remarks.about(track.labels());
    int from = track.tailAfter(lookMs - lookbackMs);
    int to = track.after(lookMs + lookbackMs);
    int count = 0;
    for (int i = from; i < to; i++) {
      count += histograms[i] == null ? 0 : 1;
    }
    if (count > 0 && count < to - from) {
      remarks.warn(RemarkTexts.mixedFloats(remarks.metric()));
    } else if (before >= 0 && count == 0) {
      out.add(track.labels(), value(track, before, lookMs), track.dropsName());
    } else if (before >= 0) {
      FloatHistogram histogram = between(track, histograms, before, to, lookMs);
      if (histogram != null) {
        out.add(track.labels(), histogram, track.dropsName());
      }
    }
  }

  private @Nullable FloatHistogram between(
      Track track, @Nullable FloatHistogram[] histograms, int before, int to, long lookMs) {
    long[] times = track.timesMs();
    FloatHistogram first = Objects.requireNonNull(histograms[before]);
    if (times[before] == lookMs) {
      return first;
    }
    int after = before + 1;
    if (after == to) {
      // What is known of a reset is about the sample, not about its value.
      return first.withHint(ResetHint.UNKNOWN);
    }
    FloatHistogram second = Objects.requireNonNull(histograms[after]);
    if (first.usesCustomBounds() != second.usesCustomBounds()) {
      remarks.warn(RemarkTexts.mixedBounds(remarks.metric()));
      return null;
    }
    boolean counter = first.resetHint() != ResetHint.GAUGE || second.resetHint() != ResetHint.GAUGE;
    return HistogramSteps.between(
        times[before], first, times[after], second, lookMs, counter, remarks);
  }

  private double value(Track track, int before, long lookMs) {
    long[] times = track.timesMs();
    double[] values = track.values();
    int after = before + 1;
    if (times[before] == lookMs || after == track.to() || times[after] > lookMs + lookbackMs) {
      return values[before];
    }
    return ExtendedRates.interpolated(
        times[before], values[before], times[after], values[after], lookMs, false);
  }
}
