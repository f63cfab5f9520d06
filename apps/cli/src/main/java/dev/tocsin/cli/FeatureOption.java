package dev.tocsin.cli;

import dev.tocsin.promql.feature.Features;
import java.util.ArrayList;
import java.util.List;

/// The option `--enable-feature`, as Prometheus has it: names with commas between them, and as
/// often as one likes.
final class FeatureOption {
  static final String NAME = "enable-feature";

  static final String HELP =
      "--enable-feature NAMES  experimental parts of the query language, by Prometheus's names";

  private FeatureOption() {}

  static Features of(Arguments arguments) {
    List<String> words = new ArrayList<>();
    for (String names : arguments.all(NAME)) {
      for (String word : names.split(",", -1)) {
        if (!word.isBlank()) {
          words.add(word.strip());
        }
      }
    }
    try {
      return Features.of(words);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + NAME + " " + e.getMessage());
    }
  }
}
