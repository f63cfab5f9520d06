package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.collect.series.LabelBlock;

/// Reads the message of remote write 2.0. The symbols are looked for first, since nothing says that
/// they come before the series.
///
/// `Request{4: symbols, 5: TimeSeries{1: label references, 2: Sample, 3: Histogram, 4: Exemplar{1:
/// label references, 2: double value, 3: int64 time}, 5: Metadata{1: type, 3: help reference, 4:
/// unit reference}}}`; unknown fields are skipped. Source: Prometheus,
/// prompb/io/prometheus/write/v2/types.proto, and the remote write 2.0 specification.
final class RequestScanV2 implements MessageScan {
  /// Up to this the fields are those of 1.0's message: somebody says the wrong name.
  private static final int RESERVED_MAX = 3;

  private static final int SYMBOL = ProtoReader.tagOf(4, ProtoReader.LENGTH);
  private static final int TIME_SERIES = ProtoReader.tagOf(5, ProtoReader.LENGTH);

  private static final int REFERENCES = ProtoReader.tagOf(1, ProtoReader.LENGTH);
  private static final int REFERENCE = ProtoReader.tagOf(1, ProtoReader.VARINT);
  private static final int HISTOGRAM = ProtoReader.tagOf(3, ProtoReader.LENGTH);
  private static final int EXEMPLAR = ProtoReader.tagOf(4, ProtoReader.LENGTH);
  private static final int METADATA = ProtoReader.tagOf(5, ProtoReader.LENGTH);
  private static final int SAMPLE_FIELDS = 3;

  private static final int EXEMPLAR_VALUE = ProtoReader.tagOf(2, ProtoReader.FIXED64);
  private static final int EXEMPLAR_TIME = ProtoReader.tagOf(3, ProtoReader.VARINT);

  private static final int TYPE = ProtoReader.tagOf(1, ProtoReader.VARINT);
  private static final int HELP = ProtoReader.tagOf(3, ProtoReader.VARINT);
  private static final int UNIT = ProtoReader.tagOf(4, ProtoReader.VARINT);

  private final ProtoReader reader = new ProtoReader();
  private final SymbolTable symbols = new SymbolTable();
  private final References references = new References(symbols);
  private final References ofExemplar = new References(symbols);
  private final KnownSeries known;
  private final LabelBlock labels;
  private final Findings findings;
  private byte[] body = new byte[0];

  RequestScanV2(KnownSeries known, LabelBlock labels, Findings findings) {
    this.known = known;
    this.labels = labels;
    this.findings = findings;
  }

  @Override
  public void run(byte[] bytes, int length) throws MalformedException {
    body = bytes;
    findings.begin(bytes);
    readSymbols(length);
    reader.over(bytes, 0, length);
    while (!reader.atEnd()) {
      int tag = reader.tag();
      if (tag == TIME_SERIES) {
        int outer = reader.enter();
        series();
        reader.leave(outer);
      } else {
        reader.skip(tag);
      }
    }
  }

  /// Checks the outermost message too.
  private void readSymbols(int length) throws MalformedException {
    symbols.begin(body);
    reader.over(body, 0, length);
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == SYMBOL) {
        symbols.read(reader);
        continue;
      }
      if (tag >>> 3 <= RESERVED_MAX) {
        throw new MalformedException(
            at,
            "field %d, which %s does not have (is it a %s?)"
                .formatted(tag >>> 3, WriteMessage.V2.proto(), WriteMessage.V1.proto()));
      }
      if (tag != TIME_SERIES) {
        Fields.refuseKnown(tag, 5, "Request", at);
      }
      reader.skip(tag);
    }
  }

  @Override
  public void forget() {
    body = new byte[0];
    reader.over(body, 0, 0);
    symbols.forget();
  }

  @Override
  public int histogramTag() {
    return HISTOGRAM;
  }

  /// Whether there are more symbols than a request may have.
  boolean isTooLarge() {
    return symbols.isTooLarge();
  }

  private void series() throws MalformedException {
    int from = reader.at();
    int end = reader.end();
    labels.begin(body);
    references.begin(labels);
    findings.beginSeries();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == RequestScan.SAMPLE) {
        findings.sample(reader, SAMPLE_FIELDS);
      } else if (tag == HISTOGRAM) {
        findings.histogram(reader);
      } else if (!readReferences(references, tag) && !readDescription(tag)) {
        Fields.refuseKnown(tag, 5, "TimeSeries", at);
        reader.skip(tag);
      }
    }
    references.end(end);
    findings.endSeries(from, from, end, known.isNext(labels));
  }

  private boolean readReferences(References to, int tag) throws MalformedException {
    if (tag == REFERENCES) {
      to.readPacked(reader);
    } else if (tag == REFERENCE) {
      to.read(reader);
    } else {
      return false;
    }
    return true;
  }

  private boolean readDescription(int tag) throws MalformedException {
    if (tag == EXEMPLAR) {
      exemplar();
    } else if (tag == METADATA) {
      metadata();
    } else {
      return false;
    }
    return true;
  }

  private void exemplar() throws MalformedException {
    int outer = reader.enter();
    ofExemplar.begin(null);
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (readReferences(ofExemplar, tag)) {
        continue;
      }
      if (tag != EXEMPLAR_VALUE && tag != EXEMPLAR_TIME) {
        Fields.refuseKnown(tag, 3, "Exemplar", at);
      }
      reader.skip(tag);
    }
    ofExemplar.end(reader.at());
    reader.leave(outer);
    findings.exemplar();
  }

  private void metadata() throws MalformedException {
    int outer = reader.enter();
    boolean saysNothing = reader.atEnd();
    while (!reader.atEnd()) {
      int at = reader.at();
      int tag = reader.tag();
      if (tag == HELP || tag == UNIT) {
        int place = reader.at();
        int _ = symbols.checked(reader.varint(), place);
        continue;
      }
      if (tag != TYPE && tag >>> 3 != 2) {
        Fields.refuseKnown(tag, 4, "Metadata", at);
      }
      reader.skip(tag);
    }
    reader.leave(outer);
    if (!saysNothing) {
      findings.metadata();
    }
  }

  @Override
  public void readLabels(int from, int end) throws MalformedException {
    reader.over(body, from, end);
    labels.begin(body);
    references.begin(labels);
    while (!reader.atEnd()) {
      int tag = reader.tag();
      if (!readReferences(references, tag)) {
        reader.skip(tag);
      }
    }
    references.end(end);
  }
}
