package dev.tocsin.rules.template.format;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.rules.template.parse.Literals;
import dev.tocsin.rules.template.value.GoValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One value written by one directive of a format.
record Operand(Flags flags, int verb) {
  String text(GoValue value) {
    if (verb == 'T') {
      return flags.pad(value.typeName());
    }
    if (verb == 'p') {
      return badVerb(value);
    }
    Optional<String> own = ValueText.ownText(value);
    if (own.isPresent() && "vsxXq".indexOf(verb) >= 0 && !(flags.sharp() && verb == 'v')) {
      return string(value, own.get());
    }
    return switch (value) {
      case GoValue.Nil _ -> verb == 'v' ? flags.pad("<nil>") : "%!" + shownVerb() + "(<nil>)";
      case GoValue.Bool(boolean b) ->
          verb == 'v' || verb == 't' ? flags.pad(Boolean.toString(b)) : badVerb(value);
      case GoValue.Int(long n, _) -> integer(value, n);
      case GoValue.Real(double d) -> floating(value, d);
      case GoValue.Str(String s) -> string(value, s);
      case GoValue.Html(String s) -> string(value, s);
      case GoValue.LabelMap(Labels labels) -> labelMap(labels);
      case GoValue.AnyMap(Map<String, GoValue> entries) -> anyMap(entries);
      case GoValue.Sample(Labels labels, GoValue number) -> "&" + sample(labels, number);
      case GoValue.Samples(List<GoValue.Sample> list) -> samples(list);
      case GoValue.Root root -> struct(root);
      case GoValue.Span(var duration) -> integer(value, duration.nanos());
      case GoValue.Month(int number) -> integer(value, number);
      case GoValue.Weekday(int number) -> integer(value, number);
      case GoValue.Moment _, GoValue.Histogram _ -> badVerb(value);
    };
  }

  private String shownVerb() {
    return Character.toString(verb);
  }

  private String badVerb(GoValue value) {
    String shown = new Operand(flags, 'v').text(value);
    return "%!" + shownVerb() + "(" + value.typeName() + "=" + shown + ")";
  }

  private String integer(GoValue value, long n) {
    return switch (verb) {
      case 'v', 'd' -> digits(n, 10, "");
      case 'b' -> digits(n, 2, flags.sharp() ? "0b" : "");
      case 'o' -> digits(n, 8, flags.sharp() ? "0" : "");
      case 'O' -> digits(n, 8, "0o");
      case 'x' -> digits(n, 16, flags.sharp() ? "0x" : "");
      case 'X' -> digits(n, 16, flags.sharp() ? "0x" : "").toUpperCase(Locale.ROOT);
      case 'c' -> flags.pad(character(n));
      case 'q' -> flags.pad(Literals.quote(character(n), '\'', flags.plus()));
      case 'U' -> flags.pad(String.format(Locale.ROOT, "U+%04X", n));
      default -> badVerb(value);
    };
  }

  private static String character(long n) {
    boolean valid = n >= 0 && n <= Character.MAX_CODE_POINT && (n < 0xd800 || n > 0xdfff);
    return Character.toString(valid ? (int) n : 0xfffd);
  }

  private String digits(long n, int radix, String prefix) {
    String digits = Long.toString(n, radix);
    String size = n < 0 ? digits.substring(1) : digits;
    if (!flags.hasPrecision()) {
      return flags.padNumber(flags.sign(n < 0) + prefix, size);
    }
    // With a precision the zero flag is ignored, and zero of no digits is nothing.
    if (flags.precision() == 0 && n == 0) {
      return flags.withoutZero().pad("");
    }
    String filled = "0".repeat(Math.max(0, flags.precision() - size.length())) + size;
    return flags.withoutZero().padNumber(flags.sign(n < 0) + prefix, filled);
  }

  private String floating(GoValue value, double d) {
    int precision = flags.precision();
    boolean given = flags.hasPrecision();
    String text =
        switch (verb) {
          case 'v', 'g' -> given ? FloatText.general(d, precision) : GoFloat.general(d);
          case 'G' -> given ? FloatText.general(d, precision) : GoFloat.general(d);
          case 'f', 'F' -> FloatText.fixed(d, given ? precision : 6);
          case 'e', 'E' -> FloatText.exponent(d, given ? precision : 6);
          case 'x', 'X' -> FloatText.hexadecimal(d);
          default -> "";
        };
    if (text.isEmpty()) {
      return badVerb(value);
    }
    boolean isUpper = verb == 'G' || verb == 'E' || verb == 'X';
    boolean special = FloatText.isSpecial(d);
    boolean negative = text.startsWith("-");
    String size = negative || text.startsWith("+") ? text.substring(1) : text;
    String cased = isUpper && !special ? size.toUpperCase(Locale.ROOT) : size;
    // Go prints +Inf with its sign where a format has none, but not with %f and friends.
    String sign = flags.sign(negative);
    if (special && d > 0 && sign.isEmpty()) {
      sign = "+";
    }
    return special ? flags.withoutZero().pad(sign + cased) : flags.padNumber(sign, cased);
  }

  private String string(GoValue value, String text) {
    String cut = flags.hasPrecision() ? truncated(text) : text;
    return switch (verb) {
      case 'v' -> flags.pad(flags.sharp() ? Literals.quote(text) : cut);
      case 's' -> flags.pad(cut);
      case 'q' -> flags.pad(Literals.quote(cut, '"', flags.plus()));
      case 'x' -> flags.pad(hex().formatHex(bytes(text)));
      case 'X' -> flags.pad(hex().withUpperCase().formatHex(bytes(text)));
      default -> badVerb(value);
    };
  }

  private String truncated(String text) {
    int points = text.codePointCount(0, text.length());
    return points <= flags.precision()
        ? text
        : text.substring(0, text.offsetByCodePoints(0, flags.precision()));
  }

  private HexFormat hex() {
    return flags.space() ? HexFormat.ofDelimiter(" ") : HexFormat.of();
  }

  private byte[] bytes(String text) {
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    return flags.hasPrecision() && flags.precision() < all.length
        ? java.util.Arrays.copyOf(all, flags.precision())
        : all;
  }

  private String labelMap(Labels labels) {
    List<String> entries = new ArrayList<>();
    labels.forEach(
        (name, label) ->
            entries.add(part(new GoValue.Str(name)) + ":" + part(new GoValue.Str(label))));
    return map("map[string]string", entries);
  }

  private String anyMap(Map<String, GoValue> values) {
    List<String> entries = new ArrayList<>();
    values.forEach((name, value) -> entries.add(part(new GoValue.Str(name)) + ":" + part(value)));
    return map("map[string]interface {}", entries);
  }

  private String map(String type, List<String> entries) {
    boolean isSource = flags.sharp() && verb == 'v';
    return isSource
        ? type + "{" + String.join(", ", entries) + "}"
        : "map[" + String.join(" ", entries) + "]";
  }

  private String sample(Labels labels, GoValue value) {
    return "{" + labelMap(labels) + " " + part(value) + "}";
  }

  /// Go prints the addresses of the elements here; their contents say more.
  private String samples(List<GoValue.Sample> list) {
    List<String> shown = new ArrayList<>();
    list.forEach(element -> shown.add(sample(element.labels(), element.value())));
    return "[" + String.join(" ", shown) + "]";
  }

  private String struct(GoValue.Root root) {
    String url = part(new GoValue.Str(root.externalUrl()));
    String value = part(root.value());
    String maps = labelMap(root.labels()) + " " + labelMap(root.externalLabels());
    return "{" + maps + " " + url + " " + value + "}";
  }

  private String part(GoValue value) {
    return text(value);
  }
}
