package dev.tocsin.rules.file;

import dev.tocsin.model.labels.LabelNames;

/// Which names are valid.
record Names(boolean legacy) {
  boolean isLabel(String name) {
    return legacy ? LabelNames.isLegacyLabelName(name) : !name.isEmpty() && isUtf8(name);
  }

  boolean isMetric(String name) {
    return legacy ? LabelNames.isLegacyMetricName(name) : !name.isEmpty() && isUtf8(name);
  }

  /// Whether it can be written in UTF-8: no half of a surrogate pair.
  static boolean isUtf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
