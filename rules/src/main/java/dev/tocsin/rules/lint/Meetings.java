package dev.tocsin.rules.lint;

import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.BinaryOp;
import dev.tocsin.promql.ast.Expr;
import dev.tocsin.promql.ast.Expr.VectorSelector;
import dev.tocsin.promql.ast.VectorMatching;
import dev.tocsin.promql.data.Matcher;
import java.util.Optional;
import java.util.TreeSet;

/// Finds operators whose sides never meet: a label they are matched by always has one value on the
/// left and another on the right.
final class Meetings {
  private Meetings() {}

  static void check(Expr expr, Report report) {
    if (!(expr instanceof Expr.Binary binary)) {
      return;
    }
    VectorMatching matching = binary.matching();
    boolean needsBoth = binary.op() != BinaryOp.OR && binary.op() != BinaryOp.UNLESS;
    if (matching == null || !needsBoth || Pieces.fills(matching)) {
      return;
    }
    for (String label : matchedBy(binary, matching)) {
      Optional<String> left = KnownValues.of(binary.left(), label);
      Optional<String> right = KnownValues.of(binary.right(), label);
      if (left.isPresent() && right.isPresent() && !left.equals(right)) {
        String message =
            "the sides of "
                + binary.op().sign()
                + " never meet: label "
                + label
                + " is "
                + shown(left.get())
                + " on the left, "
                + shown(right.get())
                + " on the right";
        String hint =
            "name the labels that both sides have with on(), or leave it out with ignoring()";
        report.add(Check.SIDES_NEVER_MEET, binary, message, hint);
        return;
      }
    }
  }

  private static String shown(String value) {
    return value.isEmpty() ? "absent" : LabelNames.quote(value);
  }

  /// The labels of `on`; otherwise those that a matcher in either side demands.
  private static TreeSet<String> matchedBy(Expr.Binary binary, VectorMatching matching) {
    TreeSet<String> labels = new TreeSet<>();
    if (matching.on()) {
      labels.addAll(matching.labels());
    } else {
      Pieces.forEach(
          binary,
          piece -> {
            if (piece instanceof VectorSelector selector) {
              selector.matchers().stream()
                  .filter(matcher -> matcher.kind() == Matcher.Kind.EQUAL)
                  .forEach(matcher -> labels.add(matcher.name()));
            }
          });
      matching.labels().forEach(labels::remove);
    }
    labels.remove(Labels.METRIC_NAME);
    return labels;
  }
}
