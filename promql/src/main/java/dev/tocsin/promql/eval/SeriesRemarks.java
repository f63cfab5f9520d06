package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.eval.window.Remarks;

/// What a function says about the series it looks at, told where its first argument stands.
final class SeriesRemarks implements Remarks {
  private final Notes notes;
  private final Span span;
  private Labels series = Labels.empty();

  SeriesRemarks(Notes notes, Span span) {
    this.notes = notes;
    this.span = span;
  }

  /// From here on about this one.
  void about(Labels series) {
    this.series = series;
  }

  @Override
  public String metric() {
    return series.metricName();
  }

  @Override
  public void warn(String text) {
    notes.warn(text, span);
  }

  @Override
  public void inform(String text) {
    notes.inform(text, span);
  }

  @Override
  public void startTimeOverlaps() {
    notes.overlapped(metric(), span);
  }
}
