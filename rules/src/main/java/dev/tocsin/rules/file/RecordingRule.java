package dev.tocsin.rules.file;

import dev.tocsin.promql.ast.Expr;
import java.util.List;

/// Writes the result of an expression as series of a new name.
///
/// @param labels sorted by name, those of the group included; overwrite those of the result
public record RecordingRule(String name, Expr expr, String query, List<TextEntry> labels)
    implements Rule {
  public RecordingRule {
    labels = List.copyOf(labels);
  }

  @Override
  public List<TextEntry> labelTexts() {
    return labels;
  }
}
