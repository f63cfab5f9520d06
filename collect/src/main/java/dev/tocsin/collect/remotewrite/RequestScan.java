package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.collect.series.LabelBlock;

/// Reads the message of remote write 1.0.
///
/// `WriteRequest{1: TimeSeries{1: Label, 2: Sample, 3: Exemplar, 4: Histogram}, 3:
/// MetricMetadata}`; unknown fields are skipped. Source: the remote write 1.0 specification.
final class RequestScan implements MessageScan {
  static final int SAMPLE = ProtoReader.tagOf(2, ProtoReader.LENGTH);
  private static final int TIME_SERIES = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  private static final int METADATA = ProtoReader.tagOf(3, ProtoReader.LENGTH);
  private static final int LABEL = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  private static final int EXEMPLAR = ProtoReader.tagOf(3, ProtoReader.LENGTH);
  private static final int HISTOGRAM = ProtoReader.tagOf(4, ProtoReader.LENGTH);
  private static final int SAMPLE_FIELDS = 2;

  private final ProtoReader reader = new ProtoReader();
  private final KnownSeries known;
  private final LabelBlock labels;
  private final Findings findings;
  private byte[] body = new byte[0];

  RequestScan(KnownSeries known, LabelBlock labels, Findings findings) {
    this.known = known;
    this.labels = labels;
    this.findings = findings;
  }

  @Override
  public void run(byte[] bytes, int length) throws MalformedException {
    body = bytes;
    findings.begin(bytes);
    reader.over(bytes, 0, length);
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == TIME_SERIES) {
        int outer = reader.enter();
        series();
        reader.leave(outer);
        continue;
      }
      if (tag == METADATA) {
        findings.metadata();
      } else if (tag >>> 3 != 2) {
        Fields.refuseKnown(tag, 3, "WriteRequest", at);
      }
      reader.skip(tag);
    }
  }

  @Override
  public void forget() {
    body = new byte[0];
    reader.over(body, 0, 0);
  }

  @Override
  public int histogramTag() {
    return HISTOGRAM;
  }

  private void series() throws MalformedException {
    int from = reader.at();
    int end = reader.end();
    int behind = known.labelsEnd(body, from, end);
    boolean isExpected = behind >= 0 && (behind == end || body[behind] != LABEL);
    if (isExpected && PlainSample.isAll(body, behind, end)) {
      findings.plainSeries(from, behind, end);
      return;
    }
    if (isExpected) {
      reader.jump(behind);
    } else {
      readFirstLabels();
    }
    int samplesFrom = reader.at();
    findings.beginSeries();
    boolean late = false;
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == SAMPLE) {
        findings.sample(reader, SAMPLE_FIELDS);
      } else if (tag == HISTOGRAM) {
        findings.histogram(reader);
      } else if (tag == LABEL) {
        late = true;
        reader.skip(tag);
      } else {
        if (tag == EXEMPLAR) {
          findings.exemplar();
        } else {
          Fields.refuseKnown(tag, 4, "TimeSeries", at);
        }
        reader.skip(tag);
      }
    }
    if (late) {
      readLabels(from, end);
    }
    findings.endSeries(from, samplesFrom, end, isExpected && !late);
  }

  /// Labels at the start of a series, which is where everybody writes them.
  private void readFirstLabels() throws MalformedException {
    labels.begin(body);
    while (!reader.atEnd() && body[reader.at()] == LABEL) {
      reader.tag();
      LabelMessage.read(reader, body, labels);
    }
  }

  @Override
  public void readLabels(int from, int end) throws MalformedException {
    reader.over(body, from, end);
    labels.begin(body);
    while (!reader.atEnd()) {
      int tag = reader.tag();
      if (tag == LABEL) {
        LabelMessage.read(reader, body, labels);
      } else {
        reader.skip(tag);
      }
    }
  }
}
