package dev.tocsin.rules.template.value;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of the template language. Each variant is one Go type; Go's rules of what may be
/// compared, printed or ranged over go by that type.
public sealed interface GoValue {
  /// No value at all: what is missing from a map of anything, or the literal `nil`. Printed as `<no
  /// value>` by an action and as `<nil>` by `printf`.
  record Nil() implements GoValue {}

  record Bool(boolean value) implements GoValue {}

  /// `int`, and the few other integer types that methods and indexing bring in.
  record Int(long value, IntType type) implements GoValue {
    public static Int of(long value) {
      return new Int(value, IntType.INT);
    }
  }

  /// `float64`.
  record Real(double value) implements GoValue {}

  record Str(String value) implements GoValue {}

  /// Text that HTML templates would not escape (`safeHtml`); a string in every other respect.
  record Html(String value) implements GoValue {}

  /// `map[string]string`: a missing key reads as the empty string.
  record LabelMap(Labels labels) implements GoValue {}

  /// `map[string]interface {}`, made by `args`; sorted by key. A missing key reads as [Nil].
  record AnyMap(Map<String, GoValue> entries) implements GoValue {}

  /// An element of a query's result, with `.Labels` and `.Value`.
  record Sample(Labels labels, GoValue value) implements GoValue {}

  /// What `query` gives.
  record Samples(List<Sample> list) implements GoValue {}

  /// What the first dot of a template is: `.Labels`, `.ExternalLabels`, `.ExternalURL`, `.Value`.
  record Root(Labels labels, Labels externalLabels, String externalUrl, GoValue value)
      implements GoValue {}

  /// `*histogram.FloatHistogram`: what `.Value` is where the element is a native histogram.
  record Histogram(FloatHistogram histogram) implements GoValue {}

  /// A value of an expression: the histogram where there is one.
  static GoValue of(double value, @Nullable FloatHistogram histogram) {
    return histogram == null ? new Real(value) : new Histogram(histogram);
  }

  /// `*time.Time`, always in UTC.
  record Moment(GoTime time) implements GoValue {}

  /// `*time.Duration`.
  record Span(GoDuration duration) implements GoValue {}

  /// `time.Month`, from 1.
  record Month(int number) implements GoValue {
    public String name() {
      return TimeLayout.monthName(number);
    }
  }

  /// `time.Weekday`, Sunday is 0.
  record Weekday(int number) implements GoValue {
    public String name() {
      return TimeLayout.DAYS.get(Math.floorMod(number, 7));
    }
  }

  /// Go's name of the type, as it appears in error messages and in `%T`.
  default String typeName() {
    return switch (this) {
      case Nil() -> "<nil>";
      case Bool _ -> "bool";
      case Int i -> i.type().goName();
      case Real _ -> "float64";
      case Str _ -> "string";
      case Html _ -> "template.HTML";
      case LabelMap _ -> "map[string]string";
      case AnyMap _ -> "map[string]interface {}";
      case Sample _ -> "*template.sample";
      case Samples _ -> "template.queryResult";
      case Root _ ->
          "struct { Labels map[string]string; ExternalLabels map[string]string;"
              + " ExternalURL string; Value interface {} }";
      case Moment _ -> "*time.Time";
      case Span _ -> "*time.Duration";
      case Histogram _ -> "*histogram.FloatHistogram";
      case Month _ -> "time.Month";
      case Weekday _ -> "time.Weekday";
    };
  }

  /// Whether `if`, `with`, `and`, `or` and `not` take it as true: not zero, not empty.
  default boolean isTrue() {
    return switch (this) {
      case Nil() -> false;
      case Bool(boolean value) -> value;
      case Int i -> i.value() != 0;
      case Real(double value) -> value != 0;
      case Str(String value) -> !value.isEmpty();
      case Html(String value) -> !value.isEmpty();
      case LabelMap(Labels labels) -> !labels.isEmpty();
      case AnyMap(Map<String, GoValue> entries) -> !entries.isEmpty();
      case Samples(List<Sample> list) -> !list.isEmpty();
      case Weekday(int number) -> number != 0;
      case Month(int number) -> number != 0;
      // Pointers and structs, which are never nil here.
      case Sample _, Root _, Histogram _, Moment _, Span _ -> true;
    };
  }
}
