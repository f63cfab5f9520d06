package dev.tocsin.rules.file;

import dev.tocsin.promql.parse.ParseOptions;

/// How strictly a rule file is read.
///
/// @param legacyNames names of metrics, labels and annotations as before Prometheus 3, not any
///   UTF-8
/// @param unknownKeysIgnored keys that nobody knows are no mistake
/// @param language which experimental parts of the query language are on
public record ReadOptions(boolean legacyNames, boolean unknownKeysIgnored, ParseOptions language) {
  /// UTF-8 names, every key known, nothing experimental.
  public static final ReadOptions DEFAULT = new ReadOptions(false, false);

  public ReadOptions(boolean legacyNames, boolean unknownKeysIgnored) {
    this(legacyNames, unknownKeysIgnored, ParseOptions.DEFAULT);
  }

  public ReadOptions withLanguage(ParseOptions parts) {
    return new ReadOptions(legacyNames, unknownKeysIgnored, parts);
  }
}
