package dev.tocsin.engine.unittest;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Names and texts, sorted by name. Unlike [Labels] it holds empty texts too: an expected label
/// that is empty is no label that is absent.
record Pairs(SortedMap<String, String> map) implements Comparable<Pairs> {
  static Pairs of(Map<String, String> map) {
    return new Pairs(new TreeMap<>(map));
  }

  static Pairs of(Labels labels) {
    return of(labels.toMap());
  }

  /// Pair by pair, name before text, a shorter one first.
  @Override
  public int compareTo(Pairs other) {
    return Arrays.compare(flat(), other.flat());
  }

  private String[] flat() {
    List<String> flat = new ArrayList<>(2 * map.size());
    map.forEach(
        (name, text) -> {
          flat.add(name);
          flat.add(text);
        });
    return flat.toArray(String[]::new);
  }

  /// `{a="b", c="d"}`, a metric name among them.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("{");
    map.forEach(
        (name, text) -> {
          out.append(out.length() > 1 ? ", " : "");
          out.append(LabelNames.isLegacyLabelName(name) ? name : LabelNames.quote(name));
          out.append('=').append(LabelNames.quote(text));
        });
    return out.append('}').toString();
  }
}
