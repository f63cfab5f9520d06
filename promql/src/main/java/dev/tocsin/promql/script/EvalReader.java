package dev.tocsin.promql.script;

import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.ParseOptions;
import dev.tocsin.promql.parse.PromqlParser;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `eval instant at TIME QUERY` or `eval range from TIME to TIME step TIME QUERY` and what is
/// expected of it in the lines below.
final class EvalReader {
  private static final Pattern INSTANT =
      Pattern.compile("eval(?:_(fail|warn|ordered|info))?\\s+instant\\s+at\\s+(\\S+)\\s+(.+)");
  private static final Pattern RANGE =
      Pattern.compile(
          "eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)"
              + "\\s+step\\s+(\\S+)\\s+(.+)");

  private final ScriptLine line;
  private final Lines lines;

  EvalReader(ScriptLine line, Lines lines) {
    this.line = line;
    this.lines = lines;
  }

  Command.Evaluate read() {
    Matcher range = RANGE.matcher(line.text());
    if (range.matches()) {
      Command.When when = range(line, range, 2);
      return evaluate(range.group(1), when, range.group(5), range.start(5));
    }
    Matcher instant = INSTANT.matcher(line.text());
    if (instant.matches()) {
      long timeMs = line.durationMs(instant.group(2), instant.start(2), "the time to evaluate at");
      Command.When when = new Command.When.Instant(timeMs);
      return evaluate(instant.group(1), when, instant.group(3), instant.start(3));
    }
    throw line.failure(
        0,
        "this command is written as eval instant at TIME QUERY, or as eval range from TIME to TIME"
            + " step TIME QUERY");
  }

  /// Of three groups from the first on: from, to and step.
  static Command.When.Range range(ScriptLine line, Matcher matcher, int first) {
    long startMs = time(line, matcher, first, "the start");
    long endMs = time(line, matcher, first + 1, "the end");
    long stepMs = time(line, matcher, first + 2, "the step");
    if (endMs < startMs) {
      throw line.failure(matcher.start(first + 1), "the end is before the start");
    }
    if (stepMs == 0 && endMs > startMs) {
      throw line.failure(matcher.start(first + 2), "a step must be longer than nothing");
    }
    return new Command.When.Range(startMs, endMs, stepMs);
  }

  private static long time(ScriptLine line, Matcher matcher, int group, String what) {
    return line.durationMs(matcher.group(group), matcher.start(group), what);
  }

  private Command.Evaluate evaluate(
      @Nullable String mode, Command.When when, String query, int position) {
    Expr expr = parsed(query, position);
    ExpectationReader expected = new ExpectationReader(when, mode == null ? "" : mode);
    while (lines.goesOn()) {
      if (!expected.read(lines.next())) {
        break;
      }
    }
    return new Command.Evaluate(line.number(), query, expr, when, expected.expectation());
  }

  private Expr parsed(String query, int position) {
    try {
      return PromqlParser.parse(query, ParseOptions.ALL);
    } catch (ParseException e) {
      throw line.failure(position + e.start(), e.reason());
    }
  }
}
