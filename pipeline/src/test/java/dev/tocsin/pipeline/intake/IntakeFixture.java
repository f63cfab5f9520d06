package dev.tocsin.pipeline.intake;

import dev.tocsin.model.batch.EncodedHistogram;
import dev.tocsin.model.histogram.Buckets;
import dev.tocsin.model.histogram.FloatHistogram;
import dev.tocsin.model.histogram.ResetHint;
import dev.tocsin.model.input.Input;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.ring.Entry;
import dev.tocsin.pipeline.ring.EntryReader;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.pipeline.ring.RingSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The intake with all that is around it, wired as the agent does it.
final class IntakeFixture {
  static final Tenant TENANT = Tenant.DEFAULT;

  final SettableClock clock = new SettableClock();
  final Accounting accounting = new Accounting();
  final Durability durability;
  final Ring ring;
  final SeriesTable table;
  final Intake intake;
  volatile double stagingFill;

  IntakeFixture(RingSize size, int seriesMax, long lastSeq, long lastNowMs) {
    durability = new Durability(accounting, lastSeq);
    ring = new Ring(size, lastSeq, accounting::enginePast);
    table = new SeriesTable(seriesMax, 64 << 20, 42);
    intake = new Intake(clock, ring, table, accounting, () -> stagingFill, lastNowMs);
  }

  IntakeFixture() {
    this(new RingSize(8, 32, 8), 10_000, 0, 0);
  }

  int ref(String name) {
    return intake.ref(TENANT, Labels.of("__name__", name));
  }

  Staging begin(int samples) {
    return switch (intake.begin(TENANT, samples, clock.wallNanos())) {
      case Admission.Admitted(Staging staging) -> staging;
      case Admission.Busy busy -> throw new AssertionError(busy);
    };
  }

  /// The same with bytes of histograms.
  Staging begin(int samples, int histogramBytes) {
    return switch (intake.begin(TENANT, samples, histogramBytes, clock.wallNanos())) {
      case Admission.Admitted(Staging staging) -> staging;
      case Admission.Busy busy -> throw new AssertionError(busy);
    };
  }

  /// Always of the same size, for a whole sum up to 99.
  static EncodedHistogram histogram(double sum) {
    double[] counts = {1, 2};
    Buckets buckets = new Buckets(new int[] {-1}, new int[] {2}, counts);
    return EncodedHistogram.of(
        new FloatHistogram(
            ResetHint.UNKNOWN, 2, 0.5, 0, 3, sum, buckets, Buckets.NONE, new double[0]));
  }

  /// A transaction of one sample.
  Receipt commit(int ref, long timeMs, double value) {
    try (Staging staging = begin(1)) {
      staging.add(ref, timeMs, value);
      return staging.commit();
    }
  }

  /// What one reader finds; it is done with all of it.
  static List<Entry> read(EntryReader reader) {
    List<Entry> entries = new ArrayList<>();
    for (@Nullable Entry entry = reader.poll(); entry != null; entry = reader.poll()) {
      entries.add(entry);
      reader.done(entry);
    }
    return entries;
  }

  /// Both readers pass everything, and the journal makes it durable.
  void passAll() {
    read(ring.engine());
    read(ring.journal());
    durability.durable(ring.lastSeq());
  }

  /// What the engine sees next, as text: `ref@timeMs=value`, an `h` behind the sum of a histogram.
  List<String> samplesForEngine() {
    List<String> samples = new ArrayList<>();
    EntryReader reader = ring.engine();
    for (@Nullable Entry entry = reader.poll(); entry != null; entry = reader.poll()) {
      if (entry.input() instanceof Input.Transaction transaction) {
        transaction
            .slabs()
            .forEach(
                slab -> {
                  for (int i = 0; i < slab.count(); i++) {
                    boolean isHistogram = slab.histograms() != null && slab.histograms()[i] != null;
                    String value = slab.values[i] + (isHistogram ? "h" : "");
                    samples.add(slab.refs[i] + "@" + slab.timesMs[i] + "=" + value);
                  }
                });
      }
      reader.done(entry);
    }
    return samples;
  }
}
