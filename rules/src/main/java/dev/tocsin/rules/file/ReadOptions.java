package dev.tocsin.rules.file;

/// How strictly a rule file is read.
///
/// @param legacyNames names of metrics, labels and annotations as before Prometheus 3, not any
///   UTF-8
/// @param unknownKeysIgnored keys that nobody knows are no mistake
public record ReadOptions(boolean legacyNames, boolean unknownKeysIgnored) {
  /// UTF-8 names, every key known.
  public static final ReadOptions DEFAULT = new ReadOptions(false, false);
}
