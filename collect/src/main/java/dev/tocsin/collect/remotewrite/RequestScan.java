package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.collect.series.LabelBlock;
import dev.tocsin.collect.series.LabelFault;
import dev.tocsin.collect.series.RefusedSamples;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.pipeline.accounting.Refusal;

/// The first pass over a decoded WriteRequest: checks all of its structure, finds or checks the
/// labels of every series, counts the samples, and reads and encodes the native histograms. Changes
/// nothing outside of the decoder.
///
/// `WriteRequest{1: TimeSeries{1: Label, 2: Sample, 3: Exemplar, 4: Histogram}, 3:
/// MetricMetadata}`; unknown fields are skipped. Source: the remote write 1.0 specification.
final class RequestScan {
  static final int TIME_SERIES = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  static final int METADATA = ProtoReader.tagOf(3, ProtoReader.LENGTH);
  static final int LABEL = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  static final int SAMPLE = ProtoReader.tagOf(2, ProtoReader.LENGTH);
  static final int EXEMPLAR = ProtoReader.tagOf(3, ProtoReader.LENGTH);
  static final int HISTOGRAM = ProtoReader.tagOf(4, ProtoReader.LENGTH);
  static final int VALUE = ProtoReader.tagOf(1, ProtoReader.FIXED64);
  static final int TIME = ProtoReader.tagOf(2, ProtoReader.VARINT);

  private final ProtoReader reader = new ProtoReader();
  private final KnownSeries known;
  private final SeriesList list;
  private final HistogramList histograms;
  private final HistogramMessage message = new HistogramMessage();
  private final LabelBlock labels;
  private final RefusedSamples refused;
  private final int samplesMax;

  private byte[] body = new byte[0];
  private int seriesSeen;
  private int samplesSeen;

  RequestScan(
      KnownSeries known,
      SeriesList list,
      HistogramList histograms,
      LabelBlock labels,
      RefusedSamples refused,
      int samplesMax) {
    this.known = known;
    this.list = list;
    this.histograms = histograms;
    this.labels = labels;
    this.refused = refused;
    this.samplesMax = samplesMax;
  }

  void run(byte[] bytes, int length) throws MalformedException {
    body = bytes;
    seriesSeen = 0;
    samplesSeen = 0;
    list.clear();
    histograms.clear();
    known.begin();
    reader.over(bytes, 0, length);
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == TIME_SERIES) {
        int outer = reader.enter();
        series();
        reader.leave(outer);
        seriesSeen++;
      } else {
        if (tag != METADATA && tag >>> 3 != 2) {
          Fields.refuseKnown(tag, 3, "WriteRequest", at);
        }
        reader.skip(tag);
      }
    }
  }

  /// Samples and native histograms seen, also where the run failed later on.
  int samplesSeen() {
    return samplesSeen;
  }

  /// Keeps no body alive between requests.
  void forget() {
    body = new byte[0];
    reader.over(body, 0, 0);
    labels.begin(body);
  }

  private void series() throws MalformedException {
    int from = reader.at();
    int end = reader.end();
    int behind = known.labelsEnd(body, from, end);
    boolean isExpected = behind >= 0 && (behind == end || body[behind] != LABEL);
    if (isExpected) {
      reader.jump(behind);
    } else {
      readLabels();
    }
    int samplesFrom = reader.at();
    int samples = 0;
    int firstHistogram = histograms.count();
    boolean late = false;
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == SAMPLE) {
        sample();
        samplesSeen++;
        samples++;
      } else if (tag == HISTOGRAM) {
        message.read(reader);
        samplesSeen++;
        samples += histogram() ? 1 : 0;
      } else if (tag == LABEL) {
        late = true;
        reader.skip(tag);
      } else {
        if (tag != EXEMPLAR) {
          Fields.refuseKnown(tag, 4, "TimeSeries", at);
        }
        reader.skip(tag);
      }
    }
    if (late) {
      reader.jump(from);
      readAllLabels(reader, labels, body);
    }
    if (samples > 0) {
      keep(from, samplesFrom, end, isExpected && !late, samples, firstHistogram);
    }
  }

  /// Labels at the start of a series, which is where everybody writes them.
  private void readLabels() throws MalformedException {
    labels.begin(body);
    while (!reader.atEnd() && body[reader.at()] == LABEL) {
      reader.tag();
      LabelMessage.read(reader, body, labels);
    }
  }

  /// Labels wherever they are between the reader's place and its end.
  static void readAllLabels(ProtoReader reader, LabelBlock labels, byte[] body)
      throws MalformedException {
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

  private void sample() throws MalformedException {
    if (PlainSample.isOne(body, reader.at(), reader.end())) {
      reader.jump(reader.at() + 1 + body[reader.at()]);
      return;
    }
    int outer = reader.enter();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == VALUE || tag == TIME) {
        reader.skip(tag);
      } else {
        Fields.refuseKnown(tag, 2, "Sample", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
  }

  /// Keeps the histogram that was read, or refuses it: false.
  private boolean histogram() {
    // Beyond the limit the whole request is refused; only the count goes on.
    if (samplesSeen > samplesMax || histograms.isTooLarge()) {
      return true;
    }
    EncodedHistogram histogram = null;
    try {
      histogram = message.encoded();
    } catch (IllegalArgumentException e) {
      refused.add(Refusal.INVALID_HISTOGRAM, 1);
      refused.place(Refusal.INVALID_HISTOGRAM, "series " + seriesSeen + ": " + e.getMessage());
    }
    histograms.add(message.timeMs(), histogram);
    return histogram != null;
  }

  private void keep(
      int from, int samplesFrom, int end, boolean isExpected, int samples, int firstHistogram) {
    int ref;
    if (isExpected) {
      ref = known.expected();
    } else {
      LabelFault fault = labels.check();
      if (fault != LabelFault.NONE) {
        histograms.cut(firstHistogram);
        refuse(fault, samples);
        return;
      }
      ref = known.find(labels);
    }
    // Beyond the limit the whole request is refused; only the count goes on.
    if (samplesSeen <= samplesMax) {
      list.add(from, samplesFrom, end, ref, samples, firstHistogram);
    }
  }

  private void refuse(LabelFault fault, int samples) {
    refused.add(fault.refusal(), samples);
    if (refused.wantsPlace(fault.refusal())) {
      refused.place(
          fault.refusal(), "series " + seriesSeen + ": " + fault.text() + " in " + labels.shown());
    }
  }
}
