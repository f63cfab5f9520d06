package dev.tocsin.promql.feature;

import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.parse.ParseOptions;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which features are on.
public record Features(Set<Feature> on) {
  /// As Prometheus starts without feature flags.
  public static final Features NONE = new Features(Set.of());

  public static final Features ALL = new Features(EnumSet.allOf(Feature.class));

  public Features {
    on = Set.copyOf(on);
  }

  /// Throws [IllegalArgumentException] with the names that exist for one that does not.
  public static Features of(Collection<String> words) {
    EnumSet<Feature> on = EnumSet.noneOf(Feature.class);
    for (String word : words) {
      on.add(Feature.of(word).orElseThrow(() -> unknown(word)));
    }
    return new Features(on);
  }

  private static IllegalArgumentException unknown(String word) {
    String known =
        Arrays.stream(Feature.values()).map(Feature::word).collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "\"" + word + "\" is no feature that can be turned on; there are: " + known);
  }

  /// The names, in the order of [Feature].
  public List<String> words() {
    return Arrays.stream(Feature.values()).filter(on::contains).map(Feature::word).toList();
  }

  public ParseOptions parseOptions() {
    ParseOptions options = ParseOptions.DEFAULT;
    for (Feature feature : on) {
      options = feature.on(options);
    }
    return options;
  }

  public EvalOptions applied(EvalOptions options) {
    EvalOptions applied = options;
    for (Feature feature : on) {
      applied = feature.on(applied);
    }
    return applied;
  }
}
