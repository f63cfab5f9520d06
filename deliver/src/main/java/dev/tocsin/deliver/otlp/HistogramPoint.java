package dev.tocsin.deliver.otlp;

import dev.tocsin.deliver.wire.ProtoWriter;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import java.util.Arrays;

/// Writes native histograms as points: those with custom bounds as `HistogramDataPoint`, all others
/// as `ExponentialHistogramDataPoint`. Source: opentelemetry-proto, metrics.proto, and the
/// OpenTelemetry specification "Prometheus and OpenMetrics compatibility".
///
/// Counts are whole numbers there, and buckets are a row: a histogram with other counts, or whose
/// row would be longer than [#ROW_MAX], cannot be written.
final class HistogramPoint {
  /// Buckets in one row.
  private static final int ROW_MAX = 8192;

  private HistogramPoint() {}

  static boolean canWrite(FloatHistogram histogram) {
    return isWhole(histogram.count())
        && isWhole(histogram.zeroCount())
        && Arrays.stream(histogram.positive().counts()).allMatch(HistogramPoint::isWhole)
        && Arrays.stream(histogram.negative().counts()).allMatch(HistogramPoint::isWhole)
        && row(histogram.positive()) <= ROW_MAX
        && row(histogram.negative()) <= ROW_MAX
        && (!histogram.usesCustomBounds()
            || (first(histogram.positive()) >= 0
                && first(histogram.positive()) + row(histogram.positive())
                    <= histogram.customBounds().length + 1L));
  }

  static MetricShape shape(FloatHistogram histogram) {
    return histogram.usesCustomBounds() ? MetricShape.HISTOGRAM : MetricShape.EXPONENTIAL;
  }

  /// Writes what is beside the attributes, the time and the flags.
  static void write(ProtoWriter point, FloatHistogram histogram) {
    if (histogram.usesCustomBounds()) {
      custom(point, histogram);
    } else {
      exponential(point, histogram);
    }
  }

  private static void custom(ProtoWriter point, FloatHistogram histogram) {
    double[] bounds = histogram.customBounds();
    double[] counts = new double[bounds.length + 1];
    fill(histogram.positive(), counts, 0);
    point.tag(4, ProtoWriter.FIXED64).fixed64(whole(histogram.count()));
    sum(point, 5, histogram.sum());
    point.tag(6, ProtoWriter.LENGTH).varint(8L * counts.length);
    for (double count : counts) {
      point.fixed64(whole(count));
    }
    point.tag(7, ProtoWriter.LENGTH).varint(8L * bounds.length);
    for (double bound : bounds) {
      point.fixed64(Double.doubleToRawLongBits(bound));
    }
  }

  private static void exponential(ProtoWriter point, FloatHistogram histogram) {
    point.tag(4, ProtoWriter.FIXED64).fixed64(whole(histogram.count()));
    sum(point, 5, histogram.sum());
    point.tag(6, ProtoWriter.VARINT).folded(histogram.schema());
    point.tag(7, ProtoWriter.FIXED64).fixed64(whole(histogram.zeroCount()));
    side(point, 8, histogram.positive());
    side(point, 9, histogram.negative());
    point.real(14, histogram.zeroThreshold());
  }

  private static void sum(ProtoWriter point, int field, double sum) {
    point.tag(field, ProtoWriter.FIXED64).fixed64(Double.doubleToRawLongBits(sum));
  }

  private static void side(ProtoWriter point, int field, Buckets buckets) {
    int length = (int) row(buckets);
    if (length == 0) {
      return;
    }
    double[] counts = new double[length];
    fill(buckets, counts, first(buckets));
    ProtoWriter packed = new ProtoWriter();
    for (double count : counts) {
      packed.varint(whole(count));
    }
    // A bucket is known by its upper bound in Prometheus, and by its lower bound in OTLP.
    ProtoWriter side = new ProtoWriter();
    side.tag(1, ProtoWriter.VARINT).folded(first(buckets) - 1L);
    side.message(2, packed);
    point.message(field, side);
  }

  private static boolean isWhole(double count) {
    return count >= 0 && count == Math.rint(count) && count < 0x1p63;
  }

  private static long whole(double count) {
    return (long) count;
  }

  private static int first(Buckets buckets) {
    return buckets.offsets().length == 0 ? 0 : buckets.offsets()[0];
  }

  /// Buckets from the first to the last, those between spans too.
  private static long row(Buckets buckets) {
    long length = 0;
    for (int i = 0; i < buckets.lengths().length; i++) {
      length += buckets.lengths()[i] + (i == 0 ? 0L : buckets.offsets()[i]);
    }
    return length;
  }

  /// @param from the bucket that is the first in `into`
  private static void fill(Buckets buckets, double[] into, int from) {
    int at = -from;
    int next = 0;
    for (int i = 0; i < buckets.lengths().length; i++) {
      at += buckets.offsets()[i];
      for (int k = 0; k < buckets.lengths()[i]; k++) {
        into[at++] = buckets.counts()[next++];
      }
    }
  }
}
