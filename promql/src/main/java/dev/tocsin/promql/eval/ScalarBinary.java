package dev.tocsin.promql.eval;

import dev.tocsin.promql.ast.BinaryOp;

/// An operator between two scalars.
record ScalarBinary(BinaryOp op, ScalarNode left, ScalarNode right) implements ScalarNode {
  @Override
  public double at(long timeMs) {
    return Arithmetic.scalar(op, left.at(timeMs), right.at(timeMs));
  }
}
