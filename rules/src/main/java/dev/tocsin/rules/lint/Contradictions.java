package dev.tocsin.rules.lint;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.data.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds selectors that no series can satisfy: a label whose only possible values, given by an
/// equality or by a regular expression that lists words, are refused by its other matchers; or a
/// regular expression that is both demanded and refused.
final class Contradictions {
  /// A regular expression that means only itself, or words with `|` between, perhaps in
  /// parentheses.
  private static final Pattern WORDS = Pattern.compile("[\\w\\-/:@ %,;=~<>!\"'&#|]*");

  private Contradictions() {}

  static void check(Expr expr, Report report) {
    if (expr instanceof VectorSelector selector) {
      for (Matcher matcher : selector.matchers()) {
        Optional<Matcher> other = contradiction(matcher, selector.matchers());
        if (other.isPresent()) {
          String message =
              "selects nothing: no value of "
                  + LabelNames.quote(matcher.name())
                  + " satisfies "
                  + matcher
                  + " and "
                  + other.get();
          String hint = "remove one of them, or write one with =~ and | for either value";
          report.add(Check.CONTRADICTORY_MATCHERS, selector, message, hint);
          return;
        }
      }
    }
  }

  /// A matcher that refuses all that this one demands.
  private static Optional<Matcher> contradiction(Matcher matcher, List<Matcher> all) {
    List<String> words = words(matcher);
    List<Matcher> others = all.stream().filter(each -> sameLabel(each, matcher)).toList();
    if (matcher.kind() == Matcher.Kind.REGEX) {
      for (Matcher other : others) {
        if (other.kind() == Matcher.Kind.NOT_REGEX && other.value().equals(matcher.value())) {
          return Optional.of(other);
        }
      }
    }
    if (words.isEmpty()) {
      return Optional.empty();
    }
    List<String> left = new ArrayList<>(words);
    for (Matcher other : others) {
      left.removeIf(word -> !other.accepts(word));
      if (left.isEmpty()) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }

  private static boolean sameLabel(Matcher other, Matcher matcher) {
    return !other.equals(matcher) && other.name().equals(matcher.name());
  }

  /// All values that it accepts; empty where they are not known to be few.
  private static List<String> words(Matcher matcher) {
    String value = matcher.value();
    return switch (matcher.kind()) {
      case EQUAL -> List.of(value);
      case REGEX -> {
        boolean inParentheses = value.startsWith("(") && value.endsWith(")");
        String inner = inParentheses ? value.substring(1, value.length() - 1) : value;
        yield WORDS.matcher(inner).matches() ? List.of(inner.split("\\|", -1)) : List.of();
      }
      case NOT_EQUAL, NOT_REGEX -> List.of();
    };
  }
}
