package dev.tocsin.bench.differential.grammar;

import dev.tocsin.bench.differential.data.Family;
import dev.tocsin.bench.differential.data.FamilyKind;
import dev.tocsin.bench.differential.data.Plan;
import dev.tocsin.model.labels.LabelNames;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Selectors with matchers, ranges and modifiers of time.
final class Selectors {
  private static final Set<FamilyKind> ANY = EnumSet.allOf(FamilyKind.class);
  private static final Set<FamilyKind> FLOATS =
      EnumSet.complementOf(EnumSet.of(FamilyKind.NATIVE, FamilyKind.NATIVE_ODD));
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]*");

  private final List<Family> families;
  private final long baseMs;
  private final Dice dice;

  Selectors(List<Family> families, long baseMs, Dice dice) {
    this.families = families;
    this.baseMs = baseMs;
    this.dice = dice;
  }

  Family family(Set<FamilyKind> kinds) {
    return dice.of(families.stream().filter(f -> kinds.contains(f.kind())).toList());
  }

  Family named(String name) {
    return families.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  /// Any metric; the usual kinds more often.
  Family anyFamily() {
    int roll = dice.below(20);
    if (roll < 8) {
      return family(EnumSet.of(FamilyKind.GAUGE));
    }
    if (roll < 14) {
      return family(EnumSet.of(FamilyKind.COUNTER));
    }
    return family(roll < 17 ? FLOATS : ANY);
  }

  Draft vector(Family family) {
    return Draft.vector(series(family) + when(), family.labelNames());
  }

  /// Without modifiers of time.
  Draft now(Family family) {
    return Draft.vector(series(family), family.labelNames());
  }

  /// Series of several metrics.
  Draft several() {
    String matchers =
        dice.of(
            "{job=\"api\",instance=\"i1\"}",
            "{__name__=~\"celsius|queue_length\"}",
            "{__name__=~\".*_total\",method!=\"get\"}",
            "{__name__!~\"[a-l].*\",instance=~\"i[12]\"}",
            "{instance=\"i2\",job!=\"\",code=\"\"}");
    return Draft.vector(matchers + when(), List.of("instance", "job"));
  }

  Draft matrix(Family family) {
    String text = series(family) + "[" + range() + "]" + when();
    return Draft.matrix(dice.percent(3) ? "(" + text + ")" : text, family.labelNames());
  }

  /// The name and perhaps matchers, which mostly accept something.
  private String series(Family family) {
    List<String> matchers = new ArrayList<>();
    while (dice.percent(25) && !family.labelNames().isEmpty() && matchers.size() < 3) {
      matchers.add(matcher(family));
    }
    boolean legacy = LabelNames.isLegacyLabelName(family.name());
    if (!legacy) {
      matchers.addFirst(LabelNames.quote(family.name()));
    } else if (dice.percent(4)) {
      matchers.add("__name__=\"" + family.name() + "\"");
      legacy = false;
    }
    String list = matchers.isEmpty() ? "" : "{" + String.join(",", matchers) + "}";
    return legacy ? family.name() + list : list;
  }

  private String matcher(Family family) {
    String label = dice.of(family.labelNames());
    String value = dice.of(family.values(label));
    String name = LabelNames.isLegacyLabelName(label) ? label : LabelNames.quote(label);
    boolean plain = PLAIN.matcher(value).matches();
    return switch (dice.below(plain ? 6 : 2)) {
      case 0 -> name + "=" + LabelNames.quote(value);
      case 1 -> name + "!=" + LabelNames.quote(value);
      case 2 -> name + "=~\"" + value + "|other\"";
      case 3 -> name + "!~\"" + value + "|other\"";
      case 4 -> name + "=~\"" + value.substring(0, Math.min(1, value.length())) + ".*\"";
      default -> name + "=~\".+\"";
    };
  }

  String range() {
    return dice.percent(8)
        ? dice.of("300", "90.5", "0x78", "1e2", "1m30s", "2m1s500ms")
        : dice.of(
            "30s", "45s", "1m", "75s", "2m", "5m", "5m", "10m", "15m", "20m", "61s", "89s500ms");
  }

  /// Offset and `@`, sometimes, in either order.
  String when() {
    if (!dice.percent(22)) {
      return "";
    }
    String offset =
        " offset "
            + dice.of("1m", "15s", "-30s", "5m", "-2m", "7m30s", "61", "-1500ms", "-0.5", "0s");
    String at = " @ " + at();
    return switch (dice.below(4)) {
      case 0 -> offset;
      case 1 -> at;
      case 2 -> offset + at;
      default -> at + offset;
    };
  }

  private String at() {
    if (dice.percent(40)) {
      return dice.of("start()", "end()");
    }
    long timeMs = baseMs - dice.between(0, Plan.SPAN_MS);
    return dice.percent(70)
        ? Long.toString(timeMs / 1000)
        : timeMs / 1000 + "." + dice.of("5", "25", "001", "999");
  }
}
