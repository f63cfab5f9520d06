package dev.tocsin.rules.template.format;

import dev.tocsin.rules.template.value.GoValue;
import java.util.List;
import java.util.Optional;

/// Values without a format: `print`, `println`, and what an action prints.
public final class ValueText {
  private ValueText() {}

  /// As `%v`.
  public static String of(GoValue value, int maxChars) {
    return new Printf(maxChars).format("%v", List.of(value));
  }

  /// As Go's `fmt.Sprint`: a space between two neighbours that are both no strings.
  public static String print(List<GoValue> values, int maxChars) {
    BoundedText out = new BoundedText(maxChars);
    boolean beforeIsString = true;
    for (GoValue value : values) {
      boolean isString = value instanceof GoValue.Str || value instanceof GoValue.Html;
      if (!isString && !beforeIsString) {
        out.append(' ');
      }
      out.append(of(value, maxChars));
      beforeIsString = isString;
    }
    return out.toString();
  }

  /// As Go's `fmt.Sprintln`: spaces everywhere and a line end.
  public static String println(List<GoValue> values, int maxChars) {
    BoundedText out = new BoundedText(maxChars);
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : " ").append(of(values.get(i), maxChars));
    }
    return out.append('\n').toString();
  }

  /// The text of types that have a `String` method.
  static Optional<String> ownText(GoValue value) {
    return switch (value) {
      case GoValue.Moment(var time) -> Optional.of(time.toString());
      case GoValue.Span(var duration) -> Optional.of(duration.toString());
      case GoValue.Histogram(var histogram) -> Optional.of(histogram.toString());
      case GoValue.Month month -> Optional.of(month.name());
      case GoValue.Weekday day -> Optional.of(day.name());
      case GoValue.Nil _,
          GoValue.Bool _,
          GoValue.Int _,
          GoValue.Real _,
          GoValue.Str _,
          GoValue.Html _,
          GoValue.LabelMap _,
          GoValue.AnyMap _,
          GoValue.Sample _,
          GoValue.Samples _,
          GoValue.Root _ ->
          Optional.empty();
    };
  }
}
