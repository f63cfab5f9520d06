package dev.tocsin.promql.script;

import dev.tocsin.promql.eval.Evaluation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares the annotations of an evaluation with those expected.
final class NotesCheck {
  private NotesCheck() {}

  static @Nullable Mismatch mismatch(Expectation expected, Evaluation result) {
    Mismatch warnings = mismatch(expected.warnings(), result.warnings(), "warning");
    return warnings != null ? warnings : mismatch(expected.infos(), result.infos(), "info");
  }

  private static @Nullable Mismatch mismatch(
      Expectation.Notes expected, List<String> actual, String kind) {
    if (expected.none() && !actual.isEmpty()) {
      return new Mismatch("no " + kind, String.join("; ", actual));
    }
    boolean some = expected.some() || !expected.patterns().isEmpty();
    if (some && actual.isEmpty()) {
      return new Mismatch(wanted(expected, kind), "no " + kind);
    }
    for (TextPattern pattern : expected.patterns()) {
      if (actual.stream().noneMatch(pattern::matches)) {
        return new Mismatch(pattern.described(kind), String.join("; ", actual));
      }
    }
    for (String text : actual) {
      boolean known = expected.patterns().stream().anyMatch(pattern -> pattern.matches(text));
      if (!known && !expected.patterns().isEmpty()) {
        return new Mismatch("no other " + kind + " than said", text);
      }
    }
    return null;
  }

  private static String wanted(Expectation.Notes expected, String kind) {
    TextPattern first =
        expected.patterns().isEmpty() ? TextPattern.ANY : expected.patterns().getFirst();
    return first.described(kind);
  }
}
