package dev.tocsin.promql.eval.window;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The functions of range vectors by name.
public final class WindowFunctions {
  private WindowFunctions() {}

  public static @Nullable WindowFunction get(String name) {
    return switch (name) {
      case "rate" -> Rates::rate;
      case "increase" -> Rates::increase;
      case "delta" -> Rates::delta;
      case "irate" -> Rates::irate;
      case "idelta" -> Rates::idelta;
      case "resets" -> Pairs::resets;
      case "changes" -> Pairs::changes;
      case "deriv" -> Regression::deriv;
      case "predict_linear" -> Regression::predictLinear;
      case "double_exponential_smoothing" -> OverTime::doubleExponentialSmoothing;
      case "avg_over_time" -> OverTime::avg;
      case "sum_over_time" -> OverTime::sum;
      case "min_over_time" -> OverTime::min;
      case "max_over_time" -> OverTime::max;
      case "count_over_time" -> OverTime::count;
      case "present_over_time" -> OverTime::present;
      case "first_over_time" -> OverTime::first;
      case "last_over_time" -> OverTime::last;
      case "quantile_over_time" -> OverTime::quantile;
      case "mad_over_time" -> OverTime::medianDeviation;
      case "stddev_over_time" -> OverTime::stddev;
      case "stdvar_over_time" -> OverTime::stdvar;
      case "ts_of_min_over_time" -> OverTime::timeOfMin;
      case "ts_of_max_over_time" -> OverTime::timeOfMax;
      case "ts_of_first_over_time" -> OverTime::timeOfFirst;
      case "ts_of_last_over_time" -> OverTime::timeOfLast;
      default -> null;
    };
  }

  /// The same function for windows that hold histograms; of those that [#get] knows.
  public static MixedFunction mixed(String name) {
    return switch (name) {
      case "rate" -> HistogramRates::rate;
      case "increase" -> HistogramRates::increase;
      case "delta" -> HistogramRates::delta;
      case "irate" -> MixedPairs::irate;
      case "idelta" -> MixedPairs::idelta;
      case "resets" -> MixedPairs::resets;
      case "changes" -> MixedPairs::changes;
      case "avg_over_time" -> MixedOverTime::avg;
      case "sum_over_time" -> MixedOverTime::sum;
      case "first_over_time" -> MixedOverTime::first;
      case "last_over_time" -> MixedOverTime::last;
      case "count_over_time" -> MixedFunction.alike(OverTime::count);
      case "present_over_time" -> MixedFunction.alike(OverTime::present);
      case "ts_of_first_over_time" -> MixedFunction.alike(OverTime::timeOfFirst);
      case "ts_of_last_over_time" -> MixedFunction.alike(OverTime::timeOfLast);
      default -> MixedFunction.ofFloats(Objects.requireNonNull(get(name)));
    };
  }

  /// Whether it looks at the start times of samples.
  public static boolean asksStartTimes(String name) {
    return switch (name) {
      case "rate", "increase", "irate", "resets" -> true;
      default -> false;
    };
  }

  /// Whether the result is one of the samples, so that the metric keeps its name.
  public static boolean keepsName(String name) {
    return name.equals("last_over_time") || name.equals("first_over_time");
  }

  /// Whether it may be used with `anchored`.
  public static boolean isAnchorable(String name) {
    return isSmoothable(name) || name.equals("resets") || name.equals("changes");
  }

  /// Whether it may be used with `smoothed`.
  public static boolean isSmoothable(String name) {
    return name.equals("rate") || name.equals("increase") || name.equals("delta");
  }
}
