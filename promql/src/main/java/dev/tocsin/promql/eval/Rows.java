package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.eval.window.WindowFunction;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gathers instant vectors, step by step, into series.
final class Rows {
  private final Run run;
  private final Map<Labels, Row> rows = new LinkedHashMap<>();

  Rows(Run run) {
    this.run = run;
  }

  void add(long timeMs, Samples samples) {
    for (int i = 0; i < samples.size(); i++) {
      add(timeMs, samples.labels(i), samples.value(i), samples.dropsName(i));
    }
    run.hold(samples.size());
  }

  /// Takes whole series, each once.
  SeriesVisitor columns(Timeline timeline) {
    return (labels, dropsName, values) -> {
      Row row = new Row(labels, dropsName);
      for (int step = 0; step < values.length; step++) {
        if (!WindowFunction.isNone(values[step])) {
          row.add(timeline.startMs() + step * timeline.stepMs(), values[step]);
        }
      }
      run.hold(row.size);
      if (rows.put(labels, row) != null) {
        throw Samples.sameLabels();
      }
    };
  }

  void clear() {
    rows.values().forEach(row -> run.hold(-row.size));
    rows.clear();
  }

  void add(long timeMs, double value) {
    add(timeMs, Labels.empty(), value, false);
    run.hold(1);
  }

  private void add(long timeMs, Labels labels, double value, boolean dropsName) {
    Row row = rows.get(labels);
    if (row == null) {
      row = new Row(labels, dropsName);
      rows.put(labels, row);
    } else if (row.lastMs() == timeMs) {
      throw Samples.sameLabels();
    }
    row.add(timeMs, value);
  }

  List<Track> tracks() {
    List<Track> tracks = new ArrayList<>(rows.size());
    for (Row row : rows.values()) {
      tracks.add(new Track(row.labels, row.dropsName, row.timesMs, row.values, 0, row.size));
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
      Value.Row row = new Value.Row(labels, times, values);
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
    int i = 0;
    int j = 0;
    for (int at = 0; at < count; at++) {
      boolean both = i < a.timesMs().length && j < b.timesMs().length;
      if (both && a.timesMs()[i] == b.timesMs()[j]) {
        throw Samples.sameLabels();
      }
      boolean first = both ? a.timesMs()[i] < b.timesMs()[j] : i < a.timesMs().length;
      times[at] = first ? a.timesMs()[i] : b.timesMs()[j];
      values[at] = first ? a.values()[i++] : b.values()[j++];
    }
    return new Value.Row(a.labels(), times, values);
  }

  private static final class Row {
    private final Labels labels;
    private final boolean dropsName;
    private long[] timesMs = new long[8];
    private double[] values = new double[8];
    private int size;

    Row(Labels labels, boolean dropsName) {
      this.labels = labels;
      this.dropsName = dropsName;
    }

    long lastMs() {
      return timesMs[size - 1];
    }

    void add(long timeMs, double value) {
      if (size == timesMs.length) {
        timesMs = Arrays.copyOf(timesMs, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      timesMs[size] = timeMs;
      values[size++] = value;
    }
  }
}
