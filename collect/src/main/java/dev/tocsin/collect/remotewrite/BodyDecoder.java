package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.snappy.SnappyBlock;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.collect.series.KeyBuffer;
import dev.tocsin.collect.series.LabelBlock;
import dev.tocsin.collect.series.LabelFault;
import dev.tocsin.collect.series.RefusedSamples;
import dev.tocsin.collect.series.ReusePool;
import dev.tocsin.collect.series.WriteResult;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.Receipt;
import dev.tocsin.pipeline.intake.Staging;

/// Turns one request body into one transaction. Two passes over the decompressed bytes: the first
/// checks and counts, the second stages; no object per series or float in the steady state, and two
/// per native histogram that stay. Owns its buffers; used by one request at a time.
final class BodyDecoder implements ReusePool.Reused {
  /// A larger buffer is not kept when the decoder is given back.
  static final int RETAINED_BYTES = 4 << 20;

  private final Intake intake;
  private final Tenant tenant;
  private final int samplesMax;
  private final SeriesList list = new SeriesList();
  private final SampleColumns columns = new SampleColumns();
  private final HistogramList histograms;
  private final LabelBlock labels = new LabelBlock();
  private final RefusedSamples refused = new RefusedSamples();
  private final KeyBuffer key = new KeyBuffer();
  private final ProtoReader reader = new ProtoReader();
  private final KnownSeries known;
  private final Unkept unkept;
  private final Findings findings;
  private final RequestScan scanV1;
  private final RequestScanV2 scanV2;
  private MessageScan scan;
  private byte[] body = new byte[0];
  private int floats;
  private int nativeHistograms;

  /// @param unkept counts what is not kept
  BodyDecoder(Intake intake, Tenant tenant, int samplesMax, Unkept unkept) {
    this.intake = intake;
    this.tenant = tenant;
    this.samplesMax = Math.min(samplesMax, intake.samplesMax());
    histograms = new HistogramList(intake.histogramBytesMax());
    known = new KnownSeries(intake, tenant, key);
    findings = new Findings(known, list, columns, histograms, labels, refused, this.samplesMax);
    scanV1 = new RequestScan(known, labels, findings);
    scanV2 = new RequestScanV2(known, labels, findings);
    scan = scanV1;
    this.unkept = unkept;
  }

  /// Every sample seen is counted by the intake, whatever comes of it.
  ///
  /// @param length bytes of the block
  /// @param declared bytes of the decompressed body, allowed already
  WriteResult write(
      WriteMessage message, byte[] block, int length, int declared, long receivedNanos) {
    refused.clear();
    scan =
        switch (message) {
          case V1 -> scanV1;
          case V2 -> scanV2;
        };
    try {
      if (body.length < declared) {
        body = new byte[declared];
      }
      SnappyBlock.decode(block, length, body, declared);
    } catch (MalformedException e) {
      return new WriteResult.Malformed(messageOf(e));
    }
    try {
      scan.run(body, declared);
    } catch (MalformedException e) {
      intake.refuse(Refusal.INVALID_BODY, findings.samplesSeen());
      return new WriteResult.Malformed(messageOf(e));
    }
    unkept.add(findings.exemplarsSeen(), findings.metadataSeen(), findings.startTimesSeen());
    String excess = excess();
    if (!excess.isEmpty()) {
      intake.refuse(Refusal.TOO_LARGE, findings.samplesSeen());
      return new WriteResult.TooLarge("a request may have " + excess);
    }
    return stage(receivedNanos);
  }

  /// Which limit it is beyond; empty where it is none.
  private String excess() {
    if (findings.samplesSeen() > samplesMax) {
      return samplesMax + " samples, this one has " + findings.samplesSeen();
    }
    if (histograms.isTooLarge()) {
      return intake.histogramBytesMax() + " bytes of native histograms, this one has more";
    }
    if (scan == scanV2 && scanV2.isTooLarge()) {
      return SymbolTable.SYMBOLS_MAX + " symbols, this one has more";
    }
    return "";
  }

  private WriteResult stage(long receivedNanos) {
    int valid = resolve();
    refused.counts().forEach(intake::refuse);
    if (valid == 0) {
      return new WriteResult.Written(0, findings.samplesSeen(), refused.copy(), 0, 0);
    }
    return switch (intake.begin(tenant, valid, (int) histograms.bytes(), receivedNanos)) {
      case Admission.Busy(long retryAfterMs, String reason) -> {
        intake.refuse(Refusal.BUSY, valid);
        yield new WriteResult.Busy(retryAfterMs, reason);
      }
      case Admission.Admitted(Staging staging) -> written(fill(staging));
    };
  }

  private WriteResult written(Receipt receipt) {
    int before = refused.errors();
    receipt.refused().forEach(refused::add);
    int errors = refused.errors() - before;
    return new WriteResult.Written(
        receipt.seq(),
        findings.samplesSeen(),
        refused.copy(),
        floats - (errors - receipt.histogramErrors()),
        nativeHistograms - receipt.histogramErrors());
  }

  /// Makes the references that are missing, and notes what came behind what; returns how many
  /// samples have one.
  private int resolve() {
    int valid = 0;
    int last = -1;
    for (int i = 0; i < list.count(); i++) {
      int ref = list.ref(i);
      if (ref < 0) {
        ref = intern(i);
        list.resolve(i, ref);
      }
      if (ref < 0) {
        refused.add(Refusal.SERIES_LIMIT, list.samples(i));
        continue;
      }
      valid += list.samples(i);
      if (last >= 0) {
        intake.follows(last, ref);
      }
      last = ref;
    }
    return valid;
  }

  private int intern(int i) {
    try {
      scan.readLabels(list.labelsFrom(i), list.end(i));
    } catch (MalformedException e) {
      throw new IllegalStateException("the first pass let it through", e);
    }
    LabelFault fault = labels.check();
    if (fault != LabelFault.NONE) {
      throw new IllegalStateException("the first pass let it through: " + fault.text());
    }
    labels.writeTo(key);
    return intake.ref(tenant, key.bytes(), 0, key.length());
  }

  private Receipt fill(Staging staging) {
    floats = 0;
    nativeHistograms = 0;
    try (staging) {
      fillAll(staging);
      // Senders split a scrape by size and over connections, and do not say so.
      staging.mayBePartial();
      return staging.commit();
    } catch (MalformedException e) {
      throw new IllegalStateException("the first pass let it through", e);
    }
  }

  /// Floats of series that lie behind one another go at once.
  private void fillAll(Staging staging) throws MalformedException {
    int from = 0;
    int to = 0;
    for (int i = 0; i < list.count(); i++) {
      int ref = list.ref(i);
      if (ref < 0) {
        continue;
      }
      int first = list.firstFloat(i);
      boolean isPlain = list.floats(i) == list.samples(i);
      if (first != to || !isPlain) {
        add(staging, from, to);
        from = first;
        to = first;
      }
      if (isPlain) {
        to += list.floats(i);
        columns.refer(first, to, ref);
      } else {
        fill(staging, i);
        from = first + list.floats(i);
        to = from;
      }
    }
    add(staging, from, to);
  }

  private void add(Staging staging, int from, int to) {
    staging.addAll(columns.refs(), columns.timesMs(), columns.values(), from, to);
    floats += to - from;
  }

  /// A series with native histograms: in the order in which they and its floats came.
  private void fill(Staging staging, int i) throws MalformedException {
    int ref = list.ref(i);
    int nextHistogram = list.histograms(i);
    reader.over(body, list.samplesFrom(i), list.end(i));
    while (!reader.atEnd()) {
      int tag = reader.tag();
      if (tag == scan.histogramTag()) {
        reader.skip(tag);
        fillHistogram(staging, ref, nextHistogram++);
        continue;
      }
      if (tag != RequestScan.SAMPLE) {
        reader.skip(tag);
        continue;
      }
      floats++;
      if (PlainSample.isOne(body, reader.at(), reader.end())) {
        int at = reader.at();
        reader.jump(at + 1 + body[at]);
        double value = Double.longBitsToDouble(PlainSample.bits(body, at));
        staging.add(ref, PlainSample.timeMs(body, at), value);
        continue;
      }
      int outer = reader.enter();
      long bits = 0;
      long timeMs = 0;
      while (!reader.atEnd()) {
        int field = reader.tag();
        if (field == Findings.VALUE) {
          bits = reader.fixed64();
        } else if (field == Findings.TIME) {
          timeMs = reader.varint();
        } else {
          reader.skip(field);
        }
      }
      reader.leave(outer);
      staging.add(ref, timeMs, Double.longBitsToDouble(bits));
    }
  }

  private void fillHistogram(Staging staging, int ref, int i) {
    EncodedHistogram histogram = histograms.get(i);
    if (histogram != null) {
      staging.addHistogram(ref, histograms.timeMs(i), histogram);
      nativeHistograms++;
    }
  }

  @Override
  public void shrink() {
    if (body.length > RETAINED_BYTES) {
      body = new byte[0];
    }
    key.shrink();
    list.shrink();
    columns.shrink();
    histograms.clear();
    reader.over(body, 0, 0);
    findings.forget();
    scanV1.forget();
    scanV2.forget();
  }

  int bufferBytes() {
    return body.length;
  }

  KnownSeries known() {
    return known;
  }

  private static String messageOf(MalformedException e) {
    return String.valueOf(e.getMessage());
  }
}
