package dev.tocsin.engine.incremental;

/// What is known of the functions of a range, by name, beside their value for one window.
///
/// @param samplesMin with fewer there is no result
/// @param moves whether the value changes with time while the samples stay the same
enum WindowKind {
  RATE(2, true),
  INCREASE(2, true),
  DELTA(2, true),
  INSTANT_PAIR(2, false),
  LAST(1, false),
  FIRST(1, false),
  MIN(1, false),
  MAX(1, false),
  /// avg_over_time.
  MEAN(1, false),
  SUM(1, false),
  COUNT(1, false),
  PRESENT(1, false),
  SPREAD(1, false),
  VARIANCE(1, false),
  QUANTILE(1, false),
  CHANGES(1, false),
  RESETS(1, false),
  SLOPE(2, false),
  PREDICTION(2, true),
  /// The time of one of the samples.
  SAMPLE_TIME(1, false),
  OTHER(1, false);

  private final int samplesMin;
  private final boolean moves;

  WindowKind(int samplesMin, boolean moves) {
    this.samplesMin = samplesMin;
    this.moves = moves;
  }

  int samplesMin() {
    return samplesMin;
  }

  boolean moves() {
    return moves;
  }

  static WindowKind of(String function) {
    return switch (function) {
      case "rate" -> RATE;
      case "increase" -> INCREASE;
      case "delta" -> DELTA;
      case "irate", "idelta" -> INSTANT_PAIR;
      case "last_over_time" -> LAST;
      case "first_over_time" -> FIRST;
      case "min_over_time" -> MIN;
      case "max_over_time" -> MAX;
      case "avg_over_time" -> MEAN;
      case "sum_over_time" -> SUM;
      case "count_over_time" -> COUNT;
      case "present_over_time" -> PRESENT;
      case "stddev_over_time" -> SPREAD;
      case "stdvar_over_time" -> VARIANCE;
      case "quantile_over_time" -> QUANTILE;
      case "changes" -> CHANGES;
      case "resets" -> RESETS;
      case "deriv" -> SLOPE;
      case "predict_linear" -> PREDICTION;
      case "ts_of_min_over_time",
          "ts_of_max_over_time",
          "ts_of_first_over_time",
          "ts_of_last_over_time" ->
          SAMPLE_TIME;
      default -> OTHER;
    };
  }
}
