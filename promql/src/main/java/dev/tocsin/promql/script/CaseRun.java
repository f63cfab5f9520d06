package dev.tocsin.promql.script;

import dev.tocsin.model.text.PromDuration;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.data.SeriesSource;
import dev.tocsin.promql.eval.EvalException;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.eval.Evaluation;
import dev.tocsin.promql.eval.Evaluator;
import dev.tocsin.promql.feature.Feature;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.promql.parse.ParseException;
import dev.tocsin.promql.parse.PromqlParser;
import dev.tocsin.promql.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs one case in all forms that must give the same: as written; at an instant also pinned by `@`
/// and evaluated at other times, and each of these as the middle of a range of three steps. Source:
/// Prometheus, promql/promqltest.
final class CaseRun {
  private static final long AROUND_MS = 60_000;

  /// What gives another result in a range.
  private static final Pattern CONTEXT = Pattern.compile("(?:start|end|range|step)\\(\\)");

  /// What the parser says of a feature that is off.
  private static final Pattern OFF = Pattern.compile("not enabled$|must be enabled");

  /// The features that change results and not the language.
  private static final List<Feature> CHANGE_RESULTS =
      List.of(Feature.DELAYED_NAME_REMOVAL, Feature.START_TIMESTAMPS);

  private final SeriesSource source;
  private final Profile profile;
  private final Command.Evaluate test;
  private final Expectation expected;

  CaseRun(SeriesSource source, Profile profile, Command.Evaluate test) {
    this.source = source;
    this.profile = profile;
    this.test = test;
    this.expected = test.expected();
  }

  Verdict verdict() {
    try {
      var _ = parsed(test.query());
    } catch (ParseException e) {
      // With all features on it was parsed before.
      return OFF.matcher(e.reason()).find()
          ? new Verdict.Refused(String.valueOf(e.getMessage()))
          : new Verdict.Failed(new Mismatch("a query", String.valueOf(e.getMessage())));
    }
    Mismatch mismatch = mismatch(profile.evalOptions());
    if (mismatch == null) {
      return new Verdict.Passed();
    }
    String flag = flagNeeded();
    return flag == null ? new Verdict.Failed(mismatch) : new Verdict.NeedsFlag(flag, mismatch);
  }

  private Expr parsed(String query) {
    return PromqlParser.parse(query, profile.parseOptions());
  }

  /// Which flag, not being on, would make the case pass. Null where none does.
  private @Nullable String flagNeeded() {
    if (profile == Profile.ALL) {
      return null;
    }
    EvalOptions all = profile.evalOptions();
    List<String> names = new ArrayList<>();
    for (Feature feature : CHANGE_RESULTS) {
      Features one = new Features(Set.of(feature));
      if (mismatch(one.applied(profile.evalOptions())) == null) {
        return feature.word();
      }
      all = one.applied(all);
      names.add(feature.word());
    }
    return mismatch(all) == null ? String.join(" and ", names) : null;
  }

  private @Nullable Mismatch mismatch(EvalOptions options) {
    Evaluator evaluator = new Evaluator(source, options);
    try {
      return switch (test.when()) {
        case Command.When.Range range -> range(evaluator, range);
        case Command.When.Instant(long timeMs) -> instant(evaluator, timeMs);
      };
    } catch (EvalException e) {
      // Where no failure is expected of any query.
      return new Mismatch("a result", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Mismatch("a result", "internal error: " + e + place(e));
    }
  }

  private static String place(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  private @Nullable Mismatch range(Evaluator evaluator, Command.When.Range range) {
    Evaluation result;
    try {
      result =
          evaluator.range(
              parsed(test.query()), test.query(), range.startMs(), range.endMs(), range.stepMs());
    } catch (EvalException e) {
      return failure(e);
    }
    return judged(result, range);
  }

  private @Nullable Mismatch instant(Evaluator evaluator, long timeMs) {
    // The end of a range vector is when it is asked for.
    Command.When.Range vector = expected.range();
    long atMs = vector == null ? timeMs : vector.endMs();
    Mismatch mismatch = instant(evaluator, test.query(), atMs);
    if (mismatch != null || PinnedQuery.looksAtTime(test.expr())) {
      return mismatch;
    }
    String pinned = PinnedQuery.text(test.expr(), atMs);
    for (long otherMs : PinnedQuery.times(atMs)) {
      mismatch = instant(evaluator, pinned, otherMs);
      if (mismatch != null) {
        return mismatch.in(pinned + " at " + PromDuration.format(otherMs));
      }
    }
    return null;
  }

  private @Nullable Mismatch instant(Evaluator evaluator, String query, long timeMs) {
    Expr expr = parsed(query);
    Evaluation result;
    try {
      result = evaluator.instant(expr, query, timeMs);
    } catch (EvalException e) {
      return failure(e);
    }
    Command.When.Range vector = expected.range();
    Command.When.Range times = vector == null ? new Command.When.Range(0, 0, 0) : vector;
    Mismatch mismatch = judged(result, times);
    boolean alone = vector != null || expected.string() != null || CONTEXT.matcher(query).find();
    if (mismatch != null || alone || expected.fails()) {
      return mismatch;
    }
    mismatch = inRange(evaluator, query, expr, timeMs, result.value());
    String form = query + " from " + shown(timeMs - AROUND_MS) + " to " + shown(timeMs + AROUND_MS);
    return mismatch == null ? null : mismatch.in(form);
  }

  private static String shown(long timeMs) {
    return PromDuration.format(timeMs);
  }

  private @Nullable Mismatch inRange(
      Evaluator evaluator, String query, Expr expr, long timeMs, Value instant) {
    Evaluation around;
    try {
      around = evaluator.range(expr, query, timeMs - AROUND_MS, timeMs + AROUND_MS, AROUND_MS);
    } catch (EvalException e) {
      return new Mismatch("a result", String.valueOf(e.getMessage()));
    }
    if (expected.ordered()) {
      // The result of a range is always sorted by labels.
      return null;
    }
    List<Value.Row> rows = ((Value.Matrix) around.value()).rows();
    Mismatch unsorted = ResultCheck.unsorted(rows);
    return unsorted != null ? unsorted : ResultCheck.column(expected, rows, timeMs, instant);
  }

  private @Nullable Mismatch failure(EvalException e) {
    String message = String.valueOf(e.getMessage());
    if (!expected.fails()) {
      return new Mismatch("a result", message);
    }
    for (TextPattern pattern : expected.failures()) {
      if (!pattern.matches(message)) {
        return new Mismatch(pattern.described("failure"), message);
      }
    }
    return null;
  }

  private @Nullable Mismatch judged(Evaluation result, Command.When.Range times) {
    if (expected.fails()) {
      return new Mismatch("a failure", Shown.value(result.value()));
    }
    Mismatch notes = NotesCheck.mismatch(expected, result);
    return notes != null ? notes : ResultCheck.mismatch(expected, times, result.value());
  }
}
