package dev.tocsin.deliver.destination;

import dev.tocsin.model.alert.AlertEvent;
import dev.tocsin.model.labels.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Who sends: what every message from this agent carries.
///
/// @param externalUrl where users reach this agent; without a slash at its end
/// @param externalLabels added to an alert's labels where it has none of that name
public record Origin(String externalUrl, Labels externalLabels) {
  public Origin {
    externalUrl =
        externalUrl.endsWith("/")
            ? externalUrl.substring(0, externalUrl.length() - 1)
            : externalUrl;
  }

  /// The alert's labels with the external ones added where absent.
  public Labels labels(AlertEvent event) {
    if (externalLabels.isEmpty()) {
      return event.labels();
    }
    return externalLabels.toBuilder().setAll(event.labels()).build();
  }

  /// The page that graphs the expression, as Prometheus links it.
  public String generatorUrl(String expression) {
    // URLEncoder and Go's QueryEscape differ in two characters.
    String escaped =
        URLEncoder.encode(expression, StandardCharsets.UTF_8)
            .replace("*", "%2A")
            .replace("%7E", "~");
    return externalUrl + "/graph?g0.expr=" + escaped + "&g0.tab=1";
  }
}
