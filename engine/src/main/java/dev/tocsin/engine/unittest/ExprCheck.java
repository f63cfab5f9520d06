package dev.tocsin.engine.unittest;

import dev.tocsin.engine.unittest.TestFile.ExpectedSample;
import dev.tocsin.engine.unittest.TestFile.ExprCase;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.series.SeriesDescription;
import dev.tocsin.promql.series.SeriesSyntaxException;
import dev.tocsin.promql.series.SeriesValue;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares the result of a query with the one expected.
final class ExprCheck {
  private final Evaluator evaluator;
  private final ParseOptions language;
  private final boolean fuzzy;

  /// @param fuzzy whether the last bit of a value may differ
  ExprCheck(Evaluator evaluator, ParseOptions language, boolean fuzzy) {
    this.evaluator = evaluator;
    this.language = language;
    this.fuzzy = fuzzy;
  }

  /// A query that has no result to compare with; the message says why.
  private static final class NoResult extends Exception {
    private static final long serialVersionUID = 1L;

    NoResult(@Nullable String message) {
      super(message);
    }
  }

  /// @param histogram its notation; empty: a float
  private record Sample(Labels labels, double value, String histogram) {
    @Override
    public String toString() {
      String shown = histogram.isEmpty() ? GoFloat.exponent(value).replace('e', 'E') : histogram;
      return Pairs.of(labels) + " " + shown;
    }
  }

  /// Returns what is wrong, or the empty text.
  ///
  /// @param startMs of the test; Unix milliseconds
  String failure(ExprCase test, long startMs) {
    String head =
        "    expr: "
            + LabelNames.quote(test.expr())
            + ", time: "
            + PromDuration.format(test.atMs())
            + ",";
    try {
      List<Sample> got = got(test.expr(), startMs + test.atMs());
      List<Sample> expected = new ArrayList<>();
      for (ExpectedSample sample : test.samples()) {
        expected.add(expected(sample));
      }
      got.sort(Comparator.comparing(Sample::labels));
      expected.sort(Comparator.comparing(Sample::labels));
      return same(expected, got)
          ? ""
          : head + "\n        exp: " + shown(expected) + "\n        got: " + shown(got);
    } catch (NoResult e) {
      return head + " err: " + e.getMessage();
    }
  }

  private static String shown(List<Sample> samples) {
    return samples.isEmpty()
        ? "nil"
        : samples.stream().map(Sample::toString).collect(Collectors.joining(", "));
  }

  private List<Sample> got(String expr, long timeMs) throws NoResult {
    Value value;
    try {
      value = evaluator.instant(PromqlParser.parse(expr, language), expr, timeMs).value();
    } catch (ParseException | EvalException e) {
      throw new NoResult(e.getMessage());
    }
    List<Sample> samples = new ArrayList<>();
    switch (value) {
      case Value.Scalar scalar -> samples.add(new Sample(Labels.empty(), scalar.value(), ""));
      case Value.Vector vector -> vector.elements().forEach(one -> samples.add(sample(one)));
      case Value.Text _, Value.Matrix _ ->
          throw new NoResult("rule result is not a vector or scalar");
    }
    return samples;
  }

  private static Sample sample(Value.Element element) {
    FloatHistogram histogram = element.histogram();
    return histogram == null
        ? new Sample(element.labels(), element.value(), "")
        : new Sample(element.labels(), 0, histogram.notation());
  }

  private static Sample expected(ExpectedSample sample) throws NoResult {
    try {
      Labels labels = labels(sample.labels());
      String histogram = sample.histogram().isEmpty() ? "" : histogram(sample.histogram());
      return new Sample(labels, sample.value(), histogram);
    } catch (SeriesSyntaxException e) {
      String reason = "labels " + LabelNames.quote(sample.labels()) + ": ";
      throw new NoResult(reason + "1:" + e.column() + ": parse error: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      String reason = "labels " + LabelNames.quote(sample.labels()) + ": ";
      throw new NoResult(reason + e.getMessage());
    }
  }

  private static Labels labels(String text) {
    if (text.isBlank()) {
      return Labels.empty();
    }
    SeriesDescription described = SeriesDescription.parse(text.strip());
    if (!described.values().isEmpty()) {
      throw new IllegalArgumentException("values behind the labels");
    }
    return described.labels();
  }

  private static String histogram(String text) {
    List<SeriesValue> values = SeriesDescription.parse("{} " + text.strip()).values();
    if (values.size() != 1) {
      throw new IllegalArgumentException("expected 1 value, got " + values.size());
    }
    if (!(values.getFirst() instanceof SeriesValue.Histogram(FloatHistogram histogram, _))) {
      throw new IllegalArgumentException("expected histogram, got \"" + text + "\"");
    }
    return histogram.notation();
  }

  private boolean same(List<Sample> expected, List<Sample> got) {
    if (expected.size() != got.size()) {
      return false;
    }
    for (int i = 0; i < got.size(); i++) {
      Sample a = expected.get(i);
      Sample b = got.get(i);
      boolean alike = a.labels().equals(b.labels()) && a.histogram().equals(b.histogram());
      if (!alike || !same(a.value(), b.value())) {
        return false;
      }
    }
    return true;
  }

  /// No NaN is the same as another, as with promtool.
  private boolean same(double a, double b) {
    return a == b || (fuzzy && (Math.nextDown(a) == b || Math.nextUp(a) == b));
  }
}
