package dev.tocsin.agent.explain;

import dev.tocsin.model.alert.Evidence;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.Matcher;
import dev.tocsin.promql.data.SeriesData;
import dev.tocsin.promql.data.SeriesSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The samples that a rule reads for an alert that has not fired yet: nobody has kept them.
final class Reads {
  /// Series shown for one alert.
  private static final int SERIES_MAX = 4;

  /// Samples shown of one series.
  private static final int POINTS_MAX = 10;

  private final SeriesSource source;
  private final Predicate<Labels> fits;
  private final List<Evidence.Read> reads = new ArrayList<>();
  private final Set<Labels> seen = new HashSet<>();
  private long newestMs;

  /// @param fits whether a series belongs to the alert
  Reads(SeriesSource source, Predicate<Labels> fits) {
    this.source = source;
    this.fits = fits;
  }

  /// @param fromMs of the samples, and `toMs`: Unix milliseconds
  Evidence of(List<List<Matcher>> selectors, long fromMs, long toMs) {
    for (List<Matcher> matchers : selectors) {
      if (reads.size() < SERIES_MAX) {
        source.forEach(matchers, fromMs, toMs, this::take);
      }
    }
    return reads.isEmpty() ? Evidence.NONE : new Evidence(reads, newestMs, 0);
  }

  private boolean take(SeriesData data) {
    if (fits.test(data.labels()) && !seen.contains(data.labels())) {
      List<Evidence.Point> points = points(data);
      if (!points.isEmpty()) {
        seen.add(data.labels());
        reads.add(new Evidence.Read(data.labels(), points));
        newestMs = Math.max(newestMs, points.getLast().timeMs());
      }
    }
    return reads.size() < SERIES_MAX;
  }

  private static List<Evidence.Point> points(SeriesData data) {
    List<Evidence.Point> points = new ArrayList<>();
    for (int i = data.to() - 1; i >= data.from() && points.size() < POINTS_MAX; i--) {
      if (!StaleMarker.is(data.values()[i])) {
        points.add(new Evidence.Point(data.timesMs()[i], data.values()[i]));
      }
    }
    return points.reversed();
  }
}
