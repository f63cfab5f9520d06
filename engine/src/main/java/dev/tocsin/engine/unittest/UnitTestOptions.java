package dev.tocsin.engine.unittest;

import dev.tocsin.promql.feature.Features;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// How unit tests are run.
///
/// @param selected by its name, whether a test is run; tests without a name have the empty one
/// @param diff whether what differs between alerts is shown as one text, with colors
/// @param unknownKeysIgnored in rule files; test files are always read strictly
/// @param features of the query language that are on
/// @param debug what is told on the way
public record UnitTestOptions(
    Predicate<String> selected,
    boolean diff,
    boolean unknownKeysIgnored,
    Features features,
    Debug debug) {
  /// All tests, nothing special.
  public static final UnitTestOptions DEFAULT =
      new UnitTestOptions(_ -> true, false, false, Features.NONE, Debug.OFF);

  /// What is told on the way.
  ///
  /// @param lines is told them
  /// @param nanos a clock, for how long a test took
  public record Debug(boolean on, Consumer<String> lines, LongSupplier nanos) {
    public static final Debug OFF = new Debug(false, _ -> {}, () -> 0);
  }
}
