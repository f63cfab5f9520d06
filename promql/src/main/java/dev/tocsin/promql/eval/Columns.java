package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.eval.window.WindowFunction;
import java.util.ArrayList;
import java.util.List;

/// Evaluates a node series by series and gives the results step by step: 8 bytes for each series
/// and step, instead of all samples of all series.
final class Columns implements SeriesMajor {
  private record Column(Labels labels, boolean dropsName, double[] values) {}

  private final Run run;
  private final Timeline timeline;
  private final SeriesMajor inner;
  private final List<Column> columns = new ArrayList<>();
  private final Samples out = new Samples();
  private boolean loaded;
  private boolean usable;

  Columns(Run run, Timeline timeline, SeriesMajor inner) {
    this.run = run;
    this.timeline = timeline;
    this.inner = inner;
  }

  @Override
  public boolean forEachSeries(SeriesVisitor visitor) {
    return inner.forEachSeries(visitor);
  }

  @Override
  public Samples at(long timeMs) {
    if (!loaded) {
      loaded = true;
      usable = inner.forEachSeries(this::keep);
      if (!usable) {
        columns.clear();
      }
    }
    return usable ? samplesAt(timeMs) : inner.at(timeMs);
  }

  private void keep(Labels labels, boolean dropsName, double[] values) {
    run.hold(values.length / 2 + 1L);
    columns.add(new Column(labels, dropsName, values.clone()));
  }

  private Samples samplesAt(long timeMs) {
    int step = timeline.stepOf(timeMs);
    out.clear();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      double value = column.values[step];
      if (!WindowFunction.isNone(value)) {
        out.add(column.labels, value, column.dropsName);
      }
    }
    return out;
  }
}
