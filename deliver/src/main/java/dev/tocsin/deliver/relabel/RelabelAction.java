package dev.tocsin.deliver.relabel;

import java.util.Locale;
import java.util.Optional;

/// What a relabelling rule does. The words of the configuration are the names in lower case.
public enum RelabelAction {
  /// Where the regex matches the source, the target label becomes the expanded replacement.
  REPLACE,
  /// Keeps the set only where the regex matches the source.
  KEEP,
  /// Drops the set where the regex matches the source.
  DROP,
  /// Keeps the set only where the source equals the target label's value.
  KEEPEQUAL,
  /// Drops the set where the source equals the target label's value.
  DROPEQUAL,
  /// The target label becomes MD5(source) modulo the modulus.
  HASHMOD,
  /// Copies every label whose name matches to the name made of the replacement.
  LABELMAP,
  /// Removes every label whose name matches.
  LABELDROP,
  /// Removes every label whose name does not match.
  LABELKEEP,
  /// The target label becomes the source in lower case.
  LOWERCASE,
  /// The target label becomes the source in upper case.
  UPPERCASE;

  /// As the configuration writes it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Case does not matter, as in Prometheus.
  public static Optional<RelabelAction> of(String word) {
    for (RelabelAction action : values()) {
      if (action.word().equals(word.toLowerCase(Locale.ROOT))) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
