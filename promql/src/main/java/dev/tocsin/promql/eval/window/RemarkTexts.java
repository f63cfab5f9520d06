package dev.tocsin.promql.eval.window;

import dev.tocsin.model.labels.LabelNames;

/// The warnings and infos about native histograms, worded as Prometheus's. Source: Prometheus,
/// util/annotations.
public final class RemarkTexts {
  private static final String MIX = "encountered a mix of histograms and floats for ";

  private RemarkTexts() {}

  /// What was being done with histograms.
  public enum Work {
    ADDITION("addition"),
    SUBTRACTION("subtraction"),
    AGGREGATION("aggregation");

    private final String word;

    Work(String word) {
      this.word = word;
    }
  }

  public static String mixedFloats(String metric) {
    return MIX + "metric name " + LabelNames.quote(metric);
  }

  public static String mixedFloatsInAggregation() {
    return MIX + "aggregation";
  }

  public static String mixedBounds(String metric) {
    return "vector contains a mix of histograms with exponential and custom buckets schemas for"
        + " metric name "
        + LabelNames.quote(metric);
  }

  public static String notCounter(String metric) {
    return "this native histogram metric is not a counter: " + LabelNames.quote(metric);
  }

  public static String notGauge(String metric) {
    return "this native histogram metric is not a gauge: " + LabelNames.quote(metric);
  }

  public static String ignoredInRange(String metric) {
    return "ignored histograms in a range containing both floats and histograms for metric name "
        + LabelNames.quote(metric);
  }

  public static String ignoredInAggregation(String aggregation) {
    return "ignored histogram in " + aggregation + " aggregation";
  }

  public static String resetCollision(Work work) {
    return "conflicting counter resets during histogram " + work.word;
  }

  public static String boundsReconciled(Work work) {
    return "mismatched custom buckets were reconciled during " + work.word;
  }
}
