package dev.tocsin.promql.series;

import dev.tocsin.model.labels.Labels;
import java.util.List;

/// A series and its values, one for each step.
///
/// A value is a number (`1`, `-2.5e3`, `Inf`, `NaN`, never hexadecimal), `stale`, a native
/// histogram (`{{schema:1 count:3 buckets:[1 2]}}`), or `_` for no sample. `axn` is `a` and the
/// same n times more, `a+bxn` and `a-bxn` add or subtract `b` each time; `_xn` is n times nothing.
public record SeriesDescription(Labels labels, List<SeriesValue> values) {
  /// Values of one series; a text that asks for more is refused.
  public static final int VALUES_MAX = 1_000_000;

  public SeriesDescription {
    values = List.copyOf(values);
  }

  /// Of one line without space in front. Throws [SeriesSyntaxException].
  public static SeriesDescription parse(String text) {
    Cursor cursor = new Cursor(text);
    Labels labels = MetricReader.read(cursor);
    return new SeriesDescription(labels, new ValuesReader(cursor).read());
  }
}
