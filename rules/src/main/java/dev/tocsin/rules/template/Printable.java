package dev.tocsin.rules.template;

import dev.tocsin.rules.template.format.ValueText;
import dev.tocsin.rules.template.value.GoValue;
import java.util.List;

/// How an action prints its value: as `%v`, but pointers are followed and nothing is `<no value>`.
final class Printable {
  private Printable() {}

  static String text(GoValue value) {
    return switch (value) {
      case GoValue.Nil _ -> "<no value>";
      case GoValue.Str(String text) -> text;
      case GoValue.Sample _ -> ValueText.of(value, Run.TEXT_MAX).substring(1);
      case GoValue.Bool _,
          GoValue.Int _,
          GoValue.Real _,
          GoValue.Html _,
          GoValue.LabelMap _,
          GoValue.AnyMap _,
          GoValue.Samples _,
          GoValue.Root _,
          GoValue.Histogram _,
          GoValue.Moment _,
          GoValue.Span _,
          GoValue.Month _,
          GoValue.Weekday _ ->
          ValueText.of(value, Run.TEXT_MAX);
    };
  }

  /// What the escaping functions make of their arguments before they escape.
  static String joined(List<GoValue> values) {
    if (values.size() == 1 && values.getFirst() instanceof GoValue.Str(String text)) {
      return text;
    }
    List<GoValue> shown =
        values.stream()
            .map(value -> value instanceof GoValue.Nil ? new GoValue.Str(text(value)) : value)
            .toList();
    return ValueText.print(shown, Run.TEXT_MAX);
  }
}
