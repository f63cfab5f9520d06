package dev.tocsin.promql.parse;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.text.PromDuration;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The spelling of numbers and durations: `1_000`, `0x1F`, `0755` (octal), `1.5e-3`, `Inf`,
/// `1h30m`.
final class NumberText {
  private static final String DECIMAL = "0123456789";
  private static final String HEX = "0123456789abcdefABCDEF";

  // No groups repeat: they would recurse, and texts are long at times.
  private static final Pattern INTEGER = Pattern.compile("0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*");
  private static final Pattern FLOAT =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern LOOSE_UNDERSCORE =
      Pattern.compile("(?<![0-9a-fA-FxX])_|_(?![0-9a-fA-F])");

  /// Characters of an integer worth looking at; a longer one is beyond 64 bits.
  private static final int INTEGER_MAX = 100;

  private static final List<String> UNITS = List.of("y", "w", "d", "h", "m", "s", "ms");

  /// Of an unsigned number of 64 bits.
  private static final int DIGITS_MAX = 20;

  private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![0-9])0++(?=[0-9])");

  static final String OUT_OF_RANGE = "duration out of range";

  private NumberText() {}

  /// Passes a number or a duration of which the first character is already passed.
  static TokenKind pass(Cursor cursor, int first) {
    if (passNumber(cursor, first)) {
      return TokenKind.NUMBER;
    }
    if (passUnits(cursor)) {
      return TokenKind.DURATION;
    }
    throw cursor.failure(
        ParseErrorKind.MALFORMED_NUMBER,
        "bad number or duration syntax: " + LabelNames.quote(cursor.taken()));
  }

  /// Whether all of the word is a number, at least at first sight: as Prometheus looks, down to the
  /// slip that the point of `0.` or of a leading `.` is not counted.
  private static boolean passNumber(Cursor cursor, int first) {
    boolean hex = first == '0' && cursor.acceptAny("xX");
    String digits = hex ? HEX : DECIMAL;
    if (hex) {
      cursor.accept('_');
    }
    if (first == '0') {
      cursor.accept('.');
    }
    if (first == '0' || first == '.') {
      cursor.acceptAny(digits);
    }
    boolean dotSeen = false;
    boolean exponentSeen = false;
    while (true) {
      if (cursor.accept('.')) {
        if (dotSeen || cursor.acceptAny("_.") || hex) {
          return false;
        }
        dotSeen = true;
      } else if (cursor.acceptAny("eE")) {
        if (exponentSeen) {
          return false;
        }
        exponentSeen = true;
        cursor.acceptAny("+-");
        if (isCutOff(cursor)) {
          return false;
        }
      } else if (cursor.accept('_')) {
        if (isCutOff(cursor)) {
          return false;
        }
      } else if (!passDigits(cursor, digits)) {
        return !Cursor.isWord(cursor.peek());
      }
    }
  }

  private static boolean passDigits(Cursor cursor, String digits) {
    boolean any = cursor.acceptAny(digits);
    while (cursor.acceptAny(digits)) {
      // All of them.
    }
    return any;
  }

  private static boolean isCutOff(Cursor cursor) {
    return cursor.acceptAny("._eE") || cursor.peek() == Cursor.END;
  }

  /// The rest of a duration, its first digits being passed.
  private static boolean passUnits(Cursor cursor) {
    String units = "smhdwy";
    do {
      if (!cursor.acceptAny(units)) {
        return false;
      }
      cursor.accept('s');
      // A year can only come first.
      units = "smhdw";
      if (!cursor.isAny(DECIMAL)) {
        break;
      }
      passDigits(cursor, DECIMAL);
    } while (true);
    if (Cursor.isWord(cursor.peek())) {
      cursor.next();
      return false;
    }
    return true;
  }

  /// The value, or null where the text is no number after all; infinite where it is too large.
  static @Nullable Double value(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "nan" -> {
        return Double.NaN;
      }
      default -> {}
    }
    if (LOOSE_UNDERSCORE.matcher(text).find()) {
      return null;
    }
    String digits = text.replace("_", "");
    if (digits.length() <= INTEGER_MAX && INTEGER.matcher(digits).matches()) {
      Double integer = integer(digits);
      if (integer != null) {
        return integer;
      }
    }
    return FLOAT.matcher(digits).matches() ? Double.valueOf(digits) : null;
  }

  /// Null where it is beyond 64 bits.
  private static @Nullable Double integer(String text) {
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    int radix = hex ? 16 : text.startsWith("0") ? 8 : 10;
    BigInteger whole = new BigInteger(hex ? text.substring(2) : text, radix);
    return whole.bitLength() < Long.SIZE ? (double) whole.longValue() : null;
  }

  /// What Prometheus says of a number that has no value.
  static String problem(String text, @Nullable Double value) {
    String why = value == null ? "invalid syntax" : "value out of range";
    return "error parsing number: strconv.ParseFloat: parsing "
        + LabelNames.quote(text)
        + ": "
        + why;
  }

  /// The milliseconds of a duration, or empty where it is none after all.
  static OptionalLong duration(String text) {
    boolean zeros = text.length() > DIGITS_MAX;
    return PromDuration.parse(zeros ? LEADING_ZEROS.matcher(text).replaceAll("") : text);
  }

  /// What Prometheus says of a text that is no duration: of the first thing wrong.
  static String durationProblem(String text) {
    String quoted = LabelNames.quote(text);
    String invalid = "not a valid duration string: " + quoted;
    int before = -1;
    int at = 0;
    while (at < text.length()) {
      int unitAt = endOfDigits(text, at);
      int end = unitAt;
      while (end < text.length() && !Cursor.isDigit(text.charAt(end))) {
        end++;
      }
      String number = LEADING_ZEROS.matcher(text.substring(at, unitAt)).replaceAll("");
      String unit = text.substring(unitAt, end);
      boolean read = !number.isEmpty() && number.length() <= DIGITS_MAX && !unit.isEmpty();
      if (!read || new BigInteger(number).bitLength() > Long.SIZE) {
        return invalid;
      }
      int position = UNITS.indexOf(unit);
      if (position < 0) {
        return "unknown unit " + LabelNames.quote(unit) + " in duration " + quoted;
      }
      if (position <= before) {
        return invalid;
      }
      if (PromDuration.parse(number + unit).isEmpty()) {
        return OUT_OF_RANGE;
      }
      before = position;
      at = end;
    }
    return OUT_OF_RANGE;
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && Cursor.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
