package dev.tocsin.rules.template;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the function `query` of a template asks. Called on the thread that expands the template.
@FunctionalInterface
public interface TemplateQuery {
  /// Evaluates an instant query. A scalar is one sample without labels. Any unchecked exception
  /// fails the expansion, with its message.
  List<Sample> query(String expr, long timeMs);

  /// One element of the result; the labels include the metric name. Where there is a histogram, the
  /// value means nothing.
  record Sample(Labels labels, double value, @Nullable FloatHistogram histogram) {
    public Sample(Labels labels, double value) {
      this(labels, value, null);
    }
  }

  /// For where no data is at hand: every query fails.
  static TemplateQuery unavailable() {
    return (expr, timeMs) -> {
      throw new IllegalStateException("queries are not available here");
    };
  }
}
