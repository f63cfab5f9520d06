package dev.tocsin.rules.template;

import dev.tocsin.rules.template.value.GoValue;
import java.util.ArrayList;
import java.util.List;

/// The variables of one running template, the innermost last. The parser has seen to it that every
/// name exists.
final class Variables {
  private final List<String> names = new ArrayList<>();
  private final List<GoValue> values = new ArrayList<>();

  Variables(GoValue data) {
    declare("$", data);
  }

  void declare(String name, GoValue value) {
    names.add(name);
    values.add(value);
  }

  void assign(String name, GoValue value) {
    values.set(names.lastIndexOf(name), value);
  }

  GoValue get(String name) {
    return values.get(names.lastIndexOf(name));
  }

  /// Of those declared last; 1 is the last.
  void setFromTop(int position, GoValue value) {
    values.set(values.size() - position, value);
  }

  int mark() {
    return names.size();
  }

  void backTo(int mark) {
    names.subList(mark, names.size()).clear();
    values.subList(mark, values.size()).clear();
  }
}
