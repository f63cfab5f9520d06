package dev.tocsin.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The options of a load case, each with a default: `--name value`.
public final class CaseOptions {
  private final Map<String, String> values;

  private CaseOptions(Map<String, String> values) {
    this.values = values;
  }

  /// Throws [IllegalArgumentException] that lists the known options where one is unknown.
  ///
  /// @param defaults every option there is
  public static CaseOptions parse(List<String> arguments, Map<String, String> defaults) {
    Map<String, String> values = new LinkedHashMap<>(defaults);
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i).replaceFirst("^--", "");
      if (!defaults.containsKey(name) || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(
            "\""
                + arguments.get(i)
                + "\" is no option with a value; known with defaults: "
                + defaults);
      }
      values.put(name, arguments.get(i + 1));
    }
    return new CaseOptions(values);
  }

  public String text(String name) {
    return values.getOrDefault(name, "");
  }

  public int number(String name) {
    return Integer.parseInt(text(name));
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    values.forEach((name, value) -> out.append(" --").append(name).append(' ').append(value));
    return out.toString().strip();
  }
}
