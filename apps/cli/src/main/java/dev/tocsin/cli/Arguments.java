package dev.tocsin.cli;

import dev.tocsin.model.text.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The arguments of one command: `--name value`, `--name=value`, `--flag`, and the rest; all that
/// follows `--` is rest.
final class Arguments {
  private final Map<String, List<String>> values = new HashMap<>();
  private final Set<String> flags = new HashSet<>();
  private final List<String> rest = new ArrayList<>();

  private Arguments() {}

  /// @param withValue names of options that take a value
  /// @param flagNames names of options that take none
  static Arguments parse(List<String> arguments, Set<String> withValue, Set<String> flagNames) {
    Arguments parsed = new Arguments();
    int at = 0;
    while (at < arguments.size()) {
      String argument = arguments.get(at++);
      if (!argument.startsWith("-") || argument.equals("-")) {
        parsed.rest.add(argument);
        continue;
      }
      if (argument.equals("--")) {
        parsed.rest.addAll(arguments.subList(at, arguments.size()));
        break;
      }
      if (!argument.startsWith("--")) {
        throw new UsageException("unknown option " + argument + "; options start with --");
      }
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals < 0 ? argument.length() : equals);
      if (flagNames.contains(name)) {
        if (equals >= 0) {
          throw new UsageException("--" + name + " takes no value");
        }
        parsed.flags.add(name);
      } else if (!withValue.contains(name)) {
        throw new UsageException(unknown(name, withValue, flagNames));
      } else if (equals >= 0) {
        parsed.give(name, argument.substring(equals + 1));
      } else if (at < arguments.size()) {
        parsed.give(name, arguments.get(at++));
      } else {
        throw new UsageException("--" + name + " needs a value");
      }
    }
    return parsed;
  }

  private static String unknown(String name, Set<String> withValue, Set<String> flagNames) {
    Set<String> known = new HashSet<>(withValue);
    known.addAll(flagNames);
    known = known.stream().map(one -> "--" + one).collect(Collectors.toSet());
    String near = Suggestion.didYouMean("--" + name, known);
    return "unknown option --" + name + (near.isEmpty() ? "" : "; " + near);
  }

  private void give(String name, String value) {
    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  /// What was given last.
  String value(String name, String absent) {
    List<String> all = all(name);
    return all.isEmpty() ? absent : all.getLast();
  }

  /// What was given, in order.
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  List<String> rest() {
    return rest;
  }

  /// For commands that take nothing but options.
  void noRest() {
    if (!rest.isEmpty()) {
      throw new UsageException("unexpected argument \"" + rest.getFirst() + "\"");
    }
  }
}
