package dev.tocsin.promql.eval;

import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.labels.Labels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The elements of an instant vector: floats, and native histograms beside them. Belongs to the
/// node that fills it, which fills it anew at the next step; others only read.
final class Samples {
  private Labels[] labels = new Labels[4];
  private double[] values = new double[4];

  /// There only once a histogram was added.
  private @Nullable FloatHistogram @Nullable [] histograms;

  /// Whether the metric name is to go at the end; only with delayed name removal.
  private boolean[] nameDrops = new boolean[4];

  private int size;
  private int histogramCount;

  void clear() {
    size = 0;
    histogramCount = 0;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  Labels labels(int index) {
    return labels[index];
  }

  /// Means nothing where there is a histogram.
  double value(int index) {
    return values[index];
  }

  /// Whether any element is a histogram.
  boolean hasHistograms() {
    return histogramCount > 0;
  }

  boolean isHistogram(int index) {
    return histogramCount > 0 && histogram(index) != null;
  }

  /// Null where the element is a float.
  @Nullable FloatHistogram histogram(int index) {
    return histogramCount == 0 || histograms == null ? null : histograms[index];
  }

  boolean dropsName(int index) {
    return nameDrops[index];
  }

  /// How many samples it counts for where they are limited.
  long weight() {
    long weight = size;
    for (int i = 0; histogramCount > 0 && i < size; i++) {
      FloatHistogram histogram = histogram(i);
      if (histogram != null) {
        weight += HistogramSize.ofElement(histogram) - 1L;
      }
    }
    return weight;
  }

  void add(Labels series, double value, boolean dropsName) {
    if (size == labels.length) {
      int capacity = size * 2;
      labels = Arrays.copyOf(labels, capacity);
      values = Arrays.copyOf(values, capacity);
      nameDrops = Arrays.copyOf(nameDrops, capacity);
    }
    labels[size] = series;
    values[size] = value;
    nameDrops[size] = dropsName;
    if (histogramCount > 0) {
      set(null);
    }
    size++;
  }

  void add(Labels series, FloatHistogram histogram, boolean dropsName) {
    add(series, Double.NaN, dropsName);
    setLast(histogram);
  }

  /// A number about a histogram, as its time.
  void add(Labels series, double value, @Nullable FloatHistogram histogram, boolean dropsName) {
    add(series, value, dropsName);
    if (histogram != null) {
      setLast(histogram);
    }
  }

  void add(Samples other, int index) {
    add(other.labels[index], other.values[index], other.histogram(index), other.nameDrops[index]);
  }

  private void setLast(FloatHistogram histogram) {
    size--;
    if (histogramCount == 0 && histograms != null) {
      Arrays.fill(histograms, null);
    }
    set(histogram);
    histogramCount++;
    size++;
  }

  private void set(@Nullable FloatHistogram histogram) {
    @Nullable FloatHistogram[] all = histograms;
    if (all == null) {
      all = new @Nullable FloatHistogram[labels.length];
    } else if (all.length < labels.length) {
      all = Arrays.copyOf(all, labels.length);
    }
    all[size] = histogram;
    histograms = all;
  }

  void addAll(Samples other) {
    for (int i = 0; i < other.size; i++) {
      add(other, i);
    }
  }

  /// Two elements of the same labels make no vector.
  void requireUnique() {
    if (size < 2) {
      return;
    }
    Set<Labels> seen = HashSet.newHashSet(size);
    for (int i = 0; i < size; i++) {
      if (!seen.add(labels[i])) {
        throw sameLabels();
      }
    }
  }

  static EvalException sameLabels() {
    return EvalException.execution("vector cannot contain metrics with the same labelset");
  }
}
