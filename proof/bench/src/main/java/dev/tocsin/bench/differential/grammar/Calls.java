package dev.tocsin.bench.differential.grammar;

import dev.tocsin.bench.differential.data.Family;
import dev.tocsin.bench.differential.data.FamilyKind;
import dev.tocsin.promql.ast.Function;
import dev.tocsin.promql.ast.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Calls of functions with arguments that suit them.
final class Calls {
  private static final Set<String> OF_COUNTERS = Set.of("rate", "increase", "irate", "resets");
  private static final Set<String> OF_CLOCKS =
      Set.of(
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "days_in_month",
          "hour",
          "minute",
          "month",
          "year");

  private final Expressions all;
  private final Dice dice;

  Calls(Expressions all, Dice dice) {
    this.all = all;
    this.dice = dice;
  }

  Draft call(Function function, int depth) {
    String name = function.name();
    if (OF_CLOCKS.contains(name)) {
      return clock(name, depth);
    }
    return switch (name) {
      case "histogram_quantile" -> quantile(depth);
      case "histogram_fraction" -> fraction();
      case "label_replace" -> replace(depth);
      case "label_join" -> join(depth);
      case "absent" -> absent(depth);
      case "absent_over_time" ->
          Draft.vector("absent_over_time(" + all.matrix(depth).text() + ")", List.of());
      case "quantile_over_time" -> {
        Draft matrix = all.matrix(depth);
        String text = "quantile_over_time(" + all.fraction(depth) + ", " + matrix.text() + ")";
        yield Draft.vector(text, matrix.labels());
      }
      case "double_exponential_smoothing" -> {
        Draft matrix = all.matrix(depth);
        String factors = ", " + dice.of("0.1", "0.5", "0.9") + ", " + dice.of("0.3", "0.7");
        yield Draft.vector(name + "(" + matrix.text() + factors + ")", matrix.labels());
      }
      case "scalar" -> {
        Draft one = dice.percent(80) ? all.aggregates.single(depth) : all.vector(depth - 1);
        yield Draft.scalar("scalar(" + one.text() + ")");
      }
      case "mad_over_time" -> {
        // Of a window with NaN the peer's version says 0 or anything.
        Set<FamilyKind> kinds = EnumSet.of(FamilyKind.GAUGE, FamilyKind.COUNTER);
        Draft matrix = all.selectors.matrix(all.selectors.family(kinds));
        yield Draft.vector(name + "(" + matrix.text() + ")", matrix.labels());
      }
      case "info" -> info();
      case "sin", "cos", "tan" -> {
        // Of large numbers they would show the last digit of what made those.
        Draft vector = all.vector(depth - 1);
        String small = "clamp(" + vector.text() + ", -1000, 1000)";
        Draft read = all.selectors.vector(all.selectors.anyFamily());
        yield dice.percent(50)
            ? Draft.vector(name + "(" + small + ")", vector.labels())
            : Draft.vector(name + "(" + read.text() + ")", read.labels());
      }
      case "sort_by_label", "sort_by_label_desc" -> {
        // Of absent labels Prometheus's comparison contradicts itself.
        Draft vector = all.viewOf(all.selectors.anyFamily(), depth);
        List<String> by = dice.some(vector.labels());
        String labels = ", \"" + String.join("\", \"", by) + "\"";
        yield Draft.vector(name + "(" + vector.text() + labels + ")", vector.labels());
      }
      case "histogram_avg",
          "histogram_count",
          "histogram_sum",
          "histogram_stddev",
          "histogram_stdvar" ->
          ofHistograms(name, depth);
      default -> bySignature(function, depth);
    };
  }

  private Draft ofHistograms(String name, int depth) {
    Draft histograms = all.histograms(depth);
    return Draft.vector(name + "(" + histograms.text() + ")", histograms.labels());
  }

  private Draft bySignature(Function function, int depth) {
    String name = function.name();
    List<String> arguments = new ArrayList<>();
    List<String> labels = List.of();
    int given = function.arguments().size();
    if (function.variadic() > 0 && dice.percent(50)) {
      given--;
    }
    for (int i = 0; i < given; i++) {
      ValueType type = function.arguments().get(i);
      Draft argument =
          switch (type) {
            case SCALAR -> all.scalar(depth - 1);
            case VECTOR -> all.vector(depth - 1);
            case MATRIX -> OF_COUNTERS.contains(name) ? counters(depth) : all.matrix(depth);
            case STRING -> Draft.scalar("\"text\"");
          };
      arguments.add(argument.text());
      if (type == ValueType.VECTOR || type == ValueType.MATRIX) {
        labels = argument.labels();
      }
    }
    String text = name + "(" + String.join(", ", arguments) + ")";
    return function.returns() == ValueType.SCALAR ? Draft.scalar(text) : Draft.vector(text, labels);
  }

  private Draft counters(int depth) {
    if (!dice.percent(80)) {
      return all.matrix(depth);
    }
    Set<FamilyKind> kinds = EnumSet.of(FamilyKind.COUNTER, FamilyKind.BUCKET, FamilyKind.NATIVE);
    return all.selectors.matrix(all.selectors.family(kinds));
  }

  private Draft clock(String name, int depth) {
    if (dice.percent(20)) {
      return Draft.vector(name + "()", List.of());
    }
    Draft argument =
        dice.percent(70)
            ? all.selectors.vector(all.selectors.family(EnumSet.of(FamilyKind.CLOCK)))
            : all.vector(depth - 1);
    return Draft.vector(name + "(" + argument.text() + ")", argument.labels());
  }

  private Draft quantile(int depth) {
    Draft buckets = all.histograms(depth);
    String text = "histogram_quantile(" + all.fraction(depth) + ", " + buckets.text() + ")";
    return Draft.vector(text, buckets.labelsWithout(List.of("le")));
  }

  /// Not within the first bucket: there the peer's version says NaN.
  private Draft fraction() {
    String name =
        dice.of(
            "latency_seconds_bucket", "size_bytes_bucket", "nh_seconds", "nh_custom", "nh_signed");
    String buckets =
        dice.of(
                "x",
                "rate(x[5m])",
                "increase(x[75s])",
                "sum by (le) (rate(x[2m]))",
                "max by (le) (x)")
            .replace("(x", "(" + name)
            .replaceFirst("^x$", name);
    String lower = dice.of("-Inf", "0.05", "0.1", "0.3", "1", "2.5", "3", "NaN", "+Inf");
    String upper = dice.of("+Inf", "0.1", "0.25", "1", "3", "2.5", "100", "NaN");
    String text = "histogram_fraction(" + lower + ", " + upper + ", " + buckets + ")";
    return Draft.vector(text, buckets.contains(" by ") ? List.of() : List.of("instance", "job"));
  }

  private Draft replace(int depth) {
    Draft vector = all.vector(depth - 1);
    String from = vector.labels().isEmpty() ? "job" : dice.of(vector.labels());
    String to = dice.of("made", "made", from, "job", "__name__", "other");
    String replacement = dice.of("$1", "x-$1", "${1}y", "fixed", "", "$2$1", "$$", "${first}");
    String regex = dice.of("(.*)", "(.)(.*)", "([a-z]+).*", "(?P<first>.).*", "i(.)", "nothing");
    String text =
        "label_replace(%s, \"%s\", \"%s\", \"%s\", \"%s\")"
            .formatted(vector.text(), to, replacement, from, regex);
    return Draft.vector(text, vector.labelsWith(to));
  }

  private Draft join(int depth) {
    Draft vector = all.vector(depth - 1);
    StringBuilder from = new StringBuilder();
    if (!vector.labels().isEmpty() && dice.percent(95)) {
      dice.some(vector.labels()).forEach(label -> from.append(", \"").append(label).append('"'));
    }
    String to = dice.of("made", "made", "job");
    String text =
        "label_join(%s, \"%s\", \"%s\"%s)"
            .formatted(vector.text(), to, dice.of("-", "", "/"), from);
    return Draft.vector(text, vector.labelsWith(to));
  }

  private Draft absent(int depth) {
    String argument =
        switch (dice.below(4)) {
          case 0 -> "nothing{job=\"api\", instance!=\"i1\", zone=\"\"}";
          case 1 -> "nothing{job=\"api\", job=\"web\", kind=~\"a.*\"}";
          case 2 -> "sum(nothing) by (job)";
          default -> all.vector(depth - 1).text();
        };
    return Draft.vector("absent(" + argument + ")", List.of());
  }

  private Draft info() {
    // The peer's version mixes series up where one is absent for a while, and does not look for the
    // info where offset and @ are.
    Family family = all.selectors.named("steady");
    Draft vector = all.selectors.now(family);
    String data =
        dice.of("", ", {region=\"r1\"}", ", {zone=~\".+\"}", ", {__name__=\"target_info\"}");
    return Draft.vector("info(" + vector.text() + data + ")", vector.labels());
  }
}
