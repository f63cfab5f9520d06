package dev.tocsin.rules.template.parse;

import java.util.ArrayList;
import java.util.List;

/// The variables that exist where the parser is. `$`, the data a template was called with, always
/// does.
final class Scope {
  private List<String> names = new ArrayList<>();

  Scope(List<String> names) {
    this.names.addAll(names);
  }

  void declare(String name) {
    names.add(name);
  }

  boolean has(String name) {
    return name.equals("$") || names.contains(name);
  }

  int mark() {
    return names.size();
  }

  void backTo(int mark) {
    names.subList(mark, names.size()).clear();
  }

  /// The names before.
  List<String> replace(List<String> others) {
    List<String> before = names;
    names = new ArrayList<>(others);
    return before;
  }
}
