package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.collect.series.LabelBlock;
import dev.tocsin.collect.series.LabelFault;
import dev.tocsin.collect.series.RefusedSamples;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.pipeline.accounting.Refusal;

/// What the first pass finds in a body, whichever message it is: how many samples, the series that
/// are kept, the native histograms, and what is refused. Reused.
final class Findings {
  static final int VALUE = ProtoReader.tagOf(1, ProtoReader.FIXED64);
  static final int TIME = ProtoReader.tagOf(2, ProtoReader.VARINT);
  private static final int START_TIME = ProtoReader.tagOf(3, ProtoReader.VARINT);

  private final KnownSeries known;
  private final SeriesList list;
  private final SampleColumns columns;
  private final HistogramList histograms;
  private final HistogramMessage message = new HistogramMessage();
  private final LabelBlock labels;
  private final RefusedSamples refused;
  private final int samplesMax;

  private byte[] body = new byte[0];
  private int seriesSeen;
  private int samplesSeen;
  private int exemplars;
  private int metadata;
  private int startTimes;

  /// Good samples of the series that is read.
  private int samples;

  private int firstHistogram;
  private int firstFloat;

  Findings(
      KnownSeries known,
      SeriesList list,
      SampleColumns columns,
      HistogramList histograms,
      LabelBlock labels,
      RefusedSamples refused,
      int samplesMax) {
    this.known = known;
    this.list = list;
    this.columns = columns;
    this.histograms = histograms;
    this.labels = labels;
    this.refused = refused;
    this.samplesMax = samplesMax;
  }

  void begin(byte[] bytes) {
    body = bytes;
    seriesSeen = 0;
    samplesSeen = 0;
    exemplars = 0;
    metadata = 0;
    startTimes = 0;
    list.clear();
    columns.clear();
    histograms.clear();
    known.begin();
  }

  /// Keeps no body alive between requests.
  void forget() {
    body = new byte[0];
    labels.begin(body);
  }

  void beginSeries() {
    samples = 0;
    firstHistogram = histograms.count();
    firstFloat = columns.count();
  }

  /// Reads one Sample, at whose length the reader stands.
  ///
  /// @param fields that the message has
  void sample(ProtoReader reader, int fields) throws MalformedException {
    int at = reader.at();
    if (PlainSample.isOne(body, at, reader.end())) {
      reader.jump(at + 1 + body[at]);
      keep(PlainSample.timeMs(body, at), PlainSample.bits(body, at));
    } else {
      readSample(reader, fields);
    }
    samples++;
  }

  /// Keeps a series of expected labels that has one plain sample, as nearly all have, and nothing
  /// else.
  ///
  /// @param from where its labels begin
  /// @param samplesFrom where its sample does, with its tag
  void plainSeries(int from, int samplesFrom, int end) {
    int ref = known.expected();
    int at = samplesFrom + 1;
    int place = columns.count();
    keep(PlainSample.timeMs(body, at), PlainSample.bits(body, at));
    if (samplesSeen <= samplesMax) {
      list.add(from, samplesFrom, end, ref, 1, histograms.count(), place, 1);
    }
    seriesSeen++;
  }

  /// Beyond the limit the whole request is refused; only the count goes on.
  private void keep(long timeMs, long bits) {
    samplesSeen++;
    if (samplesSeen <= samplesMax) {
      columns.add(timeMs, Double.longBitsToDouble(bits));
    }
  }

  private void readSample(ProtoReader reader, int fields) throws MalformedException {
    int outer = reader.enter();
    long bits = 0;
    long timeMs = 0;
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == VALUE) {
        bits = reader.fixed64();
      } else if (tag == TIME) {
        timeMs = reader.varint();
      } else if (tag == START_TIME) {
        startTimes += reader.varint() == 0 ? 0 : 1;
      } else {
        Fields.refuseKnown(tag, fields, "Sample", at);
        reader.skip(tag);
      }
    }
    reader.leave(outer);
    keep(timeMs, bits);
  }

  /// Reads one Histogram, at whose length the reader stands, and keeps or refuses it.
  void histogram(ProtoReader reader) throws MalformedException {
    message.read(reader);
    samplesSeen++;
    startTimes += message.hasStartTime() ? 1 : 0;
    // Beyond the limit the whole request is refused; only the count goes on.
    if (samplesSeen > samplesMax || histograms.isTooLarge()) {
      samples++;
      return;
    }
    EncodedHistogram histogram = null;
    try {
      histogram = message.encoded();
      samples++;
    } catch (IllegalArgumentException e) {
      refused.add(Refusal.INVALID_HISTOGRAM, 1);
      refused.place(Refusal.INVALID_HISTOGRAM, "series " + seriesSeen + ": " + e.getMessage());
    }
    histograms.add(message.timeMs(), histogram);
  }

  void exemplar() {
    exemplars++;
  }

  void metadata() {
    metadata++;
  }

  /// Keeps the series, or refuses its samples. Its labels are in the block, or it is the one that
  /// was expected.
  ///
  /// @param from where its labels can be read again
  /// @param samplesFrom where its samples can be
  void endSeries(int from, int samplesFrom, int end, boolean isExpected) {
    if (samples > 0) {
      keep(from, samplesFrom, end, isExpected);
    }
    seriesSeen++;
  }

  private void keep(int from, int samplesFrom, int end, boolean isExpected) {
    int ref;
    if (isExpected) {
      ref = known.expected();
    } else {
      LabelFault fault = labels.check();
      if (fault != LabelFault.NONE) {
        histograms.cut(firstHistogram);
        columns.cut(firstFloat);
        refuse(fault);
        return;
      }
      ref = known.find(labels);
    }
    // Beyond the limit the whole request is refused; only the count goes on.
    if (samplesSeen <= samplesMax) {
      int floats = columns.count() - firstFloat;
      list.add(from, samplesFrom, end, ref, samples, firstHistogram, firstFloat, floats);
    }
  }

  private void refuse(LabelFault fault) {
    refused.add(fault.refusal(), samples);
    if (refused.wantsPlace(fault.refusal())) {
      refused.place(
          fault.refusal(), "series " + seriesSeen + ": " + fault.text() + " in " + labels.shown());
    }
  }

  /// Samples and native histograms seen, also where the run failed later on.
  int samplesSeen() {
    return samplesSeen;
  }

  int exemplarsSeen() {
    return exemplars;
  }

  int metadataSeen() {
    return metadata;
  }

  /// Samples that said since when they count.
  int startTimesSeen() {
    return startTimes;
  }
}
