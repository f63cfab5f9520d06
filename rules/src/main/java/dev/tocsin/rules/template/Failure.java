package dev.tocsin.rules.template;

import dev.tocsin.rules.template.parse.Literals;
import dev.tocsin.rules.template.parse.Node;
import java.nio.charset.StandardCharsets;

/// Error texts as Go words them.
final class Failure {
  private Failure() {}

  /// A mistake in the text, at this offset.
  static TemplateException syntax(String name, String text, int at, String message) {
    int line = line(text, at);
    return new TemplateException(
        "template: " + name + ":" + line + ": " + message, line, column(text, at) + 1);
  }

  /// A failure of a running template at this node.
  static TemplateException execution(Run run, String template, Node node, String message) {
    String text = run.text();
    int line = line(text, node.at());
    int column = column(text, node.at());
    int start = node.at() - column;
    // Go counts bytes, from 0.
    int bytes = text.substring(start, node.at()).getBytes(StandardCharsets.UTF_8).length;
    String where = run.name() + ":" + line + ":" + bytes;
    String what = "executing " + Literals.quote(template) + " at <" + node + ">: " + message;
    return new TemplateException("template: " + where + ": " + what, line, column + 1);
  }

  private static int line(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private static int column(String text, int at) {
    return at - (text.lastIndexOf('\n', at - 1) + 1);
  }
}
