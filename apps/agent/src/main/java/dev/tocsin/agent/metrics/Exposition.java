package dev.tocsin.agent.metrics;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.GoFloat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Writes families in the two text formats, as their specifications say: Prometheus text 0.0.4 and
/// OpenMetrics 1.0.0.
public enum Exposition {
  TEXT("text/plain; version=0.0.4; charset=utf-8"),
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private static final String TOTAL = "_total";
  private final String contentType;

  Exposition(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /// What the header `Accept` prefers; the older format where it names neither.
  public static Exposition negotiate(String accept) {
    double open = 0;
    double text = 0;
    for (String part : accept.toLowerCase(Locale.ROOT).split(",", 32)) {
      String type = part.split(";", 2)[0].strip();
      double quality = quality(part);
      if (type.equals("application/openmetrics-text")) {
        open = Math.max(open, quality);
      } else if (type.equals("text/plain") || type.equals("text/*") || type.equals("*/*")) {
        text = Math.max(text, quality);
      }
    }
    return open > 0 && open >= text ? OPEN_METRICS : TEXT;
  }

  private static double quality(String part) {
    for (String parameter : part.split(";", 16)) {
      String text = parameter.strip();
      if (text.startsWith("q=")) {
        try {
          return Double.parseDouble(text.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  public byte[] write(List<MetricFamily> families) {
    StringBuilder out = new StringBuilder(16_384);
    families.forEach(family -> family(out, family));
    if (this == OPEN_METRICS) {
      out.append("# EOF\n");
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void family(StringBuilder out, MetricFamily family) {
    boolean open = this == OPEN_METRICS;
    boolean total = family.type() == MetricType.COUNTER && family.name().endsWith(TOTAL);
    // OpenMetrics knows no counter whose samples do not end in _total.
    boolean unknown = open && family.type() == MetricType.COUNTER && !total;
    MetricType type = unknown ? MetricType.UNKNOWN : family.type();
    String name = family.name();
    if (open && total) {
      name = name.substring(0, name.length() - TOTAL.length());
    }
    out.append("# HELP ").append(name).append(' ');
    help(out, family.help());
    out.append("\n# TYPE ").append(name).append(' ');
    out.append(open ? type.openMetricsWord() : type.textWord()).append('\n');
    for (MetricFamily.Sample sample : family.samples()) {
      out.append(family.name()).append(sample.suffix());
      labels(out, sample.labels());
      out.append(' ').append(number(sample.value())).append('\n');
    }
  }

  private void help(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '"' -> out.append(this == OPEN_METRICS ? "\\\"" : "\"");
        default -> out.append(text.charAt(i));
      }
    }
  }

  private static void labels(StringBuilder out, Labels labels) {
    if (labels.isEmpty()) {
      return;
    }
    char separator = '{';
    for (int i = 0; i < labels.size(); i++) {
      out.append(separator).append(labels.name(i)).append("=\"");
      value(out, labels.value(i));
      out.append('"');
      separator = ',';
    }
    out.append('}');
  }

  private static void value(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '"' -> out.append("\\\"");
        default -> out.append(text.charAt(i));
      }
    }
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return size >= 1e21 ? GoFloat.exponent(value) : GoFloat.plain(value);
  }

  /// A bucket's bound, always with a point or an exponent: `1.0`, as OpenMetrics wants it.
  static String bound(double value) {
    String text = GoFloat.plain(value);
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }
}
