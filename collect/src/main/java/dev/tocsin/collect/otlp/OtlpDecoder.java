package dev.tocsin.collect.otlp;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Refusal;
import dev.tocsin.pipeline.intake.Admission;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.intake.Receipt;
import dev.tocsin.pipeline.intake.Staging;

/// Turns one request, in protobuf, into one transaction. One pass over the bytes where all series
/// are known; where some are not, a second one that makes them, once the first has found the body
/// whole. No object per number or classic bucket in the steady state. Owns its buffers; used by one
/// request at a time.
final class OtlpDecoder {
  private final Intake intake;
  private final Tenant tenant;
  private final int samplesMax;
  private final SampleList samples = new SampleList();
  private final Rejections rejections = new Rejections();
  private final DeltaTotals deltas;
  private final SeriesFinder finder;
  private final PointWriter writer;
  private final MetricsScan scan;

  /// @param deltas of the tenant; all its decoders have the same
  OtlpDecoder(
      Intake intake, Tenant tenant, OtlpOptions options, DeltaTotals deltas, int samplesMax) {
    this.deltas = deltas;
    this.intake = intake;
    this.tenant = tenant;
    this.samplesMax = Math.min(samplesMax, intake.samplesMax());
    finder = new SeriesFinder(intake, tenant);
    SeriesLabels labels = new SeriesLabels(options);
    writer =
        new PointWriter(
            finder,
            labels,
            samples,
            rejections,
            deltas,
            this.samplesMax,
            intake.histogramBytesMax());
    scan = new MetricsScan(options, labels, writer);
  }

  /// Every sample seen is counted by the intake, whatever comes of it.
  OtlpResult write(byte[] body, int from, int to, long receivedNanos) {
    boolean isSequenced = false;
    try {
      OtlpResult result = decode(body, from, to, receivedNanos);
      isSequenced = result instanceof OtlpResult.Written;
      return result;
    } finally {
      if (!isSequenced) {
        deltas.takeBack();
      }
      deltas.end();
    }
  }

  private OtlpResult decode(byte[] body, int from, int to, long receivedNanos) {
    try {
      finder.begin(false);
      scan.run(body, from, to);
      if (finder.missing() > 0 && !writer.isTooLarge()) {
        finder.begin(true);
        scan.run(body, from, to);
      }
    } catch (MalformedException e) {
      intake.refuse(Refusal.INVALID_BODY, writer.samplesSeen());
      return new OtlpResult.Malformed(String.valueOf(e.getMessage()));
    }
    if (writer.isTooLarge()) {
      intake.refuse(Refusal.TOO_LARGE, writer.samplesSeen());
      return new OtlpResult.TooLarge(
          ("a request may have %d samples and %d bytes of native histograms, this one has more"
                  + " (%d samples or more)")
              .formatted(samplesMax, intake.histogramBytesMax(), writer.samplesSeen()));
    }
    return stage(receivedNanos);
  }

  private OtlpResult stage(long receivedNanos) {
    rejections.samples().counts().forEach(intake::refuse);
    if (samples.count() == 0) {
      return written(0);
    }
    Admission admission =
        intake.begin(tenant, samples.count(), (int) samples.histogramBytes(), receivedNanos);
    return switch (admission) {
      case Admission.Busy(long retryAfterMs, String reason) -> {
        intake.refuse(Refusal.BUSY, samples.count());
        yield new OtlpResult.Busy(retryAfterMs, reason);
      }
      case Admission.Admitted(Staging staging) -> written(fill(staging).seq());
    };
  }

  private Receipt fill(Staging staging) {
    try (staging) {
      for (int i = 0; i < samples.count(); i++) {
        EncodedHistogram histogram = samples.histogram(i);
        if (histogram == null) {
          staging.add(samples.ref(i), samples.timeMs(i), samples.value(i));
        } else {
          staging.addHistogram(samples.ref(i), samples.timeMs(i), histogram);
        }
      }
      // Senders split what they export by size, and do not say so.
      staging.mayBePartial();
      return staging.commit(this::refused);
    }
  }

  private void refused(int place, Refusal reason) {
    rejections.add(samples.point(place), reason, 1);
    if (reason.isError()) {
      deltas.takeBack(samples.ref(place));
    }
  }

  private OtlpResult written(long seq) {
    int rejected = rejections.points();
    return new OtlpResult.Written(
        seq, writer.points(), rejected, rejected == 0 ? "" : rejections.samples().text());
  }

  /// Called before the decoder is kept for later requests: lets large buffers go.
  void shrink() {
    scan.forget();
    finder.shrink();
  }
}
