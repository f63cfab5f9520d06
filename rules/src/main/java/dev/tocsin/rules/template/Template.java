package dev.tocsin.rules.template;

import dev.tocsin.rules.template.format.BoundedText;
import dev.tocsin.rules.template.parse.Parsed;
import dev.tocsin.rules.template.parse.Parser;
import dev.tocsin.rules.template.parse.SyntaxError;
import dev.tocsin.rules.template.value.GoValue;
import java.util.List;

/// A parsed template. Immutable; may be expanded on any thread.
///
/// The language is Go's text/template with `missingkey=zero`. The variables `$labels`,
/// `$externalLabels`, `$externalURL` and `$value` exist from the start, but not within `define`.
public final class Template {
  /// Characters of a template's text.
  public static final int SOURCE_MAX = 1 << 20;

  private static final List<String> VARIABLES =
      List.of("$labels", "$externalLabels", "$externalURL", "$value");

  private final String name;
  private final String text;
  private final Parsed parsed;

  private Template(String name, String text, Parsed parsed) {
    this.name = name;
    this.text = text;
    this.parsed = parsed;
  }

  /// Parses a label's or annotation's text.
  ///
  /// @param name appears in error messages; Prometheus uses `__alert_` and the alert's name
  /// @throws TemplateException at the first mistake
  public static Template parse(String name, String text) {
    if (text.length() > SOURCE_MAX) {
      String reason = "the template is longer than " + SOURCE_MAX + " characters";
      throw Failure.syntax(name, text, 0, reason);
    }
    try {
      return new Template(name, text, Parser.parse(name, text, Functions.names(), VARIABLES));
    } catch (SyntaxError e) {
      throw Failure.syntax(name, text, e.at(), String.valueOf(e.getMessage()));
    }
  }

  public String name() {
    return name;
  }

  /// The expanded text.
  ///
  /// @throws TemplateException when a function fails, a type does not fit, or a limit is reached
  public String expand(TemplateData data) {
    BoundedText out = new BoundedText(Run.TEXT_MAX);
    GoValue value = GoValue.of(data.value(), data.histogram());
    Variables variables =
        new Variables(
            new GoValue.Root(data.labels(), data.externalLabels(), data.externalUrl(), value));
    variables.declare("$labels", new GoValue.LabelMap(data.labels()));
    variables.declare("$externalLabels", new GoValue.LabelMap(data.externalLabels()));
    variables.declare("$externalURL", new GoValue.Str(data.externalUrl()));
    variables.declare("$value", value);
    Run run = new Run(name, text, parsed, data);
    new Executor(run, name, out).run(parsed.main(), variables);
    return out.toString();
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
