package dev.tocsin.promql.script;

import dev.tocsin.promql.series.SeriesDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Since when a sample has been counting, as written in a line `metric@st ...`.
///
/// An item is `_` or `_xn` (unknown), a duration with or without a sign, that duration `xn` (it and
/// the same n times more), or `a+bxn` and `a-bxn` with durations a and b.
///
/// @param ms from the sample's own time; means nothing where it is unknown
record StartOffset(boolean known, long ms) {
  private static final StartOffset UNKNOWN = new StartOffset(false, 0);
  private static final String DURATION = "([0-9]+[a-zA-Z&&[^x]]*)";
  private static final Pattern ITEM =
      Pattern.compile("([+-]?)" + DURATION + "(?:([+-])([+-]?)" + DURATION + ")?(?:x([0-9]+))?");
  private static final Pattern UNKNOWNS = Pattern.compile("_(?:x([0-9]+))?");

  /// Digits of a count; more are beyond any limit.
  private static final int COUNT_DIGITS_MAX = 9;

  static List<StartOffset> parse(ScriptLine line, int position) {
    List<StartOffset> offsets = new ArrayList<>();
    int at = position;
    String text = line.text();
    while (at < text.length()) {
      int start = at;
      while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at > start) {
        add(line, start, text.substring(start, at), offsets);
      }
      at++;
    }
    return offsets;
  }

  private static void add(ScriptLine line, int position, String item, List<StartOffset> offsets) {
    Matcher unknowns = UNKNOWNS.matcher(item);
    if (unknowns.matches()) {
      int count = unknowns.group(1) == null ? 1 : count(line, position, unknowns.group(1), offsets);
      if (count == 0) {
        throw line.failure(position, "nothing cannot be repeated no times");
      }
      for (int i = 0; i < count; i++) {
        offsets.add(UNKNOWN);
      }
      return;
    }
    Matcher matcher = ITEM.matcher(item);
    boolean changes = matcher.matches() && matcher.group(3) != null;
    if (!matcher.matches() || (changes && matcher.group(6) == null)) {
      throw line.failure(position, "\"" + item + "\" is no start time: _, -1m, -1mx3 or -1m-30sx3");
    }
    long offset = ms(line, position, matcher.group(1), matcher.group(2));
    long change = 0;
    if (changes) {
      change = ms(line, position, matcher.group(4), matcher.group(5));
      change = matcher.group(3).equals("-") ? -change : change;
    }
    int count = matcher.group(6) == null ? 0 : count(line, position, matcher.group(6), offsets);
    for (int i = 0; i <= count; i++) {
      offsets.add(new StartOffset(true, offset));
      offset += change;
    }
  }

  private static long ms(ScriptLine line, int position, String sign, String duration) {
    long ms = line.durationMs(duration, position, "how long before or after its sample");
    return sign.equals("-") ? -ms : ms;
  }

  private static int count(
      ScriptLine line, int position, String digits, List<StartOffset> offsets) {
    int max = SeriesDescription.VALUES_MAX;
    if (digits.length() > COUNT_DIGITS_MAX || Integer.parseInt(digits) >= max - offsets.size()) {
      throw line.failure(position, "a series may have " + max + " values at most");
    }
    return Integer.parseInt(digits);
  }
}
