package dev.tocsin.promql.parse;

import static dev.tocsin.promql.ast.ValueType.MATRIX;
import static dev.tocsin.promql.ast.ValueType.SCALAR;
import static dev.tocsin.promql.ast.ValueType.STRING;
import static dev.tocsin.promql.ast.ValueType.VECTOR;

import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.ast.ValueType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The functions of Prometheus 3.14 and their signatures: 73 stable, 17 experimental.
public final class Functions {
  private static final Map<String, Function> ALL = all();

  private Functions() {}

  /// Null where there is no such function. Names are case-sensitive.
  public static @Nullable Function get(String name) {
    return ALL.get(name);
  }

  /// In the order of their names.
  public static Collection<Function> list() {
    return ALL.values();
  }

  private static Map<String, Function> all() {
    Registry stable = new Registry(new TreeMap<>(), false);
    stable.add(
        "abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg"
            + " histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad"
            + " sgn sin sinh sort sort_desc sqrt tan tanh timestamp",
        0,
        VECTOR,
        VECTOR);
    stable.add(
        "absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta"
            + " increase irate last_over_time max_over_time min_over_time present_over_time rate"
            + " resets stddev_over_time stdvar_over_time sum_over_time",
        0,
        VECTOR,
        MATRIX);
    stable.add(
        "day_of_month day_of_week day_of_year days_in_month hour minute month year",
        1,
        VECTOR,
        VECTOR);
    stable.add("clamp", 0, VECTOR, VECTOR, SCALAR, SCALAR);
    stable.add("clamp_max clamp_min", 0, VECTOR, VECTOR, SCALAR);
    stable.add("round", 1, VECTOR, VECTOR, SCALAR);
    stable.add("histogram_fraction", 0, VECTOR, SCALAR, SCALAR, VECTOR);
    stable.add("histogram_quantile", 0, VECTOR, SCALAR, VECTOR);
    stable.add("label_join", -1, VECTOR, VECTOR, STRING, STRING, STRING);
    stable.add("label_replace", 0, VECTOR, VECTOR, STRING, STRING, STRING, STRING);
    stable.add("predict_linear", 0, VECTOR, MATRIX, SCALAR);
    stable.add("quantile_over_time", 0, VECTOR, SCALAR, MATRIX);
    stable.add("pi time", 0, SCALAR);
    stable.add("scalar", 0, SCALAR, VECTOR);
    stable.add("vector", 0, VECTOR, SCALAR);

    Registry experimental = new Registry(stable.functions(), true);
    experimental.add("end range start step", 0, SCALAR);
    experimental.add("max_of min_of", 0, SCALAR, SCALAR, SCALAR);
    experimental.add(
        "mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time"
            + " ts_of_min_over_time",
        0,
        VECTOR,
        MATRIX);
    experimental.add("start_timestamp", 0, VECTOR, VECTOR);
    experimental.add("double_exponential_smoothing", 0, VECTOR, MATRIX, SCALAR, SCALAR);
    experimental.add("info", 1, VECTOR, VECTOR, VECTOR);
    experimental.add("sort_by_label sort_by_label_desc", -1, VECTOR, VECTOR, STRING);
    // One quantile at least, ten at most.
    experimental.add("histogram_quantiles", 9, VECTOR, VECTOR, STRING, SCALAR, SCALAR);
    return stable.functions();
  }

  private record Registry(Map<String, Function> functions, boolean experimental) {
    void add(String names, int variadic, ValueType returns, ValueType... arguments) {
      for (String name : names.split(" ")) {
        functions.put(
            name, new Function(name, List.of(arguments), variadic, returns, experimental));
      }
    }
  }
}
