package dev.tocsin.promql.parse;

/// Which experimental parts of the language are on. What is off is understood and refused.
///
/// @param experimentalFunctions the functions and aggregations marked experimental
/// @param durationExpressions arithmetic in ranges, offsets and steps
/// @param extendedRangeSelectors `anchored` and `smoothed`
/// @param fillModifiers `fill`, `fill_left` and `fill_right` on binary operators
public record ParseOptions(
    boolean experimentalFunctions,
    boolean durationExpressions,
    boolean extendedRangeSelectors,
    boolean fillModifiers) {
  /// As Prometheus 3.14 starts without feature flags.
  public static final ParseOptions DEFAULT = new ParseOptions(false, true, false, false);

  public static final ParseOptions ALL = new ParseOptions(true, true, true, true);
}
