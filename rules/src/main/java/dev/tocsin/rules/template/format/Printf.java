package dev.tocsin.rules.template.format;

import dev.tocsin.rules.template.value.GoValue;
import java.util.List;

/// Go's `fmt.Sprintf`. A verb that does not fit its operand is no error: it prints as
/// `%!d(float64=1)`. Reads the format; [Operand] writes the values.
public final class Printf {
  /// Widths and precisions beyond it are not taken, as in Go.
  private static final int NUMBER_MAX = 1_000_000;

  private final int maxChars;
  private BoundedText out;
  private String format = "";
  private List<GoValue> values = List.of();
  private int at;
  private int argument;
  private boolean reordered;
  private boolean goodIndex;

  /// Whether an index was the last thing read; a number or another index must not follow.
  private boolean afterIndex;

  public Printf(int maxChars) {
    this.maxChars = maxChars;
    this.out = new BoundedText(maxChars);
  }

  /// @throws TooLargeException where the text would pass the limit
  public String format(String newFormat, List<GoValue> newValues) {
    out = new BoundedText(maxChars);
    format = newFormat;
    values = newValues;
    at = 0;
    argument = 0;
    reordered = false;
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      int end = percent < 0 ? format.length() : percent;
      out.append(format.substring(at, end));
      at = end;
      if (percent >= 0) {
        at++;
        directive();
      }
    }
    if (!reordered && argument < values.size()) {
      extra();
    }
    return out.toString();
  }

  private void directive() {
    goodIndex = true;
    boolean plus = false;
    boolean minus = false;
    boolean sharp = false;
    boolean space = false;
    boolean zero = false;
    while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) {
      char flag = format.charAt(at++);
      plus |= flag == '+';
      minus |= flag == '-';
      sharp |= flag == '#';
      space |= flag == ' ';
      zero |= flag == '0';
    }
    afterIndex = index();
    int width = -1;
    if (peek() == '*') {
      at++;
      Integer star = star("%!(BADWIDTH)", true);
      width = star == null ? -1 : Math.abs(star);
      minus |= star != null && star < 0;
      afterIndex = false;
    } else {
      width = number();
      goodIndex &= !(afterIndex && width >= 0);
    }
    int precision = precision();
    if (!afterIndex) {
      index();
    }
    verb(new Flags(plus, minus, sharp, space, zero && !minus, width, precision));
  }

  private int precision() {
    if (peek() != '.') {
      return -1;
    }
    at++;
    goodIndex &= !afterIndex;
    afterIndex = index();
    if (peek() == '*') {
      at++;
      afterIndex = false;
      Integer star = star("%!(BADPREC)", false);
      return star == null ? -1 : star;
    }
    return Math.max(0, number());
  }

  private void verb(Flags flags) {
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    String shown = Character.toString(verb);
    if (verb == '%') {
      out.append('%');
    } else if (!goodIndex) {
      out.append("%!" + shown + "(BADINDEX)");
    } else if (argument >= values.size()) {
      out.append("%!" + shown + "(MISSING)");
    } else {
      out.append(new Operand(flags, verb).text(values.get(argument++)));
    }
  }

  private void extra() {
    out.append("%!(EXTRA ");
    for (int i = argument; i < values.size(); i++) {
      GoValue value = values.get(i);
      out.append(i == argument ? "" : ", ").append(value.typeName());
      if (!(value instanceof GoValue.Nil)) {
        out.append("=").append(new Operand(Flags.NONE, 'v').text(value));
      }
    }
    out.append(")");
  }

  /// `[3]`: the next operand is the third. Whether there was one.
  private boolean index() {
    if (peek() != '[') {
      return false;
    }
    reordered = true;
    int end = format.indexOf(']', at);
    String digits = end < 0 ? "" : format.substring(at + 1, end);
    boolean isNumber = digits.matches("[0-9]{1,7}");
    int number = isNumber ? Integer.parseInt(digits) : 0;
    at = end < 0 ? at + 1 : end + 1;
    if (number < 1 || number > values.size()) {
      goodIndex = false;
      return end >= 0;
    }
    argument = number - 1;
    return true;
  }

  private char peek() {
    return at < format.length() ? format.charAt(at) : 0;
  }

  /// -1 where there is none, or too large a one.
  private int number() {
    int start = at;
    while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
      at++;
    }
    if (start == at || at - start > 7) {
      return -1;
    }
    int number = Integer.parseInt(format.substring(start, at));
    return number > NUMBER_MAX ? -1 : number;
  }

  /// A width or precision taken from the operands; null where that cannot be one.
  private @org.jspecify.annotations.Nullable Integer star(String complaint, boolean mayBeNegative) {
    GoValue value = argument < values.size() ? values.get(argument++) : new GoValue.Nil();
    if (value instanceof GoValue.Int(long n, _)
        && n <= NUMBER_MAX
        && n >= (mayBeNegative ? -NUMBER_MAX : 0)) {
      return (int) n;
    }
    out.append(complaint);
    return null;
  }
}
