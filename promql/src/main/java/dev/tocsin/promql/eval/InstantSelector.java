package dev.tocsin.promql.eval;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `name{label="value"}`: of each series the newest sample not older than the lookback. A stale
/// marker ends a series.
final class InstantSelector implements VectorNode {
  private final Run run;
  private final List<Matcher> matchers;
  private final Moment moment;
  private final Timeline timeline;
  private final long lookbackMs;
  private final Samples out = new Samples();
  private @Nullable List<Track> tracks;

  InstantSelector(Run run, List<Matcher> matchers, Moment moment, Timeline timeline) {
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
      List<SeriesData> series = run.source().select(matchers, from, moment.last(timeline));
      known = new ArrayList<>(series.size());
      for (SeriesData data : series) {
        known.add(Track.of(data));
      }
      tracks = known;
    }
    return known;
  }

  @Override
  public Samples at(long timeMs) {
    return fill(timeMs, false);
  }

  /// The times of the samples, in Unix seconds, instead of their values.
  Samples timestampsAt(long timeMs) {
    return fill(timeMs, true);
  }

  private Samples fill(long timeMs, boolean timestamps) {
    out.clear();
    long lookMs = moment.of(timeMs);
    List<Track> series = tracks();
    for (int i = 0; i < series.size(); i++) {
      Track track = series.get(i);
      int index = track.after(lookMs) - 1;
      if (index < track.from() || track.timesMs()[index] <= lookMs - lookbackMs) {
        continue;
      }
      double value = track.values()[index];
      if (!StaleMarker.is(value)) {
        out.add(
            track.labels(),
            timestamps ? (double) track.timesMs()[index] / 1000 : value,
            track.dropsName());
      }
    }
    run.use(out.size());
    run.tally().selected(out.size());
    return out;
  }
}
