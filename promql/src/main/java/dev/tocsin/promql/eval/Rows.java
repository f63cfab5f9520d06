package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.eval.window.WindowFunction;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers instant vectors, step by step, into series.
final class Rows {
  private final Run run;
  private final Map<Labels, Row> rows = new LinkedHashMap<>();

  Rows(Run run) {
    this.run = run;
  }

  private void add(long timeMs, Samples samples) {
    for (int i = 0; i < samples.size(); i++) {
      Row row = row(timeMs, samples.labels(i), samples.dropsName(i));
      row.add(timeMs, samples.value(i), samples.histogram(i));
    }
    run.hold(samples.weight());
  }

  /// Evaluates the node at all times of the query or a subquery: series by series where it can,
  /// else step by step.
  void addAll(VectorNode node, Timeline timeline) {
    if (timeline.suitsColumns()
        && node instanceof SeriesMajor series
        && series.forEachSeries(columns(timeline))) {
      run.tally().toStep((int) timeline.steps());
      return;
    }
    clear();
    timeline.forEach(
        timeMs -> {
          run.poll();
          add(timeMs, node.at(timeMs));
          run.tally().stepDone();
        });
  }

  /// Takes whole series, each once.
  private SeriesVisitor columns(Timeline timeline) {
    return (labels, dropsName, values) -> {
      Row row = new Row(labels, dropsName);
      for (int step = 0; step < values.length; step++) {
        if (!WindowFunction.isNone(values[step])) {
          row.add(timeline.startMs() + step * timeline.stepMs(), values[step], null);
        }
      }
      run.hold(row.size);
      if (rows.put(labels, row) != null) {
        throw Samples.sameLabels();
      }
    };
  }

  private void clear() {
    rows.values().forEach(row -> run.hold(-row.size));
    rows.clear();
  }

  void add(long timeMs, double value) {
    row(timeMs, Labels.empty(), false).add(timeMs, value, null);
    run.hold(1);
  }

  private Row row(long timeMs, Labels labels, boolean dropsName) {
    Row row = rows.get(labels);
    if (row == null) {
      row = new Row(labels, dropsName);
      rows.put(labels, row);
    } else if (row.lastMs() == timeMs) {
      throw Samples.sameLabels();
    }
    return row;
  }

  /// In the order in which they appear, step by step; those that appear at the same step as the
  /// node has them there. Sorted, since whole series were added one after the other, and which way
  /// it was depends on data that may lie outside all windows. The list is the caller's.
  List<Track> tracks() {
    List<Row> ordered = new ArrayList<>(rows.values());
    ordered.sort(Comparator.comparingLong(Row::firstMs));
    List<Track> tracks = new ArrayList<>(ordered.size());
    for (Row row : ordered) {
      tracks.add(row.track());
    }
    return tracks;
  }

  /// Sorted by labels; names marked for removal are gone.
  Value.Matrix matrix() {
    return matrix(tracks());
  }

  /// Of series, with the names marked for removal gone: series that are the same then become one,
  /// unless they have samples at the same time.
  static Value.Matrix matrix(List<Track> tracks) {
    Map<Labels, Value.Row> merged = new LinkedHashMap<>();
    for (Track track : tracks) {
      Labels labels = track.dropsName() ? NameRemoval.without(track.labels()) : track.labels();
      long[] times = Arrays.copyOfRange(track.timesMs(), track.from(), track.to());
      double[] values = Arrays.copyOfRange(track.values(), track.from(), track.to());
      @Nullable FloatHistogram[] all = track.histograms();
      @Nullable FloatHistogram[] histograms =
          all == null ? null : Arrays.copyOfRange(all, track.from(), track.to());
      Value.Row row = new Value.Row(labels, times, values, histograms);
      merged.merge(labels, row, Rows::merged);
    }
    List<Value.Row> sorted = new ArrayList<>(merged.values());
    sorted.sort(Comparator.comparing(Value.Row::labels));
    return new Value.Matrix(sorted);
  }

  private static Value.Row merged(Value.Row a, Value.Row b) {
    int count = a.timesMs().length + b.timesMs().length;
    long[] times = new long[count];
    double[] values = new double[count];
    boolean floats = a.histograms() == null && b.histograms() == null;
    @Nullable FloatHistogram[] histograms = floats ? null : new @Nullable FloatHistogram[count];
    int i = 0;
    int j = 0;
    for (int at = 0; at < count; at++) {
      boolean both = i < a.timesMs().length && j < b.timesMs().length;
      if (both && a.timesMs()[i] == b.timesMs()[j]) {
        throw Samples.sameLabels();
      }
      boolean first = both ? a.timesMs()[i] < b.timesMs()[j] : i < a.timesMs().length;
      times[at] = first ? a.timesMs()[i] : b.timesMs()[j];
      values[at] = first ? a.values()[i] : b.values()[j];
      if (histograms != null) {
        histograms[at] = first ? histogram(a, i) : histogram(b, j);
      }
      i += first ? 1 : 0;
      j += first ? 0 : 1;
    }
    return new Value.Row(a.labels(), times, values, histograms);
  }

  private static @Nullable FloatHistogram histogram(Value.Row row, int index) {
    @Nullable FloatHistogram[] histograms = row.histograms();
    return histograms == null ? null : histograms[index];
  }

  private static final class Row {
    private final Labels labels;
    private final boolean dropsName;
    private long[] timesMs = new long[8];
    private double[] values = new double[8];
    private @Nullable FloatHistogram @Nullable [] histograms;
    private int size;

    Row(Labels labels, boolean dropsName) {
      this.labels = labels;
      this.dropsName = dropsName;
    }

    long firstMs() {
      return timesMs[0];
    }

    long lastMs() {
      return timesMs[size - 1];
    }

    Track track() {
      return new Track(labels, dropsName, timesMs, values, histograms, null, 0, size);
    }

    void add(long timeMs, double value, @Nullable FloatHistogram histogram) {
      if (size == timesMs.length) {
        timesMs = Arrays.copyOf(timesMs, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      if (histogram != null || histograms != null) {
        set(histogram);
      }
      timesMs[size] = timeMs;
      values[size++] = value;
    }

    private void set(@Nullable FloatHistogram histogram) {
      @Nullable FloatHistogram[] all = histograms;
      if (all == null) {
        all = new @Nullable FloatHistogram[timesMs.length];
      } else if (all.length < timesMs.length) {
        all = Arrays.copyOf(all, timesMs.length);
      }
      all[size] = histogram;
      histograms = all;
    }
  }
}
