package dev.tocsin.rules.template;

import dev.tocsin.rules.template.format.Printf;
import dev.tocsin.rules.template.format.ValueText;
import dev.tocsin.rules.template.value.GoValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// All functions by name: those of Go, and those of Prometheus.
final class Functions {
  private static final Map<String, Function> ALL = all();

  private Functions() {}

  static Set<String> names() {
    return ALL.keySet();
  }

  /// By a name the parser has seen to exist.
  static Function get(String name) {
    return Objects.requireNonNull(ALL.get(name));
  }

  private static Map<String, Function> all() {
    Map<String, Function> map = new HashMap<>();
    addLogic(map);
    addText(map);
    QueryFunctions.addTo(map);
    NumberFunctions.addTo(map);
    TextFunctions.addTo(map);
    return Map.copyOf(map);
  }

  private static void addLogic(Map<String, Function> map) {
    // The evaluator stops at the first argument that decides; only the types matter here.
    Function last = Function.variadic((_, given) -> given.getLast(), Type.ANY, Type.ANY);
    map.put("and", last);
    map.put("or", last);
    map.put("not", Function.of((_, given) -> bool(!given.getFirst().isTrue()), Type.ANY));
    map.put(
        "eq",
        Function.variadic(
            (_, given) -> bool(Comparison.equal(given.getFirst(), given.subList(1, given.size()))),
            Type.ANY,
            Type.ANY));
    map.put("ne", comparison((a, b) -> !Comparison.equal(a, List.of(b))));
    map.put("lt", comparison(Comparison::less));
    map.put("le", comparison(Comparison::lessOrEqual));
    // As Go defines them, so that both are true of NaN.
    map.put("gt", comparison((a, b) -> !Comparison.lessOrEqual(a, b)));
    map.put("ge", comparison((a, b) -> !Comparison.less(a, b)));
    map.put("index", Function.variadic((_, given) -> Indexing.index(given), Type.ANY, Type.ANY));
    map.put("slice", Function.variadic((_, given) -> Indexing.slice(given), Type.ANY, Type.ANY));
    map.put("len", Function.of((_, given) -> Indexing.length(given.getFirst()), Type.ANY));
    map.put("call", Function.variadic((_, given) -> call(given.getFirst()), Type.ANY, Type.ANY));
  }

  private static void addText(Map<String, Function> map) {
    map.put(
        "print",
        Function.variadic((_, given) -> text(ValueText.print(given, Run.TEXT_MAX)), Type.ANY));
    map.put(
        "println",
        Function.variadic((_, given) -> text(ValueText.println(given, Run.TEXT_MAX)), Type.ANY));
    map.put(
        "printf",
        Function.variadic(
            (_, given) -> {
              String format = Take.string(given, 0);
              List<GoValue> rest = given.subList(1, given.size());
              return text(new Printf(Run.TEXT_MAX).format(format, rest));
            },
            Type.STRING,
            Type.ANY));
    map.put("html", Function.variadic((_, given) -> text(Escape.html(joined(given))), Type.ANY));
    map.put("js", Function.variadic((_, given) -> text(Escape.js(joined(given))), Type.ANY));
    map.put(
        "urlquery",
        Function.variadic((_, given) -> text(Escape.urlQuery(joined(given))), Type.ANY));
  }

  private interface Order {
    boolean holds(GoValue left, GoValue right);
  }

  private static Function comparison(Order order) {
    return Function.of(
        (_, given) -> bool(order.holds(given.getFirst(), given.getLast())), Type.ANY, Type.ANY);
  }

  private static GoValue call(GoValue value) {
    throw new CallFailure(
        value instanceof GoValue.Nil ? "call of nil" : "non-function of type " + value.typeName());
  }

  private static String joined(List<GoValue> values) {
    return Printable.joined(values);
  }

  static GoValue bool(boolean value) {
    return new GoValue.Bool(value);
  }

  static GoValue text(String value) {
    return new GoValue.Str(value);
  }
}
