package dev.tocsin.bench.differential;

import dev.tocsin.bench.differential.answer.Answer;
import dev.tocsin.bench.differential.answer.Question;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the peer's version answers otherwise than Prometheus 3.14, which Tocsin follows: what is
/// not asked, and what is not compared. The same list with reasons is in
/// docs/promql-differences.md.
final class KnownDifferences {
  /// Functions and operators that the peer does not have, or has with another meaning.
  static final Set<String> NOT_IN_PEER =
      Set.of(
          "first_over_time",
          "ts_of_first_over_time",
          "start",
          "end",
          "range",
          "step",
          "min_of",
          "max_of",
          "start_timestamp",
          "histogram_quantiles",
          "</",
          ">/");

  private static final Pattern GOT = Pattern.compile("got (-?[0-9.]+(?:e[-+][0-9]+)?)");
  private static final int DIGITS = 10;
  private static final Pattern PAIR =
      Pattern.compile(": \\[(\\{.*?\\}), (\\{.*\\})\\];many-to-many");

  private KnownDifferences() {}

  /// The name of the known difference that explains this one, if any.
  static Optional<String> explanation(
      Question question, Answer peer, Answer tocsin, String difference) {
    String wanted = peer instanceof Answer.Failure(String _, String message) ? message : "";
    String got = tocsin instanceof Answer.Failure(String _, String message) ? message : "";
    if (!got.isEmpty() || !wanted.isEmpty()) {
      Optional<String> ofMessages = ofMessages(wanted, got);
      if (ofMessages.isPresent()) {
        return ofMessages;
      }
    }
    if (difference.startsWith("warnings")
        && peer instanceof Answer.Success success
        && success.warnings().stream().anyMatch(text -> text.contains("malformed value"))
        && success.warnings().stream().anyMatch(text -> text.endsWith("omitted"))) {
      return Optional.of("one text for each metric name, more than are shown (3.7)");
    }
    return QueryTraits.of(question.query())
        .flatMap(traits -> ofTraits(question, traits, difference));
  }

  private static Optional<String> ofMessages(String wanted, String got) {
    boolean duplicates = wanted.startsWith("found duplicate series for the match group");
    if ((wanted.isEmpty() || duplicates)
        && got.startsWith("multiple matches for labels: many-to-one matching")) {
      return Optional.of("comparisons look for many-to-one matching first (3.9)");
    }
    if (got.equals("Parameter value is NaN")) {
      return Optional.of("NaN as parameter of topk() and its like is always an error (3.6)");
    }
    if (duplicates && got.startsWith("found duplicate series for the match group")) {
      return Optional.of("which of several duplicates a message names (the order of a Go map)");
    }
    if (wanted.equals("unexpected number of samples")) {
      return Optional.of("a range selector with @ in parentheses alone fails (mended by 3.14)");
    }
    if (wanted.contains("parse error") && withoutPlace(wanted).equals(withoutPlace(got))) {
      return Optional.of("places of errors beside aggregations (3.7)");
    }
    if (wanted.contains("parse error") && got.contains("parse error")) {
      boolean duration =
          wanted.contains("number or duration")
              || wanted.contains("unexpected colon")
              || got.contains("expected number, duration");
      return duration
          ? Optional.of("messages on what is no duration (duration expressions, 3.6 to 3.14)")
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<String> ofTraits(
      Question question, QueryTraits traits, String difference) {
    boolean range = question.isRange() || traits.hasSubquery();
    if (range && traits.parameterHasAt()) {
      return Optional.of("@ in the parameter of an aggregation moves with the step (also in 3.14)");
    }
    if (difference.equals("expected a failure") && range && traits.renames()) {
      return Optional.of(
          "series that never meet collide under unary minus and renaming (until 3.9)");
    }
    boolean remarks = difference.startsWith("warnings") || difference.startsWith("infos");
    if (remarks && traits.hasSubquery() && isUneven(question)) {
      return Optional.of("subqueries are evaluated past the last step (until 3.13)");
    }
    if (traits.atInMovedSubquery()) {
      return Optional.of("@ in a subquery that starts where the query does (also in 3.14)");
    }
    if (range && traits.timestampOfAt()) {
      return Optional.of("timestamp() of a selector with @ is empty in ranges (mended by 3.14)");
    }
    if (traits.timestampOfAt()) {
      return Optional.of("timestamp() of a selector with @ does without its offset (also in 3.14)");
    }
    if (difference.startsWith("value") && traits.countsHistograms()) {
      return Optional.of("rate() of native histograms that were near zero (3.6)");
    }
    if (difference.contains("instead of Infinity") && traits.calls("exp", "cosh", "sinh")) {
      return Optional.of("exp() from 709.44 to 709.78 is infinite (Go on amd64)");
    }
    return Optional.empty();
  }

  /// Whether the last step is before the end.
  private static boolean isUneven(Question question) {
    return question.isRange() && (question.endMs() - question.startMs()) % question.stepMs() != 0;
  }

  private static String withoutPlace(String message) {
    return message.replaceFirst("\\d+:\\d+: parse error", "parse error");
  }

  /// An answer without what only one of the versions says.
  static Answer common(Answer answer) {
    return switch (answer) {
      case Answer.Failure(String kind, String message) ->
          new Answer.Failure(kind, pairSorted(message.replaceAll("\"<Item \\d+>\" ", "")));
      case Answer.Success success ->
          new Answer.Success(
              success.type(),
              success.series(),
              success.warnings().stream()
                  // Since 3.12, and since 3.7.
                  .filter(text -> !text.contains("sort is ineffective"))
                  .filter(text -> !text.contains("conflicting counter resets"))
                  .map(KnownDifferences::withoutName)
                  .map(KnownDifferences::rounded)
                  .toList(),
              success.infos().stream()
                  .map(KnownDifferences::withoutName)
                  .map(KnownDifferences::withoutLift)
                  .toList());
    };
  }

  /// Since 3.7 texts on classic histograms name the metric only where names are removed at the end.
  private static String withoutName(String text) {
    return text.replace(" for metric name \"\"", "")
        .replaceFirst("((?:bucket label|for monotonicity) .*) for metric name \".*\"", "$1");
  }

  /// The last digits of the number in a text may differ.
  private static String rounded(String text) {
    return GOT.matcher(text)
        .replaceAll(
            match ->
                "got "
                    + new BigDecimal(match.group(1))
                        .round(new MathContext(DIGITS))
                        .toPlainString());
  }

  /// Since 3.10 the text on buckets that are not monotonic has details.
  private static String withoutLift(String text) {
    return text.replaceFirst(", from buckets .* samples from \\S+ to \\S+", "");
  }

  /// The two series of the message on duplicates are in order in later versions.
  private static String pairSorted(String message) {
    Matcher pair = PAIR.matcher(message);
    if (!pair.find() || pair.group(1).compareTo(pair.group(2)) <= 0) {
      return message;
    }
    return message.substring(0, pair.start(1))
        + pair.group(2)
        + ", "
        + pair.group(1)
        + message.substring(pair.end(2));
  }
}
