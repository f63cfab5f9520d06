package dev.tocsin.collect.otlp;

import dev.tocsin.model.limit.Limits;
import java.util.Arrays;

/// Where name, version and schema URL of the instrumentation scope are in the body. Reused.
final class ScopeHead {
  private final int[] spans = new int[6];

  void clear() {
    Arrays.fill(spans, 0);
  }

  void name(int from, int to) {
    set(0, from, to);
  }

  void version(int from, int to) {
    set(2, from, to);
  }

  void schema(int from, int to) {
    set(4, from, to);
  }

  private void set(int i, int from, int to) {
    spans[i] = from;
    spans[i + 1] = to;
  }

  /// Too long for a label.
  boolean isTooLong() {
    for (int i = 0; i < spans.length; i += 2) {
      if (spans[i + 1] - spans[i] > Limits.LABEL_VALUE_BYTES_MAX) {
        return true;
      }
    }
    return false;
  }

  int nameFrom() {
    return spans[0];
  }

  int nameTo() {
    return spans[1];
  }

  int versionFrom() {
    return spans[2];
  }

  int versionTo() {
    return spans[3];
  }

  int schemaFrom() {
    return spans[4];
  }

  int schemaTo() {
    return spans[5];
  }
}
