package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.HistogramEstimate;
import dev.tocsin.model.histogram.HistogramQuantile;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.promql.ast.Span;
import dev.tocsin.promql.eval.number.Buckets;
import dev.tocsin.promql.eval.number.GoMath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Estimates from histograms: the elements of classic ones are put together by all labels but `le`,
/// and each histogram asked, the native ones first.
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

    /// The native ones.
    private final Samples natives = new Samples();

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
      natives.clear();
      groups.values().forEach(group -> group.buckets().clear());
      for (int i = 0; i < in.size(); i++) {
        Labels labels = in.labels(i);
        if (in.isHistogram(i)) {
          continue;
        }
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
      if (in.hasHistograms()) {
        gatherNatives(in);
      }
    }

    /// A native histogram and a classic one of the same labels: neither counts.
    private void gatherNatives(Samples in) {
      for (int i = 0; i < in.size(); i++) {
        if (!in.isHistogram(i)) {
          continue;
        }
        Labels labels = in.labels(i);
        Group classic = groups.get(labels);
        if (classic == null || classic.buckets().isEmpty()) {
          natives.add(in, i);
          continue;
        }
        classic.buckets().clear();
        run.notes()
            .warn(
                "vector contains a mix of classic and native histograms"
                    + Notes.forMetric(shownName(labels)),
                span);
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

    private double nativeQuantile(double q, int index) {
      return noted(HistogramQuantile.quantile(q, nativeHistogram(index)), natives.labels(index));
    }

    private FloatHistogram nativeHistogram(int index) {
      return Objects.requireNonNull(natives.histogram(index));
    }

    private double noted(HistogramEstimate estimate, Labels labels) {
      String text =
          switch (estimate.note()) {
            case NONE -> "";
            case QUANTILE_IS_NAN ->
                "input to histogram_quantile has NaN observations, result is NaN";
            case QUANTILE_SKEWED ->
                "input to histogram_quantile has NaN observations, result is skewed higher";
            case FRACTION_WITHOUT_NANS ->
                "input to histogram_fraction has NaN observations, which are excluded from all"
                    + " fractions";
          };
      if (!text.isEmpty()) {
        run.notes().inform(text + Notes.forMetric(shownName(labels)), span);
      }
      return estimate.value();
    }

    void quantile(double q, long timeMs) {
      for (int i = 0; i < natives.size(); i++) {
        out.add(names.of(natives.labels(i)), nativeQuantile(q, i), true);
      }
      for (Group group : groups.values()) {
        if (!group.buckets().isEmpty()) {
          double value = quantileOf(group, q, timeMs);
          out.add(names.of(group.metric()), value, true);
        }
      }
    }

    /// With the quantile as a label.
    void quantile(double q, long timeMs, String label, String labelValue) {
      for (int i = 0; i < natives.size(); i++) {
        Labels labels = names.of(natives.labels(i)).toBuilder().set(label, labelValue).build();
        out.add(labels, nativeQuantile(q, i), true);
      }
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
      for (int i = 0; i < natives.size(); i++) {
        HistogramEstimate share = HistogramQuantile.fraction(lower, upper, nativeHistogram(i));
        double value = noted(share, natives.labels(i));
        out.add(names.of(natives.labels(i)), value, true);
      }
      for (Group group : groups.values()) {
        if (!group.buckets().isEmpty()) {
          double value = group.buckets().fraction(lower, upper);
          out.add(names.of(group.metric()), value, true);
        }
      }
    }
  }
}
