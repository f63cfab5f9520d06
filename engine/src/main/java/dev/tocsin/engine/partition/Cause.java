package dev.tocsin.engine.partition;

import dev.tocsin.promql.ast.Expr;
import java.util.Optional;

/// Why an expression has the empty key.
public final class Cause {
  private Cause() {}

  /// The first of the smallest pieces that read series and have the empty key; empty where the
  /// expression has another key, or reads no series.
  public static Optional<Expr> of(Expr expr) {
    if (!isWhole(expr)) {
      return Optional.empty();
    }
    Expr piece = expr;
    while (true) {
      Optional<Expr> smaller = Children.of(piece).stream().filter(Cause::isWhole).findFirst();
      if (smaller.isEmpty()) {
        return Optional.of(piece);
      }
      piece = smaller.get();
    }
  }

  private static boolean isWhole(Expr expr) {
    return Leaves.readsSeries(expr) && PartitionKey.of(expr).isEmpty();
  }
}
