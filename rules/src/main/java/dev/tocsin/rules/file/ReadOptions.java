package dev.tocsin.rules.file;

import dev.tocsin.promql.parse.ParseOptions;

/// How strictly a rule file is read.
///
/// @param legacyNames names of metrics, labels and annotations as before Prometheus 3, not any
///   UTF-8
/// @param unknownKeysIgnored keys that nobody knows are no mistake
/// @param expressions which experimental parts expressions may have
public record ReadOptions(
    boolean legacyNames, boolean unknownKeysIgnored, ParseOptions expressions) {
  /// UTF-8 names, every key known, nothing experimental.
  public static final ReadOptions DEFAULT = new ReadOptions(false, false);

  /// Nothing experimental in expressions.
  public ReadOptions(boolean legacyNames, boolean unknownKeysIgnored) {
    this(legacyNames, unknownKeysIgnored, ParseOptions.DEFAULT);
  }

  public ReadOptions withExpressions(ParseOptions options) {
    return new ReadOptions(legacyNames, unknownKeysIgnored, options);
  }
}
