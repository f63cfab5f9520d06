package dev.tocsin.promql.series;

import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.IncompatibleHistogramsException;
import java.util.ArrayList;
import java.util.List;

/// The values behind name and labels.
final class ValuesReader {
  private static final String CONTEXT = "series values";
  private static final String REPETITIONS = "the number of repetitions";
  private static final SeriesValue OMITTED = new SeriesValue.Omitted();

  private final Cursor cursor;
  private final List<SeriesValue> values = new ArrayList<>();

  ValuesReader(Cursor cursor) {
    this.cursor = cursor;
  }

  List<SeriesValue> read() {
    while (!cursor.ended()) {
      if (!Cursor.isSpace(cursor.peek())) {
        throw cursor.unexpected(CONTEXT, "a space");
      }
      cursor.skipSpaces();
      if (!cursor.ended()) {
        item();
      }
    }
    return values;
  }

  private void item() {
    if (cursor.accept("{{")) {
      histograms();
    } else if (cursor.accept("_")) {
      int count = cursor.accept("x") ? repetitions() : 1;
      for (int i = 0; i < count; i++) {
        values.add(OMITTED);
      }
    } else {
      numbers();
    }
  }

  private void numbers() {
    double value = firstNumber();
    double change = 0;
    boolean changes = cursor.peek() == '+' || cursor.peek() == '-';
    if (changes) {
      change = cursor.signedNumber(CONTEXT);
      cursor.expect("x", CONTEXT);
    } else if (!cursor.accept("x")) {
      values.add(new SeriesValue.FloatValue(value));
      return;
    }
    int count = repetitions();
    for (int i = 0; i <= count; i++) {
      values.add(new SeriesValue.FloatValue(value));
      value = changes ? value + change : value;
    }
  }

  private double firstNumber() {
    int start = cursor.at();
    if (cursor.accept("stale")) {
      if (!Cursor.isWord(cursor.peek())) {
        return StaleMarker.VALUE;
      }
      cursor.moveTo(start);
    }
    return cursor.signedNumber(CONTEXT);
  }

  /// At most as many as there may still be values.
  private int repetitions() {
    int start = cursor.at();
    int count = cursor.count(REPETITIONS);
    if (count >= SeriesDescription.VALUES_MAX - values.size()) {
      throw cursor.failure(
          start, "a series may have " + SeriesDescription.VALUES_MAX + " values at most");
    }
    return count;
  }

  private void histograms() {
    HistogramReader.Written base = new HistogramReader(cursor).read();
    boolean add = cursor.peek() == '+';
    if (!add && cursor.peek() != '-') {
      int count = cursor.accept("x") ? repetitions() : 0;
      SeriesValue value = new SeriesValue.Histogram(base.histogram(), base.hintGiven());
      for (int i = 0; i <= count; i++) {
        values.add(value);
      }
      return;
    }
    cursor.skip();
    int start = cursor.at();
    cursor.expect("{{", CONTEXT);
    HistogramReader.Written change = new HistogramReader(cursor).read();
    cursor.expect("x", CONTEXT);
    int count = repetitions();
    FloatHistogram current = base.histogram();
    for (int i = 0; i <= count; i++) {
      // Whether the hint counts is said by the one written last, as in Prometheus.
      values.add(new SeriesValue.Histogram(current, change.hintGiven()));
      if (i < count) {
        current = changed(current, change.histogram(), add, start);
      }
    }
  }

  private FloatHistogram changed(
      FloatHistogram current, FloatHistogram change, boolean add, int start) {
    if (current.schema() > change.schema()) {
      throw cursor.failure(
          start,
          "error combining histograms: cannot merge from schema "
              + change.schema()
              + " to "
              + current.schema());
    }
    try {
      return (add ? current.plus(change) : current.minus(change)).result();
    } catch (IncompatibleHistogramsException e) {
      throw cursor.failure(start, String.valueOf(e.getMessage()));
    }
  }
}
