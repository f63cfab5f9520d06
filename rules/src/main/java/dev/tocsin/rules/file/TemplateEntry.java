package dev.tocsin.rules.file;

import dev.tocsin.rules.template.Template;

/// A label or annotation of an alert rule.
///
/// @param text as written
/// @param template the text, parsed
public record TemplateEntry(String name, String text, Template template) {
  /// Whether it always comes out as it is written.
  public boolean isConstant() {
    return !text.contains("{{");
  }

  /// Whether it comes out the same for the same labels, whatever the value, the data and the time
  /// are. May be wrong only by denying it too often.
  public boolean dependsOnLabelsOnly() {
    return isConstant() || !(asksOutside() || text.contains("alue"));
  }

  /// Whether it may come out differently for the same labels and value, because it asks the data or
  /// the time. May be wrong only by saying so too often.
  public boolean asksOutside() {
    return text.contains("query") || text.contains("now");
  }
}
