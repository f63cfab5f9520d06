package dev.tocsin.rules.lint;

import dev.tocsin.promql.ast.Expr;
import org.jspecify.annotations.Nullable;

/// Into which parts the series of a rule fall, each evaluated by itself.
///
/// @param labels the labels that tell parts apart, as a sentence would name them
/// @param cause where there is only one part: what makes it so; null where there are several
public record Parts(String labels, @Nullable Expr cause) {}
