package dev.tocsin.rules.template;

import dev.tocsin.rules.template.value.GoValue;
import dev.tocsin.rules.template.value.IntType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// `index`, `slice` and `len`. Strings count in bytes of UTF-8, as in Go.
final class Indexing {
  private Indexing() {}

  static GoValue index(List<GoValue> given) {
    GoValue item = given.getFirst();
    if (item instanceof GoValue.Nil) {
      throw new CallFailure("index of untyped nil");
    }
    for (GoValue index : given.subList(1, given.size())) {
      item = element(item, index);
    }
    return item;
  }

  private static GoValue element(GoValue item, GoValue index) {
    return switch (item) {
      case GoValue.LabelMap(var labels) -> new GoValue.Str(labels.get(key(index)));
      case GoValue.AnyMap(var entries) -> entries.getOrDefault(key(index), new GoValue.Nil());
      case GoValue.Samples(var list) -> list.get(position(index, list.size() - 1));
      case GoValue.Str(String text) -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        yield new GoValue.Int(bytes[position(index, bytes.length - 1)] & 0xff, IntType.UINT8);
      }
      case GoValue.Nil _ -> throw new CallFailure("index of nil pointer");
      case GoValue.Bool _,
          GoValue.Int _,
          GoValue.Real _,
          GoValue.Html _,
          GoValue.Sample _,
          GoValue.Root _,
          GoValue.Histogram _,
          GoValue.Moment _,
          GoValue.Span _,
          GoValue.Month _,
          GoValue.Weekday _ ->
          throw new CallFailure("can't index item of type " + item.typeName());
    };
  }

  private static String key(GoValue index) {
    if (index instanceof GoValue.Str(String text)) {
      return text;
    }
    throw new CallFailure(
        index instanceof GoValue.Nil
            ? "value is nil; should be of type string"
            : "value has type " + index.typeName() + "; should be string");
  }

  private static int position(GoValue index, int last) {
    if (!(index instanceof GoValue.Int(long n, _))) {
      throw new CallFailure(
          index instanceof GoValue.Nil
              ? "cannot index slice/array with nil"
              : "cannot index slice/array with type " + index.typeName());
    }
    if (n < 0 || n > last) {
      throw new CallFailure("index out of range: " + n);
    }
    return (int) n;
  }

  static GoValue slice(List<GoValue> given) {
    GoValue item = given.getFirst();
    List<GoValue> bounds = given.subList(1, given.size());
    if (item instanceof GoValue.Nil) {
      throw new CallFailure("slice of untyped nil");
    }
    if (bounds.size() > 3) {
      throw new CallFailure("too many slice indexes: " + bounds.size());
    }
    return switch (item) {
      case GoValue.Str(String text) -> {
        if (bounds.size() == 3) {
          throw new CallFailure("cannot 3-index slice a string");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] range = range(bounds, bytes.length);
        byte[] part = Arrays.copyOfRange(bytes, range[0], range[1]);
        yield new GoValue.Str(new String(part, StandardCharsets.UTF_8));
      }
      case GoValue.Samples(var list) -> {
        int[] range = range(bounds, list.size());
        yield new GoValue.Samples(list.subList(range[0], range[1]));
      }
      case GoValue.Nil _,
          GoValue.Bool _,
          GoValue.Int _,
          GoValue.Real _,
          GoValue.Html _,
          GoValue.LabelMap _,
          GoValue.AnyMap _,
          GoValue.Sample _,
          GoValue.Root _,
          GoValue.Histogram _,
          GoValue.Moment _,
          GoValue.Span _,
          GoValue.Month _,
          GoValue.Weekday _ ->
          throw new CallFailure("can't slice item of type " + item.typeName());
    };
  }

  private static int[] range(List<GoValue> bounds, int length) {
    int[] at = {0, length, length};
    for (int i = 0; i < bounds.size(); i++) {
      at[i] = position(bounds.get(i), length);
    }
    for (int i = 0; i < 2; i++) {
      if (at[i] > at[i + 1]) {
        throw new CallFailure("invalid slice index: " + at[i] + " > " + at[i + 1]);
      }
    }
    return at;
  }

  static GoValue length(GoValue item) {
    return switch (item) {
      case GoValue.Str(String text) -> GoValue.Int.of(utf8Length(text));
      case GoValue.Html(String text) -> GoValue.Int.of(utf8Length(text));
      case GoValue.LabelMap(var labels) -> GoValue.Int.of(labels.size());
      case GoValue.AnyMap(var entries) -> GoValue.Int.of(entries.size());
      case GoValue.Samples(var list) -> GoValue.Int.of(list.size());
      case GoValue.Nil _ -> throw new CallFailure("len of nil pointer");
      case GoValue.Bool _,
          GoValue.Int _,
          GoValue.Real _,
          GoValue.Sample _,
          GoValue.Root _,
          GoValue.Histogram _,
          GoValue.Moment _,
          GoValue.Span _,
          GoValue.Month _,
          GoValue.Weekday _ ->
          throw new CallFailure("len of type " + item.typeName());
    };
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
