package dev.tocsin.rules.template;

import dev.tocsin.rules.template.value.GoValue;
import java.util.List;

/// A function or method a template can call.
///
/// @param types of the arguments
/// @param variadic whether the last type stands for any number of arguments, also none
record Function(List<Type> types, boolean variadic, Body body) {
  static Function of(Body body, Type... types) {
    return new Function(List.of(types), false, body);
  }

  static Function variadic(Body body, Type... types) {
    return new Function(List.of(types), true, body);
  }

  /// Those that are always there.
  int fixed() {
    return variadic ? types.size() - 1 : types.size();
  }

  Type type(int index) {
    return types.get(Math.min(index, types.size() - 1));
  }

  /// What it does with arguments whose number and types are right.
  @FunctionalInterface
  interface Body {
    /// @throws CallFailure where the values are not what it needs
    GoValue call(Run run, List<GoValue> arguments);
  }
}
