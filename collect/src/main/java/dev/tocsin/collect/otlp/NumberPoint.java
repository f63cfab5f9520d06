package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.Fields;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;

/// One point of a gauge or a sum. Reused.
///
/// `NumberDataPoint{2: start, 3: fixed64 time, 4: double | 6: sfixed64, 5: Exemplar, 7: KeyValue,
/// 8: uint32 flags}`; 1 was used once. Source: opentelemetry/proto/metrics/v1.
final class NumberPoint {
  private static final int START = ProtoReader.tagOf(2, ProtoReader.FIXED64);
  private static final int TIME = ProtoReader.tagOf(3, ProtoReader.FIXED64);
  private static final int DOUBLE = ProtoReader.tagOf(4, ProtoReader.FIXED64);
  private static final int EXEMPLAR = ProtoReader.tagOf(5, ProtoReader.LENGTH);
  private static final int INT = ProtoReader.tagOf(6, ProtoReader.FIXED64);
  private static final int ATTRIBUTE = ProtoReader.tagOf(7, ProtoReader.LENGTH);
  private static final int FLAGS = ProtoReader.tagOf(8, ProtoReader.VARINT);

  private final AttributeList attributes;
  private long timeNanos;
  private double value;
  private boolean valued;
  private long flags;

  /// @param attributes are read into this
  NumberPoint(AttributeList attributes) {
    this.attributes = attributes;
  }

  /// Reads one message, at whose length the reader stands.
  void read(ProtoReader reader, byte[] body) throws MalformedException {
    attributes.clear();
    timeNanos = 0;
    value = 0;
    valued = false;
    flags = 0;
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == ATTRIBUTE) {
        attributes.read(reader, body);
      } else if (tag == TIME) {
        timeNanos = reader.fixed64();
      } else if (tag == DOUBLE) {
        value = Double.longBitsToDouble(reader.fixed64());
        valued = true;
      } else if (tag == INT) {
        value = reader.fixed64();
        valued = true;
      } else if (tag == FLAGS) {
        flags = reader.varint();
      } else {
        if (tag != START && tag != EXEMPLAR && tag >>> 3 != 1) {
          Fields.refuseKnown(tag, 8, "NumberDataPoint", at);
        }
        reader.skip(tag);
      }
    }
    reader.leave(outer);
  }

  /// Unix milliseconds.
  long timeMs() {
    return Points.timeMs(timeNanos);
  }

  double value() {
    return value;
  }

  /// Whether there is a value, or the word that there is none now.
  boolean isComplete() {
    return valued || isStale();
  }

  boolean isStale() {
    return Points.isStale(flags);
  }
}
