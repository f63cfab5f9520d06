package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.snappy.SnappyBlock;
import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.Receipt;
import dev.tocsin.pipeline.intake.Staging;

/// Turns one request body into one transaction. Two passes over the decompressed bytes: the first
/// checks and counts, the second stages; no object per series or float in the steady state, and two
/// per native histogram that stay. Owns its buffers and its memory of series; used by one request
/// at a time.
final class BodyDecoder {
  /// A larger buffer is not kept when the decoder is given back.
  static final int RETAINED_BYTES = 4 << 20;

  private final Intake intake;
  private final Tenant tenant;
  private final int samplesMax;
  private final SeriesMemory memory = new SeriesMemory();
  private final SeriesList list = new SeriesList();
  private final HistogramList histograms;
  private final LabelBlock labels = new LabelBlock();
  private final RefusedSamples refused = new RefusedSamples();
  private final KeyBuffer key = new KeyBuffer();
  private final ProtoReader reader = new ProtoReader();
  private final RequestScan scan;
  private byte[] body = new byte[0];

  BodyDecoder(Intake intake, Tenant tenant, int samplesMax) {
    this.intake = intake;
    this.tenant = tenant;
    this.samplesMax = Math.min(samplesMax, intake.samplesMax());
    histograms = new HistogramList(intake.histogramBytesMax());
    scan = new RequestScan(memory, list, histograms, labels, refused, this.samplesMax);
  }

  /// Every sample seen is counted by the intake, whatever comes of it.
  ///
  /// @param declared bytes of the decompressed body, allowed already
  WriteResult write(byte[] block, int declared, long receivedNanos) {
    refused.clear();
    try {
      if (body.length < declared) {
        body = new byte[declared];
      }
      SnappyBlock.decode(block, body, declared);
    } catch (MalformedException e) {
      return new WriteResult.Malformed(messageOf(e));
    }
    try {
      scan.run(body, declared);
    } catch (MalformedException e) {
      intake.refuse(Refusal.INVALID_BODY, scan.samplesSeen());
      return new WriteResult.Malformed(messageOf(e));
    }
    if (scan.samplesSeen() > samplesMax) {
      intake.refuse(Refusal.TOO_LARGE, scan.samplesSeen());
      return new WriteResult.TooLarge(
          "a request may have " + samplesMax + " samples, this one has " + scan.samplesSeen());
    }
    if (histograms.isTooLarge()) {
      intake.refuse(Refusal.TOO_LARGE, scan.samplesSeen());
      return new WriteResult.TooLarge(
          "a request may have "
              + intake.histogramBytesMax()
              + " bytes of native histograms, this one has more");
    }
    return stage(receivedNanos);
  }

  private WriteResult stage(long receivedNanos) {
    int valid = resolve();
    refused.counts().forEach(intake::refuse);
    if (valid == 0) {
      return new WriteResult.Written(0, scan.samplesSeen(), refused.copy());
    }
    return switch (intake.begin(tenant, valid, (int) histograms.bytes(), receivedNanos)) {
      case Admission.Busy(long retryAfterMs, String reason) -> {
        intake.refuse(Refusal.BUSY, valid);
        yield new WriteResult.Busy(retryAfterMs, reason);
      }
      case Admission.Admitted(Staging staging) -> {
        Receipt receipt = fill(staging);
        receipt.refused().forEach(refused::add);
        yield new WriteResult.Written(receipt.seq(), scan.samplesSeen(), refused.copy());
      }
    };
  }

  /// Finds the reference of every series; returns how many samples have one.
  private int resolve() {
    int valid = 0;
    memory.rewind();
    for (int i = 0; i < list.count(); i++) {
      int entry = list.entry(i);
      memory.count(entry >= 0);
      int ref = entry >= 0 ? memory.ref(entry) : intern(i);
      if (entry < 0 && ref >= 0 && list.labelsTo(i) > 0) {
        entry = learn(i, ref);
      }
      if (entry >= 0) {
        memory.follow(entry);
      }
      list.resolve(i, ref);
      if (ref >= 0) {
        valid += list.samples(i);
      } else {
        refused.add(Refusal.SERIES_LIMIT, list.samples(i));
      }
    }
    return valid;
  }

  private int intern(int i) {
    readLabels(i);
    labels.writeTo(key);
    return intake.ref(tenant, key.bytes(), 0, key.length());
  }

  private void readLabels(int i) {
    boolean onePiece = list.labelsTo(i) > 0;
    reader.over(body, list.labelsFrom(i), onePiece ? list.labelsTo(i) : list.end(i));
    try {
      RequestScan.readAllLabels(reader, labels, body);
    } catch (MalformedException e) {
      throw new IllegalStateException("the first pass let it through", e);
    }
    LabelFault fault = labels.check();
    if (fault != LabelFault.NONE) {
      throw new IllegalStateException("the first pass let it through: " + fault.text());
    }
  }

  private int learn(int i, int ref) {
    int from = list.labelsFrom(i);
    int to = list.labelsTo(i);
    int entry = memory.find(body, from, to);
    return entry >= 0 ? entry : memory.learn(body, from, to, ref);
  }

  private Receipt fill(Staging staging) {
    try (staging) {
      for (int i = 0; i < list.count(); i++) {
        if (list.ref(i) >= 0) {
          fill(staging, i);
        }
      }
      // Senders split a scrape by size and over connections, and do not say so.
      staging.mayBePartial();
      return staging.commit();
    } catch (MalformedException e) {
      throw new IllegalStateException("the first pass let it through", e);
    }
  }

  private void fill(Staging staging, int i) throws MalformedException {
    int ref = list.ref(i);
    int nextHistogram = list.histograms(i);
    reader.over(body, list.samplesFrom(i), list.end(i));
    while (!reader.atEnd()) {
      int tag = reader.tag();
      if (tag == RequestScan.HISTOGRAM) {
        reader.skip(tag);
        fillHistogram(staging, ref, nextHistogram++);
        continue;
      }
      if (tag != RequestScan.SAMPLE) {
        reader.skip(tag);
        continue;
      }
      int outer = reader.enter();
      long bits = 0;
      long timeMs = 0;
      while (!reader.atEnd()) {
        int field = reader.tag();
        if (field == RequestScan.VALUE) {
          bits = reader.fixed64();
        } else if (field == RequestScan.TIME) {
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
    }
  }

  /// Called before the decoder is kept for later requests: lets large buffers go.
  void shrink() {
    if (body.length > RETAINED_BYTES) {
      body = new byte[0];
    }
    key.shrink();
    list.shrink();
    histograms.clear();
    reader.over(body, 0, 0);
    scan.forget();
  }

  int bufferBytes() {
    return body.length;
  }

  SeriesMemory memory() {
    return memory;
  }

  private static String messageOf(MalformedException e) {
    return String.valueOf(e.getMessage());
  }
}
