package dev.tocsin.model.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An immutable set of labels, sorted by name (by code point), names unique, no empty value: in
/// Prometheus an empty value means that the label is absent. Two sets are equal when all names and
/// values are. The metric name is the label `__name__`.
public final class Labels implements Comparable<Labels> {
  /// The label that holds the metric name.
  public static final String METRIC_NAME = "__name__";

  private static final Labels EMPTY = new Labels(new String[0]);

  /// name, value, name, value, ...
  private final String[] pairs;

  private int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
  }

  public static Labels empty() {
    return EMPTY;
  }

  /// Of `name, value, name, value, ...` in any order. A later name wins; an empty value removes.
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("names and values must come in pairs");
    }
    Builder builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  public static Labels of(Map<String, String> map) {
    Builder builder = builder();
    map.forEach(builder::set);
    return builder.build();
  }

  /// Takes pairs that are already sorted by name, unique, and without empty values; not checked.
  public static Labels ofSorted(String[] pairs) {
    return pairs.length == 0 ? EMPTY : new Labels(pairs);
  }

  public static Builder builder() {
    return new Builder();
  }

  public Builder toBuilder() {
    Builder builder = new Builder();
    forEach(builder::set);
    return builder;
  }

  /// How many labels there are.
  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  public String name(int index) {
    return pairs[2 * index];
  }

  public String value(int index) {
    return pairs[2 * index + 1];
  }

  /// The value, or the empty string where the label is absent.
  public String get(String name) {
    String value = find(name);
    return value == null ? "" : value;
  }

  public boolean has(String name) {
    return find(name) != null;
  }

  /// The metric name, or the empty string.
  public String metricName() {
    return get(METRIC_NAME);
  }

  public void forEach(BiConsumer<? super String, ? super String> action) {
    for (int i = 0; i < pairs.length; i += 2) {
      action.accept(pairs[i], pairs[i + 1]);
    }
  }

  /// In sorted order; the map is a copy.
  public Map<String, String> toMap() {
    Map<String, String> map = new TreeMap<>();
    forEach(map::put);
    return map;
  }

  /// Without these names.
  public Labels without(Collection<String> names) {
    return filter(names, false);
  }

  /// Only these names.
  public Labels only(Collection<String> names) {
    return filter(names, true);
  }

  public Labels withoutMetricName() {
    return has(METRIC_NAME) ? without(List.of(METRIC_NAME)) : this;
  }

  private Labels filter(Collection<String> names, boolean keep) {
    List<String> kept = new ArrayList<>(pairs.length);
    for (int i = 0; i < pairs.length; i += 2) {
      if (names.contains(pairs[i]) == keep) {
        kept.add(pairs[i]);
        kept.add(pairs[i + 1]);
      }
    }
    return kept.size() == pairs.length ? this : ofSorted(kept.toArray(String[]::new));
  }

  private @Nullable String find(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Labels that && Arrays.equals(pairs, that.pairs);
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = Arrays.hashCode(pairs);
      hash = h;
    }
    return h;
  }

  /// Prometheus's order: label by label, name before value, a shorter set first.
  @Override
  public int compareTo(Labels other) {
    return Arrays.compare(pairs, other.pairs);
  }

  /// `{a="b", c="d"}` with the metric name in front, as Prometheus prints a series.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    String metric = metricName();
    boolean plain = LabelNames.isLegacyMetricName(metric);
    if (plain) {
      out.append(metric);
    }
    StringBuilder inner = new StringBuilder();
    forEach(
        (name, value) -> {
          if (plain && name.equals(METRIC_NAME)) {
            return;
          }
          inner.append(inner.isEmpty() ? "" : ", ");
          inner.append(LabelNames.isLegacyLabelName(name) ? name : LabelNames.quote(name));
          inner.append('=').append(LabelNames.quote(value));
        });
    if (!inner.isEmpty() || !plain) {
      out.append('{').append(inner).append('}');
    }
    return out.toString();
  }

  /// Collects labels in any order. Not thread-safe.
  public static final class Builder {
    private final TreeMap<String, String> map = new TreeMap<>();

    private Builder() {}

    /// An empty value removes the label.
    public Builder set(String name, String value) {
      if (value.isEmpty()) {
        map.remove(name);
      } else {
        map.put(name, value);
      }
      return this;
    }

    public Builder setAll(Labels labels) {
      labels.forEach(this::set);
      return this;
    }

    public Builder remove(String name) {
      map.remove(name);
      return this;
    }

    /// The value set so far, or the empty string.
    public String get(String name) {
      return map.getOrDefault(name, "");
    }

    public Labels build() {
      String[] pairs = new String[map.size() * 2];
      int i = 0;
      for (Map.Entry<String, String> entry : map.entrySet()) {
        pairs[i++] = entry.getKey();
        pairs[i++] = entry.getValue();
      }
      return ofSorted(pairs);
    }
  }
}
