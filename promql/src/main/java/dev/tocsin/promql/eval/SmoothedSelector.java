package dev.tocsin.promql.eval;

import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.eval.window.ExtendedRates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `name smoothed`: the value on the line between the samples before and after; the one before
/// where there is none after.
final class SmoothedSelector implements VectorNode {
  private final Run run;
  private final List<Matcher> matchers;
  private final Moment moment;
  private final Timeline timeline;
  private final long lookbackMs;
  private final Samples out = new Samples();
  private @Nullable List<Track> tracks;

  SmoothedSelector(Run run, List<Matcher> matchers, Moment moment, Timeline timeline) {
    this.run = run;
    this.matchers = matchers;
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
        known.add(Track.withoutMarkers(data));
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
      if (before < track.from() || track.timesMs()[before] <= lookMs - lookbackMs) {
        continue;
      }
      out.add(track.labels(), value(track, before, lookMs), track.dropsName());
    }
    run.use(out.size());
    run.tally().selected(out.size());
    return out;
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
