package dev.tocsin.rules.template;

import dev.tocsin.rules.template.parse.Node;
import dev.tocsin.rules.template.value.GoValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Queries and their results; other templates.
final class QueryFunctions {
  /// Series a query in a template may give.
  private static final int SAMPLES_MAX = 10_000;

  private QueryFunctions() {}

  static void addTo(Map<String, Function> map) {
    map.put("query", Function.of((run, given) -> query(run, Take.string(given, 0)), Type.STRING));
    map.put("first", Function.of((_, given) -> first(Take.samples(given, 0)), Type.SAMPLES));
    map.put(
        "label",
        Function.of(
            (_, given) ->
                new GoValue.Str(Take.sample(given, 1).labels().get(Take.string(given, 0))),
            Type.STRING,
            Type.SAMPLE));
    map.put("value", Function.of((_, given) -> Take.sample(given, 0).value(), Type.SAMPLE));
    map.put(
        "strvalue",
        Function.of(
            (_, given) -> new GoValue.Str(Take.sample(given, 0).labels().get("__value__")),
            Type.SAMPLE));
    map.put(
        "sortByLabel",
        Function.of(
            (_, given) -> sorted(Take.string(given, 0), Take.samples(given, 1)),
            Type.STRING,
            Type.SAMPLES));
    map.put("args", Function.variadic((_, given) -> arguments(given), Type.ANY));
    map.put(
        "tmpl",
        Function.of(
            (run, given) -> template(run, Take.string(given, 0), given.get(1)),
            Type.STRING,
            Type.ANY));
  }

  private static GoValue query(Run run, String expr) {
    List<TemplateQuery.Sample> result;
    try {
      result = run.data().query().query(expr, run.data().timeMs());
    } catch (RuntimeException e) {
      throw new CallFailure(String.valueOf(e.getMessage()));
    }
    if (result.size() > SAMPLES_MAX) {
      throw new CallFailure("the query gives more than " + SAMPLES_MAX + " series");
    }
    run.charge(result.size());
    return new GoValue.Samples(
        result.stream()
            .map(
                sample ->
                    new GoValue.Sample(
                        sample.labels(), GoValue.of(sample.value(), sample.histogram())))
            .toList());
  }

  private static GoValue first(List<GoValue.Sample> list) {
    if (list.isEmpty()) {
      throw new CallFailure("first() called on vector with no elements");
    }
    return list.getFirst();
  }

  private static GoValue sorted(String label, List<GoValue.Sample> list) {
    Comparator<String> order = Comparison::compareUtf8;
    return new GoValue.Samples(
        list.stream()
            .sorted(Comparator.comparing(sample -> sample.labels().get(label), order))
            .toList());
  }

  private static GoValue arguments(List<GoValue> given) {
    Map<String, GoValue> map = new TreeMap<>();
    for (int i = 0; i < given.size(); i++) {
      map.put("arg" + i, given.get(i));
    }
    return new GoValue.AnyMap(map);
  }

  private static GoValue template(Run run, String name, GoValue data) {
    Node.Body body =
        run.defined(name)
            .orElseThrow(() -> new CallFailure("template \"" + name + "\" is not defined"));
    run.descend();
    try {
      return new GoValue.Html(run.expand(name, body, data));
    } catch (TemplateException e) {
      throw new CallFailure(String.valueOf(e.getMessage()));
    } finally {
      run.ascend();
    }
  }
}
