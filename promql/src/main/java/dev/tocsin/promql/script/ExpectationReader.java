package dev.tocsin.promql.script;

import com.google.re2j.PatternSyntaxException;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.series.SeriesDescription;
import dev.tocsin.promql.series.SeriesValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Collects what the lines below an evaluation say.
final class ExpectationReader {
  private static final Set<String> KINDS =
      Set.of("ordered", "fail", "warn", "no_warn", "info", "no_info");
  private static final Pattern EXPECT =
      Pattern.compile("expect\\s+([a-z_]+)(?:\\s+(regex|msg):\\s*(\\S.*))?");
  private static final Pattern RANGE =
      Pattern.compile("expect range vector\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)");
  private static final String RANGE_PREFIX = "expect range vector";
  private static final String STRING_PREFIX = "expect string";
  private static final String FAIL_MESSAGE = "expected_fail_message";
  private static final String FAIL_REGEX = "expected_fail_regexp";

  private final boolean instant;
  private final boolean someWarning;
  private final boolean someInfo;
  private boolean ordered;
  private boolean fails;
  private boolean noWarning;
  private boolean noInfo;
  private int failLines;
  private final List<TextPattern> failures = new ArrayList<>();
  private final List<TextPattern> warnings = new ArrayList<>();
  private final List<TextPattern> infos = new ArrayList<>();
  private @Nullable Double scalar;
  private @Nullable String string;
  private Command.When.@Nullable Range range;
  private final Map<Labels, Expectation.Series> series = new LinkedHashMap<>();
  private int places;

  /// @param mode the word behind `eval_`; empty where there is none
  ExpectationReader(Command.When when, String mode) {
    instant = when instanceof Command.When.Instant;
    someWarning = mode.equals("warn");
    someInfo = mode.equals("info");
    ordered = mode.equals("ordered");
    fails = mode.equals("fail");
  }

  Expectation expectation() {
    return new Expectation(
        ordered,
        fails,
        failures,
        new Expectation.Notes(someWarning, noWarning, warnings),
        new Expectation.Notes(someInfo, noInfo, infos),
        scalar,
        string,
        series,
        range);
  }

  /// Returns false where no line can follow.
  boolean read(ScriptLine line) {
    String text = line.text();
    if (fails && text.startsWith(FAIL_MESSAGE)) {
      failures.add(TextPattern.exactly(text.substring(FAIL_MESSAGE.length()).strip()));
      return false;
    }
    if (fails && text.startsWith(FAIL_REGEX)) {
      failures.add(regex(line, text.substring(FAIL_REGEX.length()).strip()));
      return false;
    }
    if (text.startsWith(RANGE_PREFIX)) {
      range = rangeVector(line);
    } else if (text.startsWith(STRING_PREFIX)) {
      string = string(line);
    } else if (text.equals("expect") || text.startsWith("expect ")) {
      expect(line);
    } else {
      return value(line);
    }
    return true;
  }

  private static Command.When.Range rangeVector(ScriptLine line) {
    Matcher matcher = RANGE.matcher(line.text());
    if (!matcher.matches()) {
      throw line.failure(0, "this is written as expect range vector from TIME to TIME step TIME");
    }
    return EvalReader.range(line, matcher, 1);
  }

  private static String string(ScriptLine line) {
    String literal = line.text().substring(STRING_PREFIX.length()).strip();
    try {
      if (PromqlParser.parse(literal) instanceof Expr.StringLiteral(String value, _)) {
        return value;
      }
    } catch (ParseException _) {
      // Said below.
    }
    throw line.failure(STRING_PREFIX.length(), "expected a string in quotes");
  }

  private void expect(ScriptLine line) {
    Matcher matcher = EXPECT.matcher(line.text());
    if (!matcher.matches() || !KINDS.contains(matcher.group(1))) {
      throw line.failure(
          0,
          "this is written as expect KIND, expect KIND msg: TEXT or expect KIND regex: TEXT, where"
              + " KIND is ordered, fail, warn, no_warn, info or no_info");
    }
    TextPattern pattern = TextPattern.ANY;
    if (matcher.group(2) != null) {
      String wanted = matcher.group(3);
      pattern = matcher.group(2).equals("msg") ? TextPattern.exactly(wanted) : regex(line, wanted);
    }
    switch (matcher.group(1)) {
      case "ordered" -> ordered = true;
      case "fail" -> {
        fails = true;
        failLines++;
        failures.add(pattern);
      }
      case "warn" -> warnings.add(pattern);
      case "info" -> infos.add(pattern);
      case "no_warn" -> noWarning = true;
      default -> noInfo = true;
    }
    checkTogether(line);
  }

  private void checkTogether(ScriptLine line) {
    if (noInfo && !infos.isEmpty()) {
      throw line.failure(0, "info and no_info contradict each other");
    }
    if (noWarning && !warnings.isEmpty()) {
      throw line.failure(0, "warn and no_warn contradict each other");
    }
    if (failLines > 1) {
      throw line.failure(0, "there can be one failure only");
    }
  }

  private static TextPattern regex(ScriptLine line, String pattern) {
    try {
      return TextPattern.regex(pattern);
    } catch (PatternSyntaxException e) {
      throw line.failure(line.text().indexOf(pattern), String.valueOf(e.getMessage()));
    }
  }

  /// A number is the scalar expected, and nothing follows it; anything else is a series.
  private boolean value(ScriptLine line) {
    Double number = GoNumber.parse(line.text());
    if (number != null) {
      scalar = number;
      return false;
    }
    SeriesDescription description = line.series();
    List<SeriesValue> values = description.values();
    if (instant && range == null && values.size() != 1) {
      throw line.failure(
          0,
          "an instant query gives one value for each series; several are written below a line"
              + " expect range vector from TIME to TIME step TIME");
    }
    scalar = null;
    series.put(description.labels(), new Expectation.Series(places++, values));
    return true;
  }
}
