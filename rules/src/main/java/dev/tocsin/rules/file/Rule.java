package dev.tocsin.rules.file;

import dev.tocsin.promql.ast.Expr;
import java.util.List;

/// One rule, ready to be evaluated.
public sealed interface Rule permits AlertRule, RecordingRule {
  /// The alert's name, or that of the recorded metric.
  String name();

  Expr expr();

  /// The expression, printed in its canonical form.
  String query();

  /// Sorted by name, those of the group included, as written.
  List<TextEntry> labelTexts();
}
