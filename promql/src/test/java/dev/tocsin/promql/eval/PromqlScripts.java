package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.ast.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs a script in the language of Prometheus's promqltest. An evaluation that meets native
/// histograms or start timestamps is not for us and skipped.
final class PromqlScripts {
  private static final Pattern INSTANT =
      Pattern.compile("eval(?:_(fail|warn|ordered|info))?\\s+instant\\s+(?:at\\s+(\\S+))?\\s+(.+)");
  private static final Pattern RANGE =
      Pattern.compile(
          "eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)\\s+(.+)");
  private static final Pattern EXPECT =
      Pattern.compile(
          "expect\\s+(ordered|fail|warn|no_warn|info|no_info)(?:\\s+(regex|msg):(.+))?");
  private static final Pattern EXPECT_RANGE =
      Pattern.compile("expect range vector\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)");

  private final Function<String, Expr> parser;
  private final EvalOptions options;
  private final MemorySource source = new MemorySource();

  /// Series with samples that we have no model of.
  private final Set<Labels> foreign = new HashSet<>();

  private final List<String> failures = new ArrayList<>();
  private int passed;
  private int skipped;

  PromqlScripts(Function<String, Expr> parser, boolean delayedNameRemoval) {
    this.parser = parser;
    this.options = EvalOptions.DEFAULT.withDelayedNameRemoval(delayedNameRemoval);
  }

  int passed() {
    return passed;
  }

  int skipped() {
    return skipped;
  }

  List<String> failures() {
    return failures;
  }

  void run(String script) {
    List<String> lines = new ArrayList<>();
    for (String line : script.split("\n", -1)) {
      String stripped = line.strip();
      lines.add(stripped.startsWith("#") ? "" : stripped);
    }
    int i = 0;
    while (i < lines.size()) {
      String line = lines.get(i);
      if (line.isEmpty()) {
        i++;
        continue;
      }
      int end = i + 1;
      while (end < lines.size() && !lines.get(end).isEmpty()) {
        end++;
      }
      List<String> body = lines.subList(i + 1, end);
      if (line.equals("clear")) {
        source.clear();
        foreign.clear();
        end = i + 1;
      } else if (line.startsWith("load")) {
        load(line, body);
      } else {
        evaluate(i + 1, line, body);
      }
      i = end;
    }
  }

  private static long ms(String duration) {
    boolean minus = duration.startsWith("-");
    return (minus ? -1 : 1)
        * PromDuration.parse(minus ? duration.substring(1) : duration).orElseThrow();
  }

  private void load(String line, List<String> body) {
    String[] words = line.split("\\s+");
    long stepMs = ms(words[1]);
    boolean custom = words[0].equals("load_with_nhcb");
    for (String series : body) {
      if (series.split("[ \t]")[0].endsWith("@st")) {
        String metric = series.substring(0, series.indexOf("@st"));
        foreign.add(SeriesNotation.parse(metric).labels());
        continue;
      }
      SeriesNotation notation = SeriesNotation.parse(series);
      if (notation.histograms()) {
        foreign.add(notation.labels());
      }
      if (custom) {
        customHistogramOf(notation.labels());
      }
      for (int i = 0; i < notation.values().size(); i++) {
        Double value = notation.values().get(i);
        if (value != null) {
          source.add(notation.labels(), i * stepMs, value);
        }
      }
    }
  }

  /// Where Prometheus would make a native histogram with custom buckets of a classic one.
  private void customHistogramOf(Labels labels) {
    String base = labels.metricName().replaceFirst("_(bucket|count|sum)$", "");
    if (!base.equals(labels.metricName())) {
      foreign.add(labels.toBuilder().set(Labels.METRIC_NAME, base).remove("le").build());
    }
  }

  /// An evaluation as written.
  private static final class Case {
    private final int line;
    private final String text;
    private boolean range;
    private long startMs;
    private long endMs;
    private long stepMs;
    private boolean fails;
    private boolean warns;
    private boolean informs;
    private boolean ordered;
    private boolean rangeVector;
    private boolean histograms;
    private @Nullable String failText;
    private @Nullable Pattern failPattern;
    private @Nullable Double scalar;
    private @Nullable String string;
    private final Map<String, List<Pattern>> notes = new LinkedHashMap<>();
    private final Map<Labels, SeriesNotation> series = new LinkedHashMap<>();

    Case(int line, String text) {
      this.line = line;
      this.text = text;
    }
  }

  private void evaluate(int lineNumber, String line, List<String> body) {
    Matcher instant = INSTANT.matcher(line);
    Matcher range = RANGE.matcher(line);
    Case test;
    String mode;
    if (range.matches()) {
      test = new Case(lineNumber, range.group(5));
      test.range = true;
      test.startMs = ms(range.group(2));
      test.endMs = ms(range.group(3));
      test.stepMs = ms(range.group(4));
      mode = range.group(1);
    } else if (instant.matches()) {
      test = new Case(lineNumber, instant.group(3));
      test.startMs = instant.group(2) == null ? 0 : ms(instant.group(2));
      test.endMs = test.startMs;
      mode = instant.group(1);
    } else {
      throw new IllegalArgumentException("line " + lineNumber + ": " + line);
    }
    test.fails = "fail".equals(mode);
    test.warns = "warn".equals(mode);
    test.informs = "info".equals(mode);
    test.ordered = "ordered".equals(mode);
    for (String expectation : body) {
      expect(test, expectation);
    }
    run(test);
  }

  private static void expect(Case test, String line) {
    Matcher rangeVector = EXPECT_RANGE.matcher(line);
    Matcher expect = EXPECT.matcher(line);
    if (rangeVector.matches()) {
      test.rangeVector = true;
      test.startMs = ms(rangeVector.group(1));
      test.endMs = ms(rangeVector.group(2));
      test.stepMs = ms(rangeVector.group(3));
    } else if (line.startsWith("expect string ")) {
      test.string = unquoted(line.substring("expect string ".length()));
    } else if (expect.matches()) {
      expectNote(test, expect);
    } else if (test.fails && line.startsWith("expected_fail_message")) {
      test.failText = line.substring("expected_fail_message".length()).strip();
    } else if (test.fails && line.startsWith("expected_fail_regexp")) {
      test.failPattern = Pattern.compile(line.substring("expected_fail_regexp".length()).strip());
    } else if (SeriesNotation.number(line) != null) {
      test.scalar = SeriesNotation.number(line);
    } else {
      SeriesNotation notation = SeriesNotation.parse(line);
      test.histograms |= notation.histograms();
      test.series.put(notation.labels(), notation);
    }
  }

  private static String unquoted(String text) {
    String inner = text.substring(1, text.length() - 1);
    return text.startsWith("`") ? inner : inner.translateEscapes();
  }

  private static void expectNote(Case test, Matcher expect) {
    String text = expect.group(3) == null ? "" : expect.group(3).strip();
    boolean exact = "msg".equals(expect.group(2));
    Pattern pattern = exact ? Pattern.compile(Pattern.quote(text)) : Pattern.compile(text);
    switch (expect.group(1)) {
      case "ordered" -> test.ordered = true;
      case "fail" -> {
        test.fails = true;
        if (exact) {
          test.failText = text;
        } else {
          test.failPattern = pattern;
        }
      }
      default -> test.notes.computeIfAbsent(expect.group(1), _ -> new ArrayList<>()).add(pattern);
    }
  }

  private void run(Case test) {
    try {
      Expr expr = parser.apply(test.text);
      if (test.histograms || meetsForeign(expr)) {
        skipped++;
        return;
      }
      String problem = test.range ? checkRange(test, expr) : checkInstant(test, expr);
      if (problem == null) {
        passed++;
      } else {
        failures.add("line " + test.line + ": " + test.text + "\n    " + problem);
      }
    } catch (RuntimeException e) {
      failures.add(
          "line "
              + test.line
              + ": "
              + test.text
              + "\n    "
              + e
              + "\n    at "
              + Arrays.toString(Arrays.copyOf(e.getStackTrace(), 4)));
    }
  }

  private boolean meetsForeign(Expr expr) {
    return !foreign.isEmpty()
        && ExprRewriter.selectors(expr).stream()
            .anyMatch(
                selector ->
                    foreign.stream()
                        .anyMatch(
                            labels ->
                                selector.matchers().stream()
                                    .allMatch(matcher -> matcher.accepts(labels))));
  }

  private Evaluator evaluator() {
    return new Evaluator(source, options);
  }

  private @Nullable String checkRange(Case test, Expr expr) {
    Evaluation result;
    try {
      result = evaluator().range(expr, test.startMs, test.endMs, test.stepMs);
    } catch (EvalException e) {
      return checkFailure(test, e);
    }
    if (test.fails) {
      return "expected a failure";
    }
    String notes = checkNotes(test, result);
    return notes == null ? ScriptValues.problem(expectation(test), result.value()) : notes;
  }

  private static ScriptValues.Expectation expectation(Case test) {
    return new ScriptValues.Expectation(
        test.startMs, test.stepMs, test.ordered, test.scalar, test.string, test.series);
  }

  /// At the time asked, with `@` that time at others, and as the middle of a range.
  private @Nullable String checkInstant(Case test, Expr expr) {
    long timeMs = test.endMs;
    String problem = checkInstantAt(test, expr, timeMs);
    if (problem != null || ExprRewriter.usesTime(expr)) {
      return problem;
    }
    Expr pinned = ExprRewriter.pinned(expr, timeMs);
    long[] times =
        timeMs == 0
            ? new long[] {-1000, 0, 1000}
            : new long[] {-10 * timeMs, 0, timeMs / 5, timeMs, 10 * timeMs};
    for (long other : times) {
      problem = checkInstantAt(test, pinned, other);
      if (problem != null) {
        return "with @ at " + other + " ms: " + problem;
      }
    }
    return null;
  }

  private @Nullable String checkInstantAt(Case test, Expr expr, long timeMs) {
    Evaluation result;
    try {
      result = evaluator().instant(expr, timeMs);
    } catch (EvalException e) {
      return checkFailure(test, e);
    }
    if (test.fails) {
      return "expected a failure";
    }
    String problem = checkNotes(test, result);
    if (problem == null) {
      problem = ScriptValues.problem(expectation(test), result.value());
    }
    boolean middle = !test.rangeVector && test.string == null && !test.ordered;
    if (problem != null || !middle || test.text.matches(".*(start|end|range|step)\\(\\).*")) {
      return problem;
    }
    Evaluation around = evaluator().range(expr, timeMs - 60_000, timeMs + 60_000, 60_000);
    problem = ScriptValues.problemAt(expectation(test), result.value(), around.value(), timeMs);
    return problem == null ? null : "in a range: " + problem;
  }

  private static @Nullable String checkFailure(Case test, EvalException failure) {
    String message = String.valueOf(failure.getMessage());
    if (!test.fails) {
      return "failed: " + message;
    }
    boolean text = test.failText == null || test.failText.equals(message);
    boolean pattern = test.failPattern == null || test.failPattern.matcher(message).find();
    return text && pattern ? null : "another failure: " + message;
  }

  private static @Nullable String checkNotes(Case test, Evaluation result) {
    if (test.warns && result.warnings().isEmpty()) {
      return "expected warnings";
    }
    if (test.informs && result.infos().isEmpty()) {
      return "expected infos";
    }
    if (test.notes.containsKey("no_warn") && !result.warnings().isEmpty()) {
      return "unexpected " + result.warnings();
    }
    if (test.notes.containsKey("no_info") && !result.infos().isEmpty()) {
      return "unexpected " + result.infos();
    }
    String problem = mismatch(test.notes.get("warn"), result.warnings());
    return problem == null ? mismatch(test.notes.get("info"), result.infos()) : problem;
  }

  private static @Nullable String mismatch(@Nullable List<Pattern> expected, List<String> actual) {
    if (expected == null) {
      return null;
    }
    for (Pattern pattern : expected) {
      if (actual.stream().noneMatch(text -> pattern.matcher(text).find())) {
        return "no note like " + pattern + " in " + actual;
      }
    }
    for (String text : actual) {
      if (expected.stream().noneMatch(pattern -> pattern.matcher(text).find())) {
        return "unexpected " + text;
      }
    }
    return null;
  }
}
