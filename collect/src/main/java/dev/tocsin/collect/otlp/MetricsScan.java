package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.Fields;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.collect.series.Utf8;
import dev.tocsin.pipeline.accounting.Refusal;

/// Walks over an ExportMetricsServiceRequest in protobuf: checks its structure and hands each data
/// point to the writer. Fields may be in any order, so each message is looked at twice, the second
/// time for what it repeats. A message that may be there once and is there twice is malformed.
/// Exemplars, start times and metadata are skipped.
///
/// `{1: ResourceMetrics{1: Resource{1: KeyValue}, 2: ScopeMetrics{1: Scope{1: name, 2: version, 3:
/// KeyValue}, 2: Metric, 3: schema URL}}}`, `Metric{1: name, 3: unit, 5: Gauge | 7: Sum | 9:
/// Histogram | 10: ExponentialHistogram | 11: Summary}`, each of these `{1: points, 2: temporality,
/// 3: is monotonic}`. Source: opentelemetry/proto.
final class MetricsScan {
  private static final int FIRST = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  private static final int SECOND = ProtoReader.tagOf(2, ProtoReader.LENGTH);
  private static final int THIRD = ProtoReader.tagOf(3, ProtoReader.LENGTH);
  private static final int DROPPED_OF_RESOURCE = ProtoReader.tagOf(2, ProtoReader.VARINT);
  private static final int DROPPED_OF_SCOPE = ProtoReader.tagOf(4, ProtoReader.VARINT);
  private static final int METADATA = ProtoReader.tagOf(12, ProtoReader.LENGTH);
  private static final int TEMPORALITY = ProtoReader.tagOf(2, ProtoReader.VARINT);
  private static final int MONOTONIC = ProtoReader.tagOf(3, ProtoReader.VARINT);
  private static final int GAUGE = ProtoReader.tagOf(5, ProtoReader.LENGTH);
  private static final int SUM = ProtoReader.tagOf(7, ProtoReader.LENGTH);
  private static final int HISTOGRAM = ProtoReader.tagOf(9, ProtoReader.LENGTH);
  private static final int EXPONENTIAL = ProtoReader.tagOf(10, ProtoReader.LENGTH);
  private static final int SUMMARY = ProtoReader.tagOf(11, ProtoReader.LENGTH);
  private static final int CUMULATIVE = 2;
  private static final int DELTA = 1;

  private final ProtoReader reader = new ProtoReader();
  private final OtlpOptions options;
  private final SeriesLabels labels;
  private final PointWriter writer;
  private final NameCache names;
  private final AttributeList resource = new AttributeList();
  private final AttributeList scope = new AttributeList();
  private final AttributeList attributes = new AttributeList();
  private final ScopeHead scopeHead = new ScopeHead();
  private final NumberPoint numberPoint = new NumberPoint(attributes);
  private final HistogramPoint histogramPoint = new HistogramPoint(attributes);
  private final ExponentialPoint exponentialPoint = new ExponentialPoint(attributes);
  private final SummaryPoint summaryPoint = new SummaryPoint(attributes);
  private byte[] body = {};
  private int temporality;
  private boolean monotonic;

  MetricsScan(OtlpOptions options, SeriesLabels labels, PointWriter writer) {
    this.options = options;
    this.labels = labels;
    this.writer = writer;
    names = new NameCache(options.strategy());
  }

  void run(byte[] bytes, int from, int to) throws MalformedException {
    body = bytes;
    writer.begin();
    reader.over(bytes, from, to);
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == FIRST) {
        int outer = reader.enter();
        resourceMetrics();
        reader.leave(outer);
      } else {
        Fields.refuseKnown(tag, 1, "ExportMetricsServiceRequest", at);
        reader.skip(tag);
      }
    }
  }

  /// Keeps no body alive between requests, and no large buffer.
  void forget() {
    body = new byte[0];
    reader.over(body, 0, 0);
    resource.shrink();
    scope.shrink();
    attributes.shrink();
    labels.shrink();
    writer.forget();
  }

  private void resourceMetrics() throws MalformedException {
    int from = reader.at();
    resource.clear();
    boolean seen = false;
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == FIRST) {
        once(seen, "resource", at);
        seen = true;
        resource();
      } else {
        refuseUnless(tag == SECOND || tag == THIRD, tag, 3, "ResourceMetrics", at);
        reader.skip(tag);
      }
    }
    labels.resource(resource);
    writer.beginResource();
    reader.jump(from);
    while (!reader.atEnd()) {
      int tag = reader.tag();
      if (tag == SECOND) {
        int outer = reader.enter();
        scopeMetrics();
        reader.leave(outer);
      } else {
        reader.skip(tag);
      }
    }
    writer.targetInfo(resource);
  }

  private void resource() throws MalformedException {
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == FIRST) {
        resource.read(reader, body);
      } else {
        refuseUnless(tag == DROPPED_OF_RESOURCE || tag == THIRD, tag, 3, "Resource", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
  }

  private void scopeMetrics() throws MalformedException {
    int from = reader.at();
    scope.clear();
    scopeHead.clear();
    boolean seen = false;
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == FIRST) {
        once(seen, "scope", at);
        seen = true;
        scope();
      } else if (tag == THIRD) {
        int length = reader.length();
        scopeHead.schema(reader.at(), reader.at() + length);
        reader.jump(reader.at() + length);
      } else {
        refuseUnless(tag == SECOND, tag, 3, "ScopeMetrics", at);
        reader.skip(tag);
      }
    }
    String fault = beginScope();
    reader.jump(from);
    while (!reader.atEnd()) {
      int tag = reader.tag();
      if (tag == SECOND) {
        int outer = reader.enter();
        metric(fault);
        reader.leave(outer);
      } else {
        reader.skip(tag);
      }
    }
  }

  private void scope() throws MalformedException {
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == THIRD) {
        scope.read(reader, body);
      } else if (tag == FIRST || tag == SECOND) {
        int length = reader.length();
        int textFrom = reader.at();
        reader.jump(textFrom + length);
        if (tag == FIRST) {
          scopeHead.name(textFrom, textFrom + length);
        } else {
          scopeHead.version(textFrom, textFrom + length);
        }
      } else {
        refuseUnless(tag == DROPPED_OF_SCOPE, tag, 4, "InstrumentationScope", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
  }

  /// Returns why no point of this scope can be taken, or the empty text.
  private String beginScope() {
    labels.noScope();
    if (resource.isTooMany() || resource.isTooLong()) {
      return "too many or too long attributes of the resource";
    }
    if (!options.scopeLabels() || scopeHead.nameFrom() == scopeHead.nameTo()) {
      return "";
    }
    if (scope.isTooMany() || scope.isTooLong() || scopeHead.isTooLong()) {
      return "too many or too long attributes of the scope";
    }
    labels.scope(scope, scopeHead, body);
    return "";
  }

  private void metric(String fault) throws MalformedException {
    int nameFrom = 0;
    int nameTo = 0;
    int unitFrom = 0;
    int unitTo = 0;
    int data = 0;
    int dataAt = 0;
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == FIRST || tag == THIRD) {
        int length = reader.length();
        int textFrom = reader.at();
        reader.jump(textFrom + length);
        nameFrom = tag == FIRST ? textFrom : nameFrom;
        nameTo = tag == FIRST ? textFrom + length : nameTo;
        unitFrom = tag == THIRD ? textFrom : unitFrom;
        unitTo = tag == THIRD ? textFrom + length : unitTo;
      } else if (isData(tag)) {
        once(data != 0, "kind of data", at);
        data = tag;
        dataAt = reader.at();
        reader.skip(tag);
      } else {
        boolean wasUsedOnce = tag >>> 3 == 4 || tag >>> 3 == 6 || tag >>> 3 == 8;
        refuseUnless(tag == SECOND || tag == METADATA || wasUsedOnce, tag, 12, "Metric", at);
        reader.skip(tag);
      }
    }
    if (data == 0) {
      return;
    }
    reader.jump(dataAt);
    int outer = reader.enter();
    int pointsFrom = reader.at();
    dataHead(data);
    MetricKind kind = kind(data);
    byte[] name = names.get(body, nameFrom, nameTo, unitFrom, unitTo, kind);
    writer.metric(body, nameFrom, nameTo, name);
    if (!Utf8.isValid(body, nameFrom, nameTo) || !Utf8.isValid(body, unitFrom, unitTo)) {
      writer.refuseAll(Refusal.INVALID_LABELS, "a name or unit that is not UTF-8");
    } else if (!fault.isEmpty()) {
      writer.refuseAll(Refusal.INVALID_LABELS, fault);
    } else if (hasTemporality(data) && temporality != CUMULATIVE) {
      String problem = temporalityProblem(kind);
      if (problem.isEmpty()) {
        writer.addsUp();
      } else {
        writer.refuseAll(Refusal.INVALID_TEMPORALITY, problem);
      }
    }
    reader.jump(pointsFrom);
    points(kind);
    reader.leave(outer);
  }

  private static boolean isData(int tag) {
    return tag == GAUGE || tag == SUMMARY || hasTemporality(tag);
  }

  private static boolean hasTemporality(int data) {
    return data == SUM || data == HISTOGRAM || data == EXPONENTIAL;
  }

  /// Looks for what a sum or histogram says beside its points.
  private void dataHead(int data) throws MalformedException {
    temporality = 0;
    monotonic = false;
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == TEMPORALITY && hasTemporality(data)) {
        temporality = (int) reader.varint();
      } else if (tag == MONOTONIC && data == SUM) {
        monotonic = reader.varint() != 0;
      } else {
        int fieldMax = data == SUM ? 3 : hasTemporality(data) ? 2 : 1;
        refuseUnless(tag == FIRST, tag, fieldMax, "the data of a metric", at);
        reader.skip(tag);
      }
    }
  }

  private MetricKind kind(int data) {
    if (data == GAUGE) {
      return MetricKind.GAUGE;
    }
    if (data == SUM) {
      return monotonic ? MetricKind.COUNTER : MetricKind.UP_DOWN_COUNTER;
    }
    if (data == HISTOGRAM) {
      return MetricKind.HISTOGRAM;
    }
    return data == EXPONENTIAL ? MetricKind.EXPONENTIAL_HISTOGRAM : MetricKind.SUMMARY;
  }

  /// Of what is not cumulative: empty for deltas that can be added up. Where they fall too, their
  /// sum would be a level, and nobody knows the one they began with.
  private String temporalityProblem(MetricKind kind) {
    if (temporality != DELTA) {
      return "temporality " + temporality + ": only delta (1) and cumulative (2) are taken";
    }
    return kind == MetricKind.UP_DOWN_COUNTER
        ? "deltas of a sum that is not monotonic: let the sender export it cumulative"
        : "";
  }

  private void points(MetricKind kind) throws MalformedException {
    while (!reader.atEnd()) {
      int tag = reader.tag();
      if (tag == FIRST) {
        point(kind);
      } else {
        reader.skip(tag);
      }
    }
  }

  private void point(MetricKind kind) throws MalformedException {
    switch (kind) {
      case GAUGE, COUNTER, UP_DOWN_COUNTER -> {
        numberPoint.read(reader, body);
        writer.number(numberPoint, attributes);
      }
      case HISTOGRAM -> {
        histogramPoint.read(reader, body);
        writer.histogram(histogramPoint, attributes);
      }
      case EXPONENTIAL_HISTOGRAM -> {
        exponentialPoint.read(reader, body);
        writer.exponential(exponentialPoint, attributes);
      }
      case SUMMARY -> {
        summaryPoint.read(reader, body);
        writer.summary(summaryPoint, attributes);
      }
    }
  }

  private static void once(boolean seen, String what, int at) throws MalformedException {
    if (seen) {
      throw new MalformedException(at, "a second " + what);
    }
  }

  private static void refuseUnless(boolean isKnown, int tag, int fieldMax, String message, int at)
      throws MalformedException {
    if (!isKnown) {
      Fields.refuseKnown(tag, fieldMax, message, at);
    }
  }
}
