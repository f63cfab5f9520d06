package dev.tocsin.rules.template;

/// A parsed template. Immutable; may be expanded on any thread.
public final class Template {
  private final String name;
  private final String text;

  private Template(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /// Parses a label's or annotation's text.
  ///
  /// @param name appears in error messages; Prometheus uses `__alert_` and the alert's name
  /// @throws TemplateException at the first mistake
  public static Template parse(String name, String text) {
    return new Template(name, text);
  }

  public String name() {
    return name;
  }

  /// The expanded text.
  ///
  /// @throws TemplateException when a function fails, a type does not fit, or a limit is reached
  public String expand(TemplateData data) {
    if (text.contains("{{")) {
      throw new TemplateException("template: " + name + ":1: actions are not built yet", 1, 1);
    }
    return text;
  }

  /// Never fails: an error becomes the text, so that the alert is sent all the same.
  public Expansion expandOrError(TemplateData data) {
    try {
      return new Expansion(expand(data), false);
    } catch (TemplateException e) {
      String reason = "error executing template " + name + ": " + e.getMessage();
      return new Expansion("<error expanding template: " + reason + ">", true);
    }
  }
}
