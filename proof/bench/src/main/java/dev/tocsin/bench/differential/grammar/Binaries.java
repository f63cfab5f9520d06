package dev.tocsin.bench.differential.grammar;

import dev.tocsin.bench.differential.data.Family;
import dev.tocsin.bench.differential.data.FamilyKind;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// Binary operators between sides that mostly find each other.
final class Binaries {
  private final Expressions all;
  private final Dice dice;

  Binaries(Expressions all, Dice dice) {
    this.all = all;
    this.dice = dice;
  }

  Draft binary(BinaryOp op, int depth) {
    if (op.isSet()) {
      return set(op, depth);
    }
    return switch (dice.below(10)) {
      case 0, 1 -> withScalar(op, all.vector(depth - 1), depth);
      case 2, 3 -> alike(op, depth);
      case 4, 5 -> aggregated(op, depth);
      case 6, 7 -> manyToOne(op, depth);
      case 8 -> anyhow(op, depth);
      default -> scalars(op, depth);
    };
  }

  Draft withScalar(BinaryOp op, Draft vector, int depth) {
    Draft scalar = all.scalar(depth - 1);
    boolean first = dice.percent(50);
    String text =
        first
            ? vector.tight() + sign(op) + scalar.tight()
            : scalar.tight() + sign(op) + vector.tight();
    return Draft.vector(text, vector.labels()).asLoose();
  }

  /// Both must be there for a comparison of scalars, or it is refused.
  private Draft scalars(BinaryOp op, int depth) {
    String bool = op.isComparison() ? " bool" : "";
    String text =
        all.scalar(depth - 1).tight()
            + " "
            + op.sign()
            + bool
            + " "
            + all.scalar(depth - 1).tight();
    return Draft.scalar(text).asLoose();
  }

  private String sign(BinaryOp op) {
    return " " + op.sign() + (op.isComparison() && dice.percent(40) ? " bool " : " ");
  }

  /// Two views of the same series.
  private Draft alike(BinaryOp op, int depth) {
    Family family = all.selectors.anyFamily();
    Draft left = all.viewOf(family, depth);
    Draft right = all.viewOf(family, depth);
    List<String> labels = family.labelNames();
    String matching =
        switch (dice.below(4)) {
          case 0 -> "on (" + String.join(", ", labels) + ") ";
          case 1 -> "ignoring (" + dice.of("other", "absent_label") + ") ";
          default -> "";
        };
    String text = left.tight() + sign(op) + matching + right.tight();
    return Draft.vector(text, labels).asLoose();
  }

  private Draft aggregated(BinaryOp op, int depth) {
    Draft one = all.vector(depth - 1);
    Draft other = all.vector(depth - 1);
    List<String> shared = one.labels().stream().filter(other.labels()::contains).toList();
    List<String> by = shared.isEmpty() ? List.of() : dice.some(shared);
    String matching =
        switch (dice.below(3)) {
          case 0 -> "on (" + String.join(", ", by) + ") ";
          case 1 -> "ignoring (absent_label) ";
          default -> "";
        };
    String text = grouped(one, by) + sign(op) + matching + grouped(other, by);
    return Draft.vector(text, by).asLoose();
  }

  private String grouped(Draft vector, List<String> by) {
    String aggregation = dice.of("sum", "max", "min", "avg", "count");
    return aggregation + " by (" + String.join(", ", by) + ") (" + vector.text() + ")";
  }

  /// `group_left`, or turned around `group_right`.
  private Draft manyToOne(BinaryOp op, int depth) {
    Family family =
        all.selectors.family(EnumSet.of(FamilyKind.COUNTER, FamilyKind.GAUGE, FamilyKind.INFO));
    Draft many = all.viewOf(family, depth);
    Family info = all.selectors.family(EnumSet.of(FamilyKind.INFO));
    List<String> on = many.labels().stream().filter(info.labelNames()::contains).toList();
    List<String> rest = info.labelNames().stream().filter(l -> !on.contains(l)).toList();
    List<String> include = new ArrayList<>();
    if (!rest.isEmpty() && dice.percent(60)) {
      include.addAll(dice.some(rest));
    } else if (dice.percent(10)) {
      include.add("absent_label");
    }
    String one = oneSide(info, on, include);
    boolean ignoring = dice.percent(25);
    List<String> left = new ArrayList<>(many.labelsWithout(on));
    left.addAll(include);
    String matching =
        ignoring
            ? "ignoring (" + String.join(", ", left) + ") "
            : "on (" + String.join(", ", on) + ") ";
    boolean turned = dice.percent(50);
    String group =
        (turned ? "group_right" : "group_left") + " (" + String.join(", ", include) + ") ";
    String middle = sign(op) + matching + group;
    String text = turned ? one + middle + many.tight() : many.tight() + middle + one;
    Draft result = Draft.vector(text, many.labels());
    for (String label : include) {
      result = Draft.vector(text, result.labelsWith(label));
    }
    return result.asLoose();
  }

  private String oneSide(Family info, List<String> on, List<String> include) {
    if (dice.percent(40)) {
      return all.selectors.vector(info).text();
    }
    List<String> by = new ArrayList<>(on);
    by.addAll(include);
    return "max by (" + String.join(", ", by) + ") (" + info.name() + ")";
  }

  /// Whatever comes: often no match, or too many.
  private Draft anyhow(BinaryOp op, int depth) {
    Draft left = all.vector(depth - 1);
    Draft right = all.vector(depth - 1);
    return Draft.vector(left.tight() + sign(op) + matching(left) + right.tight(), left.labels())
        .asLoose();
  }

  private String matching(Draft left) {
    List<String> labels = left.labels().isEmpty() ? List.of() : dice.some(left.labels());
    return dice.percent(60)
        ? dice.of("on", "ignoring") + " (" + String.join(", ", labels) + ") "
        : "";
  }

  private Draft set(BinaryOp op, int depth) {
    Draft left;
    Draft right;
    if (dice.percent(50)) {
      Family family = all.selectors.anyFamily();
      left = all.viewOf(family, depth);
      right = filtered(all.viewOf(family, depth));
    } else {
      left = all.vector(depth - 1);
      right = all.vector(depth - 1);
    }
    String text = left.tight() + " " + op.sign() + " " + matching(left) + right.tight();
    return new Draft(ValueType.VECTOR, text, left.labels(), true);
  }

  private Draft filtered(Draft vector) {
    return dice.percent(50)
        ? Draft.vector(vector.tight() + dice.of(" > ", " < ", " != ") + "1", vector.labels())
            .asLoose()
        : vector;
  }
}
