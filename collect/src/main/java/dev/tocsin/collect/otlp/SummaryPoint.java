package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.Fields;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.limit.Limits;
import java.util.Arrays;

/// One point of a summary. Reused.
///
/// `SummaryDataPoint{2: start, 3: fixed64 time, 4: fixed64 count, 5: double sum, 6: {1: double
/// quantile, 2: double value}, 7: KeyValue, 8: uint32 flags}`; 1 was used once. Source:
/// opentelemetry/proto/metrics/v1.
final class SummaryPoint {
  private static final int START = ProtoReader.tagOf(2, ProtoReader.FIXED64);
  private static final int TIME = ProtoReader.tagOf(3, ProtoReader.FIXED64);
  private static final int COUNT = ProtoReader.tagOf(4, ProtoReader.FIXED64);
  private static final int SUM = ProtoReader.tagOf(5, ProtoReader.FIXED64);
  private static final int QUANTILE_VALUE = ProtoReader.tagOf(6, ProtoReader.LENGTH);
  private static final int ATTRIBUTE = ProtoReader.tagOf(7, ProtoReader.LENGTH);
  private static final int FLAGS = ProtoReader.tagOf(8, ProtoReader.VARINT);
  private static final int QUANTILE = ProtoReader.tagOf(1, ProtoReader.FIXED64);
  private static final int VALUE = ProtoReader.tagOf(2, ProtoReader.FIXED64);

  private final AttributeList attributes;
  private double[] quantiles = new double[8];
  private double[] values = new double[8];
  private int quantileCount;
  private long timeNanos;
  private long count;
  private double sum;
  private long flags;

  /// @param attributes are read into this
  SummaryPoint(AttributeList attributes) {
    this.attributes = attributes;
  }

  /// Reads one message, at whose length the reader stands.
  void read(ProtoReader reader, byte[] body) throws MalformedException {
    attributes.clear();
    quantileCount = 0;
    timeNanos = 0;
    count = 0;
    sum = 0;
    flags = 0;
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == ATTRIBUTE) {
        attributes.read(reader, body);
      } else if (tag == QUANTILE_VALUE) {
        readQuantile(reader);
      } else if (!readNumber(reader, tag)) {
        if (tag != START && tag >>> 3 != 1) {
          Fields.refuseKnown(tag, 8, "SummaryDataPoint", at);
        }
        reader.skip(tag);
      }
    }
    reader.leave(outer);
  }

  private boolean readNumber(ProtoReader reader, int tag) throws MalformedException {
    if (tag == TIME) {
      timeNanos = reader.fixed64();
    } else if (tag == COUNT) {
      count = reader.fixed64();
    } else if (tag == SUM) {
      sum = Double.longBitsToDouble(reader.fixed64());
    } else if (tag == FLAGS) {
      flags = reader.varint();
    } else {
      return false;
    }
    return true;
  }

  private void readQuantile(ProtoReader reader) throws MalformedException {
    double quantile = 0;
    double value = 0;
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == QUANTILE) {
        quantile = Double.longBitsToDouble(reader.fixed64());
      } else if (tag == VALUE) {
        value = Double.longBitsToDouble(reader.fixed64());
      } else {
        Fields.refuseKnown(tag, 2, "ValueAtQuantile", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
    add(quantile, value);
  }

  private void add(double quantile, double value) {
    // More make more samples than a request may have: then they are only counted.
    if (quantileCount < Limits.TRANSACTION_SAMPLES_MAX) {
      if (quantileCount == values.length) {
        quantiles = Arrays.copyOf(quantiles, 2 * quantileCount);
        values = Arrays.copyOf(values, 2 * quantileCount);
      }
      quantiles[quantileCount] = quantile;
      values[quantileCount] = value;
    }
    quantileCount++;
  }

  /// How many samples it makes.
  int samples() {
    return quantileCount + 2;
  }

  int quantiles() {
    return quantileCount;
  }

  double quantile(int i) {
    return quantiles[i];
  }

  double value(int i) {
    return values[i];
  }

  long timeMs() {
    return Points.timeMs(timeNanos);
  }

  long count() {
    return count;
  }

  double sum() {
    return sum;
  }

  boolean isStale() {
    return Points.isStale(flags);
  }
}
