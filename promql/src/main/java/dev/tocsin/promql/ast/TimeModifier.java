package dev.tocsin.promql.ast;

import org.jspecify.annotations.Nullable;

/// When a selector or subquery looks: `offset` and `@`.
///
/// @param offset null where none is written
/// @param at null where none is written
public record TimeModifier(@Nullable DurationExpr offset, @Nullable At at) {
  public static final TimeModifier NONE = new TimeModifier(null, null);

  /// A fixed time instead of the evaluation's.
  public sealed interface At {
    /// Unix milliseconds.
    record Time(long ms) implements At {}

    /// The start of the query.
    record Start() implements At {}

    /// The end of the query.
    record End() implements At {}
  }
}
