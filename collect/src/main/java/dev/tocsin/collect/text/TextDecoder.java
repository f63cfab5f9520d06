package dev.tocsin.collect.text;

import dev.tocsin.collect.series.KeyBuffer;
import dev.tocsin.collect.series.LabelBlock;
import dev.tocsin.collect.series.LabelFault;
import dev.tocsin.collect.series.RefusedSamples;
import dev.tocsin.collect.series.ReusePool;
import dev.tocsin.collect.series.WriteResult;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.Receipt;
import dev.tocsin.pipeline.intake.Staging;

/// Turns one text into one transaction. One pass reads the lines and changes nothing outside; then
/// the good samples are staged, and only lines of new series are read again. No object per line in
/// the steady state. Owns its buffers; used by one request at a time.
final class TextDecoder implements ReusePool.Reused {
  private static final long NANOS_PER_MS = 1_000_000;

  private final Intake intake;
  private final Tenant tenant;
  private final int samplesMax;
  private final TextLine line = new TextLine();
  private final TextScan scan = new TextScan(line);
  private final LabelBlock labels = new LabelBlock();
  private final SeriesText series = new SeriesText(labels);
  private final KeyBuffer key = new KeyBuffer();
  private final SampleList list = new SampleList();
  private final RefusedSamples refused = new RefusedSamples();
  private byte[] body = new byte[0];
  private int samplesSeen;
  private int brokenLines;

  TextDecoder(Intake intake, Tenant tenant, int samplesMax) {
    this.intake = intake;
    this.tenant = tenant;
    this.samplesMax = Math.min(samplesMax, intake.samplesMax());
  }

  /// Every line that is or should be a sample is counted by the intake, whatever comes of it.
  ///
  /// @param length of the text, from the start of the bytes
  WriteResult write(
      byte[] text, int length, TextFormat format, ImportQuery query, long receivedNanos) {
    body = text;
    samplesSeen = 0;
    brokenLines = 0;
    list.clear();
    refused.clear();
    series.begin(query.extra());
    scan.begin(text, length, format);
    long timeMs = query.timeMs() > 0 ? query.timeMs() : receivedNanos / NANOS_PER_MS;
    while (scan.advance()) {
      one(timeMs);
    }
    String broken = scan.brokenEnd();
    if (!broken.isEmpty()) {
      intake.refuse(Refusal.INVALID_BODY, samplesSeen);
      return new WriteResult.Malformed(broken);
    }
    if (samplesSeen > samplesMax) {
      intake.refuse(Refusal.TOO_LARGE, samplesSeen);
      return new WriteResult.TooLarge(
          "a request may have " + samplesMax + " samples, this one has " + samplesSeen);
    }
    return stage(receivedNanos);
  }

  /// Reads a line and keeps its sample, or notes what is wrong.
  ///
  /// @param timeMs of a sample without a time
  private void one(long timeMs) {
    TextFault broken = scan.read();
    samplesSeen++;
    if (broken != TextFault.NONE) {
      brokenLines++;
      if (brokenLines == 1) {
        refused.place(
            Refusal.INVALID_BODY,
            place() + ", column " + scan.column(line.faultAt()) + ": " + broken.text());
      }
      return;
    }
    // Beyond the limit the whole request is refused; only the count goes on.
    if (samplesSeen > samplesMax) {
      return;
    }
    series.read(line, body);
    LabelFault fault = labels.check();
    if (fault != LabelFault.NONE) {
      refuse(fault);
      return;
    }
    labels.writeTo(key);
    int ref = intake.find(tenant, key.bytes(), 0, key.length());
    list.add(scan.start(), ref, line.hasTime() ? line.timeMs() : timeMs, line.value());
  }

  private String place() {
    return "line " + scan.number();
  }

  private void refuse(LabelFault fault) {
    refused.add(fault.refusal(), 1);
    if (refused.wantsPlace(fault.refusal())) {
      refused.place(fault.refusal(), place() + ": " + fault.text() + " in " + labels.shown());
    }
  }

  private WriteResult stage(long receivedNanos) {
    if (brokenLines > 0) {
      refused.add(Refusal.INVALID_BODY, brokenLines);
    }
    int valid = resolve();
    refused.counts().forEach(intake::refuse);
    if (valid == 0) {
      return WriteResult.Written.ofFloats(0, samplesSeen, refused.copy());
    }
    return switch (intake.begin(tenant, valid, receivedNanos)) {
      case Admission.Busy(long retryAfterMs, String reason) -> {
        intake.refuse(Refusal.BUSY, valid);
        yield new WriteResult.Busy(retryAfterMs, reason);
      }
      case Admission.Admitted(Staging staging) -> {
        Receipt receipt = fill(staging);
        receipt.refused().forEach(refused::add);
        yield WriteResult.Written.ofFloats(receipt.seq(), samplesSeen, refused.copy());
      }
    };
  }

  /// Makes the references that are missing; returns how many samples have one.
  private int resolve() {
    int valid = 0;
    int beyond = 0;
    for (int i = 0; i < list.count(); i++) {
      if (list.ref(i) < 0) {
        list.resolve(i, intern(list.from(i)));
      }
      valid += list.ref(i) >= 0 ? 1 : 0;
      beyond += list.ref(i) < 0 ? 1 : 0;
    }
    if (beyond > 0) {
      refused.add(Refusal.SERIES_LIMIT, beyond);
    }
    return valid;
  }

  private int intern(int from) {
    TextFault broken = line.read(from);
    series.read(line, body);
    LabelFault fault = labels.check();
    if (broken != TextFault.NONE || fault != LabelFault.NONE) {
      throw new IllegalStateException("the first pass let it through: " + broken + ", " + fault);
    }
    labels.writeTo(key);
    return intake.ref(tenant, key.bytes(), 0, key.length());
  }

  private Receipt fill(Staging staging) {
    try (staging) {
      for (int i = 0; i < list.count(); i++) {
        if (list.ref(i) >= 0) {
          staging.add(list.ref(i), list.timeMs(i), list.value(i));
        }
      }
      return staging.commit();
    }
  }

  @Override
  public void shrink() {
    body = new byte[0];
    scan.forget();
    series.shrink();
    labels.begin(body);
    key.shrink();
    list.shrink();
  }
}
