package dev.tocsin.bench.contract.seen;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.data.SeriesData;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A series and all its samples, as text: `time=bits`, or the histogram. Of stale markers in a row
/// only the first is shown: the others end nothing.
public record SeriesSeen(Labels labels, List<String> samples) {
  public SeriesSeen {
    samples = List.copyOf(samples);
  }

  public static SeriesSeen of(SeriesData data) {
    List<String> samples = new ArrayList<>();
    boolean ended = false;
    for (int i = data.from(); i < data.to(); i++) {
      @Nullable FloatHistogram @Nullable [] histograms = data.histograms();
      FloatHistogram histogram = histograms == null ? null : histograms[i];
      boolean ends = histogram == null && StaleMarker.is(data.values()[i]);
      if (!ends || !ended) {
        samples.add(data.timesMs()[i] + "=" + text(data.values()[i], histogram));
      }
      ended = ends;
    }
    return new SeriesSeen(data.labels(), samples);
  }

  private static String text(double value, @Nullable FloatHistogram histogram) {
    if (histogram != null) {
      return histogram.toString();
    }
    return StaleMarker.is(value)
        ? "stale"
        : value + "/" + HexFormat.of().toHexDigits(Double.doubleToRawLongBits(value));
  }
}
