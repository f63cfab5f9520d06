package dev.tocsin.rules.file;

import dev.tocsin.promql.ast.Expr;
import java.util.List;

/// Raises an alert for every element of the expression's result.
///
/// @param forMs how long the condition has to hold before the alert fires; milliseconds
/// @param keepFiringForMs how long the alert fires on when the condition holds no more
/// @param labels sorted by name, those of the group included; overwrite those of the result
/// @param annotations sorted by name
public record AlertRule(
    String name,
    Expr expr,
    String query,
    long forMs,
    long keepFiringForMs,
    List<TemplateEntry> labels,
    List<TemplateEntry> annotations)
    implements Rule {
  public AlertRule {
    labels = List.copyOf(labels);
    annotations = List.copyOf(annotations);
  }

  @Override
  public List<TextEntry> labelTexts() {
    return texts(labels);
  }

  /// Whether an element always has the same identity.
  public boolean hasConstantLabels() {
    return labels.stream().allMatch(TemplateEntry::isConstant);
  }

  /// Whether the same element has the same identity at all times.
  public boolean hasLastingLabels() {
    return labels.stream().allMatch(TemplateEntry::dependsOnLabelsOnly);
  }

  /// Whether the annotations depend on nothing but the element and the settings.
  public boolean hasPureAnnotations() {
    return annotations.stream().noneMatch(TemplateEntry::asksOutside);
  }

  public List<TextEntry> annotationTexts() {
    return texts(annotations);
  }

  private static List<TextEntry> texts(List<TemplateEntry> entries) {
    return entries.stream().map(entry -> new TextEntry(entry.name(), entry.text())).toList();
  }
}
