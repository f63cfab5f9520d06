package dev.tocsin.promql.ast;

import java.util.List;

/// The signature of a function.
///
/// @param arguments the types of its arguments
/// @param variadic 0: exactly these; n > 0: the last n are optional; -1: the last one may be absent
///   or repeated
/// @param experimental refused unless experimental functions are switched on
public record Function(
    String name, List<ValueType> arguments, int variadic, ValueType returns, boolean experimental) {
  public Function {
    arguments = List.copyOf(arguments);
  }
}
