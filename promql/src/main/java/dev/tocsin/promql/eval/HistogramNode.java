package dev.tocsin.promql.eval;

import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.eval.number.Buckets;
import dev.tocsin.promql.eval.number.GoMath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Estimates from classic histograms: the elements are put together by all labels but `le`, and
/// each histogram asked.
final class HistogramNode implements VectorNode {
  private static final String BUCKET = "le";

  /// Asks the histograms gathered.
  @FunctionalInterface
  interface Question {
    void ask(long timeMs, Histograms histograms);
  }

  private final VectorNode inner;
  private final Question question;
  private final Histograms histograms;

  HistogramNode(Run run, Timeline timeline, VectorNode inner, Span span, Question question) {
    this.inner = inner;
    this.question = question;
    this.histograms = new Histograms(run, timeline, span);
  }

  @Override
  public Samples at(long timeMs) {
    histograms.gather(inner.at(timeMs));
    question.ask(timeMs, histograms);
    histograms.names.finish(histograms.out);
    return histograms.out;
  }

  /// One histogram at one time.
  private record Group(Labels metric, Buckets buckets) {}

  /// The histograms of one step, and what is made of them.
  static final class Histograms {
    private final Run run;
    private final Span span;
    private final NameRemoval names;
    private final LabelMapping withoutBucket;
    private final Map<Labels, Group> groups = new LinkedHashMap<>();
    private final boolean[] ok = new boolean[1];
    private final Samples out = new Samples();

    private Histograms(Run run, Timeline timeline, Span span) {
      this.run = run;
      this.span = span;
      this.names = new NameRemoval(run, timeline);
      List<String> bucket = List.of(BUCKET);
      this.withoutBucket = new LabelMapping(timeline, labels -> labels.without(bucket));
    }

    private void gather(Samples in) {
      out.clear();
      groups.values().forEach(group -> group.buckets().clear());
      for (int i = 0; i < in.size(); i++) {
        Labels labels = in.labels(i);
        double bound = GoMath.parse(labels.get(BUCKET), ok);
        if (!ok[0]) {
          warnOf(labels);
          continue;
        }
        Labels metric = withoutBucket.of(labels);
        Group group = groups.get(metric);
        if (group == null) {
          group = new Group(metric, new Buckets());
          groups.put(metric, group);
        }
        group.buckets().add(bound, in.value(i));
      }
    }

    private void warnOf(Labels labels) {
      String text =
          "bucket label \"le\" is missing or has a malformed value of "
              + Notes.quoted(labels.get(BUCKET))
              + Notes.forMetric(shownName(labels));
      run.notes().warn(text, span);
    }

    /// Names are known here only if they are removed at the end.
    private String shownName(Labels labels) {
      return run.options().delayedNameRemoval() ? labels.metricName() : "";
    }

    void quantile(double q, long timeMs) {
      for (Group group : groups.values()) {
        if (!group.buckets().isEmpty()) {
          double value = quantileOf(group, q, timeMs);
          out.add(names.of(group.metric()), value, true);
        }
      }
    }

    /// With the quantile as a label.
    void quantile(double q, long timeMs, String label, String labelValue) {
      for (Group group : groups.values()) {
        if (!group.buckets().isEmpty()) {
          double value = quantileOf(group, q, timeMs);
          Labels labels = names.of(group.metric()).toBuilder().set(label, labelValue).build();
          out.add(labels, value, true);
        }
      }
    }

    private double quantileOf(Group group, double q, long timeMs) {
      Buckets buckets = group.buckets();
      double value = buckets.quantile(q);
      if (buckets.wasForced()) {
        run.notes()
            .lifted(
                shownName(group.metric()),
                span,
                timeMs,
                buckets.forcedFrom(),
                buckets.forcedTo(),
                buckets.forcedBy());
      }
      return value;
    }

    void fraction(double lower, double upper) {
      for (Group group : groups.values()) {
        if (!group.buckets().isEmpty()) {
          double value = group.buckets().fraction(lower, upper);
          out.add(names.of(group.metric()), value, true);
        }
      }
    }
  }
}
