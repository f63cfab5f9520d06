package dev.tocsin.engine.unittest;

import dev.tocsin.model.json.JsonWriter;
import java.util.Comparator;
import java.util.List;

/// An alert as it is compared.
record AlertText(Pairs labels, Pairs annotations) {
  static final Comparator<AlertText> ORDER =
      Comparator.comparing(AlertText::labels).thenComparing(AlertText::annotations);

  /// As promtool lists them.
  static String list(List<AlertText> alerts) {
    if (alerts.isEmpty()) {
      return "[]";
    }
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < alerts.size(); i++) {
      AlertText alert = alerts.get(i);
      out.append(i == 0 ? "" : ",").append('\n').append(i).append(':');
      out.append("\n  Labels:").append(indented(alert.labels.toString(), "  "));
      out.append("\n  Annotations:").append(indented(alert.annotations.toString(), "  "));
    }
    return out.append("\n]").toString();
  }

  /// All lines but the first with this in front.
  static String indented(String lines, String indent) {
    return lines.replace("\n", "\n" + indent);
  }

  static JsonTree json(List<AlertText> alerts) {
    return new JsonTree.Items(
        alerts.stream()
            .<JsonTree>map(
                alert ->
                    new JsonTree.Entries(
                        java.util.Map.of(
                            "Labels",
                            JsonTree.Entries.ofTexts(alert.labels.map()),
                            "Annotations",
                            JsonTree.Entries.ofTexts(alert.annotations.map()))))
            .toList());
  }

  /// Quoted as in JSON.
  static String quoted(String text) {
    return new JsonWriter().value(text).toString();
  }
}
