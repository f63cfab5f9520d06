package dev.tocsin.collect.otlp;

import dev.tocsin.collect.series.LabelFault;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.batch.StaleMarker;
import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.text.GoFloat;
import dev.tocsin.pipeline.accounting.Refusal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Makes samples of data points: one of a number, several of a histogram or summary. Counts all it
/// sees; what it cannot take goes to the rejections. One thread.
final class PointWriter {
  private static final byte[] SUM = SeriesLabels.ascii("_sum");
  private static final byte[] COUNT = SeriesLabels.ascii("_count");
  private static final byte[] BUCKET = SeriesLabels.ascii("_bucket");
  private static final byte[] LE = SeriesLabels.ascii("le");
  private static final byte[] QUANTILE = SeriesLabels.ascii("quantile");
  private static final byte[] NO_SUFFIX = SeriesLabels.NOTHING;
  private static final int SHOWN_MAX = 100;

  private final SeriesFinder finder;
  private final SeriesLabels labels;
  private final SampleList samples;
  private final Rejections rejections;
  private final DeltaTotals deltas;
  private final int samplesMax;
  private final int histogramBytesMax;
  private final StringBuilder number = new StringBuilder(32);

  private byte[] name = {};
  private byte[] original = {};
  private int originalFrom;
  private int originalTo;

  /// Why no point of the metric can be taken, or null.
  private @Nullable Refusal refusal;

  private String reason = "";

  /// Whether the points of the metric say only what is new.
  private boolean isDelta;

  private int point;
  private int samplesSeen;

  /// Of all native histograms, whether their series are known or not.
  private long histogramBytes;

  private long earliestMs;
  private long latestMs;

  PointWriter(
      SeriesFinder finder,
      SeriesLabels labels,
      SampleList samples,
      Rejections rejections,
      DeltaTotals deltas,
      int samplesMax,
      int histogramBytesMax) {
    this.finder = finder;
    this.labels = labels;
    this.samples = samples;
    this.rejections = rejections;
    this.deltas = deltas;
    this.samplesMax = samplesMax;
    this.histogramBytesMax = histogramBytesMax;
  }

  /// A request begins.
  void begin() {
    samples.clear();
    rejections.clear();
    deltas.takeBack();
    point = -1;
    samplesSeen = 0;
    histogramBytes = 0;
  }

  /// Samples that the points seen would make.
  int samplesSeen() {
    return samplesSeen;
  }

  /// Data points seen.
  int points() {
    return point + 1;
  }

  boolean isTooLarge() {
    return samplesSeen > samplesMax || histogramBytes > histogramBytesMax;
  }

  /// A resource begins: no point of it was written yet.
  void beginResource() {
    earliestMs = Long.MAX_VALUE;
    latestMs = Long.MIN_VALUE;
  }

  /// A metric begins.
  ///
  /// @param translated its name; empty where it has none, and then no point is taken
  void metric(byte[] body, int nameFrom, int nameTo, byte[] translated) {
    original = body;
    originalFrom = nameFrom;
    originalTo = nameTo;
    name = translated;
    refusal = null;
    isDelta = false;
    if (translated.length == 0) {
      refuseAll(Refusal.INVALID_LABELS, "nothing is left of the name");
    }
  }

  /// The points of this metric say only what is new; they are added up.
  void addsUp() {
    isDelta = true;
    deltas.begin();
  }

  /// No point of this metric can be taken.
  void refuseAll(Refusal because, String text) {
    refusal = because;
    reason = text;
  }

  void number(NumberPoint from, AttributeList attributes) {
    if (!take(1)) {
      return;
    }
    if (!from.isComplete()) {
      refuse(Refusal.INVALID_BODY, 1, "a data point without a value");
      return;
    }
    labels.point(attributes, NO_SUFFIX);
    double value = from.isStale() ? StaleMarker.VALUE : from.value();
    add(NO_SUFFIX, "", from.timeMs(), value);
  }

  void histogram(HistogramPoint from, AttributeList attributes) {
    int count = from.samples();
    if (!take(count)) {
      return;
    }
    String problem = from.problem();
    if (!problem.isEmpty()) {
      refuse(Refusal.INVALID_HISTOGRAM, count, problem);
      return;
    }
    labels.point(attributes, LE);
    long timeMs = from.timeMs();
    boolean stale = from.isStale();
    double all = stale ? StaleMarker.VALUE : Points.unsigned(from.count());
    if (from.hasSum()) {
      add(SUM, "", timeMs, stale ? StaleMarker.VALUE : from.sum());
    }
    add(COUNT, "", timeMs, all);
    long cumulative = 0;
    for (int i = 0; i < from.boundedBuckets(); i++) {
      cumulative += from.bucketCount(i);
      double value = stale ? StaleMarker.VALUE : Points.unsigned(cumulative);
      add(BUCKET, text(from.bound(i)), timeMs, value);
    }
    add(BUCKET, "+Inf", timeMs, all);
  }

  void summary(SummaryPoint from, AttributeList attributes) {
    if (!take(from.samples())) {
      return;
    }
    labels.point(attributes, QUANTILE);
    long timeMs = from.timeMs();
    boolean stale = from.isStale();
    add(SUM, "", timeMs, stale ? StaleMarker.VALUE : from.sum());
    add(COUNT, "", timeMs, stale ? StaleMarker.VALUE : Points.unsigned(from.count()));
    for (int i = 0; i < from.quantiles(); i++) {
      double value = stale ? StaleMarker.VALUE : from.value(i);
      add(NO_SUFFIX, text(from.quantile(i)), timeMs, value);
    }
  }

  void exponential(ExponentialPoint from, AttributeList attributes) {
    if (!take(1)) {
      return;
    }
    EncodedHistogram histogram;
    try {
      histogram = from.encoded();
    } catch (IllegalArgumentException e) {
      refuse(Refusal.INVALID_HISTOGRAM, 1, String.valueOf(e.getMessage()));
      return;
    }
    labels.point(attributes, NO_SUFFIX);
    int ref = find(NO_SUFFIX, "");
    histogramBytes += histogram.size();
    if (ref >= 0 && !isTooLarge()) {
      add(ref, from.timeMs(), isDelta && !from.isStale() ? total(ref, from, histogram) : histogram);
    }
  }

  private void add(int ref, long timeMs, @Nullable EncodedHistogram histogram) {
    if (histogram != null && !isTooLarge()) {
      samples.add(ref, point, timeMs, histogram);
      spread(timeMs);
    }
  }

  /// What a delta makes of its series, or null: its sample is refused, or the request is.
  private @Nullable EncodedHistogram total(
      int ref, ExponentialPoint from, EncodedHistogram histogram) {
    if (!isInOrder(ref, from.timeMs())) {
      return null;
    }
    EncodedHistogram all = deltas.add(ref, from.timeMs(), histogram);
    if (all == null) {
      refuse(Refusal.SERIES_LIMIT, 1, "no room to add up another histogram of deltas");
      return null;
    }
    histogramBytes += all.size() - histogram.size();
    return all;
  }

  private boolean isInOrder(int ref, long timeMs) {
    if (deltas.isInOrder(ref, timeMs)) {
      return true;
    }
    refuse(Refusal.OUT_OF_ORDER, 1, "a delta from before the newest one");
    return false;
  }

  /// Writes `target_info` for the resource that ends, if its points were taken.
  void targetInfo(AttributeList resource) {
    if (latestMs < earliestMs || isTooLarge() || !labels.targetInfo(resource)) {
      return;
    }
    long fromMs = TargetInfo.firstMs(earliestMs, latestMs);
    long count = TargetInfo.count(fromMs, latestMs);
    samplesSeen += (int) count;
    if (isTooLarge()) {
      return;
    }
    int ref = finder.find(labels);
    for (int i = 0; ref >= 0 && i < count; i++) {
      samples.add(ref, -1, TargetInfo.timeMs(fromMs, latestMs, i), 1);
    }
    if (ref < 0) {
      // Nobody sent it as a sample, so nobody is told.
      samplesSeen -= (int) count;
    }
  }

  /// The next data point, of so many samples. False: it is not to be looked at.
  private boolean take(int count) {
    point++;
    samplesSeen = (int) Math.min(Integer.MAX_VALUE, (long) samplesSeen + count);
    // Beyond the limit the whole request is refused; only the count goes on.
    if (isTooLarge()) {
      return false;
    }
    if (refusal != null) {
      refuse(refusal, count, reason);
      return false;
    }
    return true;
  }

  private void add(byte[] suffix, CharSequence extra, long timeMs, double value) {
    int ref = find(suffix, extra);
    if (ref < 0) {
      return;
    }
    double all = value;
    if (isDelta && !StaleMarker.is(value)) {
      if (!isInOrder(ref, timeMs)) {
        return;
      }
      all = deltas.add(ref, timeMs, value);
    }
    samples.add(ref, point, timeMs, all);
    spread(timeMs);
  }

  private void spread(long timeMs) {
    earliestMs = Math.min(earliestMs, timeMs);
    latestMs = Math.max(latestMs, timeMs);
  }

  /// The reference of a series of the point, or -1: its sample is refused, or the run will be made
  /// again.
  private int find(byte[] suffix, CharSequence extra) {
    labels.series(name, suffix, extra);
    int ref = finder.find(labels);
    if (ref < 0) {
      LabelFault fault = finder.fault();
      if (fault != LabelFault.NONE) {
        refuse(fault.refusal(), 1, fault.text() + " in " + labels.shown());
      } else if (finder.makes()) {
        refuse(Refusal.SERIES_LIMIT, 1, "no room for another series");
      }
    }
    return ref;
  }

  private void refuse(Refusal because, int count, String text) {
    rejections.add(point, because, count);
    if (rejections.samples().wantsPlace(because)) {
      rejections.samples().place(because, "metric " + shownName() + ": " + text);
    }
  }

  private String shownName() {
    int end = Math.min(originalTo, originalFrom + SHOWN_MAX);
    String text = new String(original, originalFrom, end - originalFrom, StandardCharsets.UTF_8);
    return LabelNames.quote(text) + (end < originalTo ? "..." : "");
  }

  private CharSequence text(double value) {
    number.setLength(0);
    GoFloat.appendPlain(number, value);
    return number;
  }

  /// Keeps no body alive between requests.
  void forget() {
    original = new byte[0];
    samples.shrink();
  }
}
