package dev.tocsin.bench.fuzz.query;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Selectors with their modifiers, ranges, and durations.
final class SelectorGenerator {
  private final SplittableRandom chance;

  SelectorGenerator(SplittableRandom chance) {
    this.chance = chance;
  }

  private boolean oneIn(int count) {
    return chance.nextInt(count) == 0;
  }

  String vector() {
    return series() + window(12) + modifiers();
  }

  String matrix() {
    return series() + "[" + range() + "]" + window(8) + modifiers();
  }

  /// From the opening bracket on.
  String subqueryRange() {
    // A step this small makes more points than a query may hold.
    String step = oneIn(200) ? "1ms" : Vocabulary.any(chance, Vocabulary.STEPS);
    return "[" + range() + ":" + step + "]" + modifiers();
  }

  private String window(int rarity) {
    return oneIn(rarity) ? (oneIn(2) ? " anchored" : " smoothed") : "";
  }

  /// Only matchers, in braces.
  String matchers() {
    List<String> matchers = new ArrayList<>();
    for (int i = 1 + chance.nextInt(2); i > 0; i--) {
      matchers.add(matcher());
    }
    return "{" + String.join(oneIn(2) ? "," : " , ", matchers) + (oneIn(6) ? "," : "") + "}";
  }

  private String series() {
    String name = Vocabulary.any(chance, Vocabulary.METRICS);
    return switch (chance.nextInt(8)) {
      case 0 -> "{__name__=~\"" + name + ".*\"}";
      case 1 -> "{\"" + (oneIn(2) ? Vocabulary.QUOTED : name) + "\"," + matcher() + "}";
      case 2, 3 -> name + matchers();
      default -> name;
    };
  }

  private String matcher() {
    String label = Vocabulary.any(chance, Vocabulary.LABELS);
    if (label.equals("__name__")) {
      label = "job";
    }
    return switch (chance.nextInt(5)) {
      case 0 -> label + "!=\"" + Vocabulary.any(chance, Vocabulary.VALUES) + "\"";
      case 1 -> label + "=~\"" + Vocabulary.any(chance, Vocabulary.PATTERNS) + "\"";
      case 2 -> label + "!~'" + Vocabulary.any(chance, Vocabulary.PATTERNS) + "'";
      default -> label + "=\"" + Vocabulary.any(chance, Vocabulary.VALUES) + "\"";
    };
  }

  private String modifiers() {
    return switch (chance.nextInt(12)) {
      case 0, 1 -> offset();
      case 2 -> at();
      case 3 -> offset() + at();
      case 4 -> at() + offset();
      default -> "";
    };
  }

  private String offset() {
    if (oneIn(6)) {
      return " offset " + (oneIn(2) ? "-" : "") + "(" + duration(2) + ")";
    }
    return " offset " + Vocabulary.any(chance, Vocabulary.OFFSETS);
  }

  private String at() {
    return switch (chance.nextInt(5)) {
      case 0 -> " @ start()";
      case 1 -> " @ end()";
      case 2 -> " @ " + chance.nextInt(-1000, 1000);
      default -> {
        long second = chance.nextLong(Vocabulary.LENGTH_SECONDS);
        yield " @ " + (Vocabulary.BEGIN_SECONDS + second) + (oneIn(3) ? ".5" : "");
      }
    };
  }

  private String range() {
    return oneIn(8) ? duration(2) : Vocabulary.any(chance, Vocabulary.RANGES);
  }

  private String duration(int depth) {
    if (depth == 0) {
      return Vocabulary.any(chance, Vocabulary.RANGES);
    }
    return switch (chance.nextInt(10)) {
      case 0 -> "step()";
      case 1 -> "range()";
      case 2 -> "min_of(" + duration(depth - 1) + ", " + duration(depth - 1) + ")";
      case 3 -> "max_of(" + duration(depth - 1) + "," + duration(depth - 1) + ")";
      case 4 -> "(" + duration(depth - 1) + ")";
      case 5 -> "-" + duration(depth - 1);
      case 6 -> duration(depth - 1) + " * 2";
      default -> {
        String op = Vocabulary.any(chance, List.of(" + ", " - ", "/", " % ", " ^ ", "+"));
        yield duration(depth - 1) + op + duration(depth - 1);
      }
    };
  }
}
