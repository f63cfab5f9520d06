package dev.tocsin.deliver.remotewrite;

import dev.tocsin.deliver.wire.ProtoWriter;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;

/// Writes native histograms, alike in both versions: with counts as floats, as they are kept here
/// (an integer one became such when it came in; nothing is lost below 2^53 observations). Not
/// thread-safe.
///
/// Source: Prometheus, prompb/types.proto, message Histogram.
final class HistogramMessage {
  private final ProtoWriter message = new ProtoWriter();
  private final ProtoWriter part = new ProtoWriter();

  /// Writes the histogram as this field.
  void write(ProtoWriter out, int field, EncodedHistogram encoded, long timeMs) {
    FloatHistogram histogram = encoded.decode();
    message.clear();
    // One of each oneof is there even where it is 0: it says that it is a float histogram.
    message.tag(2, ProtoWriter.FIXED64).fixed64(Double.doubleToRawLongBits(histogram.count()));
    message.real(3, histogram.sum());
    if (histogram.schema() != 0) {
      message.tag(4, ProtoWriter.VARINT).varint(folded(histogram.schema()));
    }
    message.real(5, histogram.zeroThreshold());
    message.tag(7, ProtoWriter.FIXED64).fixed64(Double.doubleToRawLongBits(histogram.zeroCount()));
    side(histogram.negative(), 8);
    side(histogram.positive(), 11);
    message.number(14, hint(histogram.resetHint()));
    message.number(15, timeMs);
    doubles(16, histogram.customBounds());
    out.message(field, message);
  }

  private static long folded(int value) {
    return (value << 1 ^ value >> 31) & 0xffff_ffffL;
  }

  private void side(Buckets buckets, int spans) {
    for (int i = 0; i < buckets.offsets().length; i++) {
      part.clear();
      if (buckets.offsets()[i] != 0) {
        part.tag(1, ProtoWriter.VARINT).varint(folded(buckets.offsets()[i]));
      }
      part.number(2, buckets.lengths()[i]);
      message.message(spans, part);
    }
    doubles(spans + 2, buckets.counts());
  }

  private void doubles(int field, double[] values) {
    if (values.length == 0) {
      return;
    }
    message.tag(field, ProtoWriter.LENGTH).varint(8L * values.length);
    for (double value : values) {
      message.fixed64(Double.doubleToRawLongBits(value));
    }
  }

  private static int hint(ResetHint hint) {
    return switch (hint) {
      case UNKNOWN -> 0;
      case RESET -> 1;
      case NOT_RESET -> 2;
      case GAUGE -> 3;
    };
  }
}
