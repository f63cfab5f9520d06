package dev.tocsin.cli;

import dev.tocsin.engine.partition.Cause;
import dev.tocsin.engine.partition.PartitionKey;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.model.text.Suggestion;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.rules.file.Rule;
import dev.tocsin.rules.lint.Check;
import dev.tocsin.rules.lint.LintOptions;
import dev.tocsin.rules.lint.Parts;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What the linter is told on the command line.
final class LintArguments {
  private static final String LINT = "lint";
  private static final String SCRAPE = "scrape-interval";
  private static final String EVALUATION = "evaluation-interval";
  private static final String SERIES = "series";

  /// The options that take a value.
  static final Set<String> NAMES = Set.of(LINT, SCRAPE, EVALUATION, SERIES, FeatureOption.NAME);

  private LintArguments() {}

  static LintOptions read(Arguments parsed, PrintStream err) {
    return new LintOptions(
        checks(parsed.value(LINT, Check.DUPLICATE_RULES.id()), err),
        duration(parsed, SCRAPE, "15s"),
        duration(parsed, EVALUATION, "1m"),
        EvalOptions.DEFAULT.lookbackMs(),
        series(parsed.value(SERIES, "1000")),
        LintArguments::parts);
  }

  /// As promtool, a word that nobody knows is told and left out.
  private static Set<Check> checks(String words, PrintStream err) {
    EnumSet<Check> checks = EnumSet.noneOf(Check.class);
    for (String word : words.split(",", -1)) {
      switch (word) {
        case "", "none" -> {}
        case "all" -> checks.addAll(EnumSet.complementOf(EnumSet.of(Check.COST)));
        default -> {
          Optional<Check> check = Check.named(word);
          check.ifPresent(checks::add);
          if (check.isEmpty()) {
            String near = Suggestion.didYouMean(word, known());
            String more =
                near.isEmpty() ? "; known are " + String.join(", ", known()) : "; " + near;
            err.println("unknown lint option \"" + word + "\"" + more);
          }
        }
      }
    }
    return checks;
  }

  private static List<String> known() {
    List<String> known = new ArrayList<>(List.of("all", "none"));
    Arrays.stream(Check.values()).map(Check::id).forEach(known::add);
    return known;
  }

  private static long duration(Arguments parsed, String name, String absent) {
    String text = parsed.value(name, absent);
    OptionalLong ms = PromDuration.parse(text);
    if (ms.isEmpty() || ms.getAsLong() <= 0) {
      throw new UsageException("--" + name + " \"" + text + "\" is no duration as 15s or 1m");
    }
    return ms.getAsLong();
  }

  private static long series(String text) {
    try {
      long series = Long.parseLong(text);
      if (series > 0 && series <= 1_000_000_000) {
        return series;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new UsageException("--" + SERIES + " \"" + text + "\" is no number from 1 to 1000000000");
  }

  private static Parts parts(Rule rule) {
    PartitionKey key = PartitionKey.of(rule);
    boolean whole = key.isEmpty();
    // Where the rule's own labels take the key away, the expression as a whole is the cause.
    return new Parts(key.toString(), whole ? Cause.of(rule.expr()).orElse(rule.expr()) : null);
  }
}
