package dev.tocsin.bench.load;

import java.util.ArrayList;
import java.util.List;

/// Alert rules over the load, none of which fires on it. The mix is counted out of public rule
/// collections (awesome-prometheus-alerts, kube-prometheus): 60 of 100 have no range, 26 have no
/// `for`, 5m is the usual range, and sums, ratios, joins, `absent` and quantiles of histograms have
/// their shares.
public final class LoadRules {
  private static final int RULES_PER_GROUP = 10;

  private final LoadPlan plan;
  private final List<Integer> gauges = new ArrayList<>();
  private final List<Integer> counters = new ArrayList<>();
  private final List<Integer> buckets = new ArrayList<>();

  public LoadRules(LoadPlan plan) {
    this.plan = plan;
    for (int family = 0; family < plan.families(); family++) {
      switch (LoadKind.of(family)) {
        case GAUGE -> gauges.add(family);
        case COUNTER -> counters.add(family);
        case BUCKET -> buckets.add(family);
      }
    }
  }

  /// Groups for the end of a rule file whose list `groups` is indented by two.
  public String groups() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < plan.rules(); i++) {
      if (i % RULES_PER_GROUP == 0) {
        out.append("  - name: load-").append(i / RULES_PER_GROUP).append('\n');
        out.append("    interval: ").append(plan.ruleInterval()).append('\n');
        out.append("    rules:\n");
      }
      String pause = pause(i);
      out.append("      - alert: Load").append(i).append('\n');
      out.append("        expr: '").append(expression(i)).append("'\n");
      if (!pause.isEmpty()) {
        out.append("        for: ").append(pause).append('\n');
      }
      out.append("        labels: {severity: warning}\n");
      out.append("        annotations: {summary: ")
          .append("'{{ $labels.instance }} {{ $labels.job }} is at {{ $value | humanize }}.'}\n");
    }
    return out.toString();
  }

  private static String pause(int rule) {
    if (isAbsence(rule)) {
      return "5m"; // true until the first write
    }
    int share = (rule * 37 + rule / 100 * 13) % 100;
    if (share < 26) {
      return "";
    }
    return share < 59 ? "5m" : share < 75 ? "2m" : share < 86 ? "1m" : share < 92 ? "15m" : "10m";
  }

  private static boolean isAbsence(int rule) {
    int share = rule % 100;
    return share >= 45 && share < 49;
  }

  String expression(int rule) {
    int share = rule % 100;
    return share < 60 ? instant(rule, share) : ranged(rule, share);
  }

  private String instant(int rule, int share) {
    String gauge = LoadKind.GAUGE.metric(of(gauges, rule * 7));
    String other = LoadKind.GAUGE.metric(of(gauges, rule * 7 + 1));
    if (share < 26) {
      return gauge + " > 100";
    }
    if (share < 31) {
      return gauge + "{shard=~\"shard-[0-3]\"} == 0";
    }
    if (share < 39) {
      return "100 * " + gauge + " / " + other + " > 900";
    }
    if (share < 42) {
      return "sum by (job) (" + gauge + ") > 1e4";
    }
    if (share < 45) {
      return "avg by (shard, cluster) (" + gauge + ") > 90";
    }
    if (share < 49) {
      return "absent(" + gauge + "{job=\"job-" + rule % 20 + "\"})";
    }
    if (share < 54) {
      return gauge + " > 100 and on (instance) " + other + " < 80";
    }
    if (share < 57) {
      return gauge + " > 95 unless on (instance, job) " + other + " > 50";
    }
    return "time() - " + gauge + " < 1e9";
  }

  private String ranged(int rule, int share) {
    String counter = LoadKind.COUNTER.metric(of(counters, rule * 7));
    String gauge = LoadKind.GAUGE.metric(of(gauges, rule * 7));
    if (share < 74) {
      return "rate(" + counter + "[5m]) > 100";
    }
    if (share < 80) {
      return "increase(" + counter + "{code=~\"5..\"}[" + (share < 77 ? "5m" : "1m") + "]) > 100";
    }
    if (share < 88) {
      return "sum by (job) (rate(%s{code=~\"5..\"}[5m])) / sum by (job) (rate(%s[5m])) > 0.2"
          .formatted(counter, counter);
    }
    if (share < 92) {
      return "histogram_quantile(0.99, sum by (le, job) (rate("
          + LoadKind.BUCKET.metric(of(buckets, rule * 7))
          + "[5m]))) > 5";
    }
    if (share < 94) {
      return "changes(" + gauge + "[15m]) > 10000";
    }
    if (share < 96) {
      return "max_over_time(" + gauge + "[5m]) > 100";
    }
    if (share < 97) {
      return "avg_over_time(" + gauge + "[5m]) > 90";
    }
    if (share < 98) {
      return "predict_linear(" + gauge + "[1h], 14400) < -1e6";
    }
    return "delta(" + gauge + "[15m]) > 100";
  }

  private static int of(List<Integer> families, int number) {
    return families.get(number % families.size());
  }
}
