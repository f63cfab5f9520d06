package dev.tocsin.bench.memory;

import dev.tocsin.model.input.RuleSet;
import dev.tocsin.model.input.RuleSet.RuleText;
import dev.tocsin.model.input.RuleSettings;
import dev.tocsin.model.input.RuleSettings.Mode;
import dev.tocsin.model.labels.Labels;
import java.util.List;
import java.util.Locale;

/// Rules of which each series is read by one, with a partition and a node of its own.
public enum ReadingRules {
  /// No rules.
  NONE("nobody", ""),
  /// The newest sample.
  INSTANT("`x > 1e15`", "%s > 1e15"),
  /// Twenty samples, 15 s apart.
  RATE("`rate(x[5m]) > 1e15`", "rate(%s[5m]) > 1e15");

  private static final int INTERVAL_MS = 15_000;

  private final String told;
  private final String expr;

  ReadingRules(String told, String expr) {
    this.told = told;
    this.expr = expr;
  }

  /// By its name in lower case.
  public static ReadingRules of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /// What reads a series.
  public String told() {
    return told;
  }

  RuleSet set() {
    StringBuilder text = new StringBuilder("groups:\n  - name: g\n    rules:\n");
    for (String metric : ClusterSeries.metrics()) {
      text.append("      - alert: A_").append(metric).append("\n        expr: '");
      text.append(expr.formatted(metric)).append("'\n");
    }
    String file = this == NONE ? "groups: []\n" : text.toString();
    List<RuleText> files = List.of(new RuleText("rules.yml", file));
    return new RuleSet(files, Labels.empty(), "http://here", INTERVAL_MS, 0)
        .with(RuleSettings.DEFAULT.withMode(Mode.STREAM));
  }
}
