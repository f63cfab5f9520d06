package dev.tocsin.bench.differential;

import dev.tocsin.bench.differential.answer.Answer;
import dev.tocsin.bench.differential.answer.Comparison;
import dev.tocsin.bench.differential.answer.Question;
import dev.tocsin.bench.differential.answer.Side;
import java.util.ArrayList;
import java.util.List;

/// Whether two values differ only because functions of the two languages' libraries differ in their
/// last digits, and the query makes much of them: `exp(x) % 10`.
final class Rounding {
  /// Times of a range query that are looked at.
  private static final long TIMES_MAX = 50;

  private Rounding() {}

  /// True where all smaller parts agree within the tolerance, and one of them not to the last bit.
  static boolean explains(Side prometheus, Side tocsin, Question question) {
    Question whole = Shrinking.smallest(question, part -> !agree(prometheus, tocsin, part));
    boolean seen = false;
    for (Question part : Shrinking.parts(whole)) {
      for (Question one : moments(part)) {
        Answer wanted = prometheus.ask(one);
        Answer got = tocsin.ask(one);
        if (!same(wanted, got)) {
          return false;
        }
        seen |= !Comparison.isIdentical(wanted, got);
      }
    }
    return seen;
  }

  private static boolean agree(Side prometheus, Side tocsin, Question question) {
    return same(prometheus.ask(question), tocsin.ask(question));
  }

  private static boolean same(Answer wanted, Answer got) {
    return Comparison.difference(wanted, got, false)
        .filter(difference -> difference.startsWith("value"))
        .isEmpty();
  }

  /// A range query at each of its times, so that range selectors can be asked for as well.
  private static List<Question> moments(Question question) {
    if (!question.isRange()) {
      return List.of(question);
    }
    List<Question> all = new ArrayList<>();
    for (long i = 0; i < TIMES_MAX; i++) {
      long timeMs = question.startMs() + i * question.stepMs();
      if (timeMs <= question.endMs()) {
        all.add(Question.instant(question.query(), timeMs));
      }
    }
    return all;
  }
}
